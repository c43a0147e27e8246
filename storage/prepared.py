"""Statements of the hot path: put together once, made into text once for each engine, handed to the driver as they are.

A relayed message asks some forty small questions. To build each anew, and to have each answered with ORM objects, took
twenty times as long as to answer it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Float, Table, bindparam, insert
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

Process = Callable[[Any], Any] | None
Row = tuple[Any, ...]


def table_of(row: type[SQLModel]) -> Table:
    """The table under a row class."""
    return row.__table__  # type: ignore[attr-defined,no-any-return]  # made by SQLModel


def given(column: Any) -> ColumnElement[Any]:
    """The value that is given for a column under the column's own name when the statement is asked."""
    return bindparam(column.key, type_=column.type)


@dataclass(frozen=True)
class _Text:
    """A statement as one driver takes it: where each value goes, and how values go in and come out."""

    sql: str
    is_positional: bool
    binds: tuple[tuple[str, bool, Any, Process], ...]  # name in the text, is it given, else its value, how it goes in
    reads: tuple[tuple[int, Callable[[Any], Any]], ...]

    def values(self, given_values: Mapping[str, Any]) -> Any:
        """What goes to the driver with the text; KeyError names a value that was not given."""
        told = [
            (name, process(given_values[name]) if process else given_values[name]) if is_given else (name, value)
            for name, is_given, value, process in self.binds
        ]
        return tuple(value for _, value in told) if self.is_positional else dict(told)

    def read(self, row: Sequence[Any]) -> Row:
        """A row of the driver as Python has it."""
        values = list(row)
        for place, process in self.reads:
            values[place] = process(values[place])
        return tuple(values)


def _text(statement: Any, dialect: Dialect) -> _Text:
    compiled = statement.compile(dialect=dialect)
    names = compiled.positiontup if compiled.positional else list(compiled.params)
    binds = tuple(_bind(name, compiled.binds[name], dialect) for name in names)
    columns = statement.exported_columns if hasattr(statement, "exported_columns") else ()
    reads = ((n, _read(column.type, dialect)) for n, column in enumerate(columns))
    return _Text(compiled.string, compiled.positional, binds, tuple((n, read) for n, read in reads if read is not None))


def _read(kind: Any, dialect: Dialect) -> Process:
    """How a column comes out; a float comes as one from either driver."""
    if isinstance(kind, Float):
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)  # type: ignore[no-any-return]


def _bind(name: str, bind: Any, dialect: Dialect) -> tuple[str, bool, Any, Process]:
    process = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return name, True, None, process
    value = bind.effective_value
    return name, False, process(value) if process else value, process


class Prepared:
    """One statement. Every value that changes is a `bindparam`; `postgresql` where that engine needs another one."""

    def __init__(self, statement: Any, *, postgresql: Any = None) -> None:
        self._statements = {"sqlite": statement, "postgresql": statement if postgresql is None else postgresql}
        self._texts: dict[str, _Text] = {}

    def text(self, dialect: Dialect) -> _Text:
        """As this engine's driver takes it."""
        text = self._texts.get(dialect.name)
        if text is None:
            text = self._texts[dialect.name] = _text(self._statements[dialect.name], dialect)
        return text


def insert_new(row: type[SQLModel]) -> Prepared:
    """Insert by every column but the key, which counts up and comes back."""
    table = table_of(row)
    free = {c.key: given(c) for c in table.columns if not c.primary_key}
    return Prepared(insert(table).values(free).returning(*table.primary_key.columns))


def upsert(row: type[SQLModel], key: Sequence[str], *, changes: bool = True) -> Prepared:
    """Insert by every column of the table but a key that counts up; what is there already is changed, or left alone."""
    made = []
    for insert_of in (sqlite_insert, pg_insert):
        table = table_of(row)
        statement = insert_of(table).values({c.key: given(c) for c in table.columns if c.autoincrement is not True})
        others = {c.key: statement.excluded[c.key] for c in table.columns if c.key not in key}
        ignored = statement.on_conflict_do_nothing(index_elements=key)
        made.append(statement.on_conflict_do_update(index_elements=key, set_=others) if changes else ignored)
    return Prepared(made[0], postgresql=made[1])


class Line:
    """A unit of work's own line to the driver, and what it has read already: rows that nobody else can have changed
    since, for it holds their lock, or that are one answer for the length of a transaction.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection: Connection | None = None
        self._cursor: Any = None
        self._kept: dict[Any, dict[Any, Any]] = {}

    @classmethod
    def of(cls, session: Session) -> "Line":
        """The session's one."""
        line = session.info.get("line")
        if line is None:
            line = session.info["line"] = cls(session)
        return line

    def kept(self, kind: Any) -> dict[Any, Any]:
        """What was read of a kind, by its key: until it is forgotten, or the transaction is over."""
        return self._kept.setdefault(kind, {})

    def forget(self, kind: Any) -> None:
        """It was changed: whoever writes to a table forgets what was read of it."""
        self._kept.pop(kind, None)

    def forget_all(self) -> None:
        """Something was changed everywhere."""
        self._kept.clear()

    @property
    def connection(self) -> Connection:
        """Of the transaction; what a session of the same unit holds is written first, so that it is seen there."""
        session = self._session
        if session.new or session.dirty or session.deleted:  # the driver knows nothing of autoflush
            session.flush()
        if self._connection is None:
            bind = session.bind
            self._connection = bind if isinstance(bind, Connection) else session.connection()
        return self._connection

    def rows(self, asked: Prepared, **values: Any) -> list[Row]:
        """Every row."""
        return self._ask(asked, values)[0]

    def first(self, asked: Prepared, **values: Any) -> Row | None:
        """The first row."""
        rows = self._ask(asked, values)[0]
        return rows[0] if rows else None

    def value(self, asked: Prepared, **values: Any) -> Any:
        """The first column of the first row."""
        row = self.first(asked, **values)
        return None if row is None else row[0]

    def change(self, asked: Prepared, **values: Any) -> int:
        """How many rows were touched."""
        return self._ask(asked, values)[1]

    def _ask(self, asked: Prepared, values: dict[str, Any]) -> tuple[list[Row], int]:
        """The rows, read to the end (SQLite would keep the statement open), and how many were touched."""
        connection = self.connection
        text = asked.text(connection.dialect)
        told = text.values(values)
        if self._cursor is None:
            self._cursor = connection.connection.cursor()
        for listener in connection.dispatch.before_cursor_execute:  # whoever looks at what is asked sees this, too
            listener(connection, self._cursor, text.sql, told, None, False)
        try:
            self._cursor.execute(text.sql, told)
            rows = self._cursor.fetchall() if self._cursor.description else []
        except connection.dialect.loaded_dbapi.Error as error:
            raise _named(error, text.sql, connection.dialect) from error
        return [text.read(row) for row in rows], int(self._cursor.rowcount)


def _named(error: Exception, sql: str, dialect: Dialect) -> BaseException:
    """As SQLAlchemy names it; the values stay out of the words."""
    kind = dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, kind, hide_parameters=True, dialect=dialect)
