"""What all tests share: their files lie in memory where the machine has room there."""

import functools
import os
import shutil
import ssl
import tempfile
from pathlib import Path

import pytest

from tests.leftovers import remove_leftovers

pytest.register_assert_rewrite("tests.contract.botapi_rig", "tests.delivery.rig")  # imported before they are plugins

_MEMORY = Path("/dev/shm")  # each run makes folders of its own there, as in /tmp
_ROOM = 4 << 30
"""Bytes: several PostgreSQL clusters and every test's database. A container often has 64 MB there."""

if "PYTEST_XDIST_WORKER" not in os.environ:  # once, before its workers start
    remove_leftovers((Path(tempfile.gettempdir()), _MEMORY))

if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM:
    # Every commit is written through to the disk (synchronous = FULL): no test cuts the power, so it may be a quick one
    tempfile.tempdir = str(_MEMORY)

ssl.create_default_context = functools.cache(ssl.create_default_context)
"""A context for each of a thousand bots would read the world's certificates again, 25 ms each; nobody changes one."""

MOST_WORKERS = 6
"""Each has half a gigabyte, a PostgreSQL of its own and all of its imports to pay for."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: three more than cores: a third of a story is waiting for a process, or until all is quiet."""
    return min((os.cpu_count() or 1) + 3, MOST_WORKERS)
