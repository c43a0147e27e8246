"""Assistance (协办): another department helps by a deadline, and gives a receipt; the case stays with its handler."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


@dataclass(frozen=True)
class Department:
    """A department that can be asked: its chat (0: none, then `contact` is whom to ask by other ways)."""

    code: str
    name: str
    chat_id: int = 0
    contact: str = ""


class AssistState(StrEnum):
    """ASKED → RECEIVED (受理) → ANSWERED (回执); an answer may come at once. VOID: the case ended first."""

    ASKED = "asked"
    RECEIVED = "received"
    ANSWERED = "answered"
    VOID = "void"


@dataclass(frozen=True)
class Assist:
    """What a department was asked, until when, and what became of it. Instants are UTC; people outside the department's
    own staff list are kept by the names they go by.
    """

    id: int
    case_id: int
    department: str
    asked_by: int
    asked_at: datetime
    due_at: datetime
    words: str
    state: AssistState = AssistState.ASKED
    received_at: datetime | None = None
    received_by: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    chased_at: datetime | None = None
    alerted_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the department still owes its receipt."""
        return self.state in (AssistState.ASKED, AssistState.RECEIVED)


_BREAK: Final = r"[\s·.\-‐-―－]?"
_MOBILE: Final = rf"[1１][3-9３-９](?:{_BREAK}\d){{9}}"
_LANDLINE: Final = rf"[0０]\d{{2,3}}{_BREAK}\d{{3,4}}{_BREAK}\d{{4}}"
_PHONE: Final = re.compile(rf"(?<!\d)(?:\+?86{_BREAK})?(?:{_MOBILE}|{_LANDLINE})(?!\d)")


def without_phones(text: str, mark: str) -> str:
    """The text with every mainland telephone number (mobile or landline, however it is grouped) replaced by `mark`."""
    return _PHONE.sub(mark, text)
