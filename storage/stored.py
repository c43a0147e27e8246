"""What repositories of frozen dataclasses with a state have in common: a value of its own type for each row."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select, update
from sqlmodel import Session, SQLModel, col

from storage.changed import changed

Item = TypeVar("Item")


class Stored(Generic[Item]):
    """Add, write back, get. `words`: the columns that hold a word of the program, each with the words it may be."""

    def __init__(
        self, session: Session, table: Any, kind: type[Item], states: type[StrEnum], **words: type[StrEnum]
    ) -> None:
        self._session = session
        self._table: Any = table
        self._kind: type[Item] = kind
        self._words: Mapping[str, type[StrEnum]] = {"state": states, **words}

    def add(self, item: Item) -> Item:
        """Store a new one."""
        row = self._table(**self._values(item))
        self._session.add(row)
        self._session.flush()
        return self._item(row)

    def save(self, item: Item) -> None:
        """Write one back; LookupError when it is not there."""
        number = getattr(item, "id")  # noqa: B009  # every stored kind has one
        mine = update(self._table).where(col(self._table.id) == number)
        done = self._session.execute(mine.values(**self._values(item)))
        if changed(done) != 1:
            raise LookupError(f"{self._table.__tablename__} {number} is not stored")

    def get(self, item_id: int) -> Item | None:
        """One, locked."""
        return self._one(select(self._table).where(col(self._table.id) == item_id))

    def _one(self, query: Select[Any]) -> Item | None:
        row = self._session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
        return self._item(row) if row is not None else None

    def _all(self, query: Select[Any]) -> list[Item]:
        """By id."""
        return self._in_order(query.order_by(col(self._table.id)))

    def _in_order(self, query: Select[Any]) -> list[Item]:
        return [self._item(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def _item(self, row: SQLModel) -> Item:
        values = {f.name: getattr(row, f.name) for f in fields(self._kind)}  # type: ignore[arg-type]  # a dataclass
        told = {name: kind(values[name]) for name, kind in self._words.items()}
        return self._kind(**{**values, **told})

    def _values(self, item: Item) -> dict[str, Any]:
        values = asdict(item)  # type: ignore[call-overload]  # a dataclass
        del values["id"]
        return {**values, **{name: str(values[name]) for name in self._words}}
