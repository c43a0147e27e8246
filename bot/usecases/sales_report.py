"""Gather what is known of the sales of some stores over a period, and of the service that they had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.desk.people import Store
from bot.desk.period import Period
from bot.desk.sales import (
    ByStore,
    Change,
    Grain,
    Pair,
    SalesPeriod,
    Stick,
    Total,
    add_up,
    change,
    covered,
    grouped,
    pair,
    same_stores,
    sticks,
)
from bot.desk.service import ServedCase, Service, service
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.sales_scope import Level, Scope


@dataclass(frozen=True)
class GroupFigures:
    """Of a store, province, region or all of them: what was sold, against what, and how they were served.

    `alike`: growth on last year of those stores alone that sold then too; `whole_target`: fen, of the whole period.
    """

    name: str
    key: str
    stores: int
    total: Total
    year: Change
    before: Change
    alike: Change
    whole_target: int
    service: Service

    @property
    def whole_share(self) -> float | None:
        """How much of the whole period's target is reached already; None without one."""
        return self.total.toward / self.whole_target if self.whole_target else None


@dataclass(frozen=True)
class Compared:
    """What the sums are compared with, and of how many of its days the ledger knows anything."""

    pair: Pair
    known: int


@dataclass(frozen=True)
class SalesReport:
    """A period's sales. `days`: those that the ledger has come to (none: no data); `by`: the groups at each level."""

    period: SalesPeriod
    scope: Scope
    days: Period
    year: Compared
    before: Compared | None
    whole: GroupFigures
    by: Mapping[Level, Sequence[GroupFigures]]
    sticks: Sequence[Stick]

    @property
    def has_data(self) -> bool:
        """Whether anything is known of the period."""
        return self.days.first < self.days.end

    @property
    def groups(self) -> Sequence[GroupFigures]:
        """The level below what was asked for."""
        return self.by.get(self.scope.level.below, ())


class _Ledger:
    """The sums that a report needs, each span asked for once."""

    def __init__(self, work: Work, office: Office, now: datetime, period: SalesPeriod) -> None:
        self._work, self._office, self._now = work, office, now
        self.period = period
        newest = work.sales.newest(period.days)
        self.days = covered(period.days, newest)
        self.year = pair(period.days, period.year_before.days, newest)
        has_before = period.grain is not Grain.YEAR  # a year's period before is last year: said once is enough
        self.before = pair(period.days, period.before.days, newest) if has_before else None
        self._sums: dict[Period, ByStore] = {}
        self._served = self._cases()

    def sums(self, days: Period) -> ByStore:
        if days not in self._sums:
            self._sums[days] = self._work.sales.sums(days) if days.first < days.end else {}
        return self._sums[days]

    def figures(self, name: str, key: str, stores: Sequence[str]) -> GroupFigures:
        return GroupFigures(
            name=name,
            key=key,
            stores=len(stores),
            total=add_up(self.sums(self.days), stores),
            year=self._change(self.year, stores),
            before=self._change(self.before, stores) if self.before else Change(),
            alike=self._alike(stores),
            whole_target=add_up(self.sums(self.period.days), stores).target,
            service=service([c for s in stores for c in self._served.get(s, ())], self._measure),
        )

    def compared(self, of: Pair) -> Compared:
        return Compared(of, self._work.sales.known_days(of.base))

    def _change(self, of: Pair, stores: Sequence[str]) -> Change:
        return change(add_up(self.sums(of.now), stores), add_up(self.sums(of.base), stores), of.lengths)

    def _alike(self, stores: Sequence[str]) -> Change:
        return change(*same_stores(self.sums(self.year.now), self.sums(self.year.base), stores), self.year.lengths)

    def _measure(self, start: datetime, end: datetime) -> timedelta:
        return self._office.worked(start, min(end, self._now))

    def _cases(self) -> dict[str, list[ServedCase]]:
        days = self.days if self.days.first < self.days.end else self.period.days
        since, until = (midnight(self._office, day) for day in (days.first, days.end))
        found: dict[str, list[ServedCase]] = {}
        for case in self._work.sales.served(since, until):
            found.setdefault(case.store, []).append(case)
        return found


def midnight(office: Office, day: date) -> datetime:
    """The instant at which a day begins on the desk's clock."""
    return datetime.combine(day, time(), office.zone)


def gather(work: Work, office: Office, now: datetime, *, period: SalesPeriod, scope: Scope) -> SalesReport:
    """Everything that a report says, of the stores that the scope holds."""
    ledger = _Ledger(work, office, now, period)
    stores = {s.number.casefold(): s for s in scope.stores}
    keys = list(stores)
    last_year = period.year_before.days
    return SalesReport(
        period=period,
        scope=scope,
        days=ledger.days,
        year=ledger.compared(ledger.year),
        before=ledger.compared(ledger.before) if ledger.before else None,
        whole=ledger.figures(scope.name, "", keys),
        by={level: _level(office, ledger, stores, level) for level in scope.level.all_below},
        sticks=sticks(period, work.sales.by_day(period.days, keys), work.sales.by_day(last_year, keys)),
    )


def _level(office: Office, ledger: _Ledger, stores: Mapping[str, Store], level: Level) -> list[GroupFigures]:
    """The groups of a level, what sold most first."""
    groups = grouped(stores, lambda key: _group_of(office, stores[key], level))
    found = [ledger.figures(_name(office, stores, level, key), key, members) for key, members in groups.items()]
    return sorted(found, key=lambda g: (-g.total.amount, g.name))


def _group_of(office: Office, store: Store, level: Level) -> str:
    match level:
        case Level.REGION:
            region = office.region_of(store.province)
            return region.code if region else ""
        case Level.PROVINCE:
            return store.province
        case _:
            return store.number.casefold()


def _name(office: Office, stores: Mapping[str, Store], level: Level, key: str) -> str:
    match level:
        case Level.REGION:
            region = office.region(key)
            return region.name if region else office.word("place_unknown")
        case Level.PROVINCE:
            return key
        case _:
            return stores[key].name
