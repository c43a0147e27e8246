"""The lint as the desk uses it: rules from files, jieba, Aho-Corasick, OpenCC and pinyin put together."""

import contextlib
import functools
import gc
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from bot.desk.manners.rules import General, Rule, Rulebook, Words
from bot.desk.manners.tone import ANY, CATEGORIES, Tone, has_tone, sentences, told
from bot.desk.manners.tone_file import read_tone
from bot.desk.script import Problem
from bot.language import proved
from bot.language.finder import make_finder
from bot.language.rule_files import FOLDER, RuleFiles, read_rule_files
from bot.language.segmenter import JiebaSegmenter
from bot.language.sounds import PinyinSounds

TONE: Final = FOLDER / "learned" / "tone.tsv"
"""The learned scales; without this file only the rules judge."""
TONE_RULE: Final = "整句语气"
"""The name under which the tone of a whole reply is reported."""
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
"""Known of a case: a better wording then says what is usual."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit, the reading of the text in which it was found, and whether that reading is a bold one."""

    found: Found
    folded: Folded
    is_bold: bool

    def is_within(self, start: int, end: int) -> bool:
        """Whether it reaches into a stretch of the original text."""
        first, last = self.folded.span(self.found.start, self.found.end)
        return first < end and start < last


@dataclass(frozen=True)
class Engine:
    """The rules of one moment, ready; exchanged as a whole."""

    characters: Characters
    judge: Judge
    restorer: Restorer
    courtesy: CourtesyReader
    manners: Manners
    book: Rulebook
    tone: Tone | None
    general: Mapping[Category, Rule]
    """What is said of a reply by its tone alone."""

    def found(self, text: str) -> list[Seen]:
        """Every hit of a rule that stands, and what the tone of the whole adds."""
        plain = fold(text, self.characters)
        restored = self.restorer.restored(plain)
        hits: list[Seen] = []
        for folded, is_bold in ((plain, False), (joined_across_marks(plain), False), (restored, True)):
            if folded is not None:
                hits += [
                    Seen(f, folded, is_bold) for f in self.judge.findings(folded) if not _is_known(f, folded, hits)
                ]
        if self.tone is None:
            return hits
        return self._weighed(self.judge.without_mentions(restored or plain), hits, self.tone)

    def filled(self, rule: Rule, facts: Mapping[str, str]) -> str:
        """A rule's better wording with what is known."""
        return filled(rule.better, facts, self.manners.facts)

    def _weighed(self, read: Folded, hits: list[Seen], tone: Tone) -> list[Seen]:
        """Sentence by sentence: without hits of loose rules in a kind one, with what the tone tells of an unkind."""
        kept: list[Seen] = []
        left = hits
        for span in sentences(read.text):
            own = [h for h in left if h.is_within(*read.span(*span))] if left else []
            left = [h for h in left if h not in own] if own else left
            kept += self._of_sentence(read, span, own, tone)
        return [*kept, *left]

    def _of_sentence(self, read: Folded, span: tuple[int, int], own: list[Seen], tone: Tone) -> list[Seen]:
        sentence = read.text[slice(*span)]
        if not has_tone(sentence):
            return own
        hits = {(h.found.category, h.found.rule.name) for h in own if h.found.category in CATEGORIES}
        weighed = dict(tone.weighed(sentence, hits))
        unkind = told(weighed) if weighed.pop(ANY) > 0 else set()
        firm = [h for h in own if not h.found.rule.is_loose or h.found.category in unkind]
        return firm + [
            Seen(Found(self.general[category], category, *_trimmed(read.text, span)), read, True)
            for category in CATEGORIES
            if category in unkind - {found for found, _ in hits}
        ]


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A sentence without the blanks around it."""
    start, end = span
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _is_known(hit: Found, folded: Folded, hits: Sequence[Seen]) -> bool:
    """Whether the place was found for this category in a plainer reading."""
    start, end = folded.span(hit.start, hit.end)
    places = (h.folded.span(h.found.start, h.found.end) for h in hits if h.found.category is hit.category)
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
        has_tone: bool = True,
    ) -> None:
        self._severities = {**DEFAULT_SEVERITIES, **severities}
        self._courtesy = courtesy
        self._folder = folder
        self._has_tone = has_tone
        self._segmenter = segmenter or _segmenter()
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._problems: tuple[Problem, ...] = ()

    def warm(self) -> tuple[Problem, ...]:
        """Load the rules unless they are loaded; what is wrong with them (such a rule is left out)."""
        with self._lock, _uncollected():
            if self._engine is None:
                self._engine, self._problems = load_engine(self._folder, self._segmenter, has_tone=self._has_tone)
        return self._problems

    def reload(self) -> tuple[Problem, ...]:
        """Take the rules as their files are now; if anything is wrong with them the old ones stay in force."""
        with self._lock, _uncollected():
            engine, problems = load_engine(self._folder, self._segmenter, has_tone=self._has_tone)
            if not problems or self._engine is None:
                self._engine = engine
        return problems

    @property
    def rules(self) -> int:
        """How many rules are in force."""
        return len(self._ready().book.rules)

    def check(self, text: str) -> Report:
        """What is found in a text; never raises, whatever the text."""
        engine = self._ready()
        findings = [self._finding(engine, text, hit) for hit in engine.found(text)]
        shown = [f for f in findings if f.severity is not Severity.OFF]
        folded = text.translate(engine.characters)
        return Report(
            tuple(sorted(shown, key=lambda f: (f.start, f.end, f.category))),
            engine.courtesy.read(folded),
            self._courtesy,
        )

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        """The whole text in kinder words, which themselves pass; empty when there are none."""
        engine = self._ready()
        hits = [
            _in_original(seen)
            for seen in engine.found(text)
            if self._severities[seen.found.category] is not Severity.OFF
        ]
        offered = reworded(text, hits, facts, engine.manners)
        return offered if offered and not self.check(offered).findings else ""

    @property
    def engine(self) -> Engine:
        """The rules of this moment."""
        return self._ready()

    def _ready(self) -> Engine:
        if self._engine is None:
            self.warm()
        assert self._engine is not None
        return self._engine

    def _finding(self, engine: Engine, text: str, seen: Seen) -> Finding:
        found = seen.found
        start, end = seen.folded.span(found.start, found.end)
        return Finding(
            found.category, self._severities[found.category], found.rule.name, start, end, text[start:end],
            found.rule.why, filled(found.rule.better, NOTHING, engine.manners.facts), seen.is_bold,
        )  # fmt: skip


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage meanwhile: what is loaded stays, and every look at it costs a tenth of the start."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _in_original(seen: Seen) -> Found:
    return Found(seen.found.rule, seen.found.category, *seen.folded.span(seen.found.start, seen.found.end))


@functools.cache
def _segmenter() -> JiebaSegmenter:
    """One for all that bring none, so that they may share an engine, which belongs to its vocabulary."""
    return JiebaSegmenter()


def check_rules(folder: Path = FOLDER) -> tuple[Problem, ...]:
    """Everything that is wrong with the rules of a folder, their own examples tried."""
    return load_engine(folder, _segmenter(), has_tone=False)[1]


def load_engine(folder: Path, vocabulary: Vocabulary, *, has_tone: bool = True) -> tuple[Engine, tuple[Problem, ...]]:
    """The rules of a folder, and everything that is wrong with them: a rule that fails its examples is left out."""
    engine, problems = _made_of(read_rule_files(folder), folder, vocabulary)  # type: ignore[arg-type]  # it has a hash
    return replace(engine, tone=_tone(folder) if has_tone else None), problems


@functools.lru_cache(maxsize=2)
def _made_of(files: RuleFiles, folder: Path, vocabulary: Vocabulary) -> tuple[Engine, tuple[Problem, ...]]:
    """The engine without its tone; files in which nothing has changed make no new one (1 s)."""
    problems = list(files.problems)
    excuses = _excuses(files, folder, problems)
    judge = Judge(files.book, excuses, vocabulary, make_finder)
    broken = _broken(files, folder, judge)
    book = files.book.without({(problem.path, problem.line) for problem in broken})
    if broken:
        judge = Judge(book, excuses, vocabulary, make_finder)
    engine = Engine(
        files.characters, judge, _restorer(book, vocabulary),
        CourtesyReader(book.words.of("不算请")), _manners(book.words),
        book, None, {c: _general(book, c) for c in CATEGORIES},
    )  # fmt: skip
    return engine, (*problems, *broken)


def _broken(files: RuleFiles, folder: Path, judge: Judge) -> list[Problem]:
    """The rules that fail their own examples; an unchanged file that passed them is not tried again."""
    states = proved.digests(folder)
    passed = proved.proved(states, folder)
    if len(passed) == len(states):
        return []
    untried = replace(files.book, rules=tuple(rule for rule in files.book.rules if rule.path not in passed))
    broken = broken_examples(untried, judge, lambda text: fold(text, files.characters))
    if not broken and not files.problems:
        proved.remember(states)
    return broken


def _restorer(book: Rulebook, vocabulary: Vocabulary) -> Restorer:
    """What reads words written by their sound, with the phrases of the rules."""
    told = [rule for rule in book.rules if rule.category is not Category.INFORMAL_YOU]
    words = book.words
    return Restorer(
        [phrase for rule in told for p in rule.patterns for phrase in sorted(phrases(p.sequence))],
        sounds=PinyinSounds(), vocabulary=vocabulary, make_finder=make_finder,
        ordinary=homophones_apart({group: (group,) for group in words.of("常用同音字")}),
        singles=frozenset(words.of("单字拼音")), short=frozenset(words.of("两字谐音")),
        several=frozenset("".join(words.of("多音字"))),
    )  # fmt: skip


def _manners(words: Words) -> Manners:
    usual = dict(pair.split("=", 1) for pair in words.of("缺省说法") if "=" in pair)
    return Manners(usual, words.of("请字句首"), "".join(words.of("结尾")))


def _tone(folder: Path) -> Tone | None:
    file = folder / TONE.parent.name / TONE.name
    return _scales(file.read_text(encoding="utf-8")) if file.exists() else None


@functools.lru_cache(maxsize=1)
def _scales(text: str) -> Tone:
    """The tone of a file's text, which no supervisor writes: one for all engines of a process."""
    return read_tone(text)


def _general(book: Rulebook, category: Category) -> Rule:
    """What is said of a sentence whose tone alone tells: what is true of the whole category, as its file has it."""
    said = book.general.get(category, General())
    return Rule(TONE_RULE, category, (), said.why, said.better, is_loose=True)


def _excuses(files: RuleFiles, folder: Path, problems: list[Problem]) -> Excuses:
    """The cue lists as expressions; a missing list excuses nothing."""
    cues = {}
    for name in CUES:
        try:
            made = [
                regex(files.reader.pattern(text).sequence, files.book.fillers) for text in files.excuses.get(name, ())
            ]
        except PatternError as error:
            problems.append(Problem(str(folder / "words/excuses.toml"), 1, f"{name}：{error}"))
            made = []
        cues[name] = re.compile("|".join(f"(?:{m})" for m in made) or r"(?!)")
    return Excuses(cues)


__all__ = ["NOTHING", "TONE", "TONE_RULE", "Engine", "RuleLinter", "check_rules", "load_engine"]
