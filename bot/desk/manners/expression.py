"""A pattern as a regular expression, as the phrases that it stands for, and as the words that must be there."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.desk.manners.folded import HAN, MARK
from bot.desk.manners.pattern import (
    MOST_PHRASES,
    Choice,
    Edge,
    Gap,
    Literal,
    Number,
    Part,
    Same,
    Sequence,
    Unless,
    phrases_of,
)

Tree = dict[str, "Tree"]
BREAKS: Final = f"。!?;…\n,:~{MARK}"
"""Where a clause ends, in a folded text."""
ENDS: Final = "。!?;…\n"
"""Where a sentence ends."""
_OPENERS: Final = f"{BREAKS}(\\[【「『\"“‘'、\\-— "
_CLOSERS: Final = f"{BREAKS})\\]】」』\"”’'、\\-— "
_OPENED: Final = f"(?:(?<![^{_OPENERS}])|(?<=但是)|(?<=可是)|(?<=不过)|(?<=反正))"
_COUNTS: Final = {(1, False): "", (0, False): "?", (0, True): "{0,5}"}
_LONGEST_NUMBER: Final = 20
_LONGEST_EDGE: Final = 12
"""So many characters at most the small words at a clause's edge are taken to have."""
_TOGETHER: Final = 8
_COMMON: Final = frozenset("的一是了我不人在有这个你您们来到时大为说没要就会着过也好都还")
_SINGLE: Final = 2.0
_ANCHORS: Final = 100


@dataclass(frozen=True, slots=True)
class Fillers:
    """Small words at the edges of a clause: `opening` before what matters, `closing` after it (regular expressions)."""

    opening: str
    closing: str


def regex(pattern: Sequence, fillers: Fillers) -> str:
    """The regular expression, with a group around each stretch between gaps; every gap is bounded."""
    seen: set[str] = set()
    pieces = []
    for is_gap, parts in itertools.groupby(pattern.parts, lambda part: isinstance(part, Gap | Edge | Unless)):
        inner = "".join(_part(part, fillers, seen) for part in parts)
        pieces.append(inner if is_gap else f"({inner})")
    return "".join(pieces)


def _part(part: Part, fillers: Fillers, seen: set[str]) -> str:
    match part:
        case Literal(text):
            return re.escape(text)
        case Gap(most, is_wide):
            return f"[^{ENDS if is_wide else BREAKS}]{{0,{most}}}?"
        case Same(letter):
            return _same(letter, seen)
        case Number():
            return "[0-9零一二两三四五六七八九十百千万几n好多.]{1,20}"
        case Edge(True, is_of_sentence):
            opened = f"(?<![^{ENDS} ])" if is_of_sentence else _OPENED
            return f"{opened}(?:{fillers.opening}){{0,3}}"
        case Edge(_, is_of_sentence):
            return f"(?:{fillers.closing}){{0,3}}(?![^{ENDS if is_of_sentence else _CLOSERS}])"
        case Choice(options, least, most):
            return f"(?:{_either(options, fillers, seen)}){_COUNTS[least, most > 1]}"
        case Unless(options, False):
            return f"(?!{_either(options, fillers, seen)})"
        case Unless(options):
            return "".join(
                f"(?<!{re.escape(words)})" for words in sorted({w for o in options for w in phrases_of(o.parts)})
            )


def _same(letter: str, seen: set[str]) -> str:
    if letter in seen:
        return f"(?P={letter})"
    seen.add(letter)
    return f"(?P<{letter}>[{HAN}]{{1,3}}?)"


def _either(options: tuple[Sequence, ...], fillers: Fillers, seen: set[str]) -> str:
    """The options, the longer literal ones first, so that 我们 is not read as 我 with something after it."""
    words = [word for word in map(_word, options) if word]
    rest = ("".join(_part(part, fillers, seen) for part in option.parts) for option in options if not _word(option))
    made = sorted(dict.fromkeys(rest), key=len, reverse=True)
    return "|".join([*made, *_branches(_tree(words))])


def either(words: Iterable[str]) -> str:
    """An expression for one of the words, the longest that fits."""
    return "|".join(_branches(_tree(words)))


def _word(option: Sequence) -> str:
    """An option that is nothing but characters; else empty."""
    match option.parts:
        case (Literal(text),):
            return text
    return ""


def _tree(words: Iterable[str]) -> Tree:
    """Words by their characters: what begins alike is compiled, and compared, once."""
    whole: Tree = {}
    for word in words:
        node = whole
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return whole


def _branches(node: Tree) -> list[str]:
    """What may follow, one expression for each next character."""
    return [re.escape(character) + _onward(after) for character, after in node.items() if character]


def _onward(node: Tree) -> str:
    """The rest of the words of a branch, the longest first."""
    branches = _branches(node)
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"


def phrases(pattern: Sequence) -> set[str]:
    """What the pattern's words are when they are written by sound: each, and neighbours without what is between."""
    needed = [part for part in pattern.parts if isinstance(part, Literal | Choice) and not _may_lack(part)]
    alone = itertools.chain.from_iterable(itertools.islice(phrases_of((part,)), MOST_PHRASES) for part in needed)
    runs = (tuple(needed[at : at + length]) for length in (2, 3, 4) for at in range(len(needed) - length + 1))
    pairs = itertools.chain.from_iterable(itertools.islice(phrases_of(run), _TOGETHER) for run in runs)
    return {words for words in (*alone, *pairs) if len(words) > 1}


def anchor(pattern: Sequence) -> tuple[list[str], int, int]:
    """Words of which one must stand in every text that the pattern fits, those that are met with least often.

    And how many characters of the pattern may stand before them and after.
    """
    runs = [(at, run) for at, run in _runs(pattern.parts) if not any(map(_may_lack, run)) and _count(run) <= _ANCHORS]
    words = [(sorted(set(phrases_of(run))), at) for at, run in runs]
    found, at = min((one for one in words if all(one[0])), key=lambda one: _often(one[0]), default=([], 0))
    before = sum(map(_longest, pattern.parts[:at])) + _LONGEST_EDGE * any(map(_has_edge, pattern.parts[at : at + 2]))
    return found, before, sum(map(_longest, pattern.parts[at:]))


def _runs(parts: tuple[Part, ...]) -> Iterator[tuple[int, tuple[Part, ...]]]:
    """Parts that are words, alone and with the next one, each with its place."""
    for at, part in enumerate(parts):
        if isinstance(part, Literal | Choice) and not _has_gap(part):
            yield at, (part,)
            after = parts[at + 1 : at + 2]
            if after and isinstance(after[0], Literal | Choice) and not _has_gap(after[0]):
                yield at, (part, after[0])


def _longest(part: Part) -> int:
    """So many characters at most a part stands for."""
    match part:
        case Literal(text):
            return len(text)
        case Gap(most):
            return most
        case Same():
            return 3
        case Number():
            return _LONGEST_NUMBER
        case Choice(options, _, most):
            return most * max(sum(map(_longest, option.parts)) for option in options)
        case Edge():
            return _LONGEST_EDGE
    return 0


def _often(words: Iterable[str]) -> float:
    """How often any of the words may stand in a text, roughly."""
    return sum(_SINGLE if word in _COMMON else 0.1 ** len(word) for word in words)


def _count(parts: tuple[Part, ...]) -> int:
    """So many phrases at most are made of these parts."""
    return math.prod(
        sum(_count(option.parts) for option in part.options) + (not part.least) if isinstance(part, Choice) else 1
        for part in parts
    )


def _may_lack(part: Part) -> bool:
    """Whether a part may stand for nothing at all."""
    match part:
        case Choice(_, 0):
            return True
        case Choice(options):
            return any(all(map(_may_lack, option.parts)) for option in options)
    return isinstance(part, Unless | Edge | Gap)


def _has_edge(part: Part) -> bool:
    """Whether small words may stand before an option of a part, as at a clause's edge."""
    match part:
        case Choice(options):
            return any(_has_edge(inner) for option in options for inner in option.parts)
    return isinstance(part, Edge)


def _has_gap(part: Part) -> bool:
    match part:
        case Gap() | Same() | Number():
            return True
        case Choice(options):
            return any(_has_gap(inner) for option in options for inner in option.parts)
    return False
