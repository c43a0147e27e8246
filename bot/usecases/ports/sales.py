"""What the use cases need of storage: what the stores sold, and the cases of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.desk.period import Period
from bot.desk.sales import Total
from bot.desk.sales_rows import Sale
from bot.desk.service import ServedCase
from bot.usecases.ports.people import Changes


@dataclass(frozen=True)
class SaleVersion:
    """What was told of a store and day, by whom, when (UTC), in which file; the newest counts."""

    sale: Sale
    at: datetime
    told_by: str
    file: str


class Sales(Protocol):
    """The ledger. Stores are named by number, in whatever case; sums name them folded."""

    def put_all(self, sales: Sequence[Sale], *, at: datetime, told_by: str, file: str) -> Changes:
        """Add, or correct by a new version; what is told again as it stands adds none."""

    def sums(self, days: Period) -> Mapping[str, Total]:
        """The sums of each store (folded number) that was told of within these days."""

    def by_day(self, days: Period, stores: Sequence[str] | None) -> Mapping[date, Total]:
        """The sums of each day, of these stores (folded numbers; None: all)."""

    def newest(self, days: Period) -> date | None:
        """The last of these days of which an amount is known."""

    def known_days(self, days: Period) -> int:
        """Of how many of these days an amount is known, of whichever store."""

    def versions(self, store: str, day: date) -> Sequence[SaleVersion]:
        """All that was ever told of a store and day, the oldest first."""

    def corrected(self, days: Period) -> Sequence[SaleVersion]:
        """Every version of what was told more than once, by day, store and time."""

    def served(self, since: datetime, until: datetime) -> Sequence[ServedCase]:
        """The cases that were opened then (UTC, until excluded)."""
