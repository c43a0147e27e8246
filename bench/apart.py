"""What the close reader said of authors of whom it had learned nothing: by this the scales are learned.

`python -m bench.learn_reader WHEEL --apart` makes it, in half an hour; so `bench.learn` needs neither that nor torch.
"""

import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy

FILE: Final = Path("tests/data/lint_apart.npz")
NUMBERS: Final = frozenset({*range(21, 26), *range(36, 41), *range(46, 51), *range(53, 76)})
"""The files (lint_tune…) of these authors: three lots of five, of the first, middle and last ones there were, those
that came afterwards, and at last the examiners'."""


def is_apart(path: Path) -> bool:
    """Whether a file is one of these authors'."""
    return path.stem.startswith("lint_tune") and int(re.sub(r"\D", "", path.stem) or 0) in NUMBERS


def key(sentences: Sequence[str]) -> int:
    """By which a reply is found in the file: of its sentences as they are read."""
    return int.from_bytes(hashlib.sha256("\n".join(sentences).encode()).digest()[:8], "little")


def write(said: Iterable[tuple[Sequence[str], Sequence[Sequence[float]]]]) -> None:
    """Keep what was said of each reply's sentences."""
    keys, scores = zip(*((key(sentences), rows) for sentences, rows in said), strict=True)
    flat = numpy.array([row for rows in scores for row in rows], dtype=numpy.float16)
    ends = numpy.cumsum([len(rows) for rows in scores])
    numpy.savez_compressed(FILE, keys=numpy.array(keys, dtype=numpy.uint64), ends=ends, scores=flat)


def read() -> Mapping[int, Any]:
    """A row of scores for each sentence of a reply, by `key`."""
    with numpy.load(FILE, allow_pickle=False) as kept:
        keys, ends, scores = kept["keys"].tolist(), [0, *kept["ends"].tolist()], kept["scores"].astype(float)
    return {one: scores[a:b] for one, (a, b) in zip(keys, itertools.pairwise(ends), strict=True)}
