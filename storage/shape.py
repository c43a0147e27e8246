"""A frozen dataclass and the table whose columns bear the names of its fields: rows into values, values into rows."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, insert, select, update
from sqlmodel import SQLModel

from storage.prepared import Line, Prepared, Row, given, table_of

Item = TypeVar("Item")
Read = Callable[[Any], Any]


class Shape(Generic[Item]):
    """`words`: how the columns are read that hold more than a plain value (a word of the program, a list)."""

    def __init__(self, row: type[SQLModel], kind: type[Item], **words: Read) -> None:
        self.table = table_of(row)
        self._kind: Callable[..., Item] = kind
        self._names = tuple(field.name for field in fields(kind))  # type: ignore[arg-type]  # a dataclass
        self._words = tuple((name, words[name]) for name in self._names if name in words)
        free = {name: given(self.table.c[name]) for name in self._names if name != "id"}
        self._insert = Prepared(insert(self.table).values(free).returning(*self.table.primary_key.columns))
        self._update = Prepared(
            update(self.table).where(*(column == given(column) for column in self.table.primary_key)).values(free)
        )

    def select(self, *where: Any) -> Select[Any]:
        """Rows that `item` can read."""
        return select(*(self.table.c[name] for name in self._names)).where(*where)

    def item(self, row: Row) -> Item:
        """A row as a value."""
        values = dict(zip(self._names, row, strict=True))
        for name, read in self._words:
            values[name] = read(values[name])
        return self._kind(**values)

    def add(self, line: Line, values: Mapping[str, Any]) -> int:
        """Store a new one; the first column of its key."""
        return int(line.value(self._insert, **values))

    def save(self, line: Line, values: Mapping[str, Any], **key: Any) -> None:
        """Write one back; LookupError when it is not there."""
        if line.change(self._update, **values, **key) != 1:
            raise LookupError(f"{self.table.name} {key} is not stored")
