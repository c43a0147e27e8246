"""Learn the scales of tone from the labelled replies that may be looked at: `python -m bench.learn` (group `learn`).

Reads tests/data/lint_tune.jsonl and lint_dev*.txt, the rules' own examples, and the desk's scripts as kind replies. The
scored file is never read. Limits are chosen by five-fold cross-validation, in which no reply is judged by a scale that
has seen it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.lint import HELD, TUNED, score
from bot.desk.manners.folded import fold
from bot.desk.manners.tone import ANY, CATEGORIES, Scale, Tone, pieces, written
from bot.language.linter import TONE, Engine, RuleLinter
from bot.language.rule_files import read_rule_files
from bot.language.script_files import load_scripts

LETTERS = {"r": "rigid", "i": "impatient", "s": "shirk", "b": "blame", "y": "informal_you", "o": "overpromise",
           "p": "private", "l": "leak"}  # fmt: skip
FOLDS = 5
STRENGTH = 5.0
RULE = 0.5
"""What a rule's hit counts for, in standard deviations of a scale."""
FEWEST = 2
LIGHTEST = 0.06


@dataclass(frozen=True)
class Example:
    """A labelled reply; `is_real`: written as a reply, so that it counts when limits are chosen."""

    text: str
    wanted: frozenset[str]
    is_real: bool = True

    def is_wanted(self, scale: str) -> bool:
        """The answer to a scale's question."""
        return bool(self.wanted & HELD) if scale == ANY else scale in self.wanted


def examples() -> Iterator[Example]:
    """Everything that may be learned from."""
    for line in TUNED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Example(row["text"], frozenset(row["categories"]))
    for path in sorted(TUNED.parent.glob("lint_dev*.txt")):
        yield from _listed(path)
    for rule in read_rule_files().book.rules:
        yield from (Example(text, frozenset(rule.categories), False) for text in rule.yes)
        kind = [*rule.no, re.sub(r"〔([^|〕]*)(?:\|([^〕]*))?〕", r"\1", rule.better)]
        yield from (Example(re.sub(r"\{\w+\}", "财务部", text), frozenset(), False) for text in kind if text)
    yield from _scripts()


def _listed(path: Path) -> Iterator[Example]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            parts = [part.strip() for part in line.split("|")]
            wanted = {LETTERS[letter] for letter in " ".join((parts[0], *parts[2:])).split()}
            yield Example(parts[1], frozenset(wanted | ({"rigid"} if "impatient" in wanted else set())))


def _scripts() -> Iterator[Example]:
    for script in load_scripts().all():
        body = re.sub(r"\{\w+\}", "小陈", script.body)
        for text in {body, *re.split("(?<=[。？！\n])", body)}:
            if len(text.strip()) > 5:
                yield Example(text.strip(), frozenset(), False)


def main() -> None:
    """Learn, choose the limits, and write the scales."""
    linter = RuleLinter(has_tone=False)
    linter.warm()
    engine = linter.engine
    rows = list(examples())
    texts = [reading(engine, row.text) for row in rows]
    hits = [{f.category for f in linter.check(row.text).findings} for row in rows]
    learned = [_learned(name, rows, texts, hits) for name in (ANY, *CATEGORIES)]
    tone = _tone(learned)
    lines = written(tone, "由 python -m bench.learn 生成，请勿手改；删掉本文件就只按规则检查 / made by bench/learn.py")
    TONE.parent.mkdir(exist_ok=True)
    TONE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(rows)} replies, {len(tone.weights)} pieces, {TONE.stat().st_size / 1e6:.2f} MB")


def reading(engine: Engine, text: str) -> str:
    """The text as it is weighed: folded, and with what is written by sound restored."""
    plain = fold(text, engine.characters)
    return (engine.restorer.restored(plain) or plain).text


@dataclass(frozen=True)
class _Learned:
    scale: Scale
    weights: dict[str, float]


def _learned(name: str, rows: list[Example], texts: list[str], hits: list[set[Any]]) -> _Learned:
    """One scale: its limit from cross-validation, its weights from all rows."""
    import numpy
    from sklearn.model_selection import StratifiedKFold

    wanted = numpy.array([row.is_wanted(name) for row in rows])
    scores = numpy.zeros(len(rows))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=3).split(texts, wanted):
        vectors, model = _fitted([texts[i] for i in train], wanted[train])
        scores[test] = model.decision_function(vectors.transform([texts[i] for i in test]))
    spread = float(scores.std())
    ruled = numpy.array([bool(h & HELD) if name == ANY else name in h for h in hits])
    real = numpy.array([row.is_real for row in rows])
    limit = _limit(scores[real] + RULE * spread * ruled[real], wanted[real], name)
    vectors, model = _fitted(texts, wanted)
    weights = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    return _Learned(Scale(name, float(model.intercept_[0]), limit, RULE * spread), weights)


def _fitted(texts: list[str], wanted: Any) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = TfidfVectorizer(analyzer=pieces, min_df=FEWEST, binary=True, use_idf=False)
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(vectors.fit_transform(texts), wanted)
    return vectors, model


def _limit(scores: Any, wanted: Any, name: str) -> float:
    """Where F1 is best."""
    tried = sorted(set(scores.tolist()))
    best: float = max(tried, key=lambda limit: score(zip(wanted, scores > limit, strict=True)).f1)
    told = score(zip(wanted, scores > best, strict=True))
    print(f"{name:14} limit {best:+.2f} precision {told.precision:.3f} recall {told.recall:.3f} F1 {told.f1:.3f}")
    return best


def _tone(learned: list[_Learned]) -> Tone:
    """The scales together, without pieces that weigh next to nothing in all of them."""
    every = {piece for one in learned for piece in one.weights}
    rows = {piece: tuple(float(one.weights.get(piece, 0.0)) for one in learned) for piece in every}
    kept = {piece: row for piece, row in rows.items() if max(map(abs, row)) >= LIGHTEST}
    return Tone(tuple(one.scale for one in learned), kept)


if __name__ == "__main__":
    main()
