"""What the daily digest needs of storage: figures counted by the database from the events, a few rows of the day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.desk.digest import Counts, Ended, Figure, Figures, Happened, OpenCase
from bot.desk.events import Did


@dataclass(frozen=True)
class Openings:
    """What franchisees wrote in the cases of a span: one text a case, of an even sample when there are very many."""

    cases: int
    texts: Sequence[str]


class Digests(Protocol):
    """Figures of a span; instants are UTC, the end is left out."""

    def counts(self, since: datetime, until: datetime) -> Counts:
        """Cases that were new, answered, resolved, by region."""

    def by_person(self, since: datetime, until: datetime) -> Mapping[int, Figures]:
        """Cases that each of the staff answered and resolved."""

    def count(self, figure: Figure, since: datetime, until: datetime) -> int:
        """How many cases were opened, or resolved; each once."""

    def times(self, figure: Figure, since: datetime, until: datetime) -> Sequence[datetime]:
        """When cases were opened, or resolved: each case once, as in `counts`, at the first time within the span."""

    def notable(self, since: datetime, until: datetime) -> Sequence[Happened]:
        """Marks of complaints, ratings, held replies, in order."""

    def open_at(self, at: datetime) -> Sequence[OpenCase]:
        """The cases that were unfinished at an instant, those whose deadlines had passed longest first."""

    def of_ended(self, since: datetime, until: datetime, kinds: Sequence[Did]) -> Sequence[Ended]:
        """Each case that ended in a span, with its events of these kinds."""

    def openings(self, since: datetime, until: datetime, *, limit: int) -> Openings:
        """What was written in the cases that were opened in a span."""
