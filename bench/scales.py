"""How the scales of tone are fitted: linear, over pieces that count by their rarity (for `bench/learn.py`)."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy
from scipy import sparse
from sklearn.svm import LinearSVC

from bench.lint import HELD
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.tone import BIAS, CATEGORIES, FIELDS, Lexicon, Scale, Tone, cut_words, is_word, pieces, plain
from bot.desk.manners.tone_file import LENGTHS, WEIGHTS, rounded

STRENGTH = 1.0
TOLERANCE = 1e-3
FEWEST = 3
RARITY = 2.0
"""How much a rare piece counts for beside a common one: the logarithm of its rarity to this power."""
KEPT = 120_000
"""So many pieces are kept; the others hardly change a verdict."""
LENGTH: Final = (1 << 32) - 1
"""The field of a row that tells how much it counts for a text's length."""
SAMPLED: Final = 8
"""One sentence in so many tells how much lighter a smaller table is."""
Scores = Any
"""A row for each sentence of a reply: its scores by every model, and at last the greatest one of a category."""


class Table:
    """Every text that is learned from or judged, and its pieces: found out once for all fits."""

    def __init__(self, texts: Iterable[str], words: Lexicon) -> None:
        self._at = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        known: dict[str, int] = {}
        found = [[known.setdefault(piece, len(known)) for piece in pieces(text, words)] for text in self._at]
        flat = numpy.array(list(itertools.chain.from_iterable(found)), dtype=int)
        ends = numpy.cumsum([0, *map(len, found)])
        self.names = numpy.array(list(known), dtype=object)
        self._matrix = sparse.csr_matrix((numpy.ones(len(flat)), flat, ends), shape=(len(found), len(known)))

    def rows(self, texts: Sequence[str]) -> Any:
        """A row for each text with a one for each of its pieces."""
        return self._matrix[numpy.array([self._at[text] for text in texts], dtype=int)]


@dataclass(frozen=True)
class Reply:
    """A labelled reply by sentences, with what rules found in each (categories and rules' names).

    `author`: who wrote it, when no rule was made from it, else empty; `is_firm`: a rule alone holds it.
    """

    sentences: Sequence[str]
    hits: Sequence[frozenset[tuple[str, str]]]
    wanted: frozenset[str]
    author: str
    is_firm: bool

    @property
    def texts(self) -> Iterable[str]:
        """The whole and each sentence."""
        return dict.fromkeys(("".join(self.sentences), *self.sentences))

    @property
    def is_unkind(self) -> bool:
        """Whether it must be held back."""
        return bool(self.wanted & HELD)


class Fit:
    """The models fitted to some replies; `all` gives their scores of other sentences."""

    def __init__(self, replies: Sequence[Reply], table: Table) -> None:
        self._table = table
        kind = [text for r in replies if not r.is_unkind for text in r.texts]
        unkind = [r for r in replies if r.is_unkind]
        worst = ["".join(r.sentences) for r in unkind]
        for _ in range(2):
            self._count([*kind, *worst])
            anyhow = self._fitted(numpy.arange(len(kind) + len(worst)) >= len(kind))
            worst = [self._worst(r, anyhow) for r in unkind]
        wanted = [frozenset[str]()] * len(kind) + [r.wanted for r in unkind]
        kinds = [self._fitted(numpy.array([category in one for one in wanted])) for category in CATEGORIES]
        self.models = (anyhow, *kinds)

    def _count(self, texts: Sequence[str]) -> None:
        """The pieces of the texts and how much each counts for."""
        rows = self._table.rows(texts)
        often = numpy.asarray(rows.sum(axis=0)).ravel()
        self._kept = numpy.flatnonzero(often >= FEWEST)
        self.names = list(self._table.names[self._kept])
        self.rarity = numpy.log((1 + len(texts)) / (1 + often[self._kept])) ** RARITY
        self._matrix = self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Any:
        matrix = self._table.rows(texts)[:, self._kept] @ sparse.diags(self.rarity)
        length = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
        return sparse.diags(1 / numpy.maximum(length, 1e-9)) @ matrix

    def _fitted(self, wanted: Any) -> Any:
        return LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=3).fit(self._matrix, wanted)

    def _worst(self, reply: Reply, anyhow: Any) -> str:
        if len(reply.sentences) == 1:
            return reply.sentences[0]
        return reply.sentences[int(anyhow.decision_function(self._vectors(reply.sentences)).argmax())]

    def all(self, replies: Sequence[Sequence[str]]) -> list[Scores]:
        """Of each reply's sentences the scores by every model, and at last the greatest one of a category."""
        flat = self._vectors([text for one in replies for text in one])
        told = numpy.array([model.decision_function(flat) for model in self.models])
        scores = numpy.vstack((told, told[1:].max(axis=0))).T
        ends = list(itertools.accumulate(map(len, replies)))
        return [scores[end - len(one) : end] for one, end in zip(replies, ends, strict=True)]


def known_words(replies: Sequence[Reply], vocabulary: Vocabulary) -> Lexicon:
    """The dictionary's words that are met in several sentences."""
    texts = [plain(text) for reply in replies for text in reply.sentences]
    runs = {text[at : at + n] for text in texts for n in (2, 3, 4) for at in range(len(text) - n + 1)}
    dictionary = Lexicon(run for run in runs if vocabulary.frequency(run) > 0)
    often = Counter(itertools.chain.from_iterable(set(cut_words(text, dictionary)) for text in texts))
    return Lexicon(word for word, times in often.items() if times >= FEWEST and len(word) > 1)


def tone_of(fit: Fit, scales: Sequence[Scale]) -> Tone:
    """The scales together with what each piece weighs, rounded to what the file can say."""
    weights = fit.rarity * numpy.array([model.coef_[0] for model in fit.models])
    lengths = fit.rarity**2
    steps = numpy.abs(weights).max(axis=1) / WEIGHTS[-1]
    unit = lengths.max() / LENGTHS[-1]
    columns = zip(fit.names, lengths / unit, (weights / steps[:, None]).T, strict=True)
    rows = {name: rounded(float(length), row) for name, length, row in columns}
    bases = tuple(float(model.intercept_[0]) for model in fit.models)
    return Tone(tuple(scales), bases, tuple(float(step / math.sqrt(unit)) for step in steps), rows)


def lightened(tone: Tone, texts: Sequence[str]) -> Tone:
    """The scales without the pieces that weigh least: a smaller table is searched and loaded faster. What is left
    weighs so much less that scores stay what they were.
    """
    weight = {piece: _heaviest(row) for piece, row in tone.rows.items()}
    least = sorted(weight.values(), reverse=True)[min(KEPT, len(weight)) - 1]
    rows = {piece: row for piece, row in tone.rows.items() if weight[piece] >= least or is_word(piece)}
    sample = [pieces(text, tone.words) for text in texts[::SAMPLED]]
    share = sum(_length(rows, found) / _length(tone.rows, found) for found in sample) / len(sample)
    return replace(tone, steps=tuple(step * share for step in tone.steps), rows=rows)


def _heaviest(row: int) -> int:
    _, *weights, _ = FIELDS.unpack(row.to_bytes(FIELDS.size, "little"))
    return max(abs(weight - BIAS) for weight in weights)


def _length(rows: Mapping[str, int], found: set[str]) -> float:
    return math.sqrt(sum(rows[piece] & LENGTH for piece in found if piece in rows)) or 1.0
