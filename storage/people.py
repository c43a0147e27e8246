"""Franchisees, stores, people on file, staff."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from bot.desk.people import Contact, Franchisee, Role, Staff, Store
from bot.usecases.ports import Changes
from storage.prepared import Line, Prepared, given
from storage.rows import staff_values, store_of
from storage.shape import Shape
from storage.tables import ContactRow, FranchiseeRow, StaffRow, StoreRow

Item = TypeVar("Item")
Row = TypeVar("Row", bound=SQLModel)


def fold(number: str) -> str:
    """Store numbers are the same whatever their case."""
    return number.strip().casefold()


_PEOPLE = Shape(FranchiseeRow, Franchisee)
_PERSON = Prepared(_PEOPLE.select(col(FranchiseeRow.id) == given(FranchiseeRow.id)))
_PERSON_BY_TELEGRAM = Prepared(
    _PEOPLE.select(col(FranchiseeRow.telegram_id) == given(FranchiseeRow.telegram_id)).with_for_update()
)
_STAFF = Shape(StaffRow, Staff, role=Role, regions=tuple, provinces=tuple)
_COLLEAGUE = Prepared(_STAFF.select(col(StaffRow.id) == given(StaffRow.id)))
_COLLEAGUE_BY_TELEGRAM = Prepared(_STAFF.select(col(StaffRow.telegram_id) == given(StaffRow.telegram_id)))
_EVERYBODY = Prepared(_STAFF.select().order_by(col(StaffRow.id)))
_CANDIDATES = Prepared(_STAFF.select().order_by(col(StaffRow.id)).with_for_update())


class SqlFranchisees:
    """The people who write."""

    def __init__(self, session: Session) -> None:
        self._line = Line.of(session)

    def by_telegram(self, telegram_id: int) -> Franchisee | None:
        """The person of an account, locked: whoever handles their messages does so one after the other."""
        row = self._line.first(_PERSON_BY_TELEGRAM, telegram_id=telegram_id)
        return _PEOPLE.item(row) if row is not None else None

    def get(self, franchisee_id: int) -> Franchisee | None:
        """One person."""
        row = self._line.first(_PERSON, id=franchisee_id)
        return _PEOPLE.item(row) if row is not None else None

    def add(self, person: Franchisee) -> Franchisee:
        """Store a new person."""
        return replace(person, id=_PEOPLE.add(self._line, _without_id(person)))

    def save(self, person: Franchisee) -> None:
        """Write a person back."""
        _PEOPLE.save(self._line, _without_id(person), id=person.id)


class SqlStores:
    """The shops."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, number: str) -> Store | None:
        """By number, whatever its case."""
        row = self._session.get(StoreRow, fold(number), populate_existing=True)
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
        self._line = Line.of(session)

    def all(self) -> Sequence[Staff]:
        """Everybody, by id."""
        return [_STAFF.item(row) for row in self._line.rows(_EVERYBODY)]

    def candidates(self) -> Sequence[Staff]:
        """Everybody, by id, locked."""
        return [_STAFF.item(row) for row in self._line.rows(_CANDIDATES)]

    def get(self, staff_id: int) -> Staff | None:
        """One person."""
        row = self._line.first(_COLLEAGUE, id=staff_id)
        return _STAFF.item(row) if row is not None else None

    def by_telegram(self, telegram_id: int) -> Staff | None:
        """The person of an account."""
        row = self._line.first(_COLLEAGUE_BY_TELEGRAM, telegram_id=telegram_id)
        return _STAFF.item(row) if row is not None else None

    def save(self, person: Staff) -> None:
        """Write a person back."""
        _STAFF.save(self._line, staff_values(person), id=person.id)

    def put_all(self, people: Sequence[Staff]) -> Changes:
        """Add or change by Telegram id; duty, and when assigned last, stay as they are."""
        everybody = self._session.scalars(select(StaffRow).execution_options(populate_existing=True))
        known = {row.telegram_id: row for row in everybody}
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
    values = dict(vars(person))
    del values["id"]
    return values


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
