"""The tone of each sentence, weighed by scales that were learned from labelled replies: what no rule has words for.

Linear models over pieces of the folded text; `bench/learn.py` makes their weights, and nothing else does. A sentence is
weighed alone, so that courtesy around an unkind one does not whitewash it. One model tells whether it is unkind at all,
one for each category whether it is so in this way; verdicts are mixed of all, for what is promised too boldly and what
is said too coldly have no word in common.
"""

import functools
import math
import re
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import add, mul
from typing import Final

from bot.desk.lint import Category
from bot.desk.manners.expression import ENDS

Span = tuple[int, int]
Hits = Collection[tuple[str, str]]
"""What rules have found in a sentence: each hit's category and the name of its rule."""
CATEGORIES: Final = tuple(category for category in Category if category is not Category.INFORMAL_YOU)
"""What is weighed; 你 is told by its character alone."""
ANY: Final = "any"
"""The scale that tells whether a sentence must be held back at all."""
MODELS: Final = (ANY, *CATEGORIES)
"""What a piece has weights for, in this order."""
FIELDS: Final = struct.Struct(f"<{len(MODELS) + 2}I")
"""What is known of a piece, as one number so that sums of all are one addition: how much it counts for a text's length,
its weights by model (each `BIAS` more than it is), and a one, by which the pieces are counted."""
BIAS: Final = 1 << 13
_FIGURES: Final = re.compile("[0-9]+")
_SAME: Final = str.maketrans("你侬恁", "您您您")
"""Whether it is 你 or 您 is told by the character alone and says nothing of the tone; the others are dialect for it."""
_LONGEST: Final = 600
"""So much of a text is weighed: no text may make us slow."""
_SHORTEST_TONE: Final = re.compile("(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){4}")
_SENTENCE: Final = re.compile(f"[^{ENDS}]+[{ENDS}]*")
_LENGTHS: Final = (4, 3, 2, 1)
"""So long is a word that is looked for at a place, the longest first; one character is what is left."""
_FOLLOWING: Final = 7
"""So many words after a word each is a pair with it, whatever stands between."""
PAIRED: Final = "~"
"""Stands between the two words of a pair."""


class Lexicon:
    """Words of two to four characters that texts are cut into, and the two characters that each begins with."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.heads = frozenset(word[:2] for word in self.words)


def plain(text: str) -> str:
    """A text as it is cut into pieces: every number is one 0, every word for the franchisee is 您."""
    return _FIGURES.sub("0", text[:_LONGEST].translate(_SAME))


def pieces(text: str, words: Lexicon) -> list[str]:
    """What a folded text is made of: runs of two and three characters and words (of those known), each once, and pairs
    of a word and one that follows, as often as they are met with.
    """
    found, cut = _parts(text, words)
    after = ((word, other) for at, word in enumerate(cut, start=1) for other in cut[at : at + _FOLLOWING])
    return [*found, *(f"{word}{PAIRED}{other}" for word, other in after)]


def _parts(text: str, words: Lexicon) -> tuple[set[str], list[str]]:
    """The pieces of a text that are no pairs of words, and its words in order, each with a mark that tells it apart."""
    whole = f"^{plain(text)}$"
    two = list(map(add, whole, whole[1:]))
    cut = [f"#{word}" for word in cut_words(whole, words)]
    return {*two, *map(add, two, whole[2:]), *cut}, cut


def is_word(piece: str) -> bool:
    """Whether a piece is a word that texts are cut into."""
    return piece[0] == "#" and 2 < len(piece) < 6 and PAIRED not in piece


def cut_words(text: str, known: Lexicon) -> list[str]:
    """A text in words, at each place the longest that is known, else one character."""
    words, heads, cut = known.words, known.heads, []
    at, end = 0, len(text)
    while at < end:
        word = text[at : at + 2]
        if word in heads:
            for length in _LENGTHS:
                word = text[at : at + length]
                if word in words:
                    break
        else:
            word = text[at]
        cut.append(word)
        at += len(word)
    return cut


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
    """The scales, the first of them ANY; of each model where its scores begin and what its weights are parts of; what
    is known of each piece, as `FIELDS` pack it, and of each pair of words, by the first one and then the other.

    `doubt`: a sentence above the first limit, or no farther than this below it, is read again; `again`: the scales for
    those, which count what the close reader says, too.
    """

    scales: tuple[Scale, ...]
    bases: tuple[float, ...]
    steps: tuple[float, ...]
    rows: Mapping[str, int]
    pairs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    doubt: float = 0.0
    again: tuple[Scale, ...] = ()

    @functools.cached_property
    def words(self) -> Lexicon:
        """The words that texts are cut into."""
        return Lexicon([piece[1:] for piece in self.rows if piece[0] == "#" and 2 < len(piece) < 6])

    def known(self, text: str) -> int:
        """What is known of all `pieces` of a text, together; pairs are found without being put together."""
        parts, cut = _parts(text, self.words)
        found = [*filter(None, map(self.rows.get, parts))]
        for at, after in enumerate(map(self.pairs.get, cut), start=1):
            if after:
                found += filter(None, map(after.get, cut[at : at + _FOLLOWING]))
        return sum(found)

    def scores(self, text: str) -> list[float]:
        """How unkind a sentence is by each of the `MODELS`, and at last the greatest score of a category."""
        length, *weights, count = FIELDS.unpack(self.known(text).to_bytes(FIELDS.size, "little"))
        part, bias = 1 / math.sqrt(length or 1), BIAS * count
        scores = [b + (w - bias) * s * part for b, w, s in zip(self.bases, weights, self.steps, strict=True)]
        scores.append(max(scores[1:]))
        return scores

    def values(self, scores: Sequence[float], hits: Hits = ()) -> dict[str, float]:
        """How far a sentence is above each scale's limit (below: negative); only ANY's when it is kind beyond doubt."""
        anyhow, *others = self.scales
        first = anyhow.value(scores, hits)
        if first <= min(0.0, -self.doubt):
            return {ANY: first}
        return {ANY: first, **{scale.name: scale.value(scores, hits) for scale in others}}

    def values_again(self, scores: Sequence[float], hits: Hits = ()) -> dict[str, float]:
        """The same for a sentence that was read again: after the tone's scores come the close reader's."""
        return {scale.name: scale.value(scores, hits) for scale in self.again}


def told(values: Mapping[str, float]) -> set[str]:
    """In what way an unkind sentence is so: each category above its limit, or the nearest; the impatient is rigid."""
    above = {category for category, value in values.items() if value > 0} or {max(values, key=lambda c: values[c])}
    return above | ({Category.RIGID} if Category.IMPATIENT in above else set())
