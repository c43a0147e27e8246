"""The tone of each sentence, told by scales that were learned from labelled replies: what no rule has words for.

A reader says how far a sentence is unkind at all, and in each way; the scales mix what it says with what rules have
found, for what is promised too boldly and what is said too coldly have no word in common. `bench/learn.py` makes them.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import Final

from bot.desk.lint import Category
from bot.desk.manners.expression import ENDS
from bot.desk.manners.ports import Reader

Span = tuple[int, int]
Hits = Collection[tuple[str, str]]
"""What rules have found in a sentence: each hit's category and the name of its rule."""
CATEGORIES: Final = tuple(category for category in Category if category is not Category.INFORMAL_YOU)
"""What is weighed; 你 is told by its character alone."""
ANY: Final = "any"
"""The scale that tells whether a sentence must be held back at all."""
MODELS: Final = (ANY, *CATEGORIES)
"""What a reader says of a sentence, in this order."""
_FIGURES: Final = re.compile("[0-9]+")
_SAME: Final = re.compile("[你侬恁]")
"""Whether it is 你 or 您 is told by the character alone and says nothing of the tone; the others are dialect for it."""
_LONGEST: Final = 600
"""So much of a text is weighed: no text may make us slow."""
_SHORTEST_TONE: Final = re.compile("(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){4}")
_SENTENCE: Final = re.compile(f"[^{ENDS}]+[{ENDS}]*")


def plain(text: str) -> str:
    """A text as it is read: every number is one 0, every word for the franchisee is 您."""
    return _FIGURES.sub("0", _SAME.sub("您", text[:_LONGEST]))


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text are; one too short to have a tone goes with its neighbour."""
    found: list[Span] = []
    for start, end in (m.span() for m in _SENTENCE.finditer(text[:_LONGEST])):
        is_short = found and (not has_tone(text[start:end]) or not has_tone(text[slice(*found[-1])]))
        found[-1:] = [(found[-1][0], end)] if is_short else [*found[-1:], (start, end)]
    return found or [(0, len(text))]


def has_tone(text: str) -> bool:
    """Whether a text is long enough to have a tone: a word or two has none."""
    return _SHORTEST_TONE.search(text) is not None


@dataclass(frozen=True)
class Scale:
    """One question put to a sentence: `mix`, how much each model's score counts for, and at last the greatest of the
    categories' scores; `limit`, from where it is a yes; how much it counts for that a rule has found something
    (`rule`), and how much more or less that it was this one (`rules`, by name).
    """

    name: str
    limit: float
    rule: float
    mix: Sequence[float]
    rules: Mapping[str, float] = field(default_factory=dict)

    def counted(self, names: Collection[str]) -> float:
        """How much the hits of these rules count for, together."""
        return self.rule + sum(self.rules.get(name, 0.0) for name in names) if names else 0.0

    def value(self, scores: Sequence[float], hits: Hits = ()) -> float:
        """How far a sentence is above the limit (below: negative), by its `MODELS`' scores and the greatest one."""
        counted = self.counted({rule for name, rule in hits if self.name in (ANY, name)}) if hits else 0.0
        mixed: float = sum(map(mul, self.mix, scores))
        return mixed + counted - self.limit


@dataclass(frozen=True)
class Tone:
    """The quick reader, and the scales for what it says, the first of them ANY.

    `doubt`: a sentence above the first limit, or no farther than this below it, is read again; `again`: the scales for
    those, which count what the close reader says, too.
    """

    scales: tuple[Scale, ...]
    quick: Reader
    doubt: float = 0.0
    again: tuple[Scale, ...] = ()

    def scores(self, texts: Sequence[str]) -> list[list[float]]:
        """How unkind each sentence is by each of the `MODELS`, and at last the greatest score of a category."""
        return [[*said, max(said[1:])] for said in self.quick.read(texts)]

    def values(self, scores: Sequence[float], hits: Hits = ()) -> dict[str, float]:
        """How far a sentence is above each scale's limit (below: negative); only ANY's when it is kind beyond doubt."""
        anyhow, *others = self.scales
        first = anyhow.value(scores, hits)
        if first <= min(0.0, -self.doubt):
            return {ANY: first}
        return {ANY: first, **{scale.name: scale.value(scores, hits) for scale in others}}

    def values_again(self, scores: Sequence[float], hits: Hits = ()) -> dict[str, float]:
        """The same for a sentence that was read again: after the quick reader's scores come the close reader's."""
        return {scale.name: scale.value(scores, hits) for scale in self.again}


def told(values: Mapping[str, float]) -> set[str]:
    """In what way an unkind sentence is so: each category above its limit, or the nearest; the impatient is rigid."""
    above = {category for category, value in values.items() if value > 0} or {max(values, key=lambda c: values[c])}
    return above | ({Category.RIGID} if Category.IMPATIENT in above else set())
