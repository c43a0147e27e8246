"""What the use cases need of storage: early warnings, and the counts that their rules look at."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.desk.alike import CaseFigure
from bot.desk.warnings import EarlyWarning, Opened, Shares, WarningRule


class Warnings(Protocol):
    """Early warnings."""

    def claim(self, item: EarlyWarning) -> EarlyWarning | None:
        """Store one, unless its rule, subject and window have one already (None)."""

    def get(self, item_id: int) -> EarlyWarning | None:
        """One, locked."""

    def save(self, item: EarlyWarning) -> None:
        """Write one back."""

    def last_of(self, rule: WarningRule, subject: str) -> EarlyWarning | None:
        """The newest of a rule and subject."""

    def raised(self, since: datetime, until: datetime) -> Sequence[EarlyWarning]:
        """Raised in a span, in order."""

    def waiting(self, *, limit: int = 20) -> Sequence[EarlyWarning]:
        """The newest that are neither taken nor closed, the oldest of them first."""

    def opened(self, since: datetime, until: datetime) -> Sequence[Opened]:
        """Cases of stores opened in a span whose topic (the kind; of a complaint what it is about) is known."""

    def repeated(self, since: datetime, *, least: int) -> Sequence[Opened]:
        """Those opened since then of which a store has so many of one kind."""

    def first_opened(self) -> datetime | None:
        """When the oldest case was opened; None when there is none."""

    def stores(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """By topic: how many stores opened a case of it in a span."""

    def complaining(self, since: datetime, until: datetime) -> int:
        """How many stores complained in a span."""

    def rated_low(self, since: datetime, until: datetime, *, low: int, limit: int) -> Sequence[int]:
        """The cases of the newest ratings of `low` or less asked for in a span, in order."""

    def found_in(self, staff_id: int, since: datetime, until: datetime, *, limit: int) -> Sequence[int]:
        """The cases in which somebody's words were found at fault last, in a span, in order."""

    def checked_on(self, first: date, end: date) -> Collection[date]:
        """The days from `first` up to, not including, `end` on which a supervisor looked at complaints, on patrol."""

    def of_subject(self, rule: WarningRule, subject: str, since: datetime) -> Sequence[EarlyWarning]:
        """What was raised of a rule and subject since then, in order."""

    def scores(self, since: datetime, until: datetime, *, low: int) -> Shares:
        """Of the ratings asked for in a span and given: those of `low` or less."""

    def due_by(self, until: datetime) -> Mapping[str, tuple[Sequence[int], int]]:
        """By region: the unfinished cases to be resolved by then (the first due first), and how many are unfinished."""

    def figures(self, since: datetime, until: datetime) -> Sequence[CaseFigure]:
        """What 四个一样 compares, of each case opened in a span."""
