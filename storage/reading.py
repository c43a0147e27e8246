"""Read much, beside everybody else: one snapshot, on a connection of its own, from which nothing can be written."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from storage.unit_of_work import SqlWork

T = TypeVar("T")


def is_apart(engine: Engine) -> bool:
    """Whether the database has room for a reader beside its writers; one in memory has a single connection."""
    return engine.dialect.name != "sqlite" or engine.url.database not in (None, "", ":memory:")


def read_apart(engine: Engine, fn: Callable[[SqlWork], T]) -> T:
    """The function's result; whoever writes meanwhile neither waits nor is seen."""
    if engine.dialect.name == "sqlite":
        return _read_file(engine, fn)
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, Session(connection) as session:
        return fn(SqlWork(session))


def _read_file(engine: Engine, fn: Callable[[SqlWork], T]) -> T:
    """WAL lets a reader keep its snapshot while others write; the usual engine's BEGIN would lock them out."""
    reader = create_engine(engine.url, poolclass=NullPool, hide_parameters=True)
    event.listen(reader, "connect", _set_up)
    event.listen(reader, "begin", _begin)
    with reader.connect() as connection, Session(connection) as session:
        return fn(SqlWork(session))


def _set_up(connection: Any, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("query_only=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")
