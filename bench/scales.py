"""How the scales of tone are fitted: linear, over pieces that count by their rarity (for `bench/learn.py`)."""

import functools
import itertools
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy
from scipy import sparse
from sklearn.svm import LinearSVC

from bench.lint import HELD, Score, score
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.tone import ANY, CATEGORIES, UNIT, Lexicon, Scale, Tone, cut_words, pieces, plain

FOLDS = 4
STRENGTH = 1.0
FEWEST = 3
RARITY = 2.0
"""How much a rare piece counts for beside a common one: the logarithm of its rarity to this power."""
ALIKE = 0.35
"""Replies that share so much of their runs of four characters are of one family."""
KEPT = 32_000
"""So many pieces are weighed for unkindness; of 70,000 the others hardly change a verdict."""
BONUSES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
"""What a rule's hit may count for."""


SAMPLED: Final = 8
"""One sentence in so many tells how much lighter a smaller table is."""
CAUTION: Final = 0.8
"""A false alarm makes people switch the lint off: so much less than precision counts recall when replies are held."""
SURELY: Final = 9.0
"""A reply that a rule holds back alone is above every limit."""
Scores = Sequence[Any]
"""By every scale the scores of a reply's sentences."""


@functools.cache
def _pieces(text: str, words: Lexicon) -> Sequence[str]:
    """What a text is made of, found out once for all folds."""
    return tuple(map(sys.intern, pieces(text, words)))


@dataclass(frozen=True)
class Reply:
    """A labelled reply by sentences, with the categories that rules found in each; `is_firm`: a rule alone holds it."""

    sentences: Sequence[str]
    ruled: Sequence[frozenset[str]]
    wanted: frozenset[str]
    is_real: bool
    is_unruled: bool
    is_firm: bool

    @property
    def is_unkind(self) -> bool:
        """Whether it must be held back."""
        return bool(self.wanted & HELD)


class Fit:
    """Scales fitted to some replies; `weigh` gives their scores of other sentences."""

    def __init__(self, replies: Sequence[Reply], words: Lexicon) -> None:
        self._words = words
        kind = [text for r in replies if not r.is_unkind for text in {"".join(r.sentences), *r.sentences}]
        unkind = [r for r in replies if r.is_unkind]
        worst = ["".join(r.sentences) for r in unkind]
        for _ in range(2):
            self.texts = [*kind, *worst]
            self._count()
            self.any = self._fitted(numpy.arange(len(self.texts)) >= len(kind))
            worst = [self._worst(r) for r in unkind]
        self.kinds = [self._of_category(c, worst, unkind) for c in CATEGORIES]

    def _count(self) -> None:
        """The pieces of the texts and how much each counts for."""
        found = [_pieces(text, self._words) for text in self.texts]
        often = Counter(itertools.chain.from_iterable(found))
        self.names = sorted(piece for piece, times in often.items() if times >= FEWEST)
        self._at = {piece: at for at, piece in enumerate(self.names)}
        times = numpy.array([often[piece] for piece in self.names])
        self.rarity = numpy.log((1 + len(found)) / (1 + times)) ** RARITY
        self._matrix = self._vectors(found)

    def _vectors(self, found: Sequence[Sequence[str]]) -> Any:
        columns = [[self._at[piece] for piece in one if piece in self._at] for one in found]
        ends = numpy.cumsum([0, *map(len, columns)])
        flat = numpy.array(list(itertools.chain.from_iterable(columns)), dtype=int)
        matrix = sparse.csr_matrix((self.rarity[flat], flat, ends), shape=(len(found), len(self.names)))
        length = numpy.sqrt(numpy.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
        return sparse.diags(1 / numpy.maximum(length, 1e-9)) @ matrix

    def _fitted(self, wanted: Any, matrix: Any = None) -> Any:
        return LinearSVC(C=STRENGTH, random_state=3).fit(self._matrix if matrix is None else matrix, wanted)

    def _worst(self, reply: Reply) -> str:
        if len(reply.sentences) == 1:
            return reply.sentences[0]
        return reply.sentences[int(self.weigh(reply.sentences, self.any).argmax())]

    def _of_category(self, category: str, worst: Sequence[str], unkind: Sequence[Reply]) -> Any:
        """In what way an unkind sentence is so: learned from unkind ones alone."""
        matrix = self._vectors([_pieces(text, self._words) for text in worst])
        return self._fitted(numpy.array([category in r.wanted for r in unkind]), matrix)

    def weigh(self, texts: Sequence[str], model: Any) -> Any:
        """A model's scores of texts."""
        return model.decision_function(self._vectors([_pieces(text, self._words) for text in texts]))

    def all(self, replies: Sequence[Sequence[str]]) -> list[Scores]:
        """By every scale the scores of each reply's sentences."""
        flat = self._vectors([_pieces(text, self._words) for one in replies for text in one])
        told = [model.decision_function(flat) for model in (self.any, *self.kinds)]
        ends = list(itertools.accumulate(map(len, replies)))
        return [[scores[end - len(one) : end] for scores in told] for one, end in zip(replies, ends, strict=True)]


def learned(replies: Sequence[Reply], vocabulary: Vocabulary) -> Tone:
    """The scales: limits from cross-validation, weights from all replies."""
    words = known_words(replies, vocabulary)
    judged = list(zip(replies, _cross_validated(replies, words), strict=True))
    anyhow = _any_scale([one for one in judged if one[0].is_unruled])
    unkind = [(r, s, _worst_at(r, s, anyhow.rule)) for r, s in judged if r.is_real and r.is_unkind]
    kinds = [_category_scale(c, at, unkind) for at, c in enumerate(CATEGORIES, start=1)]
    return lightened(_tone(Fit(replies, words), [anyhow, *kinds]), [text for r in replies for text in r.sentences])


def known_words(replies: Sequence[Reply], vocabulary: Vocabulary) -> Lexicon:
    """The dictionary's words that are met in several sentences."""
    texts = [plain(text) for reply in replies for text in reply.sentences]
    runs = {text[at : at + n] for text in texts for n in (2, 3, 4) for at in range(len(text) - n + 1)}
    dictionary = Lexicon(run for run in runs if vocabulary.frequency(run) > 0)
    often = Counter(itertools.chain.from_iterable(set(cut_words(text, dictionary)) for text in texts))
    return Lexicon(word for word, times in often.items() if times >= FEWEST and len(word) > 1)


def _cross_validated(replies: Sequence[Reply], words: Lexicon) -> list[Scores]:
    """Of each reply the scores of its sentences by every scale, from a fit that has not seen its family."""
    folds = [family % FOLDS for family in families(["".join(r.sentences) for r in replies])]
    scores: list[Any] = [None] * len(replies)
    for fold in range(FOLDS):
        fit = Fit([r for r, f in zip(replies, folds, strict=True) if f != fold], words)
        own = [at for at, f in enumerate(folds) if f == fold]
        for at, told in zip(own, fit.all([replies[at].sentences for at in own]), strict=True):
            scores[at] = told
    return scores


def families(texts: Sequence[str]) -> list[int]:
    """For each text a number that it shares with those that are much like it."""
    first = list(range(len(texts)))
    met: dict[str, list[int]] = defaultdict(list)

    def head(at: int) -> int:
        while first[at] != at:
            at = first[at]
        return at

    runs = [{text[i : i + 4] for i in range(len(text) - 3)} for text in texts]
    for at, own in enumerate(runs):
        shared = Counter(itertools.chain.from_iterable(met[run] for run in own))
        for other, count in shared.items():
            if count > ALIKE * min(len(own), len(runs[other])):
                first[head(at)] = head(other)
        for run in own:
            met[run].append(at)
    return [hash((head(at), 7)) for at in range(len(texts))]


def _any_scale(judged: Sequence[tuple[Reply, Scores]]) -> Scale:
    """Limit and bonus with which most replies are judged rightly."""
    wanted = [r.is_unkind for r, _ in judged]
    tried = []
    for bonus in BONUSES:
        worst = [SURELY if r.is_firm else _values(r, s, bonus)[_worst_at(r, s, bonus)] for r, s in judged]
        limit, told = _best(wanted, worst, CAUTION)
        tried.append((_weighed(told, CAUTION), bonus, limit, told))
    return _chosen(ANY, tried)


def _values(reply: Reply, scores: Scores, bonus: float) -> list[float]:
    """How unkind each sentence is, what rules found counted in."""
    return [float(s) + bonus * bool(h) for s, h in zip(scores[0], reply.ruled, strict=True)]


def _worst_at(reply: Reply, scores: Scores, bonus: float) -> int:
    """Which sentence is the most unkind one."""
    values = _values(reply, scores, bonus)
    return values.index(max(values))


def _category_scale(category: str, at: int, unkind: Sequence[tuple[Reply, Scores, int]]) -> Scale:
    """Limit and bonus of a category among unkind replies, by their worst sentence; `at`: its place among the scores."""
    tried = []
    for bonus in BONUSES:
        values = [float(s[at][worst]) + bonus * (category in r.ruled[worst]) for r, s, worst in unkind]
        rows = [(r.is_unruled, category in r.wanted, v) for (r, _, _), v in zip(unkind, values, strict=True)]
        limit, told = _best(
            [w for is_unruled, w, _ in rows if is_unruled], [v for is_unruled, _, v in rows if is_unruled]
        )
        tried.append((told.f1, bonus, limit, told))
    return _chosen(category, tried)


def _chosen(name: str, tried: Sequence[tuple[float, float, float, Score]]) -> Scale:
    _, bonus, limit, told = max(tried, key=lambda t: t[0])
    shown = f"precision {told.precision:.3f} recall {told.recall:.3f} F1 {told.f1:.3f}"
    print(f"{name:12} rule {bonus:.2f} limit {limit:+.2f} {shown}")
    return Scale(name, 0.0, limit, bonus)


def _best(wanted: Sequence[bool], values: Sequence[float], caution: float = 1.0) -> tuple[float, Score]:
    """The limit with which most is judged rightly."""
    tried = sorted(set(values))[:: max(1, len(values) // 400)]
    told = [(limit, score(zip(wanted, (v > limit for v in values), strict=True))) for limit in tried]
    return max(told, key=lambda t: _weighed(t[1], caution))


def _weighed(told: Score, caution: float) -> float:
    """The F-measure in which recall counts `caution` times as much as precision."""
    squared = caution**2
    total = squared * told.precision + told.recall
    return (1 + squared) * told.precision * told.recall / total if total else 0.0


def _tone(fit: Fit, scales: Sequence[Scale]) -> Tone:
    """The scales together with what each piece weighs."""
    models = [fit.any, *fit.kinds]
    weights = numpy.round(UNIT * fit.rarity * numpy.array([m.coef_[0] for m in models])).astype(int)
    lengths = numpy.round(fit.rarity**2).astype(int)
    rows = {
        name: (int(weights[0, at]), int(lengths[at]), " ".join(map(str, weights[1:, at])))
        for at, name in enumerate(fit.names)
    }
    based = tuple(Scale(s.name, float(m.intercept_[0]), s.limit, s.rule) for s, m in zip(scales, models, strict=True))
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
