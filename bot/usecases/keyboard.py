"""Keyboards under a message: buttons in rows, choices one under another by their number, and which one was pressed."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError

T = TypeVar("T")


def in_rows(buttons: Sequence[Button], per_row: int) -> Buttons:
    """Buttons side by side, so many to a row at most."""
    return tuple(tuple(buttons[i : i + per_row]) for i in range(0, len(buttons), per_row))


def numbered(labels: Iterable[str], verb: Verb, case_id: int, *, after: str = "") -> Buttons:
    """A choice a row: a press says its number, behind what was chosen before it (`after`)."""
    chosen = f"{after}." if after else ""
    return tuple((Button(label, Press(verb, case_id, f"{chosen}{n}")),) for n, label in enumerate(labels))


def pressed_of(choices: Sequence[T], number: str) -> T:
    """The choice of a number from a button; DeskError when the choices have changed since, or it is none."""
    if not number.isdecimal() or len(number) > len(str(len(choices))) or int(number) >= len(choices):
        raise DeskError("notice/button_outdated")
    return choices[int(number)]
