"""Weeks, months, quarters and years of a fiscal calendar: which days, which came before, how people name them.

Months are calendar months and weeks begin on Monday (ISO 8601); quarters and years begin with the fiscal year, which is
named for the calendar year that its first day falls into.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.people import Role
from bot.desk.period import Period, parse_period
from bot.desk.wall import instant

WEEK_DAYS: Final = timedelta(days=7)
YEAR_OF_WEEKS: Final = 52 * WEEK_DAYS
"""A week is compared with the one 52 weeks earlier: the same weekdays, whether the year had 52 weeks or 53."""
EARLIEST, LATEST = 2001, 2100
"""Years whose neighbours a period still has."""
FARTHEST: Final = 60
"""Days that are looked through for a working day; no calendar rests longer."""


class Grain(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class FiscalPeriod:
    """A week, month, quarter or year by its first day; `begins`: the first month of the fiscal year (1 to 12)."""

    grain: Grain
    first: date
    begins: int = 1

    @property
    def days(self) -> Period:
        """All its days."""
        if self.grain is Grain.WEEK:
            return Period(self.first, self.first + WEEK_DAYS)
        return Period(self.first, months_on(self.first, MONTHS[self.grain]))

    @property
    def year(self) -> int:
        """The year that names it: the ISO year of a week, the calendar year of a month, else the fiscal year."""
        match self.grain:
            case Grain.WEEK:
                return self.first.isocalendar().year
            case Grain.MONTH:
                return self.first.year
            case _:
                return self.first.year if self.first.month >= self.begins else self.first.year - 1

    @property
    def week(self) -> int:
        """1 … 53, as ISO 8601 counts."""
        return self.first.isocalendar().week

    @property
    def quarter(self) -> int:
        """1 … 4, counted from the beginning of the fiscal year."""
        return (self.first.month - self.begins) % 12 // 3 + 1

    @property
    def before(self) -> "FiscalPeriod":
        """The one before it (环比)."""
        if self.grain is Grain.WEEK:
            return FiscalPeriod(self.grain, self.first - WEEK_DAYS, self.begins)
        return FiscalPeriod(self.grain, months_on(self.first, -MONTHS[self.grain]), self.begins)

    @property
    def year_before(self) -> "FiscalPeriod":
        """The same of last year (同比); of a week, the one 52 weeks earlier."""
        if self.grain is Grain.WEEK:
            return FiscalPeriod(self.grain, self.first - YEAR_OF_WEEKS, self.begins)
        return FiscalPeriod(self.grain, months_on(self.first, -12), self.begins)

    def code(self) -> str:
        """`2026W41`, `2026-10`, `2026Q3`, `2026`: what `fiscal_period` reads back."""
        match self.grain:
            case Grain.WEEK:
                return f"{self.year}W{self.week:02}"
            case Grain.MONTH:
                return f"{self.first:%Y-%m}"
            case Grain.QUARTER:
                return f"{self.year}Q{self.quarter}"
            case Grain.YEAR:
                return f"{self.year}"


def months_on(first: date, months: int) -> date:
    """The first of the month that lies so many months on; leap years are no matter to it."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def holding(day: date, grain: Grain, *, begins: int = 1) -> FiscalPeriod:
    """The period of this length that a day belongs to."""
    if grain is Grain.WEEK:
        return FiscalPeriod(grain, day - timedelta(days=day.weekday()), begins)
    into = (day.month - begins) % MONTHS[grain]
    return FiscalPeriod(grain, months_on(day, -into), begins)


_QUARTER: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*[年/.-]?\s*)?(?:财年|年度)?(?:q\s*(?P<q>[1-4])|第?(?P<word>[1-4一二三四])季度?|(?P<after>[1-4])q)"
)
_WEEK: Final = re.compile(r"(?:(?P<year>\d{4})\s*[年/.-]?\s*)?(?:w\s*(?P<w>\d{1,2})|第?\s*(?P<word>\d{1,2})\s*周)")
_YEAR: Final = re.compile(r"(\d{4})\s*(?:年度?|财年|年报)?")
_RELATIVE: Final = {
    "本季": (Grain.QUARTER, 0), "本季度": (Grain.QUARTER, 0), "上季": (Grain.QUARTER, 1),
    "上季度": (Grain.QUARTER, 1), "今年": (Grain.YEAR, 0), "本年": (Grain.YEAR, 0), "本财年": (Grain.YEAR, 0),
    "去年": (Grain.YEAR, 1), "上年": (Grain.YEAR, 1), "上财年": (Grain.YEAR, 1),
}  # fmt: skip


def fiscal_period(words: str, today: date, *, begins: int = 1) -> FiscalPeriod | None:
    """2026W41, 上周, 2026-10, 10月, 2026Q3, 三季度 (the last that has begun), 2026, 本季, 去年 …; None for all else."""
    plain = unicodedata.normalize("NFKC", words).strip().casefold()
    try:
        found = _read(plain, today, begins)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and EARLIEST <= found.first.year <= LATEST else None


def _read(plain: str, today: date, begins: int) -> FiscalPeriod | None:
    relative = _RELATIVE.get(plain.replace("这", "本").replace("个", ""))
    if relative is not None:
        return _ago(holding(today, relative[0], begins=begins), relative[1])
    if (found := _QUARTER.fullmatch(plain)) is not None:
        return _quarter(found, today, begins)
    if (found := _WEEK.fullmatch(plain)) is not None:
        return _week(found, today, begins)
    if (found := _YEAR.fullmatch(plain)) is not None:
        return FiscalPeriod(Grain.YEAR, date(int(found[1]), begins, 1), begins)
    return _spoken(plain, today, begins)


def _ago(period: FiscalPeriod, times: int) -> FiscalPeriod:
    return period.before if times else period


def _quarter(found: re.Match[str], today: date, begins: int) -> FiscalPeriod:
    sign = found["q"] or found["word"] or found["after"]
    number = int(sign) if sign.isdecimal() else "一二三四".index(sign) + 1
    year = int(found["year"]) if found["year"] else holding(today, Grain.YEAR, begins=begins).year
    first = months_on(date(max(1, year), begins, 1), 3 * (number - 1))
    if not found["year"] and first > today:
        first = months_on(first, -12)
    return FiscalPeriod(Grain.QUARTER, first, begins)


def _week(found: re.Match[str], today: date, begins: int) -> FiscalPeriod:
    number = int(found["w"] or found["word"])
    year = int(found["year"]) if found["year"] else today.isocalendar().year
    monday = date.fromisocalendar(year, number, 1)
    if not found["year"] and monday > today:
        monday = date.fromisocalendar(year - 1, number, 1)
    return FiscalPeriod(Grain.WEEK, monday, begins)


def _spoken(plain: str, today: date, begins: int) -> FiscalPeriod | None:
    """What `parse_period` knows, when it is exactly a week or a month."""
    days = parse_period(plain, today)
    if days is None:
        return None
    for grain in (Grain.WEEK, Grain.MONTH):
        period = holding(days.first, grain, begins=begins)
        if period.days == days:
            return period
    return None


@dataclass(frozen=True)
class Window:
    """The instants (UTC, `until` excluded) that are looked at of a period; `is_cut`: it was not over yet."""

    period: FiscalPeriod
    since: datetime
    until: datetime
    is_cut: bool = False


def window(period: FiscalPeriod, as_of: datetime, zone: ZoneInfo) -> Window:
    """From the first local midnight to the one after the last day, or up to `as_of` while the period goes on."""
    since, end = instant(period.days.first, 0, zone), instant(period.days.end, 0, zone)
    return Window(period, since, max(since, min(end, as_of)), as_of < end)


def window_like(now: Window, period: FiscalPeriod, zone: ZoneInfo) -> Window:
    """The window of another period to compare with: all of it, or while `now` goes on, as many days and hours of it."""
    since, end = instant(period.days.first, 0, zone), instant(period.days.end, 0, zone)
    if not now.is_cut:
        return Window(period, since, end)
    wall = now.until.astimezone(zone).replace(tzinfo=None) - datetime.combine(now.period.days.first, time())
    until = instant(period.days.first + timedelta(days=wall.days), wall.seconds // 60, zone)
    return Window(period, since, min(end, until), True)


def due_at(period: FiscalPeriod, nth: int, at: time, *, zone: ZoneInfo, is_workday: Callable[[date], bool]) -> datetime:
    """When its report goes out (UTC): at this time of the nth working day after its end."""
    working = (day for n in range(FARTHEST) if is_workday(day := period.days.end + timedelta(days=n)))
    day = next(islice(working, nth - 1, None), period.days.end + timedelta(days=nth - 1))
    return instant(day, at.hour * 60 + at.minute, zone)


def _first_working_day() -> Mapping[Grain, int]:
    return dict.fromkeys(Grain, 1)


@dataclass(frozen=True)
class ReportTerms:
    """`[reports]`: on which working day after a period's end its report goes out (0: never), at which local time; to
    the chat, or where that is 0 in private to everybody of the roles; `begins`: the first month of the fiscal year.
    """

    nth: Mapping[Grain, int] = field(default_factory=_first_working_day)
    at: time = time(9)
    roles: tuple[Role, ...] = (Role.SUPERVISOR, Role.MANAGER)
    chat_id: int = 0
    begins: int = 1
