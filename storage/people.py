"""Franchisees, stores, people on file, staff."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from bot.desk.people import Contact, Franchisee, Staff, Store
from bot.usecases.ports import Changes
from storage.rows import franchisee_of, staff_of, staff_values, store_of
from storage.tables import ContactRow, FranchiseeRow, StaffRow, StoreRow

Item = TypeVar("Item")
Row = TypeVar("Row", bound=SQLModel)


def fold(number: str) -> str:
    """Store numbers are the same whatever their case."""
    return number.strip().casefold()


class SqlFranchisees:
    """The people who write."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_telegram(self, telegram_id: int) -> Franchisee | None:
        """The person of an account, locked: whoever handles their messages does so one after the other."""
        query = select(FranchiseeRow).where(col(FranchiseeRow.telegram_id) == telegram_id).with_for_update()
        row = self._session.scalars(query.execution_options(populate_existing=True)).first()
        return franchisee_of(row) if row is not None else None

    def get(self, franchisee_id: int) -> Franchisee | None:
        """One person."""
        row = self._session.get(FranchiseeRow, franchisee_id, populate_existing=True)
        return franchisee_of(row) if row is not None else None

    def add(self, person: Franchisee) -> Franchisee:
        """Store a new person."""
        row = FranchiseeRow(**_without_id(person))
        self._session.add(row)
        self._session.flush()
        return franchisee_of(row)

    def save(self, person: Franchisee) -> None:
        """Write a person back."""
        _write(self._session, FranchiseeRow, person.id, _without_id(person))


class SqlStores:
    """The shops."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, number: str) -> Store | None:
        """By number, whatever its case."""
        row = self._session.get(StoreRow, fold(number))
        return store_of(row) if row is not None else None

    def by_code(self, code: str) -> Store | None:
        """By the code of its deep link."""
        row = self._session.scalars(select(StoreRow).where(col(StoreRow.code) == code)).first()
        return store_of(row) if row is not None and code else None

    def all(self) -> Sequence[Store]:
        """Every store, by number."""
        return [store_of(r) for r in self._session.scalars(select(StoreRow).order_by(col(StoreRow.folded)))]

    def put_all(self, stores: Sequence[Store]) -> Changes:
        """Add or change by number; a store that comes without a code keeps the one it has."""
        return put_all(self._session, StoreRow, stores, key=lambda s: fold(s.number), values=self._values)

    def _values(self, store: Store, known: StoreRow | None) -> dict[str, Any]:
        code = store.code or (known.code if known else None)
        return {**asdict(store), "folded": fold(store.number), "code": code or None}


class SqlContacts:
    """People on file by telephone number."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_phone(self, phone: str) -> Contact | None:
        """By normalised number."""
        row = self._session.get(ContactRow, phone)
        return Contact(row.phone, row.name, row.store_number) if row is not None else None

    def put_all(self, contacts: Sequence[Contact]) -> Changes:
        """Add or change by number."""
        return put_all(self._session, ContactRow, contacts, key=lambda c: c.phone, values=lambda c, known: asdict(c))


class SqlStaff:
    """The department."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> Sequence[Staff]:
        """Everybody, by id."""
        query = select(StaffRow).order_by(col(StaffRow.id)).execution_options(populate_existing=True)
        return [staff_of(row) for row in self._session.scalars(query)]

    def candidates(self) -> Sequence[Staff]:
        """Everybody, by id, locked."""
        query = select(StaffRow).order_by(col(StaffRow.id)).with_for_update()
        return [staff_of(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def get(self, staff_id: int) -> Staff | None:
        """One person."""
        row = self._session.get(StaffRow, staff_id, populate_existing=True)
        return staff_of(row) if row is not None else None

    def by_telegram(self, telegram_id: int) -> Staff | None:
        """The person of an account."""
        row = self._session.scalars(select(StaffRow).where(col(StaffRow.telegram_id) == telegram_id)).first()
        return staff_of(row) if row is not None else None

    def save(self, person: Staff) -> None:
        """Write a person back."""
        _write(self._session, StaffRow, person.id, staff_values(person))

    def put_all(self, people: Sequence[Staff]) -> Changes:
        """Add or change by Telegram id; duty, and when assigned last, stay as they are."""
        known = {row.telegram_id: row for row in self._session.scalars(select(StaffRow))}
        counts = [_put(self._session, StaffRow, known.get(p.telegram_id), self._values(p, known)) for p in people]
        self._session.flush()
        return _changes(counts)

    def _values(self, person: Staff, known: dict[int, StaffRow]) -> dict[str, Any]:
        values = staff_values(person)
        row = known.get(person.telegram_id)
        if row is not None:
            for kept in ("is_on_duty", "duty_changed_at", "last_assigned_at"):
                values[kept] = getattr(row, kept)
        return values


def _without_id(person: Franchisee) -> dict[str, Any]:
    values = asdict(person)
    del values["id"]
    return values


def _write(session: Session, table: type[SQLModel], key: int, values: dict[str, Any]) -> None:
    row = session.get(table, key)
    if row is None:
        raise LookupError(f"{table.__name__} {key} is not stored")
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def put_all(
    session: Session,
    table: type[Row],
    items: Iterable[Item],
    *,
    key: Callable[[Item], Any],
    values: Callable[[Item, Row | None], dict[str, Any]],
) -> Changes:
    """Add or change by the table's key; what was done."""
    counts = []
    for item in items:
        known = session.get(table, key(item))
        counts.append(_put(session, table, known, values(item, known)))
    session.flush()
    return _changes(counts)


def _put(session: Session, table: type[SQLModel], known: SQLModel | None, values: dict[str, Any]) -> str:
    """Insert or change one row; what was done."""
    if known is None:
        session.add(table(**values))
        return "added"
    different = {name: value for name, value in values.items() if getattr(known, name) != value}
    for name, value in different.items():
        setattr(known, name, value)
    return "changed" if different else "unchanged"


def _changes(counts: list[str]) -> Changes:
    return Changes(counts.count("added"), counts.count("changed"), counts.count("unchanged"))
