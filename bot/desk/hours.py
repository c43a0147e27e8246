"""Working hours: one weekly table, in the desk's own time zone, exact to the second."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
LOOK_AHEAD = 400
"""Days that are looked through for working time: more than a year, so that a table with any hour is found."""


class NeverOpenError(ValueError):
    """The table has no working hour at all, so no deadline can be reckoned."""


@dataclass(frozen=True)
class Span:
    """From `start` to `end`, in minutes of the local day (0 … 1440)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError(f"a span runs forward within a day: {self.start}–{self.end}")


@dataclass(frozen=True)
class WeeklyHours:
    """Spans for Monday … Sunday; each day's spans are in order and do not overlap."""

    days: tuple[tuple[Span, ...], ...]

    def day_spans(self, day: date) -> tuple[Span, ...]:
        """The spans of a date: the seam for holidays and make-up workdays."""
        return self.days[day.weekday()]

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether `at` (aware) falls into working hours."""
        day = at.astimezone(zone).date()
        return any(start <= at < end for start, end in self._spans(day, zone))

    def next_open(self, at: datetime, zone: ZoneInfo) -> datetime:
        """`at` itself when open, else the next opening (UTC); NeverOpenError."""
        for start, end in self._from(at, zone):
            if end > at:
                return max(start, at).astimezone(UTC)
        raise NeverOpenError("working hours are empty on every day")

    def add_working_time(self, start: datetime, duration: timedelta, zone: ZoneInfo) -> datetime:
        """The instant (UTC) at which `duration` of working time has passed since `start`; NeverOpenError."""
        if duration <= timedelta(0):
            return start.astimezone(UTC)
        left = duration
        at = start.astimezone(UTC)
        while True:
            for begin, end in self._from(at, zone):
                room = end - max(begin, at)
                if room <= timedelta(0):
                    continue
                if left <= room:
                    return max(begin, at) + left
                left -= room
                at = end
            if left == duration:
                raise NeverOpenError("working hours are empty on every day")

    def working_time_between(self, first: datetime, last: datetime, zone: ZoneInfo) -> timedelta:
        """Working time from `first` to `last` (aware); zero when `last` is not later."""
        total = timedelta(0)
        if last <= first:
            return total
        day, final = first.astimezone(zone).date(), last.astimezone(zone).date()
        while day <= final:
            for start, end in self._spans(day, zone):
                total += max(timedelta(0), min(end, last) - max(start, first))
            day += timedelta(days=1)
        return total

    def _from(self, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        day = at.astimezone(zone).date()
        for ahead in range(LOOK_AHEAD):
            yield from self._spans(day + timedelta(days=ahead), zone)

    def _spans(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for span in self.day_spans(day):
            start, end = _instant(day, span.start, zone), _instant(day, span.end, zone)
            if start < end:
                yield start, end


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """A minute of a local day as an instant: a wall-clock time, so that daylight saving is the zone's business."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)
