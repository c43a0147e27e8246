"""What the stories of held replies share: a desk with plain rules and one case, and ways to look at it."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from bot.sandbox.world import World
from tests.cast import CHEN, LIN, SOUTHWEST, WANG, ZHAO, ZHOU
from tests.plain_rules import PlainRules
from tests.stories.theatre import Json, Theatre, theatre

WHERE = "西南›小陈 · CD001 春熙路店"


@contextlib.asynccontextmanager
async def held_desk(folder: Path, rules: PlainRules | None = None) -> AsyncIterator[Theatre]:
    """The desk with rules that can be read, and 小陈's case #1, which 林晓 has taken."""
    async with theatre(folder, rules=rules or PlainRules()) as stage:
        for staff_id in (LIN, ZHOU, WANG, ZHAO):
            stage.world.user_starts(staff_id)
        stage.world.user_writes(LIN, LIN, "/on")
        stage.world.user_starts(CHEN, "chunxi-code-01")
        stage.world.user_writes(CHEN, CHEN, "冰柜坏了谁管？")
        await stage.quiet()
        stage.world.user_writes(LIN, SOUTHWEST, "您好，请稍等", thread_id=topic(stage))
        await stage.seen()
        yield stage


@contextlib.asynccontextmanager
async def reopened_desk(folder: Path, world: World, rules: PlainRules | None = None) -> AsyncIterator[Theatre]:
    """Another process over the same database, in the same world."""
    async with theatre(folder, world=world, rules=rules or PlainRules()) as stage:
        yield stage


def topic(stage: Theatre) -> int:
    return stage.topic(SOUTHWEST, "小陈")


def says(stage: Theatre, words: str, who: int = LIN, reply_to: int | None = None) -> Json:
    """Somebody writes in 小陈's topic."""
    return stage.world.user_writes(who, SOUTHWEST, words, thread_id=topic(stage), reply_to=reply_to)


def heard(stage: Theatre) -> list[str]:
    """What 小陈 has from the bot now, deletions and edits counted."""
    mine = [m for m in stage.world.history(CHEN) if m["from"]["is_bot"] and not m["_deleted"]]
    return [m.get("text") or m.get("caption") or "" for m in mine]


def notice(stage: Theatre, words: str = "草稿") -> Json:
    """The newest of the bot's notices in the topic that holds these words."""
    return stage.last(SOUTHWEST, words, topic(stage))


async def pressed(stage: Theatre, who: int, message: Json, label: str) -> str:
    """Press a button; the words that the press is answered with, once all is quiet."""
    query = stage.press(who, message, label)
    await stage.until(lambda: stage.world.callback_answer(query))
    await stage.quiet()
    return str(stage.world.callback_answer(query))


def marked(message: Json) -> list[str]:
    """What is bold or underlined in a message, cut out by Telegram's own offsets (UTF-16)."""
    words = message["text"].encode("utf-16-le")
    looks = [e for e in message["entities"] if e["type"] in ("bold", "underline")]
    return [words[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in looks]
