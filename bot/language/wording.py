"""How an opening is worded: which kind writes such characters and pairs of characters, counted in labelled openings.

The lexicon knows what somebody thought of; this knows how people who want something of a kind put it. A complement
naive Bayes (Rennie et al. 2003): `bench.fit_triage` counts and writes `wording.tsv`, here it is only added up.
"""

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.desk.labels import KINDS

DATA: Final = Path(__file__).with_name("wording.tsv")
"""A gram (one or two characters) and what it says for each kind in hundredths, in the order of KINDS."""
HUNDREDTHS: Final = 100
_DIGITS: Final = re.compile(r"\d+")
_HAN_PAIR: Final = re.compile("[\u3400-\u9fff]{2}")
START, END = "^", "$"
"""Stand for the beginning and the end of a text."""


@dataclass(frozen=True)
class Wording:
    """How much the wording speaks for each kind (0 on average), and the pairs of characters that say most for each."""

    scores: tuple[float, ...]
    telling: Mapping[str, tuple[str, ...]]
    known: int


class WordingReader:
    """Adds up what the grams of a text say; a table only, may be shared by threads."""

    def __init__(self, weights: Mapping[str, Sequence[float]] | None = None) -> None:
        self._weights = load() if weights is None else weights

    def read(self, text: str) -> Wording:
        """Read a text that is in its plain form."""
        known = [gram for gram in grams_of(text) if gram in self._weights]
        sums = [sum(column) for column in zip(*(self._weights[gram] for gram in known), strict=True)] or [0.0] * 9
        length = math.sqrt(len(known)) or 1.0
        return Wording(tuple(one / length for one in sums), _Telling(known, self._weights), len(known))


class _Telling(Mapping[str, tuple[str, ...]]):
    """Worked out only for the kind that is asked for."""

    def __init__(self, known: Sequence[str], weights: Mapping[str, Sequence[float]]) -> None:
        self._known, self._weights = known, weights

    def __getitem__(self, kind: str) -> tuple[str, ...]:
        column = KINDS.index(kind)
        pairs = (gram for gram in self._known if _HAN_PAIR.fullmatch(gram))
        speaking = [(self._weights[gram][column], gram) for gram in pairs if self._weights[gram][column] > 0]
        return tuple(gram for _, gram in sorted(speaking, key=lambda pair: (-pair[0], pair[1])))

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


def grams_of(text: str) -> list[str]:
    """The characters and pairs of characters of a text, each once, in order of appearance; any number is 0."""
    told = f"{START}{_DIGITS.sub('0', text)}{END}"
    return list(dict.fromkeys((*told, *map("".join, itertools.pairwise(told)))))


def load(path: Path = DATA) -> dict[str, tuple[float, ...]]:
    """The table; a gram is written with backslash escapes (a tab is \\t)."""
    table = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        gram, *weights = line.split("\t")
        table[_unescaped(gram)] = tuple(int(one) / HUNDREDTHS for one in weights)
    return table


def escaped(gram: str) -> str:
    """A gram as it stands in the table."""
    return gram.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _unescaped(written: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), written)
