"""The working time of 2026 as an oracle knows it: the decree's literal days, sums over a table, nothing of the desk.

Days off and make-up workdays: 国务院办公厅关于2026年部分节假日安排的通知. The office of `bench.quarter` works Monday to
Friday, 09:00-12:00 and 13:30-18:00 in Shanghai, which has been UTC+8 all year round since 1991.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from itertools import accumulate

SHANGHAI = timezone(timedelta(hours=8))
DAYS_OFF = (
    ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)  # fmt: skip
"""Each with its first and its last day."""
MADE_UP = ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
"""Saturdays and Sundays on which everybody works."""
HOURS = ((time(9), time(12)), (time(13, 30), time(18)))
FIRST, LAST = date(2025, 12, 1), date(2027, 2, 28)
NOTHING = timedelta(0)


def works(day: date, *, made_up: frozenset[str] = frozenset(MADE_UP)) -> bool:
    """Whether the office works on this day."""
    told = day.isoformat()
    if told in made_up:
        return True
    return day.weekday() < 5 and not any(first <= told <= last for first, last in DAYS_OFF)


def _days() -> Iterator[date]:
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days))


class WorkingTime:
    """All working time from FIRST to LAST, laid end to end."""

    def __init__(self) -> None:
        days = [day for day in _days() if works(day)]
        self._starts = [datetime.combine(day, begin, SHANGHAI) for day in days for begin, _ in HOURS]
        self._ends = [datetime.combine(day, end, SHANGHAI) for day in days for _, end in HOURS]
        lengths = [end - start for start, end in zip(self._starts, self._ends, strict=True)]
        self._sums = list(accumulate(lengths, initial=NOTHING))

    def is_open(self, at: datetime) -> bool:
        """From an opening on, until before the close."""
        n = bisect_right(self._starts, at) - 1
        return at < self._ends[n]

    def opening(self, at: datetime) -> datetime:
        """`at` itself, or the next opening."""
        return at if self.is_open(at) else self._starts[bisect_right(self._starts, at)]

    def passed(self, at: datetime) -> timedelta:
        """Working time from the beginning of the table to `at`."""
        n = bisect_right(self._starts, at) - 1
        return self._sums[n] + min(at, self._ends[n]) - self._starts[n]

    def between(self, first: datetime, last: datetime) -> timedelta:
        """Working time from one to the other."""
        return max(NOTHING, self.passed(last) - self.passed(first))

    def after(self, start: datetime, length: timedelta) -> datetime:
        """The first instant at which so much working time has passed since."""
        if length <= NOTHING:
            return start
        whole = self.passed(start) + length
        n = bisect_left(self._sums, whole) - 1
        return self._starts[n] + (whole - self._sums[n])

    def ahead_of(self, now: datetime, due: datetime, lead: timedelta) -> datetime:
        """`lead` of working time before `due`, within working time; half-way when less than that is left."""
        left = self.between(now, due)
        if left > lead:
            return self.opening(self.after(now, left - lead))
        return self.after(now, left / 2) if left else now + (due - now) / 2

    def next_day(self, at: datetime) -> tuple[datetime, datetime]:
        """The opening and the evening of the first working day after the date of `at`."""
        tomorrow = datetime.combine(at.astimezone(SHANGHAI).date() + timedelta(days=1), time(), SHANGHAI)
        n = bisect_left(self._starts, tomorrow)
        return self._starts[n], self._ends[n + len(HOURS) - 1]
