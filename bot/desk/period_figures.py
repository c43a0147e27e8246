"""The figures of a period's report: what is counted and timed, and how each figure is worked out of it.

Each figure is defined in `docs/reports.md`, and on the sheet 口径 of every workbook, in the words of `labels.toml`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from math import ceil
from statistics import median
from typing import Final


class Count(StrEnum):
    """What is counted."""

    OPEN_BEFORE = "open_before"
    NEW = "new"
    REOPENED = "reopened"
    ENDED = "ended"
    OPEN = "open"
    RESOLVED = "resolved"
    RESOLVED_LATE = "resolved_late"
    ANSWERED = "answered"
    ANSWER_DUE = "answer_due"
    ANSWERED_IN_TIME = "answered_in_time"
    OVERDUE = "overdue"
    COMPLAINTS = "complaints"
    COMPLAINTS_RESOLVED = "complaints_resolved"
    OWNED = "owned"
    OWN = "own"
    GIVEN = "given"
    UNANSWERED = "unanswered"
    RETURNED = "returned"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"
    CALLED_BACK = "called_back"
    CALL_SATISFIED = "call_satisfied"
    CALL_UNREACHED = "call_unreached"
    CALL_LATE = "call_late"
    ASKED = "asked"
    BLOCKED = "blocked"
    RATED = "rated"
    SCORES = "scores"
    GOOD = "good"
    FOUND = "found"
    HELD = "held"
    WATCHES = "watches"
    PRESENT = "present"
    CAME_LATE = "came_late"
    LEFT_EARLY = "left_early"
    ABSENT = "absent"


class Time(StrEnum):
    """What is timed, in working time."""

    ANSWER = "answer"
    RESOLUTION = "resolution"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Tally:
    """What was counted of somebody, of a region or of all; `times` in seconds."""

    counts: Counter[Count] = field(default_factory=Counter)
    times: dict[Time, list[float]] = field(default_factory=lambda: {time: [] for time in Time})

    def add(self, count: Count, by: int = 1) -> None:
        """Count so many more."""
        self.counts[count] += by

    def time(self, what: Time, length: timedelta) -> None:
        """Keep a length."""
        self.times[what].append(length.total_seconds())

    @property
    def is_empty(self) -> bool:
        """Nothing was counted."""
        return not any(self.counts.values())


class Shape(StrEnum):
    """What a figure's number is: a count, a share of one, minutes, hours, or a score of one to five."""

    NUMBER = "number"
    SHARE = "share"
    MINUTES = "minutes"
    HOURS = "hours"
    SCORE = "score"


Value = float | None
"""A figure's number; None when there is nothing to measure, which is not the same as nought."""


@dataclass(frozen=True)
class Figure:
    """A column of the report: its name in `labels.toml`, the shape of its numbers, and how it is worked out."""

    name: str
    shape: Shape
    of: Callable[[Tally], Value]


def percentile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank percentile: the least value that at least this share of all does not exceed."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)] if values else None


def ratio(part: float, whole: float) -> float | None:
    """A share; None of nothing."""
    return part / whole if whole else None


def _number(count: Count) -> Figure:
    return Figure(count.value, Shape.NUMBER, lambda tally: float(tally.counts[count]))


def _share(name: str, part: Count, *whole: Count) -> Figure:
    return Figure(name, Shape.SHARE, lambda t: ratio(t.counts[part], sum(t.counts[each] for each in whole)))


def _median(name: str, time: Time, shape: Shape) -> Figure:
    return Figure(name, shape, lambda t: median(t.times[time]) / _UNIT[shape] if t.times[time] else None)


def _p90(name: str, time: Time, shape: Shape) -> Figure:
    def of(tally: Tally) -> Value:
        found = percentile(tally.times[time], 0.9)
        return None if found is None else found / _UNIT[shape]

    return Figure(name, shape, of)


def _in_time(tally: Tally) -> Value:
    resolved = tally.counts[Count.RESOLVED]
    return ratio(resolved - tally.counts[Count.RESOLVED_LATE], resolved)


def _score(tally: Tally) -> Value:
    return ratio(tally.counts[Count.SCORES], tally.counts[Count.RATED])


_UNIT: Final = {Shape.MINUTES: 60.0, Shape.HOURS: 3600.0}
NEW: Final = _number(Count.NEW)
RESOLVED: Final = _number(Count.RESOLVED)
OPEN: Final = _number(Count.OPEN)
OVERDUE: Final = _number(Count.OVERDUE)
COMPLAINTS: Final = _number(Count.COMPLAINTS)
FOUND: Final = _number(Count.FOUND)
ANSWER_MEDIAN: Final = _median("answer_median", Time.ANSWER, Shape.MINUTES)
ANSWER_IN_TIME: Final = _share("answer_in_time", Count.ANSWERED_IN_TIME, Count.ANSWER_DUE)
BY_FIRST_OWNER: Final = _share("by_first_owner", Count.OWN, Count.OWNED)
PROMISES_KEPT: Final = _share("promises_kept", Count.KEPT, Count.KEPT, Count.LATE, Count.BROKEN)
SCORE: Final = Figure("score", Shape.SCORE, _score)
GOOD_SHARE: Final = _share("good_share", Count.GOOD, Count.RATED)
ATTENDED: Final = _share("attended", Count.PRESENT, Count.WATCHES)

FIGURES: Final = (
    _number(Count.OPEN_BEFORE), NEW, _number(Count.REOPENED), _number(Count.ENDED), OPEN, RESOLVED,
    _number(Count.ANSWERED), ANSWER_MEDIAN, _p90("answer_p90", Time.ANSWER, Shape.MINUTES), ANSWER_IN_TIME,
    OVERDUE, _median("resolution_median", Time.RESOLUTION, Shape.HOURS),
    Figure("resolved_in_time", Shape.SHARE, _in_time),
    COMPLAINTS, _number(Count.COMPLAINTS_RESOLVED), _median("complaint_median", Time.COMPLAINT, Shape.HOURS),
    _p90("complaint_p90", Time.COMPLAINT, Shape.HOURS),
    BY_FIRST_OWNER, _number(Count.GIVEN), _number(Count.UNANSWERED), _number(Count.RETURNED),
    _number(Count.KEPT), _number(Count.LATE), _number(Count.BROKEN), PROMISES_KEPT,
    _number(Count.CALLED_BACK), _number(Count.CALL_SATISFIED), _number(Count.CALL_UNREACHED), _number(Count.CALL_LATE),
    _number(Count.ASKED), _number(Count.RATED), SCORE, GOOD_SHARE,
    FOUND, _number(Count.HELD),
    _number(Count.WATCHES), ATTENDED, _number(Count.CAME_LATE), _number(Count.LEFT_EARLY), _number(Count.ABSENT),
)  # fmt: skip
"""Every figure, in the order of the columns."""
HEADLINES: Final = (NEW, RESOLVED, OPEN, OVERDUE, COMPLAINTS, ANSWER_MEDIAN, ANSWER_IN_TIME, BY_FIRST_OWNER,
                    PROMISES_KEPT, SCORE, FOUND, ATTENDED)  # fmt: skip
"""The figures of the summary."""


def difference(now: Value, base: Value, shape: Shape) -> Value:
    """What changed: of a count or a time, the growth as a share (None without a base); else the plain difference."""
    if now is None or base is None:
        return None
    if shape in (Shape.SHARE, Shape.SCORE):
        return now - base
    return now / base - 1 if base else None


@dataclass
class Group:
    """Tallies by region (its code; "" while the place is unknown) and by person (staff id), and of all."""

    whole: Tally = field(default_factory=Tally)
    regions: dict[str, Tally] = field(default_factory=dict)
    people: dict[int, Tally] = field(default_factory=dict)
    _met: dict[tuple[str | None, tuple[int, ...]], list[Tally]] = field(default_factory=dict, repr=False)

    def of(self, region: str | None, people: tuple[int, ...]) -> list[Tally]:
        """Everybody for whom something counts, each once; asked for with every case, so what was met is remembered."""
        found = self._met.get((region, people))
        if found is None:
            found = [self.regions.setdefault(region or "", Tally()), *self.beside(people)]
            self._met[region, people] = found
        return found

    def beside(self, people: Iterable[int]) -> list[Tally]:
        """The same of what is of no region."""
        return [self.whole, *(self.people.setdefault(person, Tally()) for person in dict.fromkeys(people))]

    def add(self, region: str | None, person: int, count: Count, by: int = 1) -> None:
        """Count for a person, their case's region, and all."""
        if not by:
            return
        for tally in self.of(region, (person,)):
            tally.add(count, by)
