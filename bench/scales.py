"""How the scales of tone are fitted: linear, over pieces that count by their rarity (for `bench/learn.py`)."""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy
from scipy import sparse
from sklearn.svm import LinearSVC

from bench.replies import Reply
from bot.desk.lint import Category
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.tone import CATEGORIES, plain
from bot.language.quick_reader import NOTHING, Words, pieces, written

STRENGTH = 1.0
TOLERANCE = 1e-3
FEWEST = 3
RARITY = 2.0
"""How much a rare piece counts for beside a common one: the logarithm of its rarity to this power."""
KEPT = 100_000
"""So many pieces are kept, those that tell most: what they weigh times the root of how often they are met with."""
PART = 1000
"""So many texts are taken to pieces at a time."""
Scores = Any
"""A row for each sentence of a reply: its scores by every model, and at last the greatest one of a category."""


class Table:
    """Every text that is learned from or judged, and its pieces: found out once for all fits."""

    def __init__(self, texts: Iterable[str], words: Words) -> None:
        self.words = words
        self._at = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        every = list(self._at)
        parts = [(start, pieces(every[start : start + PART], words)) for start in range(0, len(every), PART)]
        every_piece = numpy.concatenate([found for _, (found, _) in parts])
        is_piece = every_piece != NOTHING
        self.pieces, columns = numpy.unique(every_piece[is_piece], return_inverse=True)
        rows = numpy.concatenate([start + of for start, (_, of) in parts])[is_piece]
        often = numpy.ones(len(rows), dtype=numpy.float32)
        shape = (len(every), len(self.pieces))
        self._matrix = sparse.coo_matrix((often, (rows, columns)), shape=shape).tocsr()

    def rows(self, texts: Sequence[str]) -> Any:
        """A row for each text: how often each piece is met with."""
        return self._matrix[numpy.array([self._at[text] for text in texts], dtype=int)]


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
        tells = numpy.array([True] * len(kind) + [r.is_whole for r in unkind])
        rows = {Category.RIGID: tells}
        kinds = [self._fitted(numpy.array([c in one for one in wanted]), rows.get(c)) for c in CATEGORIES]
        self.models = (anyhow, *kinds)

    def _count(self, texts: Sequence[str]) -> None:
        """The pieces of the texts and how much each counts for."""
        rows = self._table.rows(texts)
        often = rows.getnnz(axis=0)
        self._kept = numpy.flatnonzero(often >= FEWEST)
        self.rarity = numpy.log((1 + len(texts)) / (1 + often[self._kept])) ** RARITY
        self._matrix = self._vectors(texts)

    def often(self, texts: Sequence[str]) -> Any:
        """A row for each text: how often each piece that is weighed is met with."""
        return self._table.rows(texts)[:, self._kept]

    @property
    def pieces(self) -> Any:
        """The pieces that are weighed."""
        return self._table.pieces[self._kept]

    def _vectors(self, texts: Sequence[str]) -> Any:
        rows = self.often(texts)
        length = numpy.sqrt(rows @ self.rarity**2)
        return sparse.diags(1 / numpy.maximum(length, 1e-9)) @ rows @ sparse.diags(self.rarity)

    def _fitted(self, wanted: Any, rows: Any = None) -> Any:
        chosen = slice(None) if rows is None else numpy.flatnonzero(rows)
        return LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=3).fit(self._matrix[chosen], wanted[chosen])

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


def known_words(replies: Sequence[Reply], vocabulary: Vocabulary) -> Words:
    """The dictionary's words that are met in several sentences."""
    texts = [plain(text) for reply in replies for text in reply.sentences]
    runs = {text[at : at + n] for text in texts for n in (2, 3, 4) for at in range(len(text) - n + 1)}
    dictionary = Words(sorted(run for run in runs if vocabulary.frequency(run) > 0))
    often = Counter(itertools.chain.from_iterable(set(dictionary.cut(text)) for text in texts))
    return Words(sorted(word for word, times in often.items() if times >= FEWEST and len(word) > 1))


def weights_of(fit: Fit, words: Words, texts: Sequence[str]) -> dict[str, Any]:
    """What the quick reader is made of: of the pieces those that tell most in these texts, the less telling ones first.
    Texts are shorter without the others; weights are made as much smaller, so that scores stay what they were.
    """
    weights = (fit.rarity * numpy.array([model.coef_[0] for model in fit.models])).T
    lengths = fit.rarity**2
    often = fit.often(texts)
    telling = numpy.abs(weights).max(axis=1) * numpy.sqrt(often.getnnz(axis=0))
    kept = numpy.argsort(telling, kind="stable")[-KEPT:]
    parts, wholes = numpy.sqrt(often[:, kept] @ lengths[kept]), numpy.sqrt(often @ lengths)
    share = float(numpy.mean(parts[wholes > 0] / wholes[wholes > 0]))
    bases = numpy.array([model.intercept_[0] for model in fit.models])
    return written(words, fit.pieces[kept], lengths[kept], weights[kept] * share, bases)
