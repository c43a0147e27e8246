"""The databases that the tests run on are real, and the migrations make exactly the tables that the code knows."""

from sqlalchemy import create_engine, inspect
from sqlmodel import SQLModel

from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.schema import schema_problem
from tests.databases import Database


def test_each_database_is_of_its_own_kind_and_up_to_date(database: Database, storage: Storage) -> None:
    engine = make_engine(database.url)
    assert engine.dialect.name == database.engine
    assert schema_problem(engine) is None
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    assert names == {*SQLModel.metadata.tables, "alembic_version"}
    assert storage.run_now(lambda work: work.outbox.dead()) == []


def test_every_test_gets_a_database_of_its_own(database: Database) -> None:
    engine = create_engine(database.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one() == 0
    engine.dispose()
