"""A task (交办): one of those who lead gives it to a person with a date; it is ticked off, or put off with a reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TaskState(StrEnum):
    """Where a task stands."""

    GIVEN = "given"
    SEEN = "seen"
    DONE = "done"
    VOID = "void"


OPEN_TASK = (TaskState.GIVEN, TaskState.SEEN)


@dataclass(frozen=True)
class Task:
    """`receiver_id` is to do this by `due_at` (UTC); `asks_until` and `asks_why`: they ask for more time.
    `remind_at`: when they are to be reminded ahead (None: were reminded).
    """

    id: int
    giver_id: int
    receiver_id: int
    words: str
    given_at: datetime
    due_at: datetime
    state: TaskState = TaskState.GIVEN
    asks_until: datetime | None = None
    asks_why: str = ""
    seen_at: datetime | None = None
    remind_at: datetime | None = None
    due_told_at: datetime | None = None
    overdue_told_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in OPEN_TASK
