"""Personal reminders (提醒): what somebody is to be told again at a certain time, as rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.desk.case import Case, Level


class MemoState(StrEnum):
    """Where a reminder stands; one whose time is still asked for is stored already, so that a button can name it."""

    ASKED = "asked"
    WAITING = "waiting"
    FIRED = "fired"
    DONE = "done"
    VOID = "void"


OPEN_MEMO = (MemoState.ASKED, MemoState.WAITING, MemoState.FIRED)


class About(StrEnum):
    """What a reminder is about: one's own words, a promise that falls due, a task."""

    OWN = "own"
    PROMISE = "promise"
    TASK = "task"


@dataclass(frozen=True)
class Memo:
    """Tell `staff_id` these words at `due_at` (UTC). `from_id`: who handed it to them; `subject`: the promise or task
    that it is about (0: neither); `quote`: the message that it was made on.
    """

    id: int
    staff_id: int
    made_by: int
    words: str
    made_at: datetime
    due_at: datetime
    case_id: int | None = None
    quote: str = ""
    about: About = About.OWN
    subject: int = 0
    from_id: int | None = None
    state: MemoState = MemoState.WAITING
    fired_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Neither done nor void."""
        return self.state in OPEN_MEMO


def urgency(memo: Memo, case: Case | None) -> tuple[int, datetime, int]:
    """What goes first in a list: complaints and what was escalated, promises, other cases, tasks, the rest; in each
    the longest overdue.
    """
    if case is not None and (case.kind == "complaint" or case.level is not Level.SPECIALIST):
        rank = 0
    elif memo.about is About.PROMISE:
        rank = 1
    elif case is not None:
        rank = 2
    else:
        rank = 3 if memo.about is About.TASK else 4
    return rank, memo.due_at, memo.id
