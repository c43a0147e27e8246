"""The database's schema: brought up to date by `python -m bot migrate`, checked at every start."""

import tomllib
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import StorageError, connect_or_say, make_engine, named

FOLDER = Path(__file__).parent / "migrations"


def migrate(url: str) -> list[str]:
    """Apply what is missing; the number of what was applied, each with a line on it.

    StorageError: out of reach, newer, or not to be changed.
    """
    engine = make_engine(url)
    try:
        connect_or_say(engine)
        before = _current(engine)
        if before is not None and before not in _known():
            raise StorageError(_newer(before))
        with engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return _between(before)
    except SQLAlchemyError as error:
        raise StorageError(f"数据库表无法升级 {named(engine.url)}：{type(error).__name__}") from error
    finally:
        engine.dispose()


def schema_problem(engine: Engine) -> str | None:
    """Why the tables are not what the program needs, and what to do; None when they are."""
    connect_or_say(engine)
    current = _current(engine)
    if current == _scripts().get_current_head():
        return None
    if current is not None and current not in _known():
        return _newer(current)
    return "数据库表尚未建立或不是最新：请先运行 python -m bot migrate"


def _known() -> set[str]:
    return {script.revision for script in _scripts().walk_revisions()}


def _newer(revision: str) -> str:
    return f"数据库比程序新（版本 {revision}）：请升级程序"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    return config


@cache
def _scripts() -> ScriptDirectory:
    """Read once a process: the files come with the program, and each of them is a module to load."""
    return ScriptDirectory.from_config(_config())


def _current(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _between(before: str | None) -> list[str]:
    applied = list(_scripts().iterate_revisions("head", before))
    told = tomllib.loads((FOLDER / "told.toml").read_text(encoding="utf-8"))
    return [f"{s.revision} {told.get(s.revision, '')}".rstrip() for s in reversed(applied)]
