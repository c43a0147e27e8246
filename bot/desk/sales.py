"""Sales of a month, quarter or year: sums by group, against last year (同比), the period before (环比), the target."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.desk.fiscal import MONTHS, FiscalPeriod, fiscal_period, months_on
from bot.desk.fiscal import Grain as Grain
from bot.desk.period import Period, month_of

SalesPeriod = FiscalPeriod
"""Sales are told by calendar months, quarters and years."""


def sales_period(words: str, today: date) -> SalesPeriod | None:
    """2026-10, 10月, 2026Q3, 2026年三季度, Q3 (the last that has begun), 2026, 本季, 去年 …; None for all else."""
    found = fiscal_period(words, today)
    return found if found is not None and found.grain is not Grain.WEEK else None


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
    months = [months_on(period.first, n) for n in range(MONTHS[period.grain])]
    return [_stick(m, _of_month(now, m), _of_month(before, months_on(m, -12))) for m in months]


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
