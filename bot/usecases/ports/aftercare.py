"""What the use cases need of storage: calls back, ratings, the tasks of low ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.follow_up import FollowUp
from bot.desk.rating import LowRating, Rating


class FollowUps(Protocol):
    """Calls back; what is read here is locked until the unit of work ends."""

    def add(self, item: FollowUp) -> FollowUp:
        """Store a new one (its id is given here)."""

    def save(self, item: FollowUp) -> None:
        """Write one back."""

    def get(self, item_id: int) -> FollowUp | None:
        """One."""

    def open_of(self, case_id: int) -> FollowUp | None:
        """The one of a case of which something is still to come."""

    def last_of(self, case_id: int) -> FollowUp | None:
        """The newest of a case."""

    def listed(self, *, owner_id: int | None = None, limit: int = 50) -> Sequence[FollowUp]:
        """Open ones of a person (None: of everybody), those that are late, or will be soonest, first."""


class Ratings(Protocol):
    """Ratings; what is read one by one is locked until the unit of work ends."""

    def add(self, item: Rating) -> Rating:
        """Store a new one (its id is given here)."""

    def save(self, item: Rating) -> None:
        """Write one back."""

    def get(self, item_id: int) -> Rating | None:
        """One."""

    def last_of(self, case_id: int) -> Rating | None:
        """The newest of a case."""

    def newest_of(self, franchisee_id: int) -> Rating | None:
        """The newest that was asked of a person."""

    def asked_between(self, first: datetime, end: datetime) -> Sequence[Rating]:
        """Asked from `first` up to, not including, `end`, in order."""


class LowRatings(Protocol):
    """Tasks of low ratings."""

    def add(self, item: LowRating) -> LowRating:
        """Store a new one (its id is given here)."""

    def save(self, item: LowRating) -> None:
        """Write one back."""

    def get(self, item_id: int) -> LowRating | None:
        """One, locked."""

    def of_rating(self, rating_id: int) -> LowRating | None:
        """The task that a rating opened."""

    def listed(self, *, limit: int = 30) -> Sequence[LowRating]:
        """Open ones, the soonest due first."""

    def newest(self, *, limit: int = 10) -> Sequence[LowRating]:
        """The newest, done or not."""
