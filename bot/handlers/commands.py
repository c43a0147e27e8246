"""Commands: read once, asynchronously (a synchronous filter costs a hop to a thread)."""

import re
from dataclasses import dataclass

from aiogram.filters import BaseFilter
from aiogram.types import Message

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """A command as it was typed: `/transfer 李娜 设备` is name `transfer`, rest `李娜 设备`."""

    name: str
    rest: str
    addressee: str | None = None


def typed_command(text: str) -> Typed | None:
    """The command that a text begins with, or None."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    return Typed(found.group(1).lower(), (found.group(3) or "").strip(), found.group(2))


class IsCommand(BaseFilter):
    """Passes commands that are ours or nobody's, giving the handler `typed`."""

    async def __call__(self, message: Message, bot_username: str = "") -> bool | dict[str, Typed]:
        """`bot_username` comes from the dispatcher's workflow data."""
        typed = typed_command(message.text or message.caption or "")
        if typed is None:
            return False
        return {"typed": typed}


def is_for_another(typed: Typed, bot_username: str) -> bool:
    """`/close@other_bot` is none of our business."""
    return typed.addressee is not None and typed.addressee.lower() != bot_username.lower()
