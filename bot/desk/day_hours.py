"""The days around a `now` as the desk works them: opening, closing, parts of the day, the next working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.calendar import DayKind, NeverOpenError, WorkCalendar
from bot.desk.hours import DAY_MINUTES, Span

HORIZON: Final = timedelta(days=730)
"""Nobody promises or reminds farther ahead."""
NOON: Final = 12 * 60
USUAL: Final = (Span(9 * 60, 18 * 60),)
"""Hours of a desk that never opens, so that a phrase still means something."""
_PARTS: Final = {
    "凌晨": (0, 6 * 60), "早": (8 * 60, 10 * 60), "上午": (9 * 60, NOON), "中午": (NOON, 13 * 60),
    "下午": (13 * 60, 18 * 60), "傍晚": (17 * 60, 19 * 60), "晚": (18 * 60, 22 * 60), "夜": (22 * 60, DAY_MINUTES),
}  # fmt: skip
"""Minutes from which to which a part of a day lasts, before the desk's own hours are considered."""


def wall(day: date, minutes: int) -> datetime:
    """Minutes of a local day on the wall's clock; from 1440 on, of the following day."""
    return datetime.combine(day, time()) + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Around:
    """The calendar seen from `now` (naive, on the wall's clock of the desk). What is costly is looked up once."""

    now: datetime
    calendar: WorkCalendar
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The date of now."""
        return self.now.date()

    @cached_property
    def workdays(self) -> tuple[date, ...]:
        """The working days after today, for as far as anybody looks ahead."""
        ahead = (self.today + timedelta(days=n) for n in range(1, HORIZON.days))
        return tuple(d for d in ahead if self.calendar.is_workday(d))

    @cached_property
    def holidays(self) -> tuple[tuple[date, date, frozenset[str]], ...]:
        """Blocks of days off, from those that now lies in on: first day, last day, the names within."""
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[tuple[date, date, frozenset[str]]]:
        first, names = None, set[str]()
        for n in range(-15, HORIZON.days):
            day = self.today + timedelta(days=n)
            found = self.calendar.special(day)
            if found is not None and found.kind is DayKind.HOLIDAY:
                first = first or day
                names.add(found.name)
            elif first is not None:
                if day > self.today:
                    yield first, day - timedelta(days=1), frozenset(names)
                first, names = None, set()

    def spans(self, day: date) -> tuple[Span, ...]:
        """The hours of a day; of a day off, those of the next working day: what they usually are."""
        return self.calendar.day_spans(day) or self._usual

    @cached_property
    def _usual(self) -> tuple[Span, ...]:
        return self.calendar.day_spans(self.workdays[0]) if self.workdays else USUAL

    def opening(self, day: date) -> datetime:
        """When a day's work begins."""
        return wall(day, self.spans(day)[0].start)

    def closing(self, day: date) -> datetime:
        """When a day's work ends."""
        return wall(day, self.spans(day)[-1].end)

    def is_worked(self, day: date, minutes: int) -> bool:
        """Whether a minute of a day lies in its (or the usual) hours, the very last one included."""
        return any(s.start <= minutes <= s.end for s in self.spans(day))

    def part(self, day: date, name: str) -> tuple[int, int]:
        """From which minute to which a part of a day lasts: mornings begin when the desk opens, and so on."""
        begin, end = _PARTS[name]
        spans = self.spans(day)
        opening, closing = spans[0].start, spans[-1].end
        match name:
            case "早" | "上午" if opening < NOON:
                return opening, max(end, min(opening + 60, NOON))
            case "下午":
                after = next((s.start for s in spans if NOON < s.start <= NOON + 180), begin)
                return after, min(closing, end) if closing > after else end
            case _:
                return begin, end

    def after_working(self, length: timedelta) -> datetime:
        """When so much working time has passed; natural time at a desk that never opens."""
        now = self.now.replace(tzinfo=self.zone)
        try:
            return self.calendar.add_working_time(now, length, self.zone).astimezone(self.zone).replace(tzinfo=None)
        except NeverOpenError:
            return self.now + length

    def break_of(self, day: date) -> tuple[int, int]:
        """The midday break: between the spans around noon, else 12:00 to 13:00."""
        spans = self.spans(day)
        for before, after in pairwise(spans):
            if before.end <= 14 * 60 and after.start >= NOON:
                return before.end, after.start
        return _PARTS["中午"]

    def workday_before(self, day: date) -> date:
        """The last working day before a day, or the day before when the month before has none."""
        back = (day - timedelta(days=n) for n in range(1, 32))
        return next((d for d in back if self.calendar.is_workday(d)), day - timedelta(days=1))

    def workday_from(self, day: date) -> date:
        """The first working day from a day on, itself included."""
        ahead = (day + timedelta(days=n) for n in range(60))
        return next((d for d in ahead if self.calendar.is_workday(d)), day)

    def worked_part(self, first: date, last: date) -> tuple[date, date]:
        """The first and the last working day of a span of days; the span itself when nothing in it is worked."""
        days = [d for n in range((last - first).days + 1) if self.calendar.is_workday(d := first + timedelta(days=n))]
        return (days[0], days[-1]) if days else (first, last)
