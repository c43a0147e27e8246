"""What is kept of the close reader's words on authors that it has not learned."""

from pathlib import Path

import numpy
import pytest

from bench import apart


def test_what_was_said_of_a_reply_is_found_again_by_its_sentences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "FILE", tmp_path / "apart.npz")
    said = [(["您好。", "不归我管"], [[0.5, 1.0], [2.0, -3.0]]), (["货到了"], [[-4.0, 0.25]])]
    apart.write(said)
    known = apart.read()
    assert {key: rows.tolist() for key, rows in known.items()} == {apart.key(texts): rows for texts, rows in said}
    assert apart.key(["您好。不归我管"]) not in known


def test_the_authors_apart_are_those_of_the_files() -> None:
    files = sorted(Path("tests/data").glob("lint_tune*.jsonl"))
    kept = [file for file in files if apart.is_apart(file)]
    assert len(kept) == len(apart.NUMBERS)
    assert not apart.is_apart(Path("tests/data/lint_tune.jsonl"))


def test_the_kept_scores_are_numbers() -> None:
    assert all(numpy.isfinite(rows).all() and len(rows) for rows in apart.read().values())
