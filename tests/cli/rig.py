"""The command line over a database of its own: in this process, so that a table of cases stays quick."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from bot.__main__ import main
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.process import write_config

T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str


class Desk:
    """An operator's folder: settings, a database, and the commands over them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], **values: object) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'desk.sqlite3'}"
        self.config = write_config(folder / "config.toml", {**values, "database": {"url": self.url}})
        self._capsys = capsys

    @property
    def database(self) -> Path:
        """The file that the settings name."""
        return self.folder / "desk.sqlite3"

    def run(self, *arguments: str | Path) -> Told:
        """`python -m bot COMMAND --config … …`"""
        command, *rest = map(str, arguments)
        self._capsys.readouterr()
        try:
            code = main([command, "--config", str(self.config), *rest])
        except SystemExit as stopped:
            code = int(str(stopped.code))
        out, err = self._capsys.readouterr()
        assert "Traceback" not in err
        return Told(code, out, unhurried(err))

    def work(self, fn: Callable[[Work], T]) -> T:
        """Look into the database, past the command line."""
        storage = Storage(make_engine(self.url))
        try:
            return storage.run_now(fn)
        finally:
            storage.close()

    def file(self, name: str, content: str | bytes) -> Path:
        """A file in the operator's folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path


def unhurried(err: str) -> str:
    """What stands on standard error beside the word on what an import has begun."""
    return "".join(line for line in err.splitlines(keepends=True) if not line.startswith("正在核对 "))


def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of whoever runs the tests are none of these tests' business."""
    for name in os.environ:
        if name.upper().startswith("SHOUWEN_"):
            monkeypatch.delenv(name)
