"""What people write about: words that stand in more of a day's cases than in those of the weeks before (TF-IDF)."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 2
"""One case is no topic."""
RISE: Final = 1.2
"""What stands in about as many cases as ever says nothing of the day."""
ALIKE: Final = 0.8
"""Words that share so much of their cases are one topic (Jaccard)."""
MOST_WORDS: Final = 3
"""Words of one topic that are told."""
BETWEEN: Final = "·"
Words = tuple[str, ...]
TopicWords = Callable[[str], Words]
"""The words of a text that name a matter, each once, in order (no greetings, no particles, no numbers)."""


def no_words(text: str) -> Words:
    """For a desk that cannot cut words."""
    return ()


@dataclass(frozen=True)
class Topic:
    """A word (or several that go together) with how many of the day's cases have it, and how many usually have."""

    word: str
    cases: int
    usual: float


def topics(today: Sequence[Words], before: Sequence[Words], *, limit: int) -> list[Topic]:
    """The most telling topics; both arguments hold the words of a case each.

    TF is how many of today's cases have a word, IDF how rare it was among the cases before; the usual number is scaled
    to as many cases as there are today. Without any cases before, what stands in most cases goes first.
    """
    where = _where(today)
    known = Counter(word for words in before for word in words)
    scale = len(today) / len(before) if before else 0.0
    rising = [w for w, cases in where.items() if len(cases) >= max(LEAST, RISE * known[w] * scale)]
    ranked = sorted(rising, key=lambda w: (-len(where[w]) * math.log((2 + len(before)) / (1 + known[w])), w))
    groups = _together(ranked, where, limit)
    return [Topic(_told(group, today, where), len(where[group[0]]), known[group[0]] * scale) for group in groups]


def _where(cases: Sequence[Words]) -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for number, words in enumerate(cases):
        for word in words:
            found[word].add(number)
    return found


def _together(ranked: Sequence[str], where: Mapping[str, set[int]], limit: int) -> list[list[str]]:
    """Each word goes to the first topic whose leading word stands in much the same cases, or begins one."""
    groups: list[list[str]] = []
    for word in ranked:
        alike = next((g for g in groups if _overlap(where[g[0]], where[word]) >= ALIKE), None)
        if alike is not None:
            alike.append(word)
        elif len(groups) < limit:
            groups.append([word])
    return groups


def _overlap(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def _told(group: Sequence[str], today: Sequence[Words], where: Mapping[str, set[int]]) -> str:
    """The words in the order in which the first case that has the leading one puts them."""
    first = today[min(where[group[0]])]
    words = sorted(group[:MOST_WORDS], key=lambda w: first.index(w) if w in first else len(first))
    return BETWEEN.join(words)
