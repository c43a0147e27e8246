"""Does an answer say anything, or does it only hold somebody off (请您稍等，我再核对一下)? Told clause by clause."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.desk.one_form import one_form
from bot.desk.promise_lexicon import ASKS, LATER

_CLAUSE: Final = re.compile(r"[^,;。!?\n~…]+\??")
_BEGS: Final = re.compile(r"(?<![申邀])请(?![假示求款教])|麻烦|劳烦|劳驾|辛苦")
_NO_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class HoldingWords:
    """Words for people to edit: a clause of `fillers` alone says nothing, one with a word of `progress` only tells that
    work goes on, one with a word of `results` says something whatever else stands in it.
    """

    fillers: tuple[str, ...]
    progress: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


def brings_news(text: str, words: HoldingWords) -> bool:
    """Whether a clause of the text tells the franchisee something, beyond waiting, courtesy, asking and begging."""
    return any(_is_news(clause, words) for clause in _clauses(text))


def without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these stretches cut out of it, what stands around them kept apart."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}。{text[end:]}"
    return text


def _clauses(text: str) -> Iterator[str]:
    return (found.group() for found in _CLAUSE.finditer(one_form(text)))


def _is_news(clause: str, words: HoldingWords) -> bool:
    if LATER.search(clause) or ASKS.search(clause):
        return False
    if any(word in clause for word in words.results):
        return True
    if _BEGS.search(clause) or any(word in clause for word in words.progress):
        return False
    return bool(_fillers(words.fillers).sub("", _NO_WORDS.sub("", clause)))


@lru_cache(maxsize=4)
def _fillers(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The longest first, lest a short one eat the beginning of another."""
    bare = (one_form(_NO_WORDS.sub("", phrase)) for phrase in phrases)
    return re.compile("|".join(map(re.escape, sorted(bare, key=len, reverse=True))))
