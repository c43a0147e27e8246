"""A text as it is meant, whatever it was disguised as, with the way back to every original character."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

GONE: Final = "\x00"
"""Stands for a character that is not there to be read: zero-width, combining, a variation selector."""
LONGER: Final = "\x01"
"""Stands for a character that is written with several (㈱); folded one by one."""
MARK: Final = "\x02"
"""Stands for any emoji or symbol."""
HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
WEAK: Final = " \t\x02·•*_|^#`=~\\-/\\\\<>()\\[\\]{}【】「」\"'“”‘’.、"
"""What may stand between the characters of one word without parting sentences."""
_LETTER: Final = f"[{HAN}a-z]"
_WEAK_RUN: Final = re.compile(f"(?<!{_LETTER}){_LETTER}(?:[{WEAK}]{{1,4}}{_LETTER})+(?!{_LETTER})")
_STRONG_RUN: Final = re.compile(f"(?<!{_LETTER}){_LETTER}(?:[{WEAK},。!?;:…+]{{1,4}}{_LETTER}){{2,}}(?!{_LETTER})")
_REPEAT: Final = re.compile(f"(?![零〇一二三四五六七八九幺两])([{HAN}])\\1{{2,}}")
_SUSPECT: Final = re.compile(
    f"[{GONE}{LONGER}]|{_LETTER}[{WEAK},。!?;:…+]{{1,4}}{_LETTER}[{WEAK},。!?;:…+]|([{HAN}])\\1\\1"
)
_SEAM: Final = re.compile(f"(?<=[{HAN}])[{WEAK}]{{1,4}}(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what the rules look at; its character i came from original[starts[i]:ends[i]].

    `seams` are the indexes of `text` before which a mark between two longer pieces was left out; `news` those of
    characters that are read otherwise than they are written. What is near neither was found in a plainer reading.
    """

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    seams: tuple[int, ...] = ()
    news: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where text[start:end] stands in the original, with what clings to its last character."""
        if start >= end or not self.text:
            return (0, 0)
        first, last = self.starts[start], self.ends[end - 1]
        while last < len(self.original) and _clings(self.original[last]):
            last += 1
        return first, last

    def replaced(self, pieces: Sequence[tuple[int, int, str]]) -> "Folded":
        """With text[start:end] read as other words, for each (start, end, words) in order."""
        text, starts, ends, at = [], [], [], 0
        for start, end, words in pieces:
            text += [self.text[at:start], words]
            starts += [*self.starts[at:start], *[self.starts[start]] * len(words)]
            ends += [*self.ends[at:start], *[self.ends[end - 1]] * len(words)]
            at = end
        return Folded(
            self.original, "".join((*text, self.text[at:])), [*starts, *self.starts[at:]], [*ends, *self.ends[at:]]
        )


class Characters(dict[int, str]):
    """A table for `str.translate`: each character as one folded character; what was seen is remembered.

    `simple` maps traditional and look-alike characters to the ones that the rules are written with.
    """

    def __init__(self, simple: Mapping[str, str]) -> None:
        super().__init__()
        self._simple = simple

    def __missing__(self, code: int) -> str:
        folded = self.several(chr(code))
        one = folded if len(folded) == 1 else LONGER if folded else GONE
        if len(self) < _REMEMBERED:
            self[code] = one
        return one

    def several(self, character: str) -> str:
        """A character folded: NFKC, lower case, simplified; empty when it is not there to be read."""
        if character in self._simple:
            return self._simple[character]
        if character in _KEPT:
            return character
        folded = "".join(map(self._one, unicodedata.normalize("NFKC", character).casefold()))
        return folded[:_LONGEST]

    def _one(self, character: str) -> str:
        if character in self._simple:
            return self._simple[character]
        kind = unicodedata.category(character)
        if kind in _UNREAD or character in _BLANK:
            return ""
        return MARK if kind in _SYMBOLS and character not in _PLAIN else character


_KEPT: Final = frozenset("…—\n\t")
_PLAIN: Final = frozenset("+=<>~^`|$¥￥")
_UNREAD: Final = frozenset({"Cf", "Mn", "Me", "Cs", "Cc"})
_SYMBOLS: Final = frozenset({"So", "Sk", "Sm", "Sc", "Co", "Cn"})
_BLANK: Final = frozenset("\u3164\u115f\u1160\uffa0\u2800")
_REMEMBERED: Final = 40_000
_LONGEST: Final = 8


def _clings(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me") or character in "\u200d\ufe0f\ufe0e"


def fold(text: str, characters: Characters) -> Folded:
    """A text as the rules see it; plain text costs one pass."""
    plain = text.translate(characters)
    if _SUSPECT.search(plain) is None:
        return Folded(text, plain, range(len(text)), range(1, len(text) + 1))
    return _tightened(_unfolded(text, plain, characters))


def _unfolded(text: str, plain: str, characters: Characters) -> Folded:
    """Without what can't be read, and with what is written as several characters."""
    pieces = [
        (at, characters.several(text[at]) if ch == LONGER else "" if ch == GONE else ch) for at, ch in enumerate(plain)
    ]
    starts = [at for at, piece in pieces for _ in piece]
    return Folded(text, "".join(piece for _, piece in pieces), starts, [at + 1 for at in starts])


def _tightened(folded: Folded) -> Folded:
    """With runs of single characters joined, and a character that stands three times or more taken once."""
    for run in (_STRONG_RUN, _WEAK_RUN):
        folded = folded.replaced([]) if run.search(folded.text) is None else _joined(folded, run)
    kept = [(m.start(), m.end(), m[1]) for m in _REPEAT.finditer(folded.text)]
    return folded.replaced(kept) if kept else folded


def _joined(folded: Folded, run: re.Pattern[str]) -> Folded:
    keep = [True] * len(folded.text)
    for found in run.finditer(folded.text):
        for at in range(found.start(), found.end()):
            keep[at] = re.match(_LETTER, folded.text[at]) is not None
    kept = [at for at, is_kept in enumerate(keep) if is_kept]
    return Folded(
        folded.original,
        "".join(folded.text[at] for at in kept),
        [folded.starts[at] for at in kept],
        [folded.ends[at] for at in kept],
    )


def joined_across_marks(folded: Folded) -> Folded | None:
    """The text without any weak mark between two Chinese characters; None when there is none."""
    seams: list[int] = []
    kept: list[int] = []
    at = 0
    for found in _SEAM.finditer(folded.text):
        kept += range(at, found.start())
        seams.append(len(kept))
        at = found.end()
    if not seams:
        return None
    kept += range(at, len(folded.text))
    return Folded(
        folded.original,
        "".join(folded.text[i] for i in kept),
        [folded.starts[i] for i in kept],
        [folded.ends[i] for i in kept],
        tuple(seams),
    )
