"""Whose turn it is to speak: one speaker per token, its lease renewed while it lives, taken over when it dies."""

import os
import socket
from datetime import timedelta

SPEAK = "speak"
"""The name of the lease."""
TURN = timedelta(seconds=12)
"""How long a speaker that is silent keeps its turn; another one takes over within 15 seconds of its death."""
BEAT = 3.0
"""Seconds between renewals: three may fail before the turn is lost."""
ASK_AGAIN = 2.0
"""Seconds between looks of a speaker that stands by."""


def my_name() -> str:
    """Who holds a lease: machine, process, and a part of its own, for a restarted container is process 1 again."""
    return f"{socket.gethostname()}/{os.getpid()}/{os.urandom(4).hex()}"


def is_surely_dead(holder: str) -> bool:
    """Whether the holder was a process of this machine that is gone: its turn need not run out first."""
    machine, _, rest = holder.partition("/")
    pid, _, _ = rest.partition("/")
    if machine != socket.gethostname() or not pid.isdecimal():
        return False
    return int(pid) == os.getpid() or not _is_running(int(pid))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
