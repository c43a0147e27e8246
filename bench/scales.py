"""How the scales of tone are fitted: linear, over pieces that count by their rarity (for `bench/learn.py`)."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy
from scipy import sparse
from sklearn.svm import LinearSVC

from bench.lint import HELD
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.tone import CATEGORIES, UNIT, Lexicon, Scale, Tone, cut_words, pieces, plain

STRENGTH = 1.0
TOLERANCE = 1e-3
FEWEST = 3
RARITY = 2.0
"""How much a rare piece counts for beside a common one: the logarithm of its rarity to this power."""
KEPT = 32_000
"""So many pieces are weighed for unkindness; of 70,000 the others hardly change a verdict."""

SAMPLED: Final = 8
"""One sentence in so many tells how much lighter a smaller table is."""
Scores = Sequence[Any]
"""By every scale the scores of a reply's sentences."""


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
    """Scales fitted to some replies; `weigh` gives their scores of other sentences."""

    def __init__(self, replies: Sequence[Reply], table: Table) -> None:
        self._table = table
        kind = [
            text for r in replies if not r.is_unkind for text in dict.fromkeys(("".join(r.sentences), *r.sentences))
        ]
        unkind = [r for r in replies if r.is_unkind]
        worst = ["".join(r.sentences) for r in unkind]
        for _ in range(2):
            self._count([*kind, *worst])
            self.any = self._fitted(numpy.arange(len(kind) + len(worst)) >= len(kind))
            worst = [self._worst(r) for r in unkind]
        self.kinds = [self._of_category(c, worst, unkind) for c in CATEGORIES]

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

    def _fitted(self, wanted: Any, matrix: Any = None) -> Any:
        return LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=3).fit(
            self._matrix if matrix is None else matrix, wanted
        )

    def _worst(self, reply: Reply) -> str:
        if len(reply.sentences) == 1:
            return reply.sentences[0]
        return reply.sentences[int(self.weigh(reply.sentences, self.any).argmax())]

    def _of_category(self, category: str, worst: Sequence[str], unkind: Sequence[Reply]) -> Any:
        """In what way an unkind sentence is so: learned from unkind ones alone."""
        matrix = self._vectors(worst)
        return self._fitted(numpy.array([category in r.wanted for r in unkind]), matrix)

    def weigh(self, texts: Sequence[str], model: Any) -> Any:
        """A model's scores of texts."""
        return model.decision_function(self._vectors(texts))

    def all(self, replies: Sequence[Sequence[str]]) -> list[Scores]:
        """By every scale the scores of each reply's sentences."""
        flat = self._vectors([text for one in replies for text in one])
        told = [model.decision_function(flat) for model in (self.any, *self.kinds)]
        ends = list(itertools.accumulate(map(len, replies)))
        return [[scores[end - len(one) : end] for scores in told] for one, end in zip(replies, ends, strict=True)]


def known_words(replies: Sequence[Reply], vocabulary: Vocabulary) -> Lexicon:
    """The dictionary's words that are met in several sentences."""
    texts = [plain(text) for reply in replies for text in reply.sentences]
    runs = {text[at : at + n] for text in texts for n in (2, 3, 4) for at in range(len(text) - n + 1)}
    dictionary = Lexicon(run for run in runs if vocabulary.frequency(run) > 0)
    often = Counter(itertools.chain.from_iterable(set(cut_words(text, dictionary)) for text in texts))
    return Lexicon(word for word, times in often.items() if times >= FEWEST and len(word) > 1)


def tone_of(fit: Fit, scales: Sequence[Scale]) -> Tone:
    """The scales together with what each piece weighs."""
    models = [fit.any, *fit.kinds]
    weights = numpy.round(UNIT * fit.rarity * numpy.array([m.coef_[0] for m in models])).astype(int)
    lengths = numpy.round(fit.rarity**2).astype(int)
    rows = {
        name: (int(weights[0, at]), int(lengths[at]), " ".join(map(str, weights[1:, at])))
        for at, name in enumerate(fit.names)
    }
    based = tuple(replace(s, base=float(m.intercept_[0])) for s, m in zip(scales, models, strict=True))
    return Tone(based, rows)


def lightened(tone: Tone, texts: Sequence[str]) -> Tone:
    """The scales with no weight for unkindness in the pieces that weigh least: every sentence is weighed
    by it, and a smaller table is searched faster. What is left weighs so much less that scores stay what they were.
    """
    heaviest = sorted((abs(row[0]) for row in tone.rows.values()), reverse=True)
    least = heaviest[min(KEPT, len(heaviest)) - 1]
    kept = {p for p, row in tone.rows.items() if abs(row[0]) >= least}
    sample = [pieces(text, tone.words) for text in texts[::SAMPLED]]
    shares = [_length(tone, found & kept) / _length(tone, found) for found in sample]
    share = sum(shares) / len(shares)
    rows = {p: (round(w * share) if p in kept else 0, q, kinds) for p, (w, q, kinds) in tone.rows.items()}
    return Tone(tone.scales, rows)


def _length(tone: Tone, found: set[str]) -> float:
    return math.sqrt(sum(tone.rows[piece][1] for piece in found if piece in tone.rows)) or 1.0
