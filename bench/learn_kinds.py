"""Learn how openings of each kind are worded and how much to trust it, from the labelled openings of tests/data.

python -m bench.learn_kinds            learn, write bot/language/wording.tsv and weighing.json, print the table below
python -m bench.learn_kinds --check    print the table, write nothing

The table: each author's openings as they are read by what was learned from all others, lexicon and program being those
of today. Every choice in here (what pieces, how strongly held near 0, from which chance on it is a complaint) was made
by it. The same openings give the same files. It takes about a minute and needs `uv sync --group learn`.
"""

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bench.openings import (
    AUTHORS,
    DATA,
    LEARNED,
    OFTEN,
    SEEN,
    Judged,
    Label,
    Measures,
    labels_of,
    left_out_table,
    measured,
)
from bot.desk.labels import KINDS
from bot.language import weighing, wording
from bot.language.clauses import clauses_of
from bot.language.kinds import COMPLAINT
from bot.language.plain import plain
from bot.language.triage import Readers, Reading, ends
from bot.language.weighing import Evidence, Scales, figures
from bot.language.wording import Row, WordingReader, pieces_of

STRENGTH, TOLERANCE = 1.0, 1e-3
"""How little the weights of the wording are held near 0, and how exactly they are found."""
TRUST: Final = 0.1
"""How little those of the weighing are."""
LIMITS: Final = range(20, 70)
"""From which chance on, in hundredths, a text may complain."""
NEAR: Final = range(-3, 4)
"""A limit is as good as its neighbours are together: chance decides less."""
LEFT_OUT: Final = (*AUTHORS, SEEN)
"""Whose openings are left out in turn; by the last one the weighing is not fitted, since the lexicon knows it."""

Weights = list[list[float]]
Counts = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Opening:
    """An opening as the learning sees it: its file, the text as it is read, its pieces, what the lexicon says of it."""

    file: str
    label: Label
    told: str
    pieces: tuple[str, ...]
    evidence: Evidence

    @property
    def kind(self) -> int:
        """Its kind's place among KINDS."""
        return KINDS.index(self.label.kind)


def openings() -> list[Opening]:
    """All labelled openings that may be learned from."""
    readers = Readers(WordingReader({}), Scales([], 0.0))
    return [_opening(name, label, readers) for name in LEARNED for label in labels_of(DATA / name)]


def _opening(file: str, label: Label, readers: Readers) -> Opening:
    told = ends(plain(label.text))
    clauses = clauses_of(told)
    return Opening(file, label, told, tuple(pieces_of(told, clauses)), readers.evidence(told, clauses))


def wordings(learned: Sequence[Opening]) -> dict[str, Row]:
    """What each piece says for each kind: as many linear support vector machines over the pieces that stand in several
    openings, each counting by its rarity, every opening brought to the same length.
    """
    often = Counter(chain.from_iterable(one.pieces for one in learned))
    names = sorted(piece for piece, times in often.items() if times >= OFTEN)
    rarity = numpy.log((1 + len(learned)) / (1 + numpy.array([often[name] for name in names])))
    table = _vectors(learned, names, rarity)
    model = LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=3).fit(table, [one.kind for one in learned])
    weights = numpy.round(wording.UNIT * model.coef_ * rarity).astype(int).T
    lengths = numpy.round(wording.UNIT * rarity**2).astype(int)
    base = numpy.round(wording.UNIT * model.intercept_).astype(int)
    rows = zip(["", *names], [0, *map(int, lengths)], [base, *weights], strict=True)
    return {name: (length, "\t".join(map(str, row))) for name, length, row in rows}


def _vectors(learned: Sequence[Opening], names: Sequence[str], rarity: Any) -> Any:
    place = {name: at for at, name in enumerate(names)}
    found = [[place[piece] for piece in one.pieces if piece in place] for one in learned]
    flat, stops = list(chain.from_iterable(found)), numpy.cumsum([0, *map(len, found)])
    ones = sparse.csr_matrix((numpy.ones(len(flat)), flat, stops), shape=(len(found), len(names)))
    table = ones @ sparse.diags(rarity)
    length = numpy.sqrt(numpy.asarray(table.multiply(table).sum(axis=1))).ravel()
    return sparse.diags(1 / numpy.maximum(length, 1e-9)) @ table


def weights(shown: Sequence[Opening]) -> Weights:
    """The weights of the weighing: the most likely ones that stay near 0."""
    told = numpy.array([figures(one.evidence)[:-1] for one in shown])
    model = LogisticRegression(C=TRUST, max_iter=2000).fit(told, [one.kind for one in shown])
    return [[*map(float, row), float(bias)] for row, bias in zip(model.coef_, model.intercept_, strict=True)]


class Learning:
    """What is learned when files are left out; each fit is made once."""

    def __init__(self, learned: Sequence[Opening]) -> None:
        self.all = learned
        self._readers: dict[frozenset[str], WordingReader] = {}

    def reader(self, *files: str) -> WordingReader:
        """The wording as it is without these files."""
        key = frozenset(files)
        if key not in self._readers:
            self._readers[key] = WordingReader(wordings([one for one in self.all if one.file not in key]))
        return self._readers[key]

    def shown(self, file: str, without: Iterable[str] = ()) -> list[Opening]:
        """A file's openings, their wording read by what has seen nothing of them, nor of the files `without`."""
        reader = self.reader(file, *without)
        return [_worded(one, reader) for one in self.all if one.file == file]

    def weights(self, left_out: str = "") -> Weights:
        """The weighing's weights, without a file."""
        without = [left_out] if left_out else []
        return weights([one for file in AUTHORS if file != left_out for one in self.shown(file, without)])


def _worded(one: Opening, reader: WordingReader) -> Opening:
    return replace(one, evidence=replace(one.evidence, wording=reader.read(one.told, clauses_of(one.told))))


def best_limit(learning: Learning, by_file: Mapping[str, Weights]) -> int:
    """From which chance on, in hundredths, a text complains: where F1 is best on files that taught nothing."""
    told = [
        (Scales(by_file[file], 0).chances(one.evidence)[COMPLAINT] * weighing.PART, one.label.complaint)
        for file in AUTHORS
        for one in learning.shown(file)
    ]
    return max(LIMITS, key=lambda limit: _f1(told, limit))


def _f1(told: Sequence[tuple[float, bool]], limit: float) -> float:
    return sum(_f1_at(told, limit + near) for near in NEAR)


def _f1_at(told: Sequence[tuple[float, bool]], limit: float) -> float:
    said = [complains for chance, complains in told if chance > limit]
    return 2 * sum(said) / max(len(said) + sum(complains for _, complains in told), 1)


def left_out(learning: Learning, by_file: Mapping[str, Weights], limit: int) -> Iterator[tuple[str, Measures]]:
    """How each author's openings are read by what was learned from all others."""
    for file, weights in by_file.items():
        readers = Readers(learning.reader(file), Scales(weights, limit / weighing.PART))
        yield file, measured([_judged(one, readers) for one in learning.shown(file)], 0.0)


def _judged(one: Opening, readers: Readers) -> Judged:
    kind, reasons = readers.kind(one.told)
    return Judged(one.label, Reading(None, None, kind, kind == COMPLAINT, reasons))


def counted(m: Measures) -> Counts:
    """What of the measures of a file that was left out is kept for the page."""
    return (m.rows, m.kind_right, m.found, m.false_alarms, m.missed)


def write(learning: Learning, limit: int, table: Mapping[str, Counts]) -> None:
    """Both data files."""
    rows = wordings(learning.all)
    wording.DATA.write_text(wording.written(rows), encoding="utf-8")
    rounded = [[round(weight * weighing.UNIT) for weight in row] for row in learning.weights()]
    told = {
        "made_by": "python -m bench.learn_kinds",
        "limit": limit,
        "weights": dict(zip(KINDS, rounded, strict=True)),
        "left_out": table,
    }
    weighing.DATA.write_text(_one_row_a_line(told), encoding="utf-8")


def _one_row_a_line(told: Mapping[str, Any]) -> str:
    return re.sub(r"\[[^\[\]{}]*\]", lambda row: " ".join(row[0].split()), json.dumps(told, indent=1)) + "\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.learn_kinds", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    learning = Learning(openings())
    by_file = {file: learning.weights(file) for file in LEFT_OUT}
    limit = best_limit(learning, by_file)
    table = {file: counted(found) for file, found in left_out(learning, by_file, limit)}
    print(f"complaints from a chance of {limit} % on\n{left_out_table(table)}")
    if not options.check:
        write(learning, limit, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
