"""What stands around a place's name: how far it says that the store is there, learned from labelled openings.

The rules of `places.toml` know what somebody thought of; this knows how people who tell of their own store put it, and
how those who tell of a parcel, a trip or a cousin. Logistic regression over the characters beside the name, which
`bench.learn_places` fits and writes to `surroundings.tsv`; here it is only added up.
"""

import itertools
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.language.mentions import Mention
from bot.language.place_roles import OTHER, THIS

DATA: Final = Path(__file__).with_name("surroundings.tsv")
"""A line a piece and its weight, in hundredths; the piece of nothing is the bias."""
LIMITS: Final = DATA.with_suffix(".json")
"""The limits, in hundredths; `left_out` is for people: what the others taught made of each author's readings."""
UNIT: Final = 100
_BESIDE, _NEAR = 4, 4
"""So many characters that stand right beside the name are read as one; so far a piece is near it."""
_DIGITS: Final = re.compile(r"\d+")
_CUT: Final = re.compile("[,;: ]")
"""What ends a clause; the window ends with the sentence."""
_SIGNS: Final = str.maketrans({"\n": "^", "\t": " ", OTHER: "~"})
"""A sentence's ends and other names as they are written in the table."""


@dataclass(frozen=True)
class Limits:
    """Log odds: below `denies` (`denies_told` where the text says in so many words that the store is there) a name that
    the rules take for the store's place is none, from `gives` on one that they leave in doubt is it. Without figures
    the rules alone decide.
    """

    denies_told: float = -math.inf
    denies: float = -math.inf
    gives: float = math.inf

    def below(self, *, is_told: bool) -> float:
        """Below which odds a name is none."""
        return self.denies_told if is_told else self.denies


class Surroundings:
    """Adds up what stands beside a name; a table only, may be shared by threads."""

    def __init__(self, weights: Mapping[str, int], limits: Limits) -> None:
        self._weights = weights
        self.limits = limits

    def odds(self, window: str, mention: Mention) -> float:
        """The log odds that the store is where the name of this window (`place_roles.window_of`) says."""
        weights = self._weights
        return (weights.get("", 0) + sum(weights.get(piece, 0) for piece in pieces_of(window, mention))) / UNIT


def pieces_of(window: str, mention: Mention) -> frozenset[str]:
    """What is looked at: what the name is, what stands right beside it (`<` `>`), on both sides at once (`|`), each
    character and pair left and right of it (`(` `)`), and again those in its clause (`{` `}`) and those that are near
    (`[` `]`); any number is 0.
    """
    left, right = _DIGITS.sub("0", window.translate(_SIGNS)).split(THIS, 1)
    return frozenset(itertools.chain(_name(left, mention), _beside(left, right), _strewn(left, right)))


def _name(left: str, mention: Mention) -> Iterator[str]:
    size = (mention.is_small, mention.is_local, mention.is_wide)
    yield f"#{''.join('01'[one] for one in size)}"
    if left == "^":
        yield "#first"
    if mention.is_everyday:
        yield "#everyday"


def _beside(left: str, right: str) -> Iterator[str]:
    for length in range(1, _BESIDE + 1):
        yield f"<{left[-length:]}"
        yield f">{right[:length]}"
    for before, after in itertools.product((1, 2), (1, 2)):
        yield f"{left[-before:]}|{right[:after]}"


def _strewn(left: str, right: str) -> Iterator[str]:
    for gram in _grams(left):
        yield f"({gram}"
    for gram in _grams(right):
        yield f"){gram}"
    for gram in _grams(f"^{_CUT.split(left.lstrip('^'))[-1]}"):
        yield f"{{{gram}"
    for gram in _grams(f"{_CUT.split(right.rstrip('^'), maxsplit=1)[0]}^"):
        yield f"}}{gram}"
    for gram in _grams(left[-_NEAR:]):
        yield f"[{gram}"
    for gram in _grams(right[:_NEAR]):
        yield f"]{gram}"


def _grams(text: str) -> Iterable[str]:
    return itertools.chain(text, map("".join, itertools.pairwise(text)))


def load(table: Path = DATA, limits: Path = LIMITS) -> Surroundings:
    """The table as it was learned."""
    lines = table.read_text(encoding="utf-8").split("\n")
    weights = {piece: int(weight) for piece, _, weight in (line.rpartition("\t") for line in lines if line)}
    return Surroundings(weights, limits_of(json.loads(limits.read_text(encoding="utf-8"))))


def limits_of(told: Mapping[str, Any]) -> Limits:
    """The limits as they are kept, in hundredths."""
    return Limits(*(told[name] / UNIT for name in ("denies_told", "denies", "gives")))


def written(weights: Mapping[str, int]) -> str:
    """The table as `load` reads it."""
    return "".join(f"{piece}\t{weight}\n" for piece, weight in sorted(weights.items()))
