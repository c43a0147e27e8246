"""Where the bot's processes of a test run come from: one parent that has all imports and the dictionary, and forks.

Each of them is a real process, with a pid, signals and files of its own; it is only spared the seconds of imports that
each of many starts would cost. It goes on exactly as `python -m bot …` would. Started as `python -m tests.forked FD`;
it ends when the other end of that socket is closed, that is with whoever started it, however that one ends.
"""

import importlib
import json
import os
import pkgutil
import runpy
import selectors
import socket
import sys
from dataclasses import dataclass

from bot.language.triage import Triage

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


def serve(asked: socket.socket) -> None:
    """Fork for each request and tell each end, until nobody can ask any more; comes back only in the forks."""
    waiting = selectors.DefaultSelector()
    waiting.register(asked, selectors.EVENT_READ)
    running: dict[int, tuple[int, int]] = {}  # pidfd: pid, where its end is told
    while True:
        for key, _ in waiting.select():
            if key.fd != asked.fileno():
                waiting.unregister(key.fd)
                _tell_end(key.fd, *running.pop(key.fd))
                continue
            wanted = _hear(asked)
            if wanted is None:
                raise SystemExit
            pid = os.fork()
            if not pid:
                inherited = [asked.fileno(), wanted.told, *running, *(told for _, told in running.values())]
                waiting.close()
                _become(wanted, inherited)
                return
            asked.send(str(pid).encode())
            os.close(wanted.out)
            os.close(wanted.err)
            ends = os.pidfd_open(pid)
            running[ends] = pid, wanted.told
            waiting.register(ends, selectors.EVENT_READ)


def _hear(asked: socket.socket) -> _Wanted | None:
    request, files, _, _ = socket.recv_fds(asked, MOST, 3)
    if not request:
        return None
    arguments, environment = json.loads(request)
    return _Wanted(arguments, environment, *files)


def _tell_end(ends: int, pid: int, told: int) -> None:
    _, status = os.waitpid(pid, 0)
    os.close(ends)
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


if __name__ == "__main__":
    _import_all()
    Triage().warm()
    serve(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
