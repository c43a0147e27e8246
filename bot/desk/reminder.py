"""Something to look at again at a certain time: a row that survives restarts, never a timer in memory."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReminderKind(StrEnum):
    """What is to be looked at."""

    ACKNOWLEDGE = "acknowledge"
    LAPSE = "lapse"
    SILENCE = "silence"
    DECREE = "decree"
    """Not of a case: `case_id` is the year whose decree is looked for."""
    TRANSFER = "transfer"
    ASSIST = "assist"
    CLOSING = "closing"
    ROSTER = "roster"
    PROMISE = "promise"
    """Not of a case: `case_id` is the promise's own number; so with a task."""
    TASK = "task"
    MEETING = "meeting"
    COMPLAINT = "complaint"
    PATROL = "patrol"
    DIGEST = "digest"
    """Not of a case: `case_id` is the ordinal of the digest's day."""
    MEASURE = "measure"
    """Not of a case: `case_id` is the measure's number."""
    FOLLOW_UP = "follow_up"
    RATING = "rating"
    LOW_RATING = "low_rating"
    """`case_id` is the task's number."""
    SURVEY = "survey"
    """`case_id` is the round's number."""
    DEADLINE = "deadline"
    """A warning of one of the case's deadlines is due."""
    WARNING = "warning"
    """`case_id` is which look of the early warning: 0 the quick one, 1 the hourly one."""
    NO_WORD = "no_word"
    """The franchisee has not answered."""
    REPORT = "report"
    IMPROVEMENT = "improvement"
    """Not of a case: `case_id` is the improvement's number."""
    INSPECTION = "inspection"
    """The day's draw; not of a case."""


@dataclass(frozen=True)
class Reminder:
    """Look at this case (0: at the roster) at `due_at` (UTC). One per (kind, case, due): asking twice makes one."""

    kind: ReminderKind
    case_id: int
    due_at: datetime
    id: int = 0
