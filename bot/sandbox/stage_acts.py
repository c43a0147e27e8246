"""What people do on the sandbox's page: one small function per act, all of them in one table."""

import base64
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from bot.sandbox.errors import ActError
from bot.sandbox.world import World

Json = dict[str, Any]
Act = Callable[[World, Mapping[str, Any]], Any]

LONGEST_STEP: Final = timedelta(days=31)
"""The clock is moved by at most a month at a time."""


def act(world: World, wish: object) -> Any:
    """Do what the page asks for; ActError in the player's language."""
    if not isinstance(wish, dict) or not isinstance(wish.get("do"), str):
        raise ActError("请求里要写明做什么")
    found = ACTS.get(wish["do"])
    if found is None:
        raise ActError(f"没有这个动作：{wish['do']}")
    return found(world, wish)


def _start(world: World, wish: Mapping[str, Any]) -> Json:
    return world.user_starts(int(wish["who"]), str(wish.get("code") or ""))


def _write(world: World, wish: Mapping[str, Any]) -> Json:
    return world.user_writes(int(wish["who"]), int(wish["chat"]), str(wish["text"]), **_placed(wish))


def _send(world: World, wish: Mapping[str, Any]) -> Json:
    extra = dict(wish.get("extra") or {})
    data = base64.b64decode(wish.get("data") or "")
    named = {name: wish[name] for name in ("file_name", "mime_type", "media_group_id") if wish.get(name)}
    caption = str(wish.get("caption") or "")
    return world.user_sends(
        int(wish["who"]), int(wish["chat"]), str(wish["kind"]), data=data, caption=caption,
        **named, **_placed(wish), **extra,
    )  # fmt: skip


def _share_contact(world: World, wish: Mapping[str, Any]) -> Json:
    """The button that a bot offers: one's own number, with one's own id."""
    who = int(wish["who"])
    user = next(user for user in world.users() if user["id"] == who)
    if not user.get("_phone"):
        raise ActError("这个账号没有手机号")
    return world.user_sends(
        who, who, "contact", phone_number=user["_phone"], first_name=user["first_name"], user_id=who
    )  # fmt: skip


def _placed(wish: Mapping[str, Any]) -> dict[str, Any]:
    return {name: int(wish[name]) for name in ("thread_id", "reply_to") if wish.get(name)}


def _edit(world: World, wish: Mapping[str, Any]) -> Json:
    return world.user_edits(int(wish["who"]), int(wish["chat"]), int(wish["message"]), str(wish["text"]))


def _delete(world: World, wish: Mapping[str, Any]) -> None:
    world.user_deletes(int(wish["who"]), int(wish["chat"]), int(wish["message"]))


def _press(world: World, wish: Mapping[str, Any]) -> str:
    return world.user_presses(int(wish["who"]), int(wish["chat"]), int(wish["message"]), str(wish["data"]))


def _react(world: World, wish: Mapping[str, Any]) -> None:
    world.user_reacts(int(wish["who"]), int(wish["chat"]), int(wish["message"]), wish.get("emoji") or None)


def _make_topic(world: World, wish: Mapping[str, Any]) -> Json:
    return world.topic_made(int(wish["who"]), int(wish["chat"]), str(wish["name"]))


def _set_rights(world: World, wish: Mapping[str, Any]) -> None:
    world.set_bot_rights(int(wish["chat"]), **{str(k): bool(v) for k, v in wish["rights"].items()})


def _advance(world: World, wish: Mapping[str, Any]) -> str:
    step = timedelta(minutes=float(wish["minutes"]))
    if not timedelta(0) < step <= LONGEST_STEP:
        raise ActError("时钟只能往后拨，一次不超过 31 天")
    world.advance(step)
    return world.clock.now().isoformat()


def _set_faults(world: World, wish: Mapping[str, Any]) -> Json:
    world.set_faults(wish["faults"])
    return world.faults.as_json()


ACTS: Final[Mapping[str, Act]] = {
    "start": _start,
    "write": _write,
    "send": _send,
    "share_contact": _share_contact,
    "edit": _edit,
    "delete": _delete,
    "press": _press,
    "react": _react,
    "block": lambda world, wish: world.user_blocks(int(wish["who"])),
    "unblock": lambda world, wish: world.user_unblocks(int(wish["who"])),
    "make_topic": _make_topic,
    "close_topic": lambda world, wish: world.topic_closed(int(wish["chat"]), int(wish["thread_id"])),
    "reopen_topic": lambda world, wish: world.topic_reopened(int(wish["chat"]), int(wish["thread_id"])),
    "delete_topic": lambda world, wish: world.topic_deleted(int(wish["chat"]), int(wish["thread_id"])),
    "migrate": lambda world, wish: world.migrate_group(int(wish["chat"])),
    "remove_bot": lambda world, wish: world.remove_bot(int(wish["chat"])),
    "return_bot": lambda world, wish: world.return_bot(int(wish["chat"])),
    "rights": _set_rights,
    "advance": _advance,
    "faults": _set_faults,
}
