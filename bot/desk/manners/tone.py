"""The tone of a whole reply, weighed by scales that were learned from labelled replies: what no rule has words for.

A linear model over pieces of the folded text; `bench/learn.py` makes its weights, and nothing else does.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.lint import Category

ANY: Final = "any"
"""The scale that tells whether a reply must be held back at all."""
_FIGURES: Final = re.compile("[0-9]+")
_LONGEST: Final = 600
"""So much of a text is weighed: a longer reply is not said in one tone."""
_SHORTEST: Final = 6
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_CLAUSE: Final = re.compile("[^。!?;,\n]+")


def pieces(text: str) -> set[str]:
    """What a folded text is made of: runs of one to four characters, and pairs with one or two others between."""
    whole = f"^{_FIGURES.sub('0', text[:_LONGEST])}$"
    found = {whole[at : at + length] for length in (1, 2, 3, 4) for at in range(len(whole) - length + 1)}
    found.update(f"{a}_{b}" for a, b in zip(whole, whole[2:], strict=False))
    found.update(f"{a}__{b}" for a, b in zip(whole, whole[3:], strict=False))
    return found


@dataclass(frozen=True)
class Scale:
    """One question put to a text: `base`, where a score begins, `limit`, from where it is a yes, and how much a rule's
    hit counts for (`rule`).
    """

    name: str
    base: float
    limit: float
    rule: float


@dataclass(frozen=True)
class Tone:
    """The scales, and for each piece its weights in their order."""

    scales: tuple[Scale, ...]
    weights: Mapping[str, Sequence[float]]

    def scores(self, text: str, ruled: Collection[str] = ()) -> dict[str, float]:
        """How far a folded text is above each scale's limit (below: negative); `ruled`: what rules have found.

        Only whether it must be held back at all, when that is far from so.
        """
        known = [row for row in map(self.weights.get, pieces(text)) if row is not None]
        length = math.sqrt(len(known)) or 1.0
        first = self._score(0, sum(row[0] for row in known) / length, any_ruled := bool(ruled))
        if first <= 0 and not any_ruled:
            return {ANY: first}
        sums = [sum(column) for column in zip(*known, strict=True)] or [0.0] * len(self.scales)
        rest = {s.name: self._score(at, sums[at] / length, s.name in ruled) for at, s in enumerate(self.scales) if at}
        return {ANY: first, **rest}

    def can_tell(self, text: str) -> bool:
        """Whether a text is long enough to have a tone: a word or two has none."""
        return len(_HAN.findall(text[:_LONGEST])) >= _SHORTEST

    def _score(self, at: int, weight: float, is_ruled: bool) -> float:
        scale = self.scales[at]
        return scale.base + weight + scale.rule * is_ruled - scale.limit

    def worst(self, text: str, category: str) -> tuple[int, int]:
        """The clause that weighs most in a category: where it is in the folded text."""
        at = [scale.name for scale in self.scales].index(category)
        clauses = [found.span() for found in _CLAUSE.finditer(text[:_LONGEST])] or [(0, len(text))]
        return max(clauses, key=lambda span: self._weight(text[span[0] : span[1]], at))

    def _weight(self, clause: str, at: int) -> float:
        known = [self.weights[piece][at] for piece in pieces(clause) if piece in self.weights]
        return sum(known) / (math.sqrt(len(known)) or 1.0)


def read_tone(lines: Iterable[str]) -> Tone:
    """The scales as `bench/learn.py` writes them: `##name base limit rule` lines, then pieces with their weights."""
    scales, weights = [], {}
    for line in lines:
        if line.startswith("##"):
            name, base, limit, rule = line[2:].split()
            scales.append(Scale(name, float(base), float(limit), float(rule)))
        elif not line.startswith("# "):
            piece, _, values = line.rstrip("\n").partition("\t")
            weights[piece.replace("\\n", "\n").replace("\\t", "\t")] = tuple(int(v) / 100 for v in values.split())
    return Tone(tuple(scales), weights)


def written(tone: Tone, remark: str) -> Iterator[str]:
    """The lines that `read_tone` reads."""
    yield f"# {remark}"
    yield from (f"##{s.name} {s.base:.4f} {s.limit:.4f} {s.rule:.4f}" for s in tone.scales)
    for piece, values in sorted(tone.weights.items()):
        shown = piece.replace("\n", "\\n").replace("\t", "\\t")
        yield f"{shown}\t{' '.join(str(round(v * 100)) for v in values)}"


CATEGORIES: Final = tuple(category for category in Category if category is not Category.INFORMAL_YOU)
"""What is weighed; 你 is told by its character alone."""
