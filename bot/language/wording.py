"""How an opening is worded: what its characters and pairs say for each kind, learned from labelled openings.

The lexicon knows what somebody thought of; this knows how people who want something of a kind put it. A linear model:
`bench.learn_kinds` fits it and writes `wording.tsv`, here it is only added up.
"""

import itertools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.desk.labels import KINDS
from bot.language.clauses import Clause

DATA: Final = Path(__file__).with_name("wording.tsv")
"""The line of nothing at all, then a line a piece: how much it counts for a text's length, and what it says for each
kind, in the order of KINDS; whole numbers, in hundredths.
"""
UNIT: Final = 100
_DIGITS: Final = re.compile(r"\d+")
_HAN_PAIR: Final = re.compile("[\u3400-\u9fff]{2}")
START, END, ASKED = "^", "$", "?"
"""Stand for the beginning and the end of a text, and before a piece of what it asks for."""
Row = tuple[int, str]
"""What a piece counts for a text's length, and its weights as written: most of the table is never looked at."""


@dataclass(frozen=True)
class Wording:
    """How much the wording speaks for each kind, and the pairs of characters that say most for each."""

    scores: tuple[float, ...]
    telling: Mapping[str, tuple[str, ...]]
    known: int


class WordingReader:
    """Adds up what the pieces of a text say; a table only, may be shared by threads."""

    def __init__(self, table: Mapping[str, Row] | None = None) -> None:
        self._table = load() if table is None else table

    def read(self, text: str, clauses: Sequence[Clause]) -> Wording:
        """Read a text that is in its plain form."""
        known = {piece: self._table[piece] for piece in pieces_of(text, clauses) if piece in self._table}
        weights = {piece: _weights(written) for piece, (_, written) in known.items()}
        sums = [sum(column) for column in zip(*weights.values(), strict=True)] or [0] * len(KINDS)
        length = math.sqrt(sum(length for length, _ in known.values()) * UNIT) or 1.0
        base = _weights(self._table[""][1]) if "" in self._table else (0,) * len(KINDS)
        scores = (one / length + at_first / UNIT for one, at_first in zip(sums, base, strict=True))
        return Wording(tuple(scores), _Telling(weights), len(known))


class _Telling(Mapping[str, tuple[str, ...]]):
    """Worked out only for the kind that is asked for."""

    def __init__(self, weights: Mapping[str, Sequence[int]]) -> None:
        self._weights = weights

    def __getitem__(self, kind: str) -> tuple[str, ...]:
        column = KINDS.index(kind)
        said = ((weights[column], piece) for piece, weights in self._weights.items() if _HAN_PAIR.fullmatch(piece))
        return tuple(piece for weight, piece in sorted(said, key=lambda one: (-one[0], one[1])) if weight > 0)

    def __iter__(self) -> Iterator[str]:
        return iter(KINDS)

    def __len__(self) -> int:
        return len(KINDS)


def pieces_of(text: str, clauses: Sequence[Clause]) -> list[str]:
    """The characters and pairs of characters of a text, each once; any number is 0. Then those of its last clause that
    asks for something (else of its last), each marked as such.
    """
    asking = [clause.text for clause in clauses if clause.is_asking] or [clause.text for clause in clauses]
    asked = _grams(asking[-1]) if asking else ()
    return list(dict.fromkeys((*_grams(text), *(ASKED + gram for gram in asked))))


def _grams(text: str) -> Iterator[str]:
    told = f"{START}{_DIGITS.sub('0', text)}{END}"
    return itertools.chain(told, map("".join, itertools.pairwise(told)))


def _weights(written: str) -> tuple[int, ...]:
    return tuple(map(int, written.split("\t")))


def load(path: Path = DATA) -> dict[str, Row]:
    """The table; the line of nothing at all ("") holds where each score begins."""
    return dict(_rows(path.read_text(encoding="utf-8").split("\n")))


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, Row]]:
    for line in lines:
        if line:
            piece, length, weights = line.split("\t", maxsplit=2)
            yield (_unescaped(piece) if "\\" in piece else piece), (int(length), weights)


def written(table: Mapping[str, Row]) -> str:
    """The table as `load` reads it; a piece is written with backslash escapes (a tab is \\t)."""
    return "".join(f"{_escaped(piece)}\t{length}\t{weights}\n" for piece, (length, weights) in sorted(table.items()))


def _escaped(piece: str) -> str:
    return piece.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _unescaped(written: str) -> str:
    return re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), written)
