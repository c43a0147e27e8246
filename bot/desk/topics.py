"""What people write about: words that stand in more of a day's cases than in those of the weeks before (TF-IDF)."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 2
"""One case is no topic."""
RISE: Final = 1.2
"""What stands in as many cases as ever says nothing of the day."""
TopicWords = Callable[[str], frozenset[str]]
"""The words of a text that name a matter (no greetings, no particles, no numbers)."""


def no_words(text: str) -> frozenset[str]:
    """For a desk that cannot cut words."""
    return frozenset()


@dataclass(frozen=True)
class Topic:
    """A word with how many of the day's cases have it, and how many of so many cases have it usually."""

    word: str
    cases: int
    usual: float


def topics(today: Sequence[frozenset[str]], before: Sequence[frozenset[str]], *, limit: int) -> list[Topic]:
    """The most telling words, each given as the set of words of a case.

    TF is how many of today's cases have a word, IDF how rare it was among the cases before; the usual number is scaled
    to as many cases as there are today. Of a word and a part of it that stand in the same cases the longer one is told.
    """
    counts, usual = _in_how_many(today), _in_how_many(before)
    scores = {w: n * math.log((1 + len(before)) / (1 + usual[w])) for w, n in counts.items() if n >= LEAST}
    scale = len(today) / len(before) if before else 0.0
    found = [Topic(w, counts[w], usual[w] * scale) for w in sorted(scores, key=lambda w: (-scores[w], -counts[w], w))]
    rising = [t for t in found if not before or t.cases >= RISE * t.usual]
    if not before:
        rising.sort(key=lambda t: (-t.cases, t.word))
    return _told_once(rising)[:limit]


def _in_how_many(cases: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(word for words in cases for word in words)


def _told_once(found: Sequence[Topic]) -> list[Topic]:
    return [t for t in found if not any(t.word != o.word and t.word in o.word and t.cases == o.cases for o in found)]
