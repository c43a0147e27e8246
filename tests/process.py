"""The bot as an operator runs it: a process of its own, started with a settings file, ended by signals."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
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
    """One `python -m bot …`; what it writes to standard error is kept."""

    def __init__(self, running: asyncio.subprocess.Process) -> None:
        self._running = running

    @classmethod
    async def start(cls, *arguments: str | Path, env: dict[str, str] | None = None) -> "Process":
        """Start a command."""
        environment = {k: v for k, v in os.environ.items() if not k.startswith("SHOUWEN_")} | (env or {})
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *map(str, arguments), cwd=ROOT, env=environment,
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )
        )  # fmt: skip

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self._running.returncode is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._running.pid

    async def kill(self) -> None:
        """`kill -9`; AssertionError with its last words when it has ended by itself."""
        if not self.is_running:
            raise AssertionError(f"ended before it was killed: {await self.ended()}")
        self._running.send_signal(signal.SIGKILL)
        await self.ended()

    def terminate(self) -> None:
        """SIGTERM."""
        self._running.send_signal(signal.SIGTERM)

    async def ended(self) -> tuple[int, str, str]:
        """Wait for the end: exit code, standard output, standard error."""
        async with asyncio.timeout(PATIENCE):
            out, err = await self._running.communicate()
        return self._running.returncode or 0, out.decode(), err.decode()


@contextlib.asynccontextmanager
async def started(*arguments: str | Path, env: dict[str, str] | None = None) -> AsyncIterator[Process]:
    """A command that is running; whatever becomes of the test, it does not outlive it."""
    process = await Process.start(*arguments, env=env)
    try:
        yield process
    finally:
        if process.is_running:
            await process.kill()


async def run_bot(*arguments: str | Path, env: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Run a command to its end: exit code, standard output, standard error."""
    async with started(*arguments, env=env) as process:
        return await process.ended()
