"""Open what was learned: tables in numpy's npz, and what stands beside them."""

import contextlib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy


class LearnedError(Exception):
    """A file that does not hold what it should."""


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """What fails within is the file's fault; raises LearnedError."""
    try:
        yield
    except (OSError, EOFError, ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise LearnedError(f"{path}: {error}") from error


@contextlib.contextmanager
def tables(path: Path) -> Iterator[Mapping[str, Any]]:
    """The tables of a file, to make a reader of and to try it; raises LearnedError."""
    with reading(path), numpy.load(path, allow_pickle=False) as file:
        yield dict(file.items())
