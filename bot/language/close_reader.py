"""The close reader: reads a doubtful reply as a whole, character by character, each in the light of all others.

A transformer of three layers with rotary positions (Su et al. 2021, RoFormer). It began as the lower half of
RoFormer-sim-small (ZhuiyiTechnology, Apache License 2.0), so that it knew words before it had seen a reply;
`bench.learn_reader` taught it the labelled ones. A sentence is the mean of what it makes of its characters. It costs
a tenth of a millisecond a character, so it is asked only about what the learned tone leaves in doubt.
"""

import functools
import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy

from bot.desk.manners.tone import MODELS, plain
from bot.language import learned

HEADS: Final = 6
LONGEST: Final = 120
"""So many characters are read at once; what is longer is cut off."""
SILENT: Final = -30.0
"""Said of a sentence of which no character was read: it is not unkind."""
START, END, UNKNOWN = 0, 1, 2
"""The rows of the table of characters that stand for a reply's two ends and for a character that is not in it."""
SPECIAL: Final = 3
_BLANK: Final = re.compile(r"\s+")
_BASE: Final = 10000.0
Array = Any
"""numpy's arrays, whose types mypy is not asked to follow."""


class TransformerReader:
    """What the reader has learned; a table only, may be shared by threads."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._at = {chr(code): SPECIAL + row for row, code in enumerate(weights["characters"].tolist())}
        self._characters, self._steps = weights["embedding"], weights["embedding_steps"]
        self._first_norm = weights["norm"]
        self._layers = [_layer(weights, number) for number in range(int(weights["layers"]))]
        self._head, self._head_bias = weights["head"], weights["head_bias"]
        if self._head.shape[1] != len(MODELS):
            raise ValueError("the head says something else than the tone asks for")

    def read(self, sentences: Sequence[str]) -> list[list[float]]:
        """How far each sentence of a reply, in its place, is unkind at all and in each category (`tone.MODELS`)."""
        rows = [self._rows(text) for text in sentences]
        told = [START, *itertools.islice(itertools.chain.from_iterable(rows), LONGEST), END]
        seen = self._seen(told)
        ends = [min(end, len(told) - 1) for end in itertools.accumulate(map(len, rows), initial=1)]
        return [self._score(seen[start:end]) for start, end in itertools.pairwise(ends)]

    def _score(self, seen: Array) -> list[float]:
        """What is said of a sentence by what is made of its characters."""
        if not len(seen):
            return [SILENT] * len(MODELS)
        scores: list[float] = (seen.mean(axis=0) @ self._head + self._head_bias).tolist()
        return scores

    def _rows(self, sentence: str) -> list[int]:
        return [self._at.get(character, UNKNOWN) for character in letters(sentence)]

    def _seen(self, rows: Sequence[int]) -> Array:
        """What the layers make of each character of a reply."""
        made = self._characters[rows] * self._steps[rows, None]
        made = _normed(made, *self._first_norm)
        turn = turns(made.shape[1] // HEADS)[:, : len(rows)]
        for layer in self._layers:
            made = layer.read(made, turn)
        return made


def letters(sentence: str) -> str:
    """A sentence as it is read: without blanks, every number one 0, every word for the franchisee 您."""
    return _BLANK.sub("", plain(sentence)).lower()


class Layer:
    """One layer: each character looks at all others, then thinks for itself."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._look, self._look_bias = weights["look"], weights["look_bias"]
        self._out, self._out_bias = weights["out"], weights["out_bias"]
        self._up, self._up_bias = weights["up"], weights["up_bias"]
        self._down, self._down_bias = weights["down"], weights["down_bias"]
        self._look_norm, self._think_norm = weights["look_norm"], weights["think_norm"]

    def read(self, made: Array, turn: Array) -> Array:
        """One step further, for all characters."""
        made = _normed(made + self._looked(made, turn) @ self._out + self._out_bias, *self._look_norm)
        thought = _gelu(made @ self._up + self._up_bias) @ self._down + self._down_bias
        return _normed(made + thought, *self._think_norm)

    def _looked(self, made: Array, turn: Array) -> Array:
        count, width = made.shape
        asked, offered, told = (made @ self._look + self._look_bias).reshape(count, 3, HEADS, -1).transpose(1, 2, 0, 3)
        near = _turned(asked, turn) @ _turned(offered, turn).swapaxes(1, 2) / numpy.float32((width // HEADS) ** 0.5)
        near = numpy.exp(near - near.max(axis=2, keepdims=True))
        near /= near.sum(axis=2, keepdims=True)
        return (near @ told).transpose(1, 0, 2).reshape(count, width)


def _layer(weights: Mapping[str, Array], number: int) -> Layer:
    """A layer of the file; its tables are written as whole numbers, a step for each column."""
    prefix = f"layer{number}_"
    own = {name.removeprefix(prefix): value for name, value in weights.items() if name.startswith(prefix)}
    whole = {name: value * own[f"{name}_steps"] for name, value in own.items() if f"{name}_steps" in own}
    return Layer({**own, **whole})


@functools.cache
def turns(width: int) -> Array:
    """By how much the places of a reply turn what they hold, as cosines and sines: a row for each place."""
    angles = numpy.arange(LONGEST + 2)[:, None] * _BASE ** (-2 * numpy.arange(width // 2) / width)
    both = numpy.stack((numpy.cos(angles), numpy.sin(angles)))
    return numpy.repeat(both, 2, axis=2).astype(numpy.float32)


def _turned(held: Array, turn: Array) -> Array:
    across = numpy.empty_like(held)
    across[..., ::2], across[..., 1::2] = -held[..., 1::2], held[..., ::2]
    return held * turn[0] + across * turn[1]


def _normed(made: Array, scale: Array, shift: Array) -> Array:
    made = made - made.mean(axis=1, keepdims=True)
    return made / numpy.sqrt((made * made).mean(axis=1, keepdims=True) + 1e-7) * scale + shift


def _gelu(made: Array) -> Array:
    """The Gaussian error linear unit, by its usual approximation (Hendrycks and Gimpel 2016)."""
    return 0.5 * made * (1 + numpy.tanh(0.7978845608 * (made + 0.044715 * made * made * made)))


def load(path: Path) -> TransformerReader:
    """The reader as `bench.learn_reader` wrote it; raises LearnedError."""
    with learned.tables(path) as weights:
        reader = TransformerReader(weights)
        reader.read(["请您稍等"])
    return reader
