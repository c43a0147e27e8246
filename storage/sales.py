"""What the stores sold: sums from the newest of each store and day, every version kept beside it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.desk.case import State
from bot.desk.period import Period
from bot.desk.sales import Total
from bot.desk.sales_rows import Sale, told_over
from bot.desk.service import ServedCase
from bot.usecases.ports import Changes, SaleVersion
from storage.people import fold
from storage.tables import CaseRow, SaleRow, SaleVersionRow

BATCH = 500
"""Stores named in one question: engines take so many values in a statement and not many more."""
_SUMS = (
    func.sum(SaleRow.amount),
    func.sum(SaleRow.orders),
    func.sum(SaleRow.target),
    func.sum(case((col(SaleRow.target).is_not(None), SaleRow.amount))),
    func.count(col(SaleRow.amount)),
)
_ENDED = (State.RESOLVED.value, State.CLOSED.value)


class SqlSales:
    """The sales ledger of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put_all(self, sales: Sequence[Sale], *, at: datetime, told_by: str, file: str) -> Changes:
        """Add, or correct by a new version; what is told again as it stands adds none."""
        known = self._known(sales)
        before = [known.get((fold(s.store), s.day)) for s in sales]
        after = [told_over(old, s) for old, s in zip(before, sales, strict=True)]
        added = [_values(s) for s, old in zip(after, before, strict=True) if old is None]
        changed = [
            _values(s) for s, old in zip(after, before, strict=True) if old is not None and _figures(old) != _figures(s)
        ]
        if added:
            self._session.execute(insert(SaleRow), added)
        if changed:
            self._change(changed)
        told = {"at": at, "told_by": told_by, "file": file}
        if added or changed:
            self._session.execute(insert(SaleVersionRow), [{**values, **told} for values in (*added, *changed)])
        return Changes(len(added), len(changed), len(sales) - len(added) - len(changed))

    def _known(self, sales: Sequence[Sale]) -> dict[tuple[str, date], Sale]:
        """What stands there now, of these stores and days."""
        found: dict[tuple[str, date], Sale] = {}
        days = [s.day for s in sales]
        for stores in _batches(sorted({fold(s.store) for s in sales})):
            query = select(SaleRow).where(
                col(SaleRow.store).in_(stores), col(SaleRow.day) >= min(days), col(SaleRow.day) <= max(days)
            )
            for row in self._session.scalars(query.execution_options(populate_existing=True)):
                found[row.store, row.day] = Sale(row.store, row.day, row.amount, row.orders, row.target)
        return found

    def _change(self, changed: list[dict[str, Any]]) -> None:
        table: Any = SaleRow.__table__  # type: ignore[attr-defined]
        here = and_(table.c.store == bindparam("at_store"), table.c.day == bindparam("at_day"))
        named: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("amount", "orders", "target")}
        rows = [
            {"at_store": v["store"], "at_day": v["day"], **{f"new_{name}": v[name] for name in named}} for v in changed
        ]
        self._session.connection().execute(update(table).where(here).values(**named), rows)

    def sums(self, days: Period) -> Mapping[str, Total]:
        """The sums of each store that was told of within these days."""
        query = select(col(SaleRow.store), *_SUMS).where(*_within(days)).group_by(col(SaleRow.store))
        return {store: _total(sums) for store, *sums in self._session.execute(query)}

    def by_day(self, days: Period, stores: Sequence[str] | None) -> Mapping[date, Total]:
        """The sums of each day, of these stores (None: all)."""
        found: dict[date, Total] = {}
        for query in _day_queries(days, stores):
            for day, *sums in self._session.execute(query):
                found[day] = found.get(day, Total()) + _total(sums)
        return found

    def newest(self, days: Period) -> date | None:
        """The last of these days of which an amount is known."""
        known = select(col(SaleRow.day)).where(*_within(days), col(SaleRow.amount).is_not(None))
        return self._session.scalars(known.order_by(col(SaleRow.day).desc()).limit(1)).first()

    def known_days(self, days: Period) -> int:
        """Of how many of these days an amount is known."""
        known = select(func.count(col(SaleRow.day).distinct()))
        return self._session.scalar(known.where(*_within(days), col(SaleRow.amount).is_not(None))) or 0

    def versions(self, store: str, day: date) -> Sequence[SaleVersion]:
        """All that was ever told of a store and day."""
        query = select(SaleVersionRow).where(col(SaleVersionRow.store) == fold(store), col(SaleVersionRow.day) == day)
        return [_version(row) for row in self._session.scalars(query.order_by(col(SaleVersionRow.id)))]

    def corrected(self, days: Period) -> Sequence[SaleVersion]:
        """Every version of what was told more than once."""
        row, other = SaleVersionRow, aliased(SaleVersionRow)
        same = and_(col(other.store) == col(row.store), col(other.day) == col(row.day))
        again = select(col(other.id)).where(same, col(other.id) != col(row.id))
        query = select(row).where(col(row.day) >= days.first, col(row.day) < days.end, again.exists())
        return [_version(r) for r in self._session.scalars(query.order_by(col(row.day), col(row.store), col(row.id)))]

    def served(self, since: datetime, until: datetime) -> Sequence[ServedCase]:
        """The cases that were opened then."""
        query = select(
            col(CaseRow.store_number), col(CaseRow.kind), col(CaseRow.opened_at), col(CaseRow.first_answer_at),
            col(CaseRow.state), col(CaseRow.handler_id), col(CaseRow.first_owner_id),
        ).where(col(CaseRow.opened_at) >= since, col(CaseRow.opened_at) < until)  # fmt: skip
        return [
            ServedCase(
                fold(store or ""), kind == "complaint", opened, answered, state in _ENDED, handler == first_owner, state
            )
            for store, kind, opened, answered, state, handler, first_owner in self._session.execute(query)
        ]


def _day_queries(days: Period, stores: Sequence[str] | None) -> Iterator[Select[Any]]:
    query: Any = select(col(SaleRow.day), *_SUMS).where(*_within(days)).group_by(col(SaleRow.day))
    if stores is None:
        yield query
        return
    for some in _batches(stores):
        yield query.where(col(SaleRow.store).in_(some))


def _batches(stores: Sequence[str]) -> Iterator[Sequence[str]]:
    return (stores[n : n + BATCH] for n in range(0, len(stores), BATCH))


def _within(days: Period) -> tuple[Any, Any]:
    return col(SaleRow.day) >= days.first, col(SaleRow.day) < days.end


def _total(sums: Sequence[Any]) -> Total:
    """PostgreSQL sums whole numbers to decimals."""
    return Total(*(int(value or 0) for value in sums))


def _figures(sale: Sale) -> tuple[int | None, int | None, int | None]:
    return sale.amount, sale.orders, sale.target


def _values(sale: Sale) -> dict[str, Any]:
    return {"store": fold(sale.store), "day": sale.day, "amount": sale.amount, "orders": sale.orders,
            "target": sale.target}  # fmt: skip


def _version(row: SaleVersionRow) -> SaleVersion:
    return SaleVersion(Sale(row.store, row.day, row.amount, row.orders, row.target), row.at, row.told_by, row.file)
