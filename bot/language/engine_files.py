"""An engine made of a folder of rules: their own examples tried, the learned tone and the close reader beside them."""

import functools
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from bot.desk.lint import Category
from bot.desk.manners.courtesy import CourtesyReader
from bot.desk.manners.excuses import CUES, Excuses
from bot.desk.manners.expression import phrases, regex
from bot.desk.manners.folded import fold
from bot.desk.manners.judge import Judge
from bot.desk.manners.pattern import PatternError
from bot.desk.manners.ports import Reader, Vocabulary
from bot.desk.manners.proof import broken_examples
from bot.desk.manners.restore import Restorer, homophones_apart
from bot.desk.manners.reword import Manners
from bot.desk.manners.rules import General, Rule, Rulebook, Words
from bot.desk.manners.tone import CATEGORIES, Tone
from bot.desk.script import Problem
from bot.language import close_reader, learned, proved, quick_reader
from bot.language.engine import Engine
from bot.language.finder import make_finder
from bot.language.rule_files import FOLDER, RuleFiles, read_rule_files
from bot.language.segmenter import JiebaSegmenter
from bot.language.sounds import PinyinSounds
from bot.language.tone_file import read_tone

T = TypeVar("T")
TONE: Final = FOLDER / "learned" / "tone.toml"
"""The learned scales for what the quick reader says."""
QUICK: Final = TONE.with_name("quick.npz")
"""What the quick reader has learned; without this file only the rules judge."""
READER: Final = TONE.with_name("reader.npz")
"""What the close reader has learned; without this file the quick one alone is heard."""
TONE_RULE: Final = "整句语气"
"""The name under which the tone of a whole reply is reported."""


@functools.cache
def shared_segmenter() -> JiebaSegmenter:
    """One for all that bring none, so that they may share an engine, which belongs to its vocabulary."""
    return JiebaSegmenter()


def check_rules(folder: Path = FOLDER) -> tuple[Problem, ...]:
    """Everything that is wrong with the rules of a folder, their own examples tried."""
    return load_engine(folder, shared_segmenter(), has_tone=False)[1]


def load_engine(folder: Path, vocabulary: Vocabulary, *, has_tone: bool = True) -> tuple[Engine, tuple[Problem, ...]]:
    """The rules of a folder, and everything that is wrong with them: a rule that fails its examples is left out."""
    engine, found = _made_of(read_rule_files(folder), folder, vocabulary)  # type: ignore[arg-type]  # it has a hash
    if not has_tone:
        return engine, found
    problems = [*found]
    tone = _learned(folder / QUICK.parent.name / QUICK.name, _tone, "语气的数据读不出来，先只按规则判断", problems)
    reader = _learned(folder / READER.parent.name / READER.name, _close, "细读的数据读不出来，先只按语气判断", problems)
    return replace(engine, tone=tone, reader=reader), tuple(problems)


def _learned(file: Path, made: Callable[[Path, int], T], damage: str, problems: list[Problem]) -> T | None:
    """What was made of a learned file; None without the file, and when it is damaged, which is noted."""
    if not file.exists():
        return None
    try:
        return made(file, file.stat().st_mtime_ns)
    except learned.LearnedError as error:
        problems.append(Problem(str(file), 1, f"{damage}：{error}"))
        return None


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
        book, None, None, {c: _general(book, c) for c in CATEGORIES},
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


@functools.lru_cache(maxsize=1)
def _tone(file: Path, _changed_at: int) -> Tone:
    """The quick reader of a file with the scales beside it: one for all engines of a process."""
    quick, scales = quick_reader.load(file), file.with_name(TONE.name)
    with learned.reading(scales):
        return read_tone(scales.read_text(encoding="utf-8"), quick)


@functools.lru_cache(maxsize=1)
def _close(file: Path, _changed_at: int) -> Reader:
    """The close reader of a file: one for all engines of a process."""
    return close_reader.load(file)


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
