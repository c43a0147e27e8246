"""What all tests share: their files lie in memory where the machine has room there."""

import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # each run makes folders of its own there, as in /tmp
_ROOM = 4 << 30
"""Bytes: several PostgreSQL clusters and every test's database. A container often has 64 MB there."""

if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM:
    # Every commit is written through to the disk (synchronous = FULL): no test cuts the power, so it may be a quick one
    tempfile.tempdir = str(_MEMORY)
