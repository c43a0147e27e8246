"""A promise (承诺): what a franchisee was told would be done, and by when; it is kept, late or broken."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class PromiseState(StrEnum):
    """What became of a promise. Postponed: the franchisee was given a new time before the old one was over."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    POSTPONED = "postponed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


JUDGED = (PromiseState.KEPT, PromiseState.LATE, PromiseState.BROKEN)
"""What the share kept is a share of."""


@dataclass(frozen=True)
class Promise:
    """One promise of a message. `due_at` is when it falls due now, `said_due_at` as it was understood at first (UTC).

    `remind_at`: when the handler is to be reminded (None: was reminded). `staff_id`: whom it is counted for, who made
    it, and once it is settled whoever had the case then.
    """

    id: int
    case_id: int
    message_id: int
    made_by: int
    staff_id: int
    made_at: datetime
    due_at: datetime
    said_due_at: datetime
    words: str
    what: str
    state: PromiseState = PromiseState.OPEN
    remind_at: datetime | None = None
    settled_at: datetime | None = None


def judged(promise: Promise, answered_at: datetime, *, renews: bool, breath: timedelta) -> PromiseState:
    """What an answer of that instant makes of an open promise (OPEN: nothing).

    What follows within a breath belongs to the promise itself; for a short promise a breath is a quarter of it. An
    answer that promises anew (`renews`) before the time is over postpones; after it, it is an answer that came late.
    """
    length = promise.said_due_at - promise.made_at
    if answered_at - promise.made_at < min(breath, length / 4):
        return PromiseState.OPEN
    if answered_at > promise.due_at:
        return PromiseState.LATE
    return PromiseState.POSTPONED if renews else PromiseState.KEPT
