"""What the use cases need of storage: cases and what happened to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.desk.case import Case, State
from bot.desk.events import Did, Event


@dataclass(frozen=True)
class RegionCount:
    """Unfinished work of a region (None: place not known yet)."""

    region: str | None
    by_state: Mapping[State, int]
    overdue: int


class Cases(Protocol):
    """Cases; what is read here is locked until the unit of work ends."""

    def add(self, case: Case) -> Case:
        """Store a new case (its id is given here)."""

    def get(self, case_id: int) -> Case | None:
        """One case."""

    def save(self, case: Case) -> None:
        """Write a case back."""

    def take(self, case_id: int, staff_id: int) -> bool:
        """Become first owner and handler in one conditional UPDATE; False when somebody else already is first owner."""

    def unfinished_of(self, franchisee_id: int) -> Case | None:
        """The one case of this franchisee that is NEW, OPEN or WAITING."""

    def last_of(self, franchisee_id: int) -> Case | None:
        """The newest case of this franchisee."""

    def hand(self, case_id: int, *, giver: int, taker: int) -> bool:
        """Change the handler of an unfinished case in one conditional UPDATE; False when it is not the giver's."""

    def unfinished(self) -> Sequence[Case]:
        """Every case that is NEW, OPEN or WAITING, the oldest first."""

    def open_counts(self) -> Mapping[int, int]:
        """Unfinished cases per handler (staff id)."""

    def listed(
        self, *, region: str | None = None, states: Sequence[State] = (), handler_id: int | None = None, limit: int = 20
    ) -> Sequence[Case]:
        """Cases for a list, the longest unanswered first, then the oldest."""

    def overdue(self, now: datetime, *, limit: int = 20) -> Sequence[Case]:
        """NEW and OPEN cases with a deadline that has passed: the one that passed first goes first."""

    def answered_for_by(self, staff_id: int) -> Sequence[Case]:
        """Unfinished cases of which this person is the handler or the first owner, the oldest first."""

    def counts(self, now: datetime) -> Sequence[RegionCount]:
        """Unfinished work by region."""


class Events(Protocol):
    """The append-only record."""

    def add(self, *events: Event) -> None:
        """Append."""

    def of_case(self, case_id: int) -> Sequence[Event]:
        """All of a case, in order."""

    def of_active(self, since: datetime, kinds: Sequence[Did]) -> Sequence[Event]:
        """Events of these kinds of every case that something happened to since then or that goes on, case by case."""
