"""Folders of the suite outside of pytest's: each names the process that made it, so that a killed one's can be removed.

They lie in memory where there is room (`conftest.py`): what killed runs leave there would be missing to the next.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import tempfile
from pathlib import Path

from bot.delivery.turn import is_surely_dead

_NAME = re.compile(r"shouwen-[a-z]+-(\d+)-\w+")
_SERVER = "postmaster.pid"
"""In a PostgreSQL's folder while it runs: its process in the first line."""


def own_folder(kind: str) -> Path:
    """A new folder of this process, for whoever calls to remove."""
    return Path(tempfile.mkdtemp(prefix=f"shouwen-{kind}-{os.getpid()}-"))


def remove_leftovers() -> None:
    """Of processes that are gone; a database server that outlived its process is stopped first."""
    for folder in Path(tempfile.gettempdir()).glob("shouwen-*"):
        named = _NAME.fullmatch(folder.name)
        if named and is_surely_dead(f"{socket.gethostname()}/{named[1]}"):
            _stop_server(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _stop_server(folder: Path) -> None:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError, ValueError):
        os.kill(int((folder / _SERVER).read_text().splitlines()[0]), signal.SIGQUIT)
