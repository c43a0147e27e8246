"""The bot as an operator runs it: a process of its own, started with a settings file, ended by signals."""

import asyncio
import contextlib
import fcntl
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
_FORKED = Path(__file__).with_name("forked.py")
PATIENCE = 90.0
"""Seconds until a process must have done what is waited for; far more than it takes."""


def write_config(path: Path, values: dict[str, Any]) -> Path:
    """A settings file, as TOML."""
    path.write_text("\n".join(_section("", values)) + "\n", encoding="utf-8")
    return path


def _section(name: str, values: dict[str, Any]) -> list[str]:
    plain = {k: v for k, v in values.items() if v is not None and not isinstance(v, dict) and not _is_table_list(v)}
    lines = [f"[{name}]"] if name and plain else []
    lines += [f"{key} = {json.dumps(_plain(value), ensure_ascii=False)}" for key, value in plain.items()]
    for key, value in values.items():
        full = f"{name}.{key}" if name else key
        if isinstance(value, dict):
            lines += _section(full, value)
        elif _is_table_list(value):
            for item in value:
                lines += [f"[[{full}]]", *_section("", item)]
    return lines


def _is_table_list(value: object) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


class Process:
    """One `python -m bot …`; what it writes is kept."""

    def __init__(self, pid: int, ends: socket.socket, out: IO[bytes], err: IO[bytes]) -> None:
        self.pid = pid
        self._ends, self._out, self._err = ends, out, err
        self._code: int | None = None

    @classmethod
    def start(cls, *arguments: str | Path, env: dict[str, str] | None = None) -> "Process":
        """Start a command."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SHOUWEN_")} | (env or {})
        ends, told = socket.socketpair()
        out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115  # read when it has ended
        with told:
            pid = _parent().fork(list(map(str, arguments)), environment, (out.fileno(), err.fileno(), told.fileno()))
        return cls(pid, ends, out, err)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._code is None and not select.select([self._ends], [], [], 0)[0]

    async def kill(self) -> None:
        """`kill -9`; AssertionError with its last words when it has ended by itself."""
        if not self.is_running:
            raise AssertionError(f"ended before it was killed: {await self.ended()}")
        os.kill(self.pid, signal.SIGKILL)
        await self.ended()

    def terminate(self) -> None:
        """SIGTERM."""
        os.kill(self.pid, signal.SIGTERM)

    async def ended(self) -> tuple[int, str, str]:
        """Wait for the end: exit code, standard output, standard error."""
        async with asyncio.timeout(PATIENCE):
            while self.is_running:  # noqa: ASYNC110  # another process does it
                await asyncio.sleep(0.005)
        if self._code is None:
            self._code = int(self._ends.recv(16))
            self._ends.close()
        return self._code, _all_of(self._out), _all_of(self._err)


def _all_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


class _Parent:
    """`tests/forked.py`, one for all that run tests together; it ends when the last of them does."""

    def __init__(self) -> None:
        door = Path(tempfile.gettempdir()) / f"shouwen-bots-{os.environ.get('PYTEST_XDIST_TESTRUNUID') or os.getpid()}"
        with _FORKED.open() as gate:
            fcntl.flock(gate, fcntl.LOCK_EX)
            self._asked = _knock(door) or _opened(door)

    def fork(self, arguments: list[str], environment: dict[str, str], files: tuple[int, int, int]) -> int:
        """One more process; its pid."""
        socket.send_fds(self._asked, [json.dumps([arguments, environment]).encode()], files)
        return int(self._asked.recv(16))


def _knock(door: Path) -> socket.socket | None:
    """A way to ask the parent behind this door, if there is one."""
    asked = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        asked.connect(str(door))
    except (FileNotFoundError, ConnectionRefusedError):
        asked.close()
        return None
    return asked


def _opened(door: Path) -> socket.socket:
    """Start a parent behind the door, and knock first."""
    door.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(str(door))
        listening.listen()
        asked = _knock(door)
        assert asked is not None
        command = [sys.executable, "-m", "tests.forked", str(door), str(listening.fileno())]
        subprocess.Popen(command, cwd=ROOT, pass_fds=[listening.fileno()])
    return asked


@functools.cache
def _parent() -> _Parent:
    return _Parent()


@contextlib.asynccontextmanager
async def started(*arguments: str | Path, env: dict[str, str] | None = None) -> AsyncIterator[Process]:
    """A command that is running; whatever becomes of the test, it does not outlive it."""
    process = Process.start(*arguments, env=env)
    try:
        yield process
    finally:
        if process.is_running:
            await process.kill()


async def run_bot(*arguments: str | Path, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run a command to its end: exit code, standard output, standard error."""
    async with started(*arguments, env=env) as process:
        return await process.ended()
