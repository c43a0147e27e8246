"""Every test of the command line gets a folder with settings and a migrated database."""

import shutil
from pathlib import Path

import pytest

from storage.schema import migrate
from tests.cli.rig import Desk, no_variables


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in it: copying is quicker than making."""
    file = tmp_path_factory.mktemp("migrated") / "desk.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def desk(tmp_path: Path, migrated: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    no_variables(monkeypatch)
    made = Desk(tmp_path, capsys)
    shutil.copy(migrated, made.database)
    return made
