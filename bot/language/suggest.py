"""Offer the ready answers that fit what a franchisee wrote: BM25 over titles, keywords, sayings and bodies."""

import math
import re
import threading
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.desk.script import Script
from bot.desk.words import Segmenter

STOP_WORDS: Final = Path(__file__).with_name("stopwords.txt")
"""Words that say nothing of the matter, courtesies among them."""

_K1: Final = 1.2
_B: Final = 0.5
"""BM25's saturation and length normalisation: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond" (2009, §3.5): 1.2 < k1 < 2 and 0.5 < b < 0.8 do well on most collections. Ours are short and of like length."""
_TITLE, _KEYWORDS, _SAYINGS, _BODY = 3.0, 3.0, 2.0, 1.0
"""Fields count as if repeated that often, before saturation: Robertson, Zaragoza & Taylor, "Simple BM25 extension to
multiple weighted fields" (CIKM 2004)."""
_SINGLE: Final = 0.8
"""A word of one character says less than a longer one."""
_PAIRS: Final = 0.4
"""A pair of neighbouring characters in a longer word, for words that are cut differently here and there."""
_LEAST_SCORE: Final = 3.2
"""Below this the fit is chance: about what one everyday word that two answers share is worth."""
_NUMERAL: Final = re.compile(r"^[0-9.零一二两三四五六七八九十百千万半几]+")


@dataclass(frozen=True)
class Suggestion:
    """A ready answer that fits; `score` only orders the suggestions of one text."""

    script_id: str
    title: str
    score: float


class Suggester:
    """Ranks ready answers for a text. `warm` cuts every answer (and loads the dictionary); without it, `best` does."""

    def __init__(self, scripts: Iterable[Script], segmenter: Segmenter, *, stop_words: Path = STOP_WORDS) -> None:
        self._segmenter = segmenter
        self._stop = frozenset(listed(stop_words))
        self._scripts = tuple(scripts)
        self._titles = {script.id: script.title for script in self._scripts}
        self._lock = threading.Lock()
        self._index: dict[str, dict[str, float]] | None = None

    def warm(self) -> None:
        """Build the index unless it is built; any number of threads may call this, one does the work."""
        with self._lock:
            if self._index is None:
                self._index = _postings({script.id: self._weights_of(script) for script in self._scripts})

    def best(self, text: str, n: int = 3) -> list[Suggestion]:
        """At most `n` answers that fit, the best first; none for a greeting, thanks, or a matter that none is for."""
        if self._index is None:
            self.warm()
        index = self._index or {}
        scores: defaultdict[str, float] = defaultdict(float)
        for term, weight in dict(self._terms(text)).items():
            for script_id, value in index.get(term, {}).items():
                scores[script_id] += weight * value
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        return [Suggestion(id_, self._titles[id_], score) for id_, score in ranked[:n] if score >= _LEAST_SCORE]

    def _weights_of(self, script: Script) -> Mapping[str, float]:
        words = " ".join(piece.text for piece in script.pieces if not piece.is_slot)
        weights: defaultdict[str, float] = defaultdict(float)
        for texts, field in (
            ((script.title,), _TITLE),
            (script.keywords, _KEYWORDS),
            (script.sayings, _SAYINGS),
            ((words,), _BODY),
        ):
            for term, weight in (pair for text in texts for pair in self._terms(text)):
                weights[term] += weight * field
        return weights

    def _terms(self, text: str) -> Iterator[tuple[str, float]]:
        """Words with their weights; "三袋" counts as 袋, for how many there are says nothing of the matter."""
        for word in self._segmenter.words(unicodedata.normalize("NFKC", text).casefold()):
            bare = _NUMERAL.sub("", word)
            if bare in self._stop or not any(ch.isalnum() for ch in bare):
                continue
            pairs = [bare[i : i + 2] for i in range(len(bare) - 1)] if len(bare) > 2 else []
            yield from ((pair, _PAIRS) for pair in pairs if pair not in self._stop)
            yield bare, _SINGLE if len(bare) == 1 else 1.0


def _postings(fields: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """term → answer → the term's BM25 value there; all of it is known before anything is asked."""
    lengths = {id_: sum(weights.values()) for id_, weights in fields.items()}
    average = sum(lengths.values()) / max(len(lengths), 1)
    found_in = Counter(term for weights in fields.values() for term in weights)
    postings: dict[str, dict[str, float]] = {}
    for id_, weights in fields.items():
        norm = _K1 * (1 - _B + _B * lengths[id_] / average)
        for term, weight in weights.items():
            rarity = math.log(1 + (len(fields) - found_in[term] + 0.5) / (found_in[term] + 0.5))
            postings.setdefault(term, {})[id_] = rarity * weight * (_K1 + 1) / (weight + norm)
    return postings


def listed(path: Path) -> Iterator[str]:
    """The words of a list file: any number to a line, `#` begins a comment."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield from line.split("#")[0].split()
