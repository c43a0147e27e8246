"""Satisfaction (满意度): one to five for a closed case, why, a word; and the figures of many. Instants are UTC."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SCORES: Final = (5, 4, 3, 2, 1)
"""As the buttons stand, the best first."""
GOOD: Final = 4
"""From here on a score counts as satisfied (domain convention: the share of 4–5)."""


class RatingState(StrEnum):
    """ASKED waits; VOID: the case went on before any answer; BLOCKED: the person cannot be written to."""

    ASKED = "asked"
    RATED = "rated"
    VOID = "void"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Rating:
    """What one closing was worth to the franchisee; credited to the first owner and to the handler.

    `words_until`: until when the person's next words are taken as the remark; `tags` as they read at that time.
    """

    id: int
    case_id: int
    franchisee_id: int
    first_owner_id: int | None
    handler_id: int
    region: str | None
    asked_at: datetime
    state: RatingState = RatingState.ASKED
    chased_at: datetime | None = None
    score: int | None = None
    tags: tuple[str, ...] = ()
    words: str = ""
    rated_at: datetime | None = None
    words_until: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Which set of reasons fits."""
        return self.score is not None and self.score >= GOOD

    def credits(self, staff_id: int) -> bool:
        """Whether it counts for this person."""
        return staff_id in (self.first_owner_id, self.handler_id)

    def may_change(self, now: datetime, within: timedelta) -> bool:
        """For a while after the first answer."""
        return self.rated_at is None or now < self.rated_at + within


class LowState(StrEnum):
    """What became of the task that a low rating opens."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True)
class LowRating:
    """A supervisor's task: find out what went wrong, by a deadline; what was done is on record."""

    id: int
    rating_id: int
    case_id: int
    score: int
    opened_at: datetime
    due_at: datetime
    state: LowState = LowState.OPEN
    reminded_at: datetime | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    words: str = ""


@dataclass(frozen=True)
class RatingTerms:
    """`[rating]`: natural times, but `handle_within`, which is working time; `chase_after` zero: no chase."""

    is_asked: bool = True
    chase_after: timedelta = timedelta(hours=24)
    change_within: timedelta = timedelta(hours=24)
    words_within: timedelta = timedelta(minutes=30)
    low: int = 2
    handle_within: timedelta = timedelta(hours=9)


@dataclass(frozen=True)
class RatingFigures:
    """Of many ratings: how many were asked, how many could not be reached, and how often each score was given."""

    asked: int = 0
    blocked: int = 0
    scores: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    """How often 1, 2, 3, 4, 5."""

    @property
    def rated(self) -> int:
        """n of the average and of the share."""
        return sum(self.scores)

    @property
    def average(self) -> float | None:
        """None while nobody has answered."""
        return sum(score * n for score, n in enumerate(self.scores, 1)) / self.rated if self.rated else None

    @property
    def good_share(self) -> float | None:
        """The share of 4 and 5 among those who answered."""
        return sum(self.scores[GOOD - 1 :]) / self.rated if self.rated else None

    @property
    def response(self) -> float | None:
        """The share who answered among those who were asked and could be reached."""
        reached = self.asked - self.blocked
        return self.rated / reached if reached > 0 else None


def figures(ratings: Iterable[Rating]) -> RatingFigures:
    """What ratings come to; one that was withdrawn before any answer was never asked."""
    counted = [r for r in ratings if r.state is not RatingState.VOID]
    scores = Counter(r.score for r in counted if r.score is not None)
    given = (scores[1], scores[2], scores[3], scores[4], scores[5])
    return RatingFigures(len(counted), sum(r.state is RatingState.BLOCKED for r in counted), given)
