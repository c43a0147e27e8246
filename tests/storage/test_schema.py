"""The migrations make what the code knows; a database that does not fit is told in a line that holds no password."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from storage.desk_thread import Storage
from storage.engine import StorageError, make_engine
from storage.schema import migrate, schema_problem
from tests.databases import Database, empty_postgresql
from tests.storage.made import NOON, case

PASSWORD = "hunter2-never-shown"


def test_the_migrations_make_exactly_what_the_tables_say(database: Database) -> None:
    engine = make_engine(database.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        difference = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    assert difference == []


def test_migrating_twice_applies_nothing(database: Database) -> None:
    assert migrate(database.url) == []


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_an_empty_database_is_told_how_to_be_filled(engine: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}" if engine == "sqlite" else empty_postgresql()
    made = make_engine(url)
    assert "python -m bot migrate" in (schema_problem(made) or "")
    assert [line.split()[0] for line in migrate(url)] == ["0001", "0002", "0005"]
    assert schema_problem(made) is None
    made.dispose()


def test_a_database_that_is_newer_is_left_alone(database: Database) -> None:
    engine = make_engine(database.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "数据库比程序新（版本 9999）" in (schema_problem(engine) or "")
    engine.dispose()
    with pytest.raises(StorageError, match="9999"):
        migrate(database.url)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://shouwen:{PASSWORD}@127.0.0.1:1/desk",
        f"postgresql://shouwen:{PASSWORD}@no-such-host.invalid/desk",
        f"postgresql://shouwen:{PASSWORD}@127.0.0.1:port/desk",
        f"mysql://shouwen:{PASSWORD}@127.0.0.1/desk",
        f"nonsense {PASSWORD}",
        "sqlite:////no/such/folder/desk.sqlite3",
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StorageError) as told:
        migrate(url)
    assert PASSWORD not in str(told.value)
    assert "\n" not in str(told.value)


def test_instants_are_stored_as_utc_and_a_naive_one_is_refused(storage: Storage) -> None:
    shanghai = timezone(timedelta(hours=8))
    kept = storage.run_now(lambda work: work.cases.add(case(respond_by=NOON.astimezone(shanghai))))
    found = storage.run_now(lambda work: work.cases.get(kept.id))
    assert found is not None
    assert (found.respond_by, found.respond_by and found.respond_by.utcoffset()) == (NOON, timedelta(0))
    with pytest.raises(Exception, match="naive"):
        storage.run_now(lambda work: work.cases.add(case(2, respond_by=datetime(2026, 11, 23, 12, 0))))  # noqa: DTZ001
