"""Fit the weights of `bot/language/complaint.toml` to labelled files: logistic regression on its groups, nothing else.

python -m bench.fit_complaint tests/data/triage_tune.jsonl …    each group's weight, and the score on held-out fifths

The groups and their patterns are written by hand; only the weights come from here, rounded by hand into the file.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bot.language.clauses import clauses_of
from bot.language.complaints import ComplaintReader
from bot.language.plain import plain

ROUNDS, STEP, RIDGE, FOLDS = 400, 1.5, 0.9, 5


class Row(NamedTuple):
    """What was found in a text, by group, as a multiple of the group's weight; and whether it complains."""

    found: dict[str, float]
    complains: bool


class Fitted(NamedTuple):
    """Weights by group, and the score below which a text is none."""

    weights: dict[str, float]
    threshold: float


def rows_of(path: Path, reader: ComplaintReader) -> list[Row]:
    """A labelled file's rows."""
    labelled = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [plain(row["text"]) for row in labelled]
    return [
        Row(reader.features(text, clauses_of(text)), row["complaint"])
        for text, row in zip(texts, labelled, strict=True)
    ]


def fit(rows: Sequence[Row]) -> Fitted:
    """Gradient descent with a ridge: the same rows give the same weights."""
    weights = dict.fromkeys({name for row in rows for name in row.found}, 0.0)
    bias = 0.0
    for _ in range(ROUNDS):
        slopes = {name: RIDGE * weight / len(rows) for name, weight in weights.items()}
        slope = 0.0
        for row in rows:
            miss = (_chance(bias, weights, row) - row.complains) / len(rows)
            slope += miss
            for name, value in row.found.items():
                slopes[name] += miss * value
        bias -= STEP * slope
        weights = {name: weight - STEP * slopes[name] for name, weight in weights.items()}
    return Fitted(weights, -bias)


def _chance(bias: float, weights: dict[str, float], row: Row) -> float:
    score = bias + sum(weights.get(name, 0.0) * value for name, value in row.found.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def held_out(rows: list[Row]) -> float:
    """F1 where each fifth is judged by weights that never saw it."""
    right = wrong = missed = 0
    for fold in range(FOLDS):
        fitted = fit([row for n, row in enumerate(rows) if n % FOLDS != fold])
        for row in rows[fold::FOLDS]:
            said = _chance(-fitted.threshold, fitted.weights, row) > 0.5
            right += said and row.complains
            wrong += said and not row.complains
            missed += row.complains and not said
    return 2 * right / max(2 * right + wrong + missed, 1)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_complaint", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    reader = ComplaintReader()
    rows = [row for path in parser.parse_args().files for row in rows_of(path, reader)]
    random.Random(1).shuffle(rows)
    fitted = fit(rows)
    for name, weight in sorted(fitted.weights.items(), key=lambda pair: -pair[1]):
        seen = [row.complains for row in rows if name in row.found]
        print(f"{weight:6.2f}  {name}  ({sum(seen)} of {len(seen)} complain)")
    print(f"threshold {fitted.threshold:.2f}; F1 on held-out fifths {held_out(rows):.3f} ({len(rows)} rows)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
