"""A pattern as a regular expression, as the phrases that it stands for, and as the words that must be there."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.desk.manners.folded import HAN, MARK
from bot.desk.manners.pattern import Choice, Edge, Gap, Literal, Number, Part, Same, Sequence, Unless

BREAKS: Final = f"。!?;…\n,:~{MARK}"
"""Where a clause ends, in a folded text."""
ENDS: Final = "。!?;…\n"
"""Where a sentence ends."""
_OPENERS: Final = f"{BREAKS}(\\[【「『\"“‘'、\\-— "
_CLOSERS: Final = f"{BREAKS})\\]】」』\"”’'、\\-— "
_OPENED: Final = f"(?:(?<![^{_OPENERS}])|(?<=但是)|(?<=可是)|(?<=不过)|(?<=反正))"
_COUNTS: Final = {(1, False): "", (0, False): "?", (0, True): "{0,3}"}
_TOGETHER: Final = 60
_MOST: Final = 400
"""So many phrases are made of one pattern at most; what is left out is still found as written, only not by sound."""


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
            return "".join(f"(?<!{re.escape(words)})" for words in sorted({w for o in options for w in _phrases(o)}))


def _same(letter: str, seen: set[str]) -> str:
    if letter in seen:
        return f"(?P={letter})"
    seen.add(letter)
    return f"(?P<{letter}>[{HAN}]{{1,3}}?)"


def _either(options: tuple[Sequence, ...], fillers: Fillers, seen: set[str]) -> str:
    """The options, the longer literal ones first, so that 我们 is not read as 我 with something after it."""
    made = ["".join(_part(part, fillers, seen) for part in option.parts) for option in options]
    return "|".join(sorted(dict.fromkeys(made), key=len, reverse=True))


def phrases(pattern: Sequence) -> set[str]:
    """What the pattern's words are when they are written by sound: each of them, and one after the other without gaps."""
    needed = tuple(part for part in pattern.parts if isinstance(part, Literal | Choice) and not _is_optional(part))
    alone = {words for part in needed if not _has_gap(part) for words in itertools.islice(_starts(part), _MOST)}
    pairs = itertools.chain.from_iterable(
        itertools.islice(_phrases(Sequence(needed[at : at + 3])), _TOGETHER) for at in range(len(needed) - 1)
    )
    return {words for words in (*alone, *pairs) if len(words) > 1}


def _is_optional(part: Part) -> bool:
    return isinstance(part, Choice) and part.least == 0


def anchor(pattern: Sequence) -> list[str]:
    """Words of which one must stand in every text that the pattern fits: the most telling stretch."""
    choices = [words for words in stretches(pattern) if words and min(map(len, words)) > 0]
    return max(choices, key=lambda words: (min(min(map(len, words)), 3), -len(words)), default=[])


def stretches(pattern: Sequence) -> list[list[str]]:
    """The phrases of each stretch between gaps; a stretch with too many is taken part by part."""
    found: list[list[str]] = []
    for is_cut, parts in itertools.groupby(pattern.parts, lambda part: not isinstance(part, Literal | Choice)):
        if not is_cut:
            found += _stretch(tuple(parts))
    return found


def _stretch(parts: tuple[Part, ...]) -> Iterator[list[str]]:
    whole = list(itertools.islice(_phrases(Sequence(parts)), _MOST + 1))
    if len(whole) <= _MOST and not any(map(_has_gap, parts)):
        yield sorted(set(whole))
        return
    if len(parts) > 1:
        for part in parts:
            yield from _stretch((part,))
    elif not _has_gap(parts[0]):
        yield sorted(set(_phrases(Sequence(parts))))


def _has_gap(part: Part) -> bool:
    match part:
        case Gap() | Same() | Number():
            return True
        case Choice(options):
            return any(_has_gap(inner) for option in options for inner in option.parts)
    return False


def _phrases(sequence: Sequence) -> Iterator[str]:
    """Every phrase with the gaps closed, lazily."""
    if not sequence.parts:
        yield ""
        return
    head, rest = sequence.parts[0], Sequence(sequence.parts[1:])
    for start in _starts(head):
        for end in _phrases(rest):
            yield start + end


def _starts(part: Part) -> Iterable[str]:
    match part:
        case Literal(text):
            return (text,)
        case Choice(options, least):
            inner = itertools.chain.from_iterable(_phrases(option) for option in options)
            return inner if least else itertools.chain(("",), inner)
    return ("",)
