"""What the daily digest needs of storage: figures counted by the database, by region."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.digest import Counts, Delayed


class Digests(Protocol):
    """Counts of a span; instants are UTC, the end is left out."""

    def of_span(self, since: datetime, until: datetime) -> Counts:
        """What happened in a span: everything but what is momentary."""

    def momentary(self, now: datetime) -> Counts:
        """What is open and overdue at this moment; a case that waits for its franchisee is not overdue."""

    def delayed(self, now: datetime, *, limit: int) -> Sequence[Delayed]:
        """The unfinished cases longest past their deadlines."""
