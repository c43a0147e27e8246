"""What the use cases need of storage: what is due, and what only one process may do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.reminder import Reminder, ReminderKind


class Reminders(Protocol):
    """What is to be looked at again."""

    def add(self, reminder: Reminder) -> None:
        """Store; asking for the same (kind, case, due) twice makes one."""

    def due(self, now: datetime, *, limit: int = 50, kind: ReminderKind | None = None) -> Sequence[Reminder]:
        """Claim what is due (of one kind) by compare-and-set: each is returned to one caller only, the oldest first."""

    def next_due(self) -> datetime | None:
        """The earliest that waits."""


class Leases(Protocol):
    """What only one process may do at a time."""

    def turn(self, name: str) -> bool:
        """Whether nobody else is at it; then it is this unit of work's until its end, however that comes about."""

    def take(self, name: str, holder: str, now: datetime, *, until: datetime, over: str = "") -> bool:
        """Become or stay the holder, in one conditional UPDATE: when nobody is, when the time of the one who was is
        over, or when that one is `over` (known to be dead).
        """

    def holder(self, name: str) -> str:
        """Who holds it or held it last; empty when nobody ever did."""

    def holds(self, name: str, holder: str) -> bool:
        """Whether nobody took over from this one."""

    def free(self, name: str, holder: str) -> None:
        """Let go, for the next to take over at once; nothing when somebody else holds it."""
