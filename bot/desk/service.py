"""The service figures of some stores over a period, from the cases that were opened in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_high, median_low


@dataclass(frozen=True)
class ServedCase:
    """Of a case, what the figures need. `store`: folded number, empty when unknown; times UTC."""

    store: str
    is_complaint: bool
    opened_at: datetime
    first_answer_at: datetime | None
    is_ended: bool
    is_by_first_owner: bool
    state: str = ""


@dataclass(frozen=True)
class Service:
    """`answer`: median working time to the first human answer; `own` of `ended` cases were ended by the first owner."""

    cases: int = 0
    complaints: int = 0
    answer: timedelta | None = None
    ended: int = 0
    own: int = 0

    @property
    def share(self) -> float | None:
        """First owner's share of what has ended; None while nothing has."""
        return self.own / self.ended if self.ended else None


Measure = Callable[[datetime, datetime], timedelta]


def service(cases: Iterable[ServedCase], measure: Measure) -> Service:
    """Count; `measure` says how much of a time counts (working time)."""
    found = list(cases)
    times = answer_times(found, measure)
    return Service(
        cases=len(found),
        complaints=sum(c.is_complaint for c in found),
        answer=_middle(times),
        ended=sum(c.is_ended for c in found),
        own=sum(c.is_ended and c.is_by_first_owner for c in found),
    )


def _middle(times: Sequence[timedelta]) -> timedelta | None:
    """The median; between two, halfway."""
    if not times:
        return None
    return (median_low(times) + median_high(times)) / 2


def answer_times(cases: Sequence[ServedCase], measure: Measure) -> list[timedelta]:
    """From opening to the first human answer, of the cases that have one."""
    return [measure(c.opened_at, c.first_answer_at) for c in cases if c.first_answer_at is not None]


def on_time(cases: Iterable[ServedCase], measure: Measure, *, within: timedelta, now: datetime) -> tuple[int, int]:
    """(answered in time, all that were to be): a case still within its time counts for neither."""
    good = late = 0
    for case in cases:
        waited = measure(case.opened_at, case.first_answer_at or now)
        if waited > within:
            late += 1
        elif case.first_answer_at is not None:
            good += 1
    return good, good + late
