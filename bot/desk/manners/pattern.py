"""The small language of the rule files: 不归…{我方}…管 (see bot/scripts/forbidden/README.md)."""

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

GAP: Final = "…"
SHORT_GAP: Final = "～"
LONGEST_PATTERN: Final = 1500
MOST_PHRASES: Final = 400
"""So many phrases are made of one pattern at most; what is left out is still found as written, only not by sound."""


class PatternError(ValueError):
    """A pattern that can't be read; the message is for the people who write rules."""


@dataclass(frozen=True, slots=True)
class Literal:
    """These very characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` characters within a clause, or within a sentence when `is_wide`."""

    most: int
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Same:
    """One to three Chinese characters, the same wherever the letter stands again in the pattern."""

    letter: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number in figures or in Chinese: 3, 三十, 几."""


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning or the end of a clause (of a sentence), with the small words that may stand there."""

    is_start: bool
    is_of_sentence: bool = False


@dataclass(frozen=True)
class Choice:
    """One of several sequences, or none of them when `least` is 0; at most `most` one after the other."""

    options: tuple["Sequence", ...]
    least: int = 1
    most: int = 1

    @functools.cached_property
    def phrases(self) -> list[str]:
        """What it may stand for, gaps closed; worked out once, for a word list stands in hundreds of patterns."""
        each = (itertools.islice(phrases_of(option.parts), MOST_PHRASES) for option in self.options)
        inner = list(itertools.chain.from_iterable(each))
        return inner if self.least else ["", *inner]


@dataclass(frozen=True, slots=True)
class Unless:
    """Here must not stand, or must not have stood (`is_before`), one of these."""

    options: tuple["Sequence", ...]
    is_before: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple["Part", ...]


Part = Literal | Gap | Same | Number | Edge | Choice | Unless


def phrases_of(parts: tuple[Part, ...]) -> Iterator[str]:
    """Every phrase with the gaps closed, lazily."""
    for chosen in itertools.product(*map(_stands_for, parts)):
        yield "".join(chosen)


def _stands_for(part: Part) -> list[str]:
    match part:
        case Literal(text):
            return [text]
        case Choice():
            return part.phrases
    return [""]


Lists = Mapping[str, tuple[str, ...]]
"""Word lists by name; a word may itself be a pattern and name other lists."""

_NARROW: Final = Gap(8, is_wide=False)
_SHORT: Final = Gap(3, is_wide=False)
_WIDE: Final = Gap(16, is_wide=True)
_OFTEN: Final = 5
_SPECIAL: Final = frozenset("()[]{}|…～^$#XYZ")
_ANY_SPECIAL: Final = re.compile("[" + re.escape("".join(sorted(_SPECIAL))) + "]")


@dataclass
class _Reader:
    text: str
    lists: Lists
    known: dict[str, Choice]
    depth: int = 0
    at: int = 0

    def peek(self, ahead: int = 0) -> str:
        return self.text[self.at + ahead : self.at + ahead + 1]

    def take(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise PatternError(f"“{self.text}”第 {self.at + 1} 个字符处应为“{wanted}”")
        self.at += 1

    def options(self, closing: str) -> tuple[Sequence, ...]:
        found = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence())
        if not all(option.parts for option in found):
            raise PatternError(f"“{self.text}”第 {self.at} 个字符前有一个空的选项（多写了一个 |）")
        if closing:
            self.take(closing)
        return tuple(found)

    def sequence(self) -> Sequence:
        parts: list[Part] = []
        while (ch := self.peek()) and ch not in "|)]":
            parts.append(self.part(ch))
        return Sequence(tuple(parts))

    def part(self, ch: str) -> Part:
        if ch not in _SPECIAL:
            return self.literal()
        read = _READS.get(ch)
        if read:
            return read(self)
        if ch in "XYZ":
            self.at += 1
            return Same(ch)
        if ch == "#":
            self.at += 1
            return Number()
        if ch == "}":
            raise PatternError(f"“{self.text}”里多了一个“}}”")
        return self.literal()

    def literal(self) -> Literal:
        start = self.at
        special = _ANY_SPECIAL.search(self.text, start + 1)
        self.at = special.start() if special else len(self.text)
        return Literal(self.text[start : self.at])

    def gap(self) -> Gap:
        self.at += 1
        if self.peek() != GAP:
            return _NARROW
        self.at += 1
        return _WIDE

    def short_gap(self) -> Gap:
        self.at += 1
        return _SHORT

    def edge(self) -> Edge:
        mark = self.peek()
        self.at += 1
        if self.peek() != mark:
            return Edge(mark == "^")
        self.at += 1
        return Edge(mark == "^", is_of_sentence=True)

    def group(self) -> Part:
        self.at += 1
        if self.peek() in ("!", "<"):
            is_before = self.peek() == "<"
            self.at += 1
            return Unless(self.options(")"), is_before)
        return Choice(self.options(")"), *self.counted())

    def optional(self) -> Part:
        self.at += 1
        options = self.options("]")
        return Choice(options, 0, self.counted()[1])

    def counted(self) -> tuple[int, int]:
        """How often the group before may stand: `?` at most once, `*` up to three times or not at all."""
        often = {"?": (0, 1), "*": (0, _OFTEN)}.get(self.peek())
        self.at += often is not None
        return often or (1, 1)

    def named(self) -> Part:
        end = self.text.find("}", self.at)
        name = self.text[self.at + 1 : end]
        if end < 0 or name not in self.lists:
            raise PatternError(f"“{self.text}”里的词表 {{{name}}} 不存在")
        if self.depth > 8:
            raise PatternError(f"词表 {{{name}}} 绕回了自己")
        self.at = end + 1
        if name not in self.known:
            words = (_Reader(word, self.lists, self.known, self.depth + 1).whole() for word in self.lists[name])
            self.known[name] = Choice(tuple(option for word in words for option in _spread(word)))
        return self.known[name]

    def whole(self) -> Sequence:
        options = self.options("")
        if self.at < len(self.text):
            raise PatternError(f"“{self.text}”第 {self.at + 1} 个字符“{self.peek()}”没有配对")
        return options[0] if len(options) == 1 else Sequence((Choice(options),))


_READS: Final[Mapping[str, Callable[[_Reader], Part]]] = {
    "(": _Reader.group, "[": _Reader.optional, "{": _Reader.named, GAP: _Reader.gap,
    SHORT_GAP: _Reader.short_gap, "^": _Reader.edge, "$": _Reader.edge
}  # fmt: skip


def _spread(word: Sequence) -> tuple[Sequence, ...]:
    """The options of a word that is nothing but a choice, so that lists of lists stay flat."""
    match word.parts:
        case (Choice(options, 1, 1),):
            return options
    return (word,)


def parse(text: str, lists: Lists, folded: Callable[[str], str], known: dict[str, Choice]) -> Sequence:
    """A pattern read; PatternError. `folded` folds its characters as texts' are, `known` keeps lists once read."""
    if not text.strip():
        raise PatternError("句式是空的")
    if len(text) > LONGEST_PATTERN:
        raise PatternError(f"“{text[:20]}…”太长，请拆成几条")
    return _Reader(prepared(text, folded), lists, known).whole()


def prepared(text: str, folded: Callable[[str], str]) -> str:
    """A pattern's text with its characters folded, but X, Y, Z, … and ～ as they are."""
    return "".join(ch if ch in "XYZ…～" else folded(ch) for ch in text.strip().replace(" ", ""))
