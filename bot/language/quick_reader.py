"""The quick reader: weighs each sentence by its pieces, for a hundredth of what a close reading costs.

Linear models over the folded text; `bench.learn` makes their weights. A piece is a run of two or three characters, a
word, or a pair of words of which one follows the other, whatever stands between. A sentence is weighed alone, so that
courtesy around an unkind one does not whitewash it. Pieces are never put together as text: each is known by a number
of 32 bits that is worked out for all sentences of a reply at once (the hashing of features, Weinberger et al. 2009).
Two pieces with the same number count as one; of a hundred thousand that happens to one or two.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy

from bot.desk.manners.tone import MODELS, plain
from bot.language import learned

FOLLOWING: Final = 7
"""So many words after a word each is a pair with it."""
PLACES: Final = 20
"""The table of pieces has two to this power places."""
FINEST: Final = 127
"""Weights are kept as whole numbers to this, the square of which counts: the small ones lie closer."""
_TWO, _NEXT, _THREE, _WORD, _FIRST, _SECOND, _MIXED = (
    numpy.uint32(n)
    for n in (2654435761, 2246822519, 3266489917, 668265263, 2246822507, 3266489909, 2221713035)
)  # fmt: skip
"""Odd numbers whose products scatter well."""
_WORDS_FROM: Final = 0x110000
"""A single character's number is its code point; words come after all of these."""
NOTHING: Final = 0
"""The number of no piece at all."""
_NO_WORD: Final = 0
_GAP: Final = (_NO_WORD,) * FOLLOWING
"""Stands between two texts, so that no word of one is near a word of the other."""
NOWHERE: Final = (1 << 32) - 1
"""Stands where a table has no piece; its weights are zeros."""
_HALF, _SHIFT = numpy.uint32(15), numpy.uint32(32 - PLACES)
_AFTER: Final = numpy.arange(1, FOLLOWING + 1)[:, None]
Array = Any
"""numpy's arrays, whose types mypy is not asked to follow."""


class Words:
    """Words of two to four characters that texts are cut into, each with its number."""

    def __init__(self, words: Iterable[str]) -> None:
        self.known = {word: _WORDS_FROM + at for at, word in enumerate(words)}
        lengths: dict[str, set[int]] = {}
        for word in self.known:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {head: sorted(those, reverse=True) for head, those in lengths.items()}

    def cut(self, text: str) -> list[str]:
        """A text in words, at each place the longest that is known, else one character."""
        cut, at, end = [], 0, len(text)
        lengths, known = self._lengths.get, self.known
        while at < end:
            for length in lengths(text[at : at + 2], ()):
                word = text[at : at + length]
                if word in known:
                    break
            else:
                word = text[at]
            cut.append(word)
            at += len(word)
        return cut

    def numbers(self, text: str) -> list[int]:
        """The numbers of the words that a text is cut into."""
        known = self.known
        return [known[word] if len(word) > 1 else ord(word) for word in self.cut(text)]


def pieces(texts: Sequence[str], words: Words) -> tuple[Array, Array]:
    """The number of each piece of each text, as often as it is met with, and which text that was; `NOTHING` among them
    for what begins in one text and ends in another.
    """
    whole = [f"^{plain(text)}$" for text in texts]
    letters = numpy.frombuffer("".join(whole).encode("utf-32-le", "surrogatepass"), dtype=numpy.uint32)
    of = numpy.arange(len(texts)).repeat([len(text) for text in whole])
    two = letters[:-1] * _TWO + letters[1:] * _NEXT
    three = (two[:-1] * _THREE + letters[2:]) * (of[:-2] == of[2:])
    two *= of[:-1] == of[1:]
    single, paired, by = _of_words([words.numbers(text) for text in whole])
    found = numpy.concatenate((two, three, single, paired.ravel()))
    found = (found ^ (found >> _HALF)) * _MIXED
    return found ^ (found >> _HALF), numpy.concatenate((of[:-1], of[:-2], *by))


def _of_words(cut: Sequence[Sequence[int]]) -> tuple[Array, Array, list[Array]]:
    """The pieces that are words, and those that are pairs, a row for each distance; and which text each row is of."""
    apart = numpy.array(list(itertools.chain.from_iterable((*one, *_GAP) for one in cut)), dtype=numpy.uint32)
    of = numpy.arange(len(cut)).repeat([len(one) + FOLLOWING for one in cut])[:-FOLLOWING]
    first = apart[:-FOLLOWING]
    second = apart[numpy.arange(len(first)) + _AFTER]
    is_pair = (first != _NO_WORD) & (second != _NO_WORD)
    return first * _WORD, (first * _FIRST + second * _SECOND) * is_pair, [of] * (1 + FOLLOWING)


class PieceReader:
    """What each piece counts for a text's length, and what it weighs in each model; a table only, may be shared by
    threads.
    """

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self.words = Words(weights["words"].tobytes().decode().split("\n"))
        kept = weights["weights"].astype(numpy.float32)
        if kept.shape[1:] != (1 + len(MODELS),):
            raise ValueError("weights are of something else than the tone asks for")
        self._weights = numpy.vstack((numpy.zeros_like(kept[:1]), numpy.copysign(kept * kept, kept) * weights["steps"]))
        self._prints = numpy.concatenate((numpy.full(1, NOWHERE, dtype=numpy.uint32), weights["pieces"]))
        self._places = numpy.zeros(1 << PLACES, dtype=numpy.int32)
        self._places[place(self._prints[1:])] = numpy.arange(1, len(self._prints))
        self._bases = weights["bases"]

    def read(self, sentences: Sequence[str]) -> list[list[float]]:
        """How far each sentence is unkind at all and in each category (`tone.MODELS`)."""
        found, of = pieces(sentences, self.words)
        at = self._places[place(found)]
        is_known = self._prints[at] == found
        at, of = at[is_known], of[is_known]
        mine = (of == numpy.arange(len(sentences))[:, None]).astype(numpy.float32)
        sums = mine @ self._weights[at]
        lengths = numpy.sqrt(numpy.maximum(sums[:, :1], numpy.float32(1e-9)))
        scores: list[list[float]] = (self._bases + sums[:, 1:] / lengths).tolist()
        return scores


def place(found: Array) -> Array:
    """Where pieces stand in the table."""
    return found >> _SHIFT


def written(words: Words, found: Array, lengths: Array, weights: Array, bases: Array) -> dict[str, Array]:
    """What `PieceReader` is made of: of each piece what it counts for a text's length and its weights, by column, as
    whole numbers; each place of the table has one piece, the last that claims it.
    """
    _, last = numpy.unique(place(found)[::-1], return_index=True)
    chosen = len(found) - 1 - last
    both = numpy.column_stack((lengths, weights))[chosen]
    steps = numpy.maximum(numpy.abs(both).max(axis=0), 1e-9) / FINEST**2
    whole = numpy.copysign(numpy.rint(numpy.sqrt(numpy.abs(both) / steps)), both)
    return {
        "words": numpy.frombuffer("\n".join(words.known).encode(), dtype=numpy.uint8),
        "pieces": found[chosen],
        "weights": whole.astype(numpy.int8),
        "steps": steps.astype(numpy.float32),
        "bases": bases.astype(numpy.float32),
    }


def load(path: Path) -> PieceReader:
    """The reader of a file that holds what was `written`; raises LearnedError."""
    with learned.tables(path) as weights:
        reader = PieceReader(weights)
        reader.read(["请您稍等"])
    return reader
