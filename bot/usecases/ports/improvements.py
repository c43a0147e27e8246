"""What the use cases need of storage: the improvement list."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.desk.improvement import Improvement, Step


class Improvements(Protocol):
    """The list, and its append-only history."""

    def add(self, item: Improvement) -> Improvement:
        """Store a new one (its number is given here)."""

    def get(self, number: int) -> Improvement | None:
        """One, locked until the unit of work ends."""

    def save(self, item: Improvement) -> None:
        """Write one back; LookupError when it is not there."""

    def going_on(self) -> Sequence[Improvement]:
        """What is new or being worked on, the earliest date first."""

    def due_before(self, day: date) -> Sequence[Improvement]:
        """What is going on although its date lies before this day."""

    def ended(self, since: datetime, until: datetime) -> Sequence[Improvement]:
        """What was done or declined then (UTC, until excluded), in order."""

    def note(self, step: Step) -> None:
        """Append to the history."""

    def steps(self, number: int) -> Sequence[Step]:
        """What was done about one, in order."""
