"""What killed runs of the suite left in memory is removed, and nothing else."""

import os
from pathlib import Path

import pytest

from tests.leftovers import remove_leftovers

GONE = 4_194_304 + 1
"""A number above the greatest that Linux gives a process."""


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        (f"shouwen-pg-{GONE}-a1b2c3", False),
        (f"shouwen-template-{GONE}-a1b2c3", False),
        (f"shouwen-pg-{os.getppid()}-a1b2c3", True),
        ("shouwen-pg-a1b2c3", True),
        (f"other-pg-{GONE}-a1b2c3", True),
    ],
    ids=["server", "template", "of a living process", "without a number", "of somebody else"],
)
def test_folders_of_processes_that_are_gone_are_removed(name: str, is_kept: bool, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    remove_leftovers([tmp_path])
    assert (tmp_path / name).exists() is is_kept


@pytest.mark.parametrize("told", ["", "no number", f"{GONE}\n/dev/shm", str(os.getpid())],
                         ids=["nothing", "no number", "a process that is gone", "another process"])  # fmt: skip
def test_only_a_server_that_was_started_for_the_folder_is_stopped(told: str, tmp_path: Path) -> None:
    """Numbers are given again: one of another process stops nobody."""
    folder = tmp_path / f"shouwen-pg-{GONE}-a1b2c3"
    folder.mkdir()
    (folder / "postmaster.pid").write_text(told)
    remove_leftovers([tmp_path])
    assert not folder.exists()
