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
import time
from collections.abc import Iterable
from pathlib import Path

from bot.delivery.turn import is_surely_dead

_NAME = re.compile(r"shouwen-[a-z]+-(\d+)-\w+")
_SERVER = "postmaster.pid"
"""In a PostgreSQL's folder while it runs: its process in the first line."""
_PATIENCE = 5.0


def own_folder(kind: str) -> Path:
    """A new folder of this process, for whoever calls to remove."""
    return Path(tempfile.mkdtemp(prefix=f"shouwen-{kind}-{os.getpid()}-"))


def remove_leftovers(places: Iterable[Path]) -> None:
    """Our own folders there whose processes are gone; a database server that outlived its process is stopped first."""
    for folder in (one for place in places for one in place.glob("shouwen-*")):
        named = _NAME.fullmatch(folder.name)
        if named and _is_ours(folder) and is_surely_dead(f"{socket.gethostname()}/{named[1]}"):
            _stop_server(folder)
            shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Servers run as a user of their own when root runs the tests."""
    return os.getuid() in (0, folder.stat().st_uid)


def _stop_server(folder: Path) -> None:
    """Only a process that was started for this folder: numbers are given again."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        pid = int((folder / _SERVER).read_text().splitlines()[0])
        until = time.monotonic() + _PATIENCE
        while str(folder).encode() in Path(f"/proc/{pid}/cmdline").read_bytes() and time.monotonic() < until:
            os.kill(pid, signal.SIGQUIT)
            time.sleep(0.1)
