"""The performance review (业绩考核): seven criteria with weights, each point standing on its cases.

The manual asks for 部门员工业绩考核 and names neither criteria nor weights: these are conventions of the settings
([review]).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class Criterion(StrEnum):
    """What a person is reviewed by."""

    FIRST_RESPONSE = "first_response"
    ON_TIME = "on_time"
    FIRST_OWNER = "first_owner"
    SATISFACTION = "satisfaction"
    QUALITY = "quality"
    PROMISES = "promises"
    ATTENDANCE = "attendance"


WHOLE: Final = 100
"""What the weights sum up to."""


@dataclass(frozen=True)
class ReviewTerms:
    """`weights` sum up to WHOLE; below `min_sample` things a criterion is not counted; `late_earns`: the share (0 to 1)
    that a watch earns to which somebody came late, or from which they left early.
    """

    weights: Mapping[Criterion, int]
    min_sample: int = 5
    late_earns: float = 0.5


@dataclass(frozen=True)
class Evidence:
    """One thing that a criterion stands on: a case (attendance: a day of the desk's calendar), when it was decided
    (UTC), what share of its worth it earned (0 to 1), and why: a code of `[reviewing]` in the labels, with its value.
    """

    at: datetime
    earned: float
    why: str
    case_id: int = 0
    day: date | None = None
    value: str = ""

    @property
    def is_full(self) -> bool:
        """Whether nothing was lost here."""
        return self.earned >= 1


@dataclass(frozen=True)
class Point:
    """A criterion of one person. `counts`: its weight after what others left was spread over it (0: not counted), to a
    tenth; `points`: what was earned of that, to a tenth.
    """

    criterion: Criterion
    weight: int
    evidence: tuple[Evidence, ...]
    counts: float = 0
    points: float = 0
    is_enough: bool = False

    @property
    def share(self) -> float | None:
        """What was earned of what could be (0 to 1); None where there is nothing."""
        return sum(e.earned for e in self.evidence) / len(self.evidence) if self.evidence else None


@dataclass(frozen=True)
class Review:
    """One person's: every criterion that has a weight, in order. `total` is the sum of the points as they are shown;
    None when no criterion has a sample that is large enough.
    """

    points: tuple[Point, ...]
    total: float | None

    @property
    def too_small(self) -> tuple[Point, ...]:
        """The criteria that were not counted."""
        return tuple(p for p in self.points if not p.is_enough)

    def point(self, criterion: Criterion) -> Point | None:
        """One criterion; None when it has no weight."""
        return next((p for p in self.points if p.criterion is criterion), None)


def review(evidence: Mapping[Criterion, Sequence[Evidence]], terms: ReviewTerms) -> Review:
    """Weigh what somebody did. The weight of a criterion with too small a sample is spread over the others, each by its
    own weight: who had little to do is neither praised nor blamed for it.
    """
    given = [Point(c, terms.weights.get(c, 0), tuple(evidence.get(c, ()))) for c in Criterion]
    weighed = [p for p in given if p.weight > 0]
    counted = [p for p in weighed if len(p.evidence) >= max(1, terms.min_sample)]
    counts = dict(zip((p.criterion for p in counted), spread([p.weight for p in counted]), strict=True))
    points = tuple(_counted(p, counts[p.criterion]) if p.criterion in counts else p for p in weighed)
    return Review(points, round(sum(p.points for p in points), 1) if counted else None)


def _counted(point: Point, counts: float) -> Point:
    return replace(point, counts=counts, points=round(counts * (point.share or 0), 1), is_enough=True)


def spread(weights: Sequence[int]) -> list[float]:
    """WHOLE shared out by weight, in tenths that sum up to it exactly: what rounding down leaves goes to the largest
    remainders, the first of equals before the later.
    """
    total, tenths = sum(weights), WHOLE * 10
    shares = [divmod(weight * tenths, total) for weight in weights]
    left = tenths - sum(whole for whole, _ in shares)
    first = sorted(range(len(shares)), key=lambda n: (-shares[n][1], n))[:left]
    return [(whole + (n in first)) / 10 for n, (whole, _) in enumerate(shares)]
