"""The lint as the desk uses it: rules from files, jieba, Aho-Corasick, OpenCC and pinyin put together."""

import itertools
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.desk.lint import DEFAULT_SEVERITIES, Category, Finding, Report, Severity
from bot.desk.manners.courtesy import CourtesyReader
from bot.desk.manners.excuses import CUES, Excuses
from bot.desk.manners.expression import phrases, regex
from bot.desk.manners.folded import Characters, Folded, fold, joined_across_marks
from bot.desk.manners.judge import Found, Judge
from bot.desk.manners.pattern import PatternError
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.proof import broken_examples
from bot.desk.manners.restore import Restorer, homophones_apart
from bot.desk.manners.reword import Manners, filled, reworded
from bot.desk.script import Problem
from bot.language.finder import make_finder
from bot.language.rule_files import FOLDER, RuleFiles, read_rule_files
from bot.language.segmenter import JiebaSegmenter
from bot.language.sounds import PinyinSounds

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Engine:
    """The rules of one moment, ready; exchanged as a whole."""

    characters: Characters
    judge: Judge
    restorer: Restorer
    courtesy: CourtesyReader
    manners: Manners
    rules: int

    def found(self, text: str) -> list[tuple[Found, Folded, bool]]:
        """Every hit with the reading of the text in which it was found, and whether that reading is a bold one."""
        plain = fold(text, self.characters)
        readings = [(plain, False), (joined_across_marks(plain), False), (self.restorer.restored(plain), True)]
        hits: list[tuple[Found, Folded, bool]] = []
        for folded, is_bold in readings:
            if folded is not None:
                hits += [(f, folded, is_bold) for f in self.judge.findings(folded) if not _is_known(f, folded, hits)]
        return hits


def _is_known(hit: Found, folded: Folded, hits: Sequence[tuple[Found, Folded, bool]]) -> bool:
    """Whether the place was found for this category in a plainer reading."""
    start, end = folded.span(hit.start, hit.end)
    places = (known.span(f.start, f.end) for f, known, _ in hits if f.category is hit.category)
    return any(first < end and start < last for first, last in places)


class RuleLinter:
    """The desk's `Linter`: `warm` it in a thread at start; `reload` exchanges the rules at any time."""

    def __init__(
        self,
        severities: Mapping[Category, Severity] = DEFAULT_SEVERITIES,
        *,
        courtesy: Severity = Severity.HINT,
        folder: Path = FOLDER,
        segmenter: Vocabulary | None = None,
    ) -> None:
        self._severities = {**DEFAULT_SEVERITIES, **severities}
        self._courtesy = courtesy
        self._folder = folder
        self._segmenter = segmenter or JiebaSegmenter()
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._problems: tuple[Problem, ...] = ()

    def warm(self) -> tuple[Problem, ...]:
        """Load the rules unless they are loaded; what is wrong with them (such a rule is left out)."""
        with self._lock:
            if self._engine is None:
                self._engine, self._problems = load_engine(self._folder, self._segmenter)
        return self._problems

    def reload(self) -> tuple[Problem, ...]:
        """Take the rules as their files are now; if anything is wrong with them the old ones stay in force."""
        with self._lock:
            engine, problems = load_engine(self._folder, self._segmenter)
            if not problems or self._engine is None:
                self._engine = engine
        return problems

    @property
    def rules(self) -> int:
        """How many rules are in force."""
        return self._ready().rules

    def check(self, text: str) -> Report:
        """What is found in a text; never raises, whatever the text."""
        engine = self._ready()
        findings = [self._finding(engine, text, hit) for hit in engine.found(text)]
        shown = [f for f in findings if f.severity is not Severity.OFF]
        folded = text.translate(engine.characters)
        return Report(tuple(sorted(shown, key=lambda f: (f.start, f.end, f.category))), engine.courtesy.read(folded), self._courtesy)

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """The whole text in kinder words, which themselves pass; empty when there are none."""
        engine = self._ready()
        hits = [_in_original(f, folded) for f, folded, _ in engine.found(text) if self._severities[f.category] is not Severity.OFF]
        offered = reworded(text, hits, facts, engine.manners)
        return offered if offered and not self.check(offered).findings else ""

    def _ready(self) -> Engine:
        if self._engine is None:
            self.warm()
        assert self._engine is not None
        return self._engine

    def _finding(self, engine: Engine, text: str, hit: tuple[Found, Folded, bool]) -> Finding:
        found, folded, is_bold = hit
        start, end = folded.span(found.start, found.end)
        return Finding(
            found.category, self._severities[found.category], found.rule.name, start, end, text[start:end],
            found.rule.why, filled(found.rule.better, NOTHING, engine.manners.facts), is_bold,
        )  # fmt: skip


def _in_original(hit: Found, folded: Folded) -> Found:
    return Found(hit.rule, hit.category, *folded.span(hit.start, hit.end))


def load_engine(folder: Path, segmenter: Vocabulary) -> tuple[Engine, tuple[Problem, ...]]:
    """The rules of a folder, and everything that is wrong with them: a rule that fails its examples is left out."""
    files = read_rule_files(folder)
    problems = list(files.problems)
    excuses = _excuses(files, problems)
    judge = Judge(files.book, excuses, segmenter, make_finder)
    broken = broken_examples(files.book, judge, lambda text: fold(text, files.characters))
    problems += broken
    words = files.book.words
    told = [rule for rule in files.book.rules if rule.category is not Category.INFORMAL_YOU]
    found = [phrase for rule in told for p in rule.patterns for phrase in sorted(phrases(p.sequence))]
    restorer = Restorer(
        found, sounds=PinyinSounds(), vocabulary=segmenter, make_finder=make_finder,
        ordinary=homophones_apart({w: (w,) for w in words.of("常用同音字")}), singles=frozenset(words.of("单字拼音")),
        short=frozenset(words.of("两字谐音")), several=frozenset("".join(words.of("多音字"))),
    )  # fmt: skip
    manners = Manners(dict(pair.split("=", 1) for pair in words.of("缺省说法") if "=" in pair), words.of("请字句首"), "".join(words.of("结尾")))
    return Engine(files.characters, judge, restorer, CourtesyReader(words.of("不算请")), manners, len(files.book.rules)), tuple(problems)


def _excuses(files: RuleFiles, problems: list[Problem]) -> Excuses:
    """The cue lists as expressions; a missing list excuses nothing."""
    cues = {}
    for name in CUES:
        try:
            made = [regex(files.reader.pattern(text).sequence, files.book.fillers) for text in files.excuses.get(name, ())]
        except PatternError as error:
            problems.append(Problem("words/excuses.toml", 1, f"{name}：{error}"))
            made = []
        cues[name] = re.compile("|".join(f"(?:{m})" for m in made) or r"(?!)")
    return Excuses(cues)


__all__ = ["Engine", "RuleLinter", "itertools", "load_engine"]
