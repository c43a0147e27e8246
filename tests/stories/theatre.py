"""A stage for stories: the emulator over real HTTP, the real bot in all its roles, and a transcript of what happens."""

import asyncio
import atexit
import contextlib
import functools
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer

from bot.app.desk import Desk
from bot.app.lint import FileRules, Rules
from bot.app.run import ROLES, open_desk, run_roles
from bot.config import Settings
from bot.config_models import LintSettings
from bot.desk.message import MessageRef
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from bot.usecases.enrol import enrol_contacts, enrol_stores
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.tick import sweep
from storage.schema import migrate
from tests.cast import CONTACTS, FRANCHISEES, GROUPS, STAFF, STORES, TOKEN, make_settings, make_world

PATIENCE = 60.0
"""Seconds of real time until a scene must have come to rest; far more than any needs."""
Json = dict[str, Any]
_ASIDE = {"reaction": 1, "edited": 2}
_CARD = re.compile(r"工单 (#\d+) · (\S+) / .*(首问人：\S+) / (承办人：\S+) / 派单原因.*(答复时限：.*?) / 办结时限")
_MEDIA = ("photo", "video", "animation", "voice", "audio", "video_note", "document", "sticker", "location", "contact")


@functools.cache
def file_rules() -> Rules:
    """The rules that come with the program, loaded once for all stories."""
    return FileRules(LintSettings())


class Theatre:
    """What people do in the world, and the transcript of what they then see."""

    def __init__(self, world: World, desk: Desk, settings: Settings) -> None:
        self.world = world
        self.desk = desk
        self.settings = settings
        self._read = Transcript(world)

    async def quiet(self) -> None:
        """Wait until the bot has fetched, handled and sent everything that can be by now."""
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._is_quiet():  # noqa: ASYNC110  # three queues of two programs: nobody tells of "all idle"
                    await asyncio.sleep(0.005)
        except TimeoutError as error:
            raise AssertionError(await self.desk.run(_stuck)) from error

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something can be seen, while other things may still be waiting."""
        async with asyncio.timeout(PATIENCE):
            while not _seen(is_so):  # noqa: ASYNC110  # as above
                await asyncio.sleep(0.005)

    async def paced_out(self) -> None:
        """Wait until the bot has used up what the limits allow at this time of the clock (nothing moves any more)."""
        still, seen = 0, (-1, -1)
        async with asyncio.timeout(PATIENCE):
            while still < 40:
                now = await self.desk.run(lambda work, office, at: (work.inbox.waiting(), work.outbox.waiting(at)))
                still, seen = (still + 1, seen) if now == seen and not now[0] and not self._is_unheard() else (0, now)
                await asyncio.sleep(0.01)

    async def _is_quiet(self) -> bool:
        return not self._is_unheard() and bool(await self.desk.run(_nothing_waits))

    def _is_unheard(self) -> bool:
        """Telegram still holds updates that the bot has not confirmed."""
        return bool(self.world.realm.bots[TOKEN].updates)

    async def seen(self) -> list[str]:
        """Everything that people saw since the last look, once all is quiet: chat by chat, in order."""
        await self.quiet()
        return self._read.lines()

    async def shows(self, transcript: str) -> None:
        """What people saw since the last look is exactly this, line by line."""
        seen = await self.seen()
        assert seen == [line.strip() for line in transcript.strip().splitlines()], "\n".join(["seen:", *seen])

    async def later(self, **kwargs: float) -> None:
        """Once all is quiet, move the clock ahead and sweep what is due."""
        await self.quiet()
        await self.meanwhile(**kwargs)

    async def meanwhile(self, **kwargs: float) -> None:
        """Move the clock ahead although something still waits for a later time."""
        self.world.advance(timedelta(**kwargs))
        while await self.desk.run(sweep):
            pass

    # finding things as a person would, by their words

    def last(self, chat_id: int, words: str, thread_id: int | None = None) -> Json:
        """The newest message of a chat that holds these words."""
        for message in reversed(self.world.history(chat_id, thread_id)):
            if words in (message.get("text") or message.get("caption") or "") and not message["_deleted"]:
                return message
        raise AssertionError(f"nobody said “{words}” in {GROUPS.get(chat_id, chat_id)}")

    def topic(self, chat_id: int, name: str) -> int:
        """The thread of the newest living topic whose name begins so."""
        found = [t["message_thread_id"] for t in self.world.topics(chat_id) if t["name"].startswith(name)]
        if not found:
            raise AssertionError(f"no topic “{name}” among {[t['name'] for t in self.world.topics(chat_id)]}")
        return int(found[-1])

    def press(self, user_id: int, message: Json, label: str) -> str:
        """Press the button with this label; the callback query's id."""
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if label in button["text"]:
                    chat_id = int(message["chat"]["id"])
                    return self.world.user_presses(user_id, chat_id, message["message_id"], button["callback_data"])
        raise AssertionError(f"no button “{label}” under: {message.get('text')}")


def _seen(is_so: Callable[[], object]) -> bool:
    try:
        return bool(is_so())
    except AssertionError:
        return False


class Transcript:
    """Reads the world's events as lines: who saw what, where. Words come first: marks and edits travel beside them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._events: list[Json] = []
        world.subscribe(self._events.append)

    def lines(self) -> list[str]:
        """The lines since the last call: franchisees first, then the groups, each chat and topic in its own order."""
        events, self._events[:] = list(self._events), []
        kept = [e for e in events if e["type"] in _READERS]
        kept.sort(
            key=lambda e: (e["chat_id"] < 0, abs(e["chat_id"]), e.get("thread_id") or 0, _ASIDE.get(e["type"], 0))
        )
        return [line for event in kept for line in [self._line(event)] if line]

    def _line(self, event: Json) -> str:
        words = _READERS[event["type"]](event)
        return f"{self._where(event)} | {words}" if words else ""

    def _where(self, event: Json) -> str:
        chat_id = event["chat_id"]
        if chat_id > 0:
            return _name(chat_id)
        topics = {t["message_thread_id"]: t["name"] for t in self._world.topics(chat_id)} if event["thread_id"] else {}
        name = topics.get(event["thread_id"])
        return GROUPS.get(chat_id, str(chat_id)) + (f"›{name}" if name else "")


def said(message: Mapping[str, Any]) -> str:
    """One message as a line: who, media in brackets, the words, [buttons]; a card is told by what changes on it."""
    who = "首问" if message["from"]["is_bot"] else message["from"]["first_name"]
    media = [f"[{kind}]" for kind in _MEDIA if kind in message]
    words = re.sub(r"\s*\n\s*", " / ", message.get("text") or message.get("caption") or "")
    if card := _CARD.match(words):
        words = "卡片 " + " ".join(card.groups())
    reply = message.get("reply_to_message")
    quoted = (reply.get("text") or reply.get("caption") or "…")[:6] if reply else ""
    is_reply = bool(reply) and "forum_topic_created" not in (reply or {})
    return " ".join(p for p in (f"{who}:", f"↩{quoted}" if is_reply else "", *media, words, buttons(message)) if p)


def buttons(message: Mapping[str, Any]) -> str:
    """`[接单|转交]`; more than one row of many is told by its number."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    labels = [b["text"] for row in rows for b in row]
    return (f"[{'|'.join(labels)}]" if len(labels) <= 8 else f"[{len(labels)} 个按钮]") if labels else ""


def _message(event: Json) -> str:
    message = event["message"]
    if "pinned_message" in message:
        return "（置顶）"
    if {"forum_topic_created", "forum_topic_closed", "forum_topic_reopened"} & message.keys():
        return ""  # told by the topic's own event
    return said(message)


def _topic(event: Json) -> str:
    return "（话题关闭）" if event["topic"].get("is_closed") else "（话题打开）"


def _reaction(event: Json) -> str:
    message = event["message"]
    marks = "".join(message["_reactions"])
    return f"（{marks or '撤回表情'}）{said(message)}"


_READERS = {
    "message": _message,
    "edited": lambda event: "改为 " + said(event["message"]),
    "deleted": lambda event: "（删除一条消息）",
    "reaction": _reaction,
    "topic": _topic,
}


def _name(user_id: int) -> str:
    staff = {int(str(p["telegram_id"])): str(p["name"]) for p in STAFF}
    return FRANCHISEES.get(user_id) or staff.get(user_id) or str(user_id)


def _nothing_waits(work: Work, office: Office, now: datetime) -> bool:
    return not work.inbox.waiting() and not work.outbox.waiting(now)


def _stuck(work: Work, office: Office, now: datetime) -> str:
    waiting = work.outbox.heads(now)
    poison = [row.error for row in work.inbox.dead()]
    return f"not quiet: {work.inbox.waiting()} updates, {work.outbox.waiting(now)} rows, heads {waiting}, dead {poison}"


@contextlib.asynccontextmanager
async def theatre(
    folder: Path, *, world: World | None = None, rules: Rules | None = None, **sections: Json
) -> AsyncIterator[Theatre]:
    """Raise the curtain; when the story is told, the bot stops as on SIGTERM."""
    world = world or make_world()
    async with TestServer(make_app(world)) as server:
        settings = make_settings(str(server.make_url("")).rstrip("/"), folder / "desk.sqlite3", **sections)
        _made(settings.database.url.reveal())
        stop = asyncio.Event()
        async with open_desk(settings, clock=world.clock, rules=rules or file_rules()) as desk:
            await _move_in(desk)
            running = asyncio.create_task(run_roles(settings, desk, ROLES, stop))
            try:
                yield Theatre(world, desk, settings)
            finally:
                stop.set()
                await running


def _made(url: str) -> None:
    """The tables; a new SQLite file is copied from one that was migrated before, which is much quicker."""
    path = Path(url.removeprefix("sqlite:///"))
    if url.startswith("sqlite") and not path.exists():
        shutil.copyfile(_template(), path)
    else:
        migrate(url)


@functools.cache
def _template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="shouwen-stories-")) / "desk.sqlite3"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    migrate(f"sqlite:///{path}")
    return path


async def _move_in(desk: Desk) -> None:
    await desk.run(enrol_stores, stores=STORES)
    await desk.run(enrol_contacts, contacts=CONTACTS)


def place(message: Mapping[str, Any]) -> MessageRef:
    """Where a message stands."""
    return MessageRef(int(message["chat"]["id"]), int(message["message_id"]))


def forged(user_id: int, message: Json, data: str) -> Json:
    """An update as of a press whose data was never on a button."""
    body = {k: v for k, v in message.items() if not k.startswith("_")}
    person = {"id": user_id, "is_bot": False, "first_name": "某人"}
    return {"callback_query": {"id": "77", "from": person, "message": body, "chat_instance": "1", "data": data}}
