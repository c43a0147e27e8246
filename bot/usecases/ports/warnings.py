"""What the use cases need of storage: early warnings, and the counts that their rules look at."""

from collections.abc import Mapping, Sequence
from datetime import datetime
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
        """Cases of stores opened in a span whose kind is known."""

    def repeated(self, since: datetime, *, least: int) -> Sequence[Opened]:
        """Those opened since then of which a store has so many of one kind."""

    def scores(self, since: datetime, until: datetime, *, low: int) -> Shares:
        """Of the ratings asked for in a span and given: those of `low` or less."""

    def due_by(self, until: datetime) -> Mapping[str, tuple[Sequence[int], int]]:
        """By region: the unfinished cases to be resolved by then (the first due first), and how many are unfinished."""

    def figures(self, since: datetime, until: datetime) -> Sequence[CaseFigure]:
        """What 四个一样 compares, of each case opened in a span."""
