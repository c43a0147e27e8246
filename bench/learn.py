"""Learn the scales of tone from the labelled replies that may be looked at: `python -m bench.learn` (group `learn`).

Reads tests/data/lint_tune*.jsonl and lint_dev*.txt, the rules' own examples, and the desk's scripts as kind replies.
The scored file is never read. Of an unkind reply the sentence that weighs most is learned, of a kind one every
sentence. Limits, and how much a hit of each rule and the close reader's word count for, are chosen on replies by
authors of whom that reader has learned nothing (`bench.apart`), each left out of the tone in turn: no reply is judged
by what has seen its author.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

from bench import prove
from bench.agreed import HELD, agreed
from bench.apart import is_apart
from bench.lint_speed import TUNED
from bench.replies import Reply
from bench.scales import Fit, Table, known_words, weights_of
from bench.tone_limits import LEFT_OUT, Limits, chosen, cross_validated, left_out
from bot.desk.manners.folded import fold
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.tone import CATEGORIES, Tone, sentences
from bot.language.engine import Engine, Seen
from bot.language.engine_files import QUICK, TONE
from bot.language.linter import RuleLinter
from bot.language.questionnaires import load_questionnaires
from bot.language.quick_reader import PieceReader
from bot.language.rule_files import read_rule_files
from bot.language.script_files import load_scripts
from bot.language.tone_file import written

LETTERS = {"r": "rigid", "i": "impatient", "s": "shirk", "b": "blame", "y": "informal_you", "o": "overpromise",
           "p": "private", "l": "leak"}  # fmt: skip
RULED = frozenset({"lint_tune.jsonl", "lint_dev.txt", "lint_dev2.txt"})
"""What rules were made from; by all others it is told how much a rule's hit counts for."""
REMARK = "由 python -m bench.learn 生成，请勿手改；删掉 quick.npz 就只按规则检查 / made by bench/learn.py"
PART = 2000
"""A file with more replies than this is left out in parts, so that enough is left to learn from."""
SMALL_FROM, TOGETHER = 11, 5
"""From lint_tune11 on a file is of some hundred replies: the files of so many authors are left out together."""


@dataclass(frozen=True)
class Example:
    """A labelled reply; `author`: whose, when no rule was made from it, else empty; `is_whole`: somebody else has said
    which categories it has, too; `is_apart`: the close reader has learned nothing of its author.
    """

    text: str
    wanted: frozenset[str]
    author: str = ""
    is_whole: bool = False
    is_apart: bool = False


def examples() -> Iterator[Example]:
    """Everything that may be learned from."""
    for path in sorted(TUNED.parent.glob("lint_tune*.jsonl")):
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            yield Example(row["text"], agreed(row), _author(path, at), "again" in row, is_apart(path))
    for path in sorted(TUNED.parent.glob("lint_dev*.txt")):
        yield from _listed(path)
    for rule in read_rule_files().book.rules:
        yield from (Example(text, frozenset(rule.categories)) for text in rule.yes)
        kind = [*rule.no, re.sub(r"〔([^|〕]*)(?:\|([^〕]*))?〕", r"\1", rule.better)]
        yield from (Example(re.sub(r"\{\w+\}", "财务部", text), frozenset()) for text in kind if text)
    yield from _scripts()
    yield from _questionnaires()
    yield from _promises()


def _author(path: Path, at: int) -> str:
    if path.name in RULED:
        return ""
    number = int(re.sub(r"\D", "", path.stem) or 0) if path.stem.startswith("lint_tune") else 0
    if number < SMALL_FROM:
        return f"{path.stem}.{at // PART}"
    first = number - (number - SMALL_FROM) % TOGETHER
    return f"lint_tune{first}–{first + TOGETHER - 1}"


def _listed(path: Path) -> Iterator[Example]:
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            parts = [part.strip() for part in line.split("|")]
            wanted = {LETTERS[letter] for letter in " ".join((parts[0], *parts[2:])).split()}
            wanted |= {"rigid"} if "impatient" in wanted else set()
            yield Example(parts[1], frozenset(wanted), _author(path, at))


def _scripts() -> Iterator[Example]:
    for script in load_scripts().all():
        body = re.sub(r"\{\w+\}", "小陈", script.body)
        for text in {body, *re.split("(?<=[。？！\n])", body)}:
            if len(text.strip()) > 5:
                yield Example(text.strip(), frozenset())


def _questionnaires() -> Iterator[Example]:
    for one in load_questionnaires().values():
        yield from (Example(words, frozenset()) for words in one.texts())


def _promises() -> Iterator[Example]:
    """Replies that were written to be judged for their promises: everyday ones, kind unless a rule finds something."""
    rules = RuleLinter(has_tone=False)
    for path in sorted(TUNED.parent.glob("promise_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines() if path.name != "promise_scored.jsonl" else ():
            text = json.loads(line)["text"]
            if not rules.check(text).findings:
                yield Example(text, frozenset())


def reply(example: Example, engine: Engine) -> Reply:
    """An example as it is weighed: folded, restored, cut into sentences, each with its hits."""
    plain = fold(example.text, engine.characters)
    read = engine.judge.without_mentions(engine.restorer.restored(plain) or plain)
    spans = sentences(read.text)
    hits = engine.found(example.text)
    found = [_pairs([h for h in hits if h.is_within(*read.span(*span))]) for span in spans]
    is_firm = any(not h.found.rule.is_loose and h.found.category in HELD for h in hits)
    return Reply(
        [read.text[a:b] for a, b in spans],
        found,
        frozenset(example.wanted & set(CATEGORIES)),
        example.author,
        is_firm,
        example.is_whole,
        example.is_apart,
    )


def _pairs(hits: Sequence[Seen]) -> frozenset[tuple[str, str]]:
    return frozenset((h.found.category, h.found.rule.name) for h in hits if h.found.category in CATEGORIES)


def learned(replies: Sequence[Reply], vocabulary: Vocabulary) -> tuple[Mapping[str, Any], Limits, list[str]]:
    """What the quick reader is made of, from all replies; the limits and what hits count for, from cross-validation;
    and `left_out`.
    """
    table = Table((text for r in replies for text in r.texts), known_words(replies, vocabulary))
    judged = cross_validated(replies, table)
    limits = chosen(judged, replies)
    sentences = [text for r in replies for text in r.sentences]
    return weights_of(Fit(replies, table), table.words, sentences), limits, list(left_out(judged, limits))


def main() -> None:
    """Learn, choose the limits, and write both."""
    linter = RuleLinter(has_tone=False)
    linter.warm()
    replies = [reply(example, linter.engine) for example in examples()]
    weights, limits, left_out = learned(replies, linter.engine.judge.vocabulary)
    numpy.savez_compressed(QUICK, **weights)
    tone = Tone(tuple(limits.first), PieceReader(weights), limits.doubt, tuple(limits.again))
    lines = written(tone, [REMARK, LEFT_OUT, *left_out])
    TONE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(replies)} replies, {len(weights['pieces'])} pieces, {QUICK.stat().st_size / 1e6:.2f} MB")
    prove.main()


if __name__ == "__main__":
    main()
