"""Where the bot's processes of a test run come from: one parent that has all imports and the dictionary, and forks.

Each of them is a real process, with a pid, signals and files of its own; it is only spared the seconds of imports, and
of reading what comes with the program, that each of many starts would cost. It goes on exactly as `python -m bot …`
would. Started as `python -m tests.forked DOOR FD`: FD listens at the path DOOR, where whoever runs tests may ask; it
ends when the last of them has gone, however that one ends.
"""

import asyncio
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from bot.app.hints import LanguageHints
from bot.language.linter import RuleLinter
from bot.language.script_files import load_scripts

MOST = 1 << 20
"""Bytes of one request: arguments and environment."""


@dataclass(frozen=True)
class _Wanted:
    """A process that somebody asks for; `told` is where its end is told."""

    arguments: list[str]
    environment: dict[str, str]
    out: int
    err: int
    told: int


class Parent:
    """Serves whoever asks at a door."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._waiting = selectors.DefaultSelector()
        self._waiting.register(door, selectors.EVENT_READ)
        self._askers: dict[int, socket.socket] = {}
        self._running: dict[int, tuple[int, int]] = {}  # pidfd: pid, where its end is told

    def serve(self, path: Path) -> None:
        """Fork for each request and tell each end; comes back only in the forks, and ends when nobody can ask."""
        while True:
            for key, _ in self._waiting.select():
                if self._is_fork_after(key.fd):
                    return
            if not self._askers:
                path.unlink(missing_ok=True)
                if self._door_is_still():
                    raise SystemExit

    def _door_is_still(self) -> bool:
        """Nobody knocked before the door was gone; then what still runs has nobody who would end it."""
        if any(key.fd == self._door.fileno() for key, _ in self._waiting.select(0)):
            return False
        for pid, _ in self._running.values():
            os.kill(pid, signal.SIGKILL)
        return True

    def _is_fork_after(self, ready: int) -> bool:
        """Do what waits at a descriptor; True in a new process."""
        if ready == self._door.fileno():
            asker, _ = self._door.accept()
            self._askers[asker.fileno()] = asker
            self._waiting.register(asker, selectors.EVENT_READ)
        elif ready in self._running:
            self._waiting.unregister(ready)
            _tell_end(ready, *self._running.pop(ready))
        elif wanted := _hear(self._askers[ready]):
            return self._fork(wanted, self._askers[ready])
        else:
            self._waiting.unregister(ready)
            self._askers.pop(ready).close()
        return False

    def _fork(self, wanted: _Wanted, asker: socket.socket) -> bool:
        pid = os.fork()
        if not pid:
            self._waiting.close()
            told = [told for _, told in self._running.values()]
            asked = [way.detach() for way in (self._door, *self._askers.values())]
            _become(wanted, [wanted.told, *asked, *self._running, *told])
            return True
        with contextlib.suppress(BrokenPipeError):  # whoever has gone meanwhile needs no answer
            asker.send(str(pid).encode())
        os.close(wanted.out)
        os.close(wanted.err)
        ends = os.pidfd_open(pid)
        self._running[ends] = pid, wanted.told
        self._waiting.register(ends, selectors.EVENT_READ)
        return False


def _hear(asked: socket.socket) -> _Wanted | None:
    request, files, _, _ = socket.recv_fds(asked, MOST, 3)
    if not request:
        return None
    arguments, environment = json.loads(request)
    return _Wanted(arguments, environment, *files)


def _tell_end(ends: int, pid: int, told: int) -> None:
    _, status = os.waitpid(pid, 0)
    os.close(ends)
    with contextlib.suppress(BrokenPipeError):  # as above
        os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
    os.close(told)


def _become(wanted: _Wanted, inherited: list[int]) -> None:
    os.setsid()
    os.dup2(wanted.out, 1)
    os.dup2(wanted.err, 2)
    for descriptor in (wanted.out, wanted.err, *inherited):
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(wanted.environment)
    sys.argv[:] = ["bot", *wanted.arguments]


def _import_all() -> None:
    for package in ("bot", "storage"):
        root = importlib.import_module(package)
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not found.name.endswith("__main__") and ".migrations" not in found.name:
                importlib.import_module(found.name)


def _read_all() -> None:
    """What comes with the program: no setting has a say in it."""
    scripts = load_scripts()
    RuleLinter().warm()
    hints = LanguageHints(scripts)
    asyncio.run(hints.of("货少了两箱"))
    hints.close()
    for thread in threading.enumerate():  # a fork would not have it
        if thread is not threading.main_thread():
            thread.join()


if __name__ == "__main__":
    _import_all()
    _read_all()
    gc.freeze()  # or each fork's own search for garbage would copy all of it
    Parent(socket.socket(fileno=int(sys.argv[2]))).serve(Path(sys.argv[1]))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
