"""Sales of a month, quarter or year: sums by group, against last year (同比), the period before (环比), the target."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.period import Period, month_of, parse_period


class Grain(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS: Final = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}


@dataclass(frozen=True)
class SalesPeriod:
    """A month, quarter or year of the desk's calendar, by its first day."""

    grain: Grain
    first: date

    @property
    def days(self) -> Period:
        """All its days."""
        return Period(self.first, _months_on(self.first, MONTHS[self.grain]))

    @property
    def quarter(self) -> int:
        """1 … 4."""
        return (self.first.month + 2) // 3

    @property
    def before(self) -> "SalesPeriod":
        """The one before it (环比)."""
        return SalesPeriod(self.grain, _months_on(self.first, -MONTHS[self.grain]))

    @property
    def year_before(self) -> "SalesPeriod":
        """The same of last year (同比)."""
        return SalesPeriod(self.grain, _months_on(self.first, -12))

    def code(self) -> str:
        """`2026-10`, `2026Q3`, `2026`: what `sales_period` reads back."""
        match self.grain:
            case Grain.MONTH:
                return f"{self.first:%Y-%m}"
            case Grain.QUARTER:
                return f"{self.first.year}Q{self.quarter}"
            case Grain.YEAR:
                return f"{self.first.year}"


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


_QUARTER: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*[年/.-]?\s*)?(?:q\s*(?P<q>[1-4])|第?(?P<word>[1-4一二三四])季度?|(?P<after>[1-4])q)"
)
EARLIEST, LATEST = 2001, 2100
"""Years whose neighbours a period still has."""


def sales_period(words: str, today: date) -> SalesPeriod | None:
    """2026-10, 10月, 2026Q3, 2026年三季度, Q3 (the last that has begun), 2026, 本季, 去年 …; None for all else."""
    plain = unicodedata.normalize("NFKC", words).strip().casefold()
    found = _QUARTER.fullmatch(plain)
    if found is not None:
        return _in_range(_quarter(found, today))
    days = parse_period(plain, today)
    if days is None:
        return None
    for grain, months in MONTHS.items():
        if days.first.day == 1 and days.end == _months_on(days.first, months):
            return _in_range(SalesPeriod(grain, days.first))
    return None


def _quarter(found: re.Match[str], today: date) -> SalesPeriod:
    sign = found["q"] or found["word"] or found["after"]
    number = int(sign) if sign.isdecimal() else "一二三四".index(sign) + 1
    month = number * 3 - 2
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    return SalesPeriod(Grain.QUARTER, date(max(1, year), month, 1))


def _in_range(period: SalesPeriod) -> SalesPeriod | None:
    return period if EARLIEST <= period.first.year <= LATEST else None


@dataclass(frozen=True)
class Pair:
    """Which days are compared with which. `is_cut`: the period is not over in the ledger, so both have equally many."""

    now: Period
    base: Period
    is_cut: bool

    @property
    def lengths(self) -> tuple[int, int]:
        """Days of each."""
        return length(self.now), length(self.base)


def length(days: Period) -> int:
    """How many days."""
    return (days.end - days.first).days


def covered(period: Period, newest: date | None) -> Period:
    """The days of a period that the ledger has come to; none when it has not come to any."""
    end = period.first if newest is None else min(period.end, max(period.first, newest + timedelta(days=1)))
    return Period(period.first, end)


def pair(period: Period, base: Period, newest: date | None) -> Pair:
    """All of both, or while the ledger (its newest day within the period) has not come to the end, as many of each."""
    now = covered(period, newest)
    if now == period:
        return Pair(period, base, False)
    days = timedelta(days=min(length(now), length(base)))
    return Pair(Period(now.first, now.first + days), Period(base.first, base.first + days), True)


@dataclass(frozen=True)
class Total:
    """Sums of a group of stores over some days, money in fen.

    `toward`: the part of `amount` on days that have a target; `days`: store-days with an amount.
    """

    amount: int = 0
    orders: int = 0
    target: int = 0
    toward: int = 0
    days: int = 0

    def __add__(self, other: "Total") -> "Total":
        return Total(self.amount + other.amount, self.orders + other.orders, self.target + other.target,
                     self.toward + other.toward, self.days + other.days)  # fmt: skip

    @property
    def attained(self) -> float | None:
        """Share of the target (1.0: all of it); None without a target."""
        return self.toward / self.target if self.target else None


@dataclass(frozen=True)
class Change:
    """Growth (0.05: five per cent more), None when there is nothing to compare with; `daily`: of a day's mean, where
    the two spans are not equally long.
    """

    share: float | None = None
    daily: float | None = None


def change(now: Total, base: Total, lengths: tuple[int, int]) -> Change:
    """Nothing sold then, or nothing known now, is no comparison; nor is a base that is negative (refunds)."""
    if now.days == 0 or base.days == 0 or base.amount <= 0:
        return Change()
    share = now.amount / base.amount
    here, there = lengths
    return Change(share - 1, share * there / here - 1 if here != there else None)


ByStore = Mapping[str, Total]


def same_stores(now: ByStore, base: ByStore, within: Iterable[str]) -> tuple[Total, Total]:
    """The sums of those stores alone that sold in both spans (同店): opening shops is not growth of the old ones."""
    both = [s for s in within if s in now and s in base and now[s].days and base[s].days]
    return add_up(now, both), add_up(base, both)


def add_up(sums: ByStore, stores: Iterable[str]) -> Total:
    """The sum of some stores."""
    return sum((sums[s] for s in stores if s in sums), Total())


def grouped(stores: Iterable[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    """Stores by group, the groups in the order of their first store."""
    found: dict[str, list[str]] = {}
    for store in stores:
        found.setdefault(key(store), []).append(store)
    return found


@dataclass(frozen=True)
class Stick:
    """One step of a plot: a day or a month, this year's and last year's amount, the target; fen."""

    first: date
    amount: int
    before: int
    target: int


def sticks(period: SalesPeriod, now: Mapping[date, Total], before: Mapping[date, Total]) -> list[Stick]:
    """Days of a month, months of a quarter or a year; last year's beside them (29 February has none beside it)."""
    if period.grain is Grain.MONTH:
        days = [period.first + timedelta(days=n) for n in range(length(period.days))]
        return [_stick(day, now.get(day, Total()), before.get(_year_back(day), Total())) for day in days]
    months = [_months_on(period.first, n) for n in range(MONTHS[period.grain])]
    return [_stick(m, _of_month(now, m), _of_month(before, _months_on(m, -12))) for m in months]


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date.min


def _of_month(sums: Mapping[date, Total], first: date) -> Total:
    end = month_of(first).end
    return sum((total for day, total in sums.items() if first <= day < end), Total())


def _stick(first: date, now: Total, before: Total) -> Stick:
    return Stick(first, now.amount, before.amount, now.target)
