"""The tone of each sentence, weighed by scales that were learned from labelled replies: what no rule has words for.

A linear model over pieces of the folded text; `bench/learn.py` makes its weights, and nothing else does. A sentence is
weighed alone, so that courtesy around an unkind one does not whitewash it; first whether it is unkind at all, and only
if so, in what way.
"""

import functools
import itertools
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import add
from typing import Final

from bot.desk.lint import Category
from bot.desk.manners.expression import ENDS

Span = tuple[int, int]
Hits = Collection[tuple[str, str]]
"""What rules have found in a sentence: each hit's category and the name of its rule."""
Row = tuple[float, float, str]
"""How much a piece weighs for unkindness, how much it counts for a text's length, its weights by category as read."""
ANY: Final = "any"
"""The scale that tells whether a sentence must be held back at all."""
UNIT: Final = 100
"""Weights are written as whole numbers of this part."""
_FIGURES: Final = re.compile("[0-9]+")
_SAME: Final = str.maketrans("你侬恁", "您您您")
"""Whether it is 你 or 您 is told by the character alone and says nothing of the tone; the others are dialect for it."""
_LONGEST: Final = 600
"""So much of a text is weighed: no text may make us slow."""
_SHORTEST_TONE: Final = re.compile("(?:[\u4e00-\u9fff][^\u4e00-\u9fff]*){4}")
_SENTENCE: Final = re.compile(f"[^{ENDS}]+[{ENDS}]*")
_LENGTHS: Final = (4, 3, 2, 1)
"""So long is a word that is looked for at a place, the longest first; one character is what is left."""


class Lexicon:
    """Words of two to four characters that texts are cut into, and the two characters that each begins with."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.heads = frozenset(word[:2] for word in self.words)


def plain(text: str) -> str:
    """A text as it is cut into pieces: every number is one 0, every word for the franchisee is 您."""
    return _FIGURES.sub("0", text[:_LONGEST].translate(_SAME))


def pieces(text: str, words: Lexicon) -> set[str]:
    """What a folded text is made of: runs of one to three characters, pairs around one or two others, and words.

    Words (of those that are known) stand alone, beside the next one, and beside the one after that.
    """
    whole = f"^{plain(text)}$"
    pairs = list(map(add, whole, whole[1:]))
    one = [f"{character}_" for character in whole]
    two = [f"{opened}_" for opened in one]
    cut = [f"#{word}" for word in cut_words(whole, words)]
    found = {*whole, *pairs, *cut}
    found.update(map(add, pairs, whole[2:]))
    found.update(map(add, one, whole[2:]), map(add, two, whole[3:]))
    found.update(map(add, cut, cut[1:]), map(add, [f"{word}#" for word in cut], cut[2:]))
    return found


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
    """One question put to a sentence: `base`, where a score begins, `limit`, from where it is a yes, how much it counts
    for that a rule has found something (`rule`), and how much more or less that it was this one (`rules`, by name).
    """

    name: str
    base: float
    limit: float
    rule: float
    rules: Mapping[str, float] = field(default_factory=dict)

    def counted(self, names: Collection[str]) -> float:
        """How much the hits of these rules count for, together."""
        return self.rule + sum(self.rules.get(name, 0.0) for name in names) if names else 0.0


@dataclass(frozen=True)
class Tone:
    """The scales, the first of them ANY, and what is known of each piece."""

    scales: tuple[Scale, ...]
    rows: Mapping[str, Row]

    @functools.cached_property
    def words(self) -> Lexicon:
        """The words that texts are cut into."""
        return Lexicon(p[1:] for p in self.rows if p[0] == "#" and 2 < len(p) < 6 and "#" not in p[1:])

    @functools.cached_property
    def _firsts(self) -> Mapping[str, complex]:
        """What a piece weighs for unkindness and for the length, as one number: most sentences need nothing else."""
        return {piece: complex(weight, length) for piece, (weight, length, _) in self.rows.items() if weight}

    def weighed(self, text: str, hits: Hits = ()) -> Mapping[str, float]:
        """How far a sentence is above each scale's limit (below: negative); only ANY's when it is kind."""
        found = pieces(text, self.words)
        whole = sum(map(self._firsts.get, found, itertools.repeat(0j)), 0j)
        length = math.sqrt(whole.imag) or 1.0
        first = self._score(self.scales[0], whole.real / length, hits)
        if first <= 0:
            return {ANY: first}
        known = [row for row in map(self.rows.get, found) if row is not None]
        length = math.sqrt(sum(row[1] for row in known)) or 1.0
        sums = [sum(column) for column in zip(*(_by_category(row[2]) for row in known), strict=True)]
        weights = zip(self.scales[1:], sums or [0] * len(self.scales[1:]), strict=True)
        return {ANY: first, **{scale.name: self._score(scale, sum_ / length, hits) for scale, sum_ in weights}}

    def _score(self, scale: Scale, weight: float, hits: Hits) -> float:
        counted = scale.counted({rule for category, rule in hits if scale.name in (ANY, category)}) if hits else 0.0
        return scale.base + weight / UNIT + counted - scale.limit


@functools.cache
def _by_category(values: str) -> tuple[int, ...]:
    return tuple(map(int, values.split()))


def read_tone(lines: Iterable[str]) -> Tone:
    """The scales as `bench/learn.py` writes them: a remark, a line `name base limit rule` for each, below it a line
    `+weight rule's name` for each rule that counts for more or less, a blank line, then pieces with what they weigh.
    """
    given = iter(lines)
    head = [line for line in itertools.takewhile(str.strip, given) if not line.startswith("#")]
    rows = {}
    for line in given:
        piece, first, length, rest = line.split("\t")
        rows[piece] = (int(first), int(length), rest.rstrip())
    escaped = [piece for piece in rows if "\\" in piece]
    unescaped = {p.replace("\\n", "\n").replace("\\t", "\t"): rows.pop(p) for p in escaped}
    return Tone(tuple(_scales(head)), rows | unescaped)


def _scales(head: Iterable[str]) -> Iterator[Scale]:
    """The scales of a head, each with the rules that are told below it."""
    told: list[tuple[list[str], dict[str, float]]] = []
    for line in head:
        if line.startswith("+"):
            weight, rule = line[1:].split(maxsplit=1)
            told[-1][1][rule.rstrip()] = float(weight)
        else:
            told.append((line.split(), {}))
    for (name, base, limit, rule), rules in told:
        yield Scale(name, float(base), float(limit), float(rule), rules)


def told(values: Mapping[str, float]) -> set[str]:
    """In what way an unkind sentence is so: each category above its limit, or the nearest; the impatient is rigid."""
    above = {category for category, value in values.items() if value > 0} or {max(values, key=lambda c: values[c])}
    return above | ({Category.RIGID} if Category.IMPATIENT in above else set())


def written(tone: Tone, remarks: Iterable[str]) -> Iterator[str]:
    """The lines that `read_tone` reads."""
    yield from (f"# {remark}" for remark in remarks)
    for scale in tone.scales:
        yield f"{scale.name} {scale.base:.4f} {scale.limit:.4f} {scale.rule:.4f}"
        yield from (f"+{weight:.4f} {rule}" for rule, weight in sorted(scale.rules.items()))
    yield ""
    for piece, (first, length, rest) in sorted(tone.rows.items()):
        shown = piece.replace("\n", "\\n").replace("\t", "\\t")
        yield f"{shown}\t{first}\t{length}\t{rest}"


CATEGORIES: Final = tuple(category for category in Category if category is not Category.INFORMAL_YOU)
"""What is weighed; 你 is told by its character alone."""
