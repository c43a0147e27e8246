"""The work calendar (工作日历): weekly hours, holidays and make-up workdays (调休), exact to the second."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.desk.hours import Span, WeeklyHours
from bot.desk.wall import instant

LOOK_AHEAD = 400
"""Days that are looked through for working time: more than a year, so that a table with any hour is found."""
STATUTORY = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Month and day of what every yearly decree grants whatever the moon does (全国年节及纪念日放假办法, 第二条)."""
ANNOUNCED_FROM = 11
"""The month in which the State Council publishes the next year's decree; before it, nobody can know it."""


class NeverOpenError(ValueError):
    """The calendar has no working hour at all, so no deadline can be reckoned."""


class DayKind(StrEnum):
    """What makes a day special."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"
    REGULAR = "regular"
    """As its weekday says, whatever a decree has said of it."""


@dataclass(frozen=True)
class SpecialDay:
    """A date that is not as its weekday says; its hours: its own (`spans`), or a weekday's (`like`, Monday 0)."""

    day: date
    kind: DayKind
    name: str = ""
    spans: tuple[Span, ...] | None = None
    like: int | None = None


Days = Mapping[date, SpecialDay]


def by_date(days: Iterable[SpecialDay]) -> Days:
    """Special days to look up; of two for a date the later one holds."""
    return MappingProxyType({d.day: d for d in days})


@dataclass(frozen=True)
class WorkCalendar:
    """Which hours each date has. What the settings say of a date (`own`) goes before what was imported, and that
    before the decree. On a holiday the hours are `holiday`, on a make-up workday those of the weekday `make_up_like`.
    """

    week: WeeklyHours
    decree: Days = field(default_factory=dict)
    imported: Days = field(default_factory=dict)
    own: Days = field(default_factory=dict)
    holiday: tuple[Span, ...] = ()
    make_up_like: int = 0
    follows_decree: bool = False

    def with_imported(self, days: Iterable[SpecialDay]) -> "WorkCalendar":
        """The same calendar with these days in the place of those imported before."""
        return replace(self, imported=by_date(days))

    def special(self, day: date) -> SpecialDay | None:
        """What is known of a date beside its weekday."""
        return self.own.get(day) or self.imported.get(day) or self.decree.get(day)

    def special_days(self, year: int) -> list[SpecialDay]:
        """The special days of a year, in order."""
        dates = sorted({d for days in (self.decree, self.imported, self.own) for d in days if d.year == year})
        return [found for d in dates if (found := self.special(d)) is not None]

    def is_known(self, year: int) -> bool:
        """Whether a decree for this year is at hand; without one weekday rules apply, and nothing is guessed."""
        return not self.follows_decree or not self.lacking(year)

    def lacking(self, year: int) -> tuple[date, ...]:
        """The statutory days of a year that no layer names as a holiday. With none lacking, what is at hand is the
        year's decree; a table that names a company's own free days is not.
        """
        return tuple(day for m, d in STATUTORY if (day := date(year, m, d)) not in self._off)

    @cached_property
    def _off(self) -> frozenset[date]:
        layers = (self.decree, self.imported, self.own)
        return frozenset(d for layer in layers for d, special in layer.items() if special.kind is DayKind.HOLIDAY)

    def missing_years(self, today: date) -> tuple[int, ...]:
        """Years whose decree should be at hand by now and is not: this one, and the next from November on."""
        due = (today.year, today.year + 1) if today.month >= ANNOUNCED_FROM else (today.year,)
        return tuple(year for year in due if not self.is_known(year))

    def day_spans(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on a date; a night that begins the evening before belongs to that evening's date."""
        found = self.special(day)
        if found is None:
            return self.week.day_spans(day)
        if found.spans is not None:
            return found.spans
        if found.like is not None:
            return self.week.days[found.like]
        match found.kind:
            case DayKind.HOLIDAY:
                return self.holiday
            case DayKind.WORKDAY:
                return self.week.days[self.make_up_like]
            case DayKind.REGULAR:
                return self.week.day_spans(day)

    def is_workday(self, day: date) -> bool:
        """Whether the desk has working hours that begin on this date."""
        return bool(self.day_spans(day))

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether `at` (aware) falls into working hours."""
        eve = at.astimezone(zone).date() - timedelta(days=1)
        return any(start <= at < end for start, end in self._stretches(eve, zone, days=2))

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
            before = left
            for begin, end in self._from(at, zone):
                room = end - max(begin, at)
                if room <= timedelta(0):
                    continue
                if left <= room:
                    return max(begin, at) + left
                left -= room
                at = end
            if left == before:
                raise NeverOpenError("working hours are empty on every day")

    def working_time_between(self, first: datetime, last: datetime, zone: ZoneInfo) -> timedelta:
        """Working time from `first` to `last` (aware); zero when `last` is not later."""
        if last <= first:
            return timedelta(0)
        eve = first.astimezone(zone).date() - timedelta(days=1)
        days = (last.astimezone(zone).date() - eve).days + 1
        stretches = self._stretches(eve, zone, days=days)
        return sum((max(timedelta(0), min(e, last) - max(s, first)) for s, e in stretches), timedelta(0))

    def _from(self, at: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """The stretches from the night before on, which may still be running."""
        return self._stretches(at.astimezone(zone).date() - timedelta(days=1), zone, days=LOOK_AHEAD)

    def _stretches(self, first: date, zone: ZoneInfo, *, days: int) -> Iterator[tuple[datetime, datetime]]:
        """Working time as instants, in order; where a night runs into a day that has begun, it is told once."""
        told = instant(first, 0, zone)
        for ahead in range(days):
            day = first + timedelta(days=ahead)
            for span in self.day_spans(day):
                start, end = max(instant(day, span.start, zone), told), instant(day, span.end, zone)
                if start < end:
                    yield start, end
                    told = end
