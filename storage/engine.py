"""The engine for a database URL: SQLite set up to keep what was acknowledged, PostgreSQL with a small pool."""

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

POOL = 4
"""Connections to PostgreSQL that the storage threads of one process share."""


_NO_STANDSTILL = "idle_in_transaction_session_timeout=60000"
"""Milliseconds; a unit of work takes a hundredth of it. A process that stands still in one must not hold up others."""


class StorageError(Exception):
    """The database cannot be used; the message says which and why, without user or password."""


def make_engine(url: str) -> Engine:
    """An engine; StorageError when the URL is no database that the desk can use."""
    parsed = _parsed(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed)
        case "postgresql":
            return _postgresql(parsed)
        case other:
            raise StorageError(f"数据库类型 {other} 不支持：请用 sqlite 或 postgresql")


def named(url: URL) -> str:
    """A database's name for people: never its user or password."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite 文件 {url.database or ':memory:'}"
    return f"PostgreSQL {url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def connect_or_say(engine: Engine) -> None:
    """Try to connect; StorageError says what cannot be reached."""
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError as error:
        raise StorageError(f"连不上数据库 {named(engine.url)}：{_why(error)}") from None


def _why(error: SQLAlchemyError) -> str:
    """The driver's own first line, which names no password."""
    origin = getattr(error, "orig", None) or error
    text = str(origin).strip().splitlines()
    return text[0][:200] if text else type(origin).__name__


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a bad port is quoted, and may be part of a password
        raise StorageError("database.url 无法识别：请写成 sqlite:///文件 或 postgresql://用户:密码@主机/库名") from None
    return parsed.set(drivername="postgresql+psycopg") if parsed.get_backend_name() == "postgresql" else parsed


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url,
        pool_size=POOL,
        max_overflow=2,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": 10, "options": f"-c timezone=UTC -c {_NO_STANDSTILL}"},
    )


def _sqlite(url: URL) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": 10}, hide_parameters=True, **options
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    """WAL and synchronous=FULL: what was acknowledged survives a power cut."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    """IMMEDIATE: a read that turns into a write would get SQLITE_BUSY at once, whatever the busy timeout."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
