"""What is taken for true of a labelled reply, and whether those who labelled it had it before them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.agreed import agreed
from bench.lint import EXAMINED, SCORED

STRANGE = 2
"""So many replies of a file may be read quite otherwise than their author meant; careful readers leave one or none."""


@pytest.mark.parametrize(
    ("author", "again", "counts"),
    [
        (["blame"], [], {"blame"}),
        (["blame"], [["rigid", "blame"]], {"rigid", "blame"}),
        (["blame"], [[]], {"blame"}),
        (["blame", "leak"], [["rigid"]], {"rigid", "leak"}),
        (["blame"], [["rigid"], ["rigid"]], {"rigid"}),
        (["blame"], [["rigid"], ["shirk"]], set()),
    ],
)
def test_the_majority_counts_and_a_single_reader_tells_the_ways(
    author: list[str], again: list[list[str]], counts: set[str]
) -> None:
    assert agreed({"categories": author, "again": again}) == counts


@pytest.mark.parametrize("path", [*SCORED, *EXAMINED], ids=lambda path: path.name)
def test_readers_had_the_same_texts_before_them_as_the_author(path: Path) -> None:
    """Ten labels in one file had stayed with numbers whose texts an examiner had replaced."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(len(row["again"]) == 2 for row in rows)
    assert sum(_is_strange(row) for row in rows) <= STRANGE


def _is_strange(row: Mapping[str, Any]) -> bool:
    """Both readers say the same, and nothing of what the author says."""
    author, first, second = map(set, (row["categories"], *row["again"]))
    return first == second and not author & first and bool(author | first)
