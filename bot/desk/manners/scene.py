"""Where in its text a hit stands: clause, sentence, quotation; found out only for texts in which there is a hit."""

import bisect
import functools
import re
from collections.abc import Sequence
from typing import Final

from bot.desk.manners.expression import BREAKS, ENDS
from bot.desk.manners.ports import Vocabulary

FAR: Final = 60
"""A clause or sentence is looked at so far to either side: nobody's sentence is longer, no text may make us slow."""
_AROUND: Final = 16
_PAIRS: Final = {"“": "”", "「": "」", "『": "』", "‘": "’", "《": "》", '"': '"', "【": "】"}
_END: Final = re.compile(f"[{ENDS}]")
_BREAK: Final = re.compile(f"(?!:)[{BREAKS}]")
_QUOTE: Final = re.compile('[“「『‘《"【]')
has_quotes: Final = _QUOTE.search
"""Finds where the first quotation of a text may begin; None when there is none."""


class Scene:
    """A folded text and what is asked about places in it; every answer costs a bounded time."""

    def __init__(self, text: str, turns: re.Pattern[str], vocabulary: Vocabulary) -> None:
        self.text = text
        self._turns = turns
        self._vocabulary = vocabulary

    @functools.cached_property
    def _ends(self) -> Sequence[int]:
        return [0, *(mark.end() for mark in _END.finditer(self.text)), len(self.text)]

    @functools.cached_property
    def _cuts(self) -> Sequence[int]:
        """Where clauses begin: after a mark, and at a word that turns."""
        marks = (mark.end() for mark in _BREAK.finditer(self.text))
        return sorted({0, len(self.text), *marks, *(m.start() for m in self._turns.finditer(self.text))})

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause around a place, at most FAR to either side."""
        return self._around(self._cuts, start, end)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a place, at most FAR to either side."""
        return self._around(self._ends, start, end)

    def _around(self, cuts: Sequence[int], start: int, end: int) -> tuple[int, int]:
        left = cuts[bisect.bisect_right(cuts, start) - 1] if cuts else 0
        right = cuts[min(bisect.bisect_left(cuts, end), len(cuts) - 1)] if cuts else len(self.text)
        return max(left, start - FAR), min(max(right, end), end + FAR)

    @functools.cached_property
    def quotes(self) -> Sequence[tuple[int, int]]:
        """The quotations, marks included, outermost ones, in order."""
        found, at = [], 0
        while opening := _QUOTE.search(self.text, at):
            closing = self.text.find(_PAIRS[opening[0]], opening.end(), opening.end() + 4 * FAR)
            at = opening.end() if closing < 0 else closing + 1
            if closing >= 0:
                found.append((opening.start(), closing + 1))
        return found

    def quote(self, start: int, end: int) -> tuple[int, int] | None:
        """The quotation that holds a place."""
        at = bisect.bisect_right(self.quotes, (start, len(self.text) + 1)) - 1
        if at >= 0 and self.quotes[at][0] < start and end < self.quotes[at][1]:
            return self.quotes[at]
        return None

    def word_over(self, edge: int) -> tuple[int, int] | None:
        """The word that a place between two characters would cut in two, as the segmenter sees it."""
        if not 0 < edge < len(self.text):
            return None
        start = max(0, edge - _AROUND)
        at = start
        for word in self._words(start, min(len(self.text), edge + _AROUND)):
            if at < edge < at + len(word):
                return at, at + len(word)
            at += len(word)
        return None

    def is_word_from(self, start: int, shortest: int, longest: int) -> bool:
        """Whether a word of the dictionary begins at a place and ends between two others."""
        return any(self._vocabulary.frequency(self.text[start:end]) > 0 for end in range(shortest, longest + 1))

    def is_word_until(self, end: int, longest: int, shortest: int) -> bool:
        """Whether a word of the dictionary ends at a place and begins between two others."""
        return any(self._vocabulary.frequency(self.text[start:end]) > 0 for start in range(longest, shortest + 1))

    @functools.lru_cache(maxsize=64)  # noqa: B019  (a scene lives as long as one check)
    def _words(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(self._vocabulary.words(self.text[start:end]))
