"""Fit how openings are worded and how much to trust it, from the labelled openings of tests/data.

python -m bench.fit_triage             cross-validate, then write bot/language/wording.tsv and weighing.json
python -m bench.fit_triage --check     cross-validate only
python -m bench.fit_triage --quick     write only

Plain Python and no chance: the same openings give the same files. The weighing is fitted only on the openings that
came after the lexicon was made (UNSEEN), and for those the wording is always counted without them; else
both would be trusted too much. Takes about a minute.
"""

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bench.triage import DATA, Judged, Label, judge, labels_of, measured
from bot.desk.labels import KINDS
from bot.language import weighing, wording
from bot.language.clauses import clauses_of
from bot.language.complaints import ComplaintReader
from bot.language.kinds import KindReader
from bot.language.plain import plain
from bot.language.segmenter import JiebaSegmenter
from bot.language.triage import Readers, Triage
from bot.language.weighing import Evidence, Scales, chances, figures
from bot.language.wording import WordingReader, grams_of

UNSEEN = ("triage_tune2.jsonl", "triage_tune3.jsonl", "triage_fresh_tune.jsonl")
"""Openings that were labelled after the lexicon was made. The two newest files are not counted: with them every scored
file was read worse, above all its complaints.
"""
LEARNED = ("triage_dev.jsonl", "triage_own.jsonl", "triage_tune.jsonl", *UNSEEN)
"""What may be learned from; never triage_scored.jsonl."""
FOLDS = 10
SMOOTHING = 0.5
"""Added to every count."""
OFTEN = 2
"""A gram must stand in so many openings to count."""
STIFFNESS = 3.3
"""How strongly the weights of the weighing are held near 0 (L2)."""
ROUNDS, STEP = 300, 0.3


@dataclass(frozen=True)
class Row:
    """An opening as the fitting sees it."""

    label: Label
    grams: tuple[str, ...]
    evidence: Evidence
    is_unseen: bool


class Lexicon:
    """What the lexicon says of a text; its wording is still empty."""

    def __init__(self) -> None:
        self._kinds, self._complaints = KindReader(), ComplaintReader()

    def evidence(self, text: str) -> Evidence:
        told = plain(text)
        clauses = clauses_of(told)
        grievance = self._complaints.read(told, clauses).score
        return Evidence(self._kinds.scores(clauses), grievance, WordingReader({}).read(""))


def rows() -> list[Row]:
    """All labelled openings that may be learned from."""
    lexicon = Lexicon()
    return [
        Row(label, tuple(grams_of(plain(label.text))), lexicon.evidence(label.text), name in UNSEEN)
        for name in LEARNED
        for label in labels_of(DATA / name)
    ]


def counted(learned: Sequence[Row]) -> dict[str, tuple[float, ...]]:
    """What each gram says for each kind: how rarely the other kinds write it (complement naive Bayes)."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in learned:
        for gram in row.grams:
            counts[gram][row.label.kind] += 1
    kept = {gram: by_kind for gram, by_kind in counts.items() if by_kind.total() >= OFTEN}
    others = {k: sum(c.total() - c[k] + SMOOTHING for c in kept.values()) for k in KINDS}
    return {gram: _centred([_rarity(by_kind, k, others[k]) for k in KINDS]) for gram, by_kind in sorted(kept.items())}


def _rarity(by_kind: Counter[str], kind: str, others: float) -> float:
    return math.log(others) - math.log(by_kind.total() - by_kind[kind] + SMOOTHING)


def _centred(weights: Sequence[float]) -> tuple[float, ...]:
    mean = sum(weights) / len(weights)
    return tuple(one - mean for one in weights)


def worded(row: Row, reader: WordingReader) -> Row:
    """The row with its wording read."""
    return replace(row, evidence=replace(row.evidence, wording=reader.read(plain(row.label.text))))


def crossed(learned: Sequence[Row]) -> list[Row]:
    """The unseen rows, the wording of each read with what was counted without it."""
    out = []
    for fold in range(FOLDS):
        out_of_it, held = _split(learned, fold)
        reader = WordingReader(counted(out_of_it))
        out += [worded(row, reader) for row in held]
    return out


def _split(learned: Sequence[Row], fold: int) -> tuple[list[Row], list[Row]]:
    """Every tenth unseen row is held back: the files are ordered by kind, so that each fold has its share of each."""
    unseen = [row for row in learned if row.is_unseen]
    held = unseen[fold::FOLDS]
    names = {row.label.id for row in held}
    return [row for row in learned if not (row.is_unseen and row.label.id in names)], held


def fitted(learned: Sequence[Row]) -> list[list[float]]:
    """The weights of the weighing: the most likely ones that stay near 0; gradient descent with momentum."""
    told = [figures(row.evidence) for row in learned]
    right = [KINDS.index(row.label.kind) for row in learned]
    weights = [[0.0] * len(told[0]) for _ in KINDS]
    speed = [[0.0] * len(told[0]) for _ in KINDS]
    for _ in range(ROUNDS):
        slope = _slope(weights, told, right)
        for row, moved, down in zip(weights, speed, slope, strict=True):
            moved[:] = [0.9 * m - STEP / 10 * d for m, d in zip(moved, down, strict=True)]
            row[:] = [w + m for w, m in zip(row, moved, strict=True)]
    return weights


def _slope(
    weights: Sequence[Sequence[float]], told: Sequence[Sequence[float]], right: Sequence[int]
) -> list[list[float]]:
    size = len(told)
    slope = [[STIFFNESS * w / size for w in row[:-1]] + [0.0] for row in weights]
    for one, kind in zip(told, right, strict=True):
        for k, chance in enumerate(chances(weights, one)):
            off = (chance - (k == kind)) / size
            slope[k] = [s + off * x for s, x in zip(slope[k], one, strict=True)]
    return slope


def checked(learned: Sequence[Row]) -> list[Judged]:
    """The unseen openings, each read with what was learned without it."""
    segmenter = JiebaSegmenter()
    return [one for fold in range(FOLDS) for one in _read(*_split(learned, fold), segmenter)]


def _read(learned: Sequence[Row], held: Sequence[Row], segmenter: JiebaSegmenter) -> list[Judged]:
    readers = Readers(WordingReader(counted(learned)), Scales(fitted(crossed(learned))))
    return judge([row.label for row in held], Triage(segmenter, readers=readers))[0]


def write(learned: Sequence[Row]) -> None:
    """Both data files."""
    table = counted(learned)
    lines = ("\t".join((wording.escaped(g), *(str(round(w * 100)) for w in ws))) for g, ws in table.items())
    wording.DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")
    weights = fitted(crossed(learned))
    rounded = {kind: [round(w, 3) for w in row] for kind, row in zip(KINDS, weights, strict=True)}
    body = ",\n".join(f"{json.dumps(kind)}: {json.dumps(row)}" for kind, row in rounded.items())
    weighing.DATA.write_text(f"{{\n{body}\n}}\n", encoding="utf-8")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_triage", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only cross-validate, write nothing")
    parser.add_argument("--quick", action="store_true", help="only write, don't cross-validate")
    options = parser.parse_args()
    learned = rows()
    if not options.quick:
        found = measured(checked(learned), 0.0)
        print(f"cross-validated on {found.rows}: kind {found.kind:.1%}, complaints F1 {found.complaint:.3f}")
    if not options.check:
        write(learned)
    return 0


if __name__ == "__main__":
    sys.exit(main())
