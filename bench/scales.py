"""How the scales of tone are fitted: linear, over pieces that count by their rarity (for `bench/learn.py`)."""

import functools
import itertools
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bench.lint import HELD, Score, score
from bot.desk.manners.ports import Vocabulary
from bot.desk.manners.tone import ANY, CATEGORIES, UNIT, Lexicon, Scale, Tone, cut_words, has_tone, pieces, plain

STRENGTH = 1.0
TOLERANCE = 1e-3
FEWEST = 3
RARITY = 2.0
"""How much a rare piece counts for beside a common one: the logarithm of its rarity to this power."""
KEPT = 32_000
"""So many pieces are weighed for unkindness; of 70,000 the others hardly change a verdict."""
USUAL = 0.5
"""What a rule's hit counts for until it is known better."""
TRUST = 1.0
"""How far the replies are believed that few hits of a rule are met in: the inverse of what their weight costs."""
MATTERS = 10.0
"""Makes the scores of tone so large beside a hit that their weight costs nothing."""

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
    """A labelled reply by sentences, with what rules found in each (categories and rules' names).

    `author`: who wrote it, when no rule was made from it, else empty; `is_firm`: a rule alone holds it.
    """

    sentences: Sequence[str]
    hits: Sequence[frozenset[tuple[str, str]]]
    wanted: frozenset[str]
    author: str
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
        return LinearSVC(C=STRENGTH, tol=TOLERANCE, random_state=3).fit(
            self._matrix if matrix is None else matrix, wanted
        )

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
    """The scales: limits and what hits count for from cross-validation, weights from all replies."""
    words = known_words(replies, vocabulary)
    judged = _cross_validated(replies, words)
    anyhow = _any_scale(judged)
    worst = [
        (r, s, at) for r, s in judged if r.is_unkind for at in [_worst_at(r, s, anyhow)] if has_tone(r.sentences[at])
    ]
    kinds = [_category_scale(category, at, worst) for at, category in enumerate(CATEGORIES, start=1)]
    _show(judged, [anyhow, *kinds])
    return lightened(_tone(Fit(replies, words), [anyhow, *kinds]), [text for r in replies for text in r.sentences])


def known_words(replies: Sequence[Reply], vocabulary: Vocabulary) -> Lexicon:
    """The dictionary's words that are met in several sentences."""
    texts = [plain(text) for reply in replies for text in reply.sentences]
    runs = {text[at : at + n] for text in texts for n in (2, 3, 4) for at in range(len(text) - n + 1)}
    dictionary = Lexicon(run for run in runs if vocabulary.frequency(run) > 0)
    often = Counter(itertools.chain.from_iterable(set(cut_words(text, dictionary)) for text in texts))
    return Lexicon(word for word, times in often.items() if times >= FEWEST and len(word) > 1)


def _cross_validated(replies: Sequence[Reply], words: Lexicon) -> list[tuple[Reply, Scores]]:
    """The replies that no rule was made from, with the scores of their sentences by every scale, from a fit that has
    seen nothing of their author.
    """
    judged: list[tuple[Reply, Scores]] = []
    for author in sorted({r.author for r in replies} - {""}):
        fit = Fit([r for r in replies if r.author != author], words)
        own = [r for r in replies if r.author == author]
        judged += zip(own, fit.all([r.sentences for r in own]), strict=True)
    return judged


def _any_scale(judged: Sequence[tuple[Reply, Scores]]) -> Scale:
    """Whether a reply must be held back, told by its worst sentence."""
    usual = Scale(ANY, 0.0, 0.0, USUAL)
    worst = [(r, s, _worst_at(r, s, usual)) for r, s in judged if not r.is_firm]
    rows = [_row(r, s, 0, at, r.is_unkind) for r, s, at in worst if has_tone(r.sentences[at])]
    scale = _with_limit(_weighed_hits(ANY, rows), judged)
    told = score((r.is_unkind, _is_held(r, s, scale)) for r, s in judged)
    print(f"{ANY:12} {_shown(told)}")
    return scale


def _with_limit(scale: Scale, judged: Sequence[tuple[Reply, Scores]]) -> Scale:
    worst = [SURELY if r.is_firm else max(_values(r, s, scale)) for r, s in judged]
    limit, _ = _best([r.is_unkind for r, _ in judged], worst, CAUTION)
    return replace(scale, limit=limit)


def _is_held(reply: Reply, scores: Scores, scale: Scale) -> bool:
    return reply.is_firm or max(_values(reply, scores, scale)) > scale.limit


def _category_scale(category: str, at: int, worst: Sequence[tuple[Reply, Scores, int]]) -> Scale:
    """A category among unkind replies, told by their worst sentence; `at`: its place among the scores."""
    rows = [_row(r, s, at, sentence, category in r.wanted) for r, s, sentence in worst]
    scale = _weighed_hits(category, rows)
    values = [row.value + scale.counted(row.rules) for row in rows]
    limit, told = _best([row.is_wanted for row in rows], values)
    print(f"{category:12} {_shown(told)}")
    return replace(scale, limit=limit)


@dataclass(frozen=True)
class Row:
    """A sentence as one scale sees it: its score, the rules that hit it, and what is wanted."""

    value: float
    rules: frozenset[str]
    is_wanted: bool


def _row(reply: Reply, scores: Scores, at: int, sentence: int, is_wanted: bool) -> Row:
    return Row(float(scores[at][sentence]), _names(reply.hits[sentence], at), is_wanted)


def _names(hits: frozenset[tuple[str, str]], at: int) -> frozenset[str]:
    """The rules that count for a scale: for ANY all, for a category its own."""
    return frozenset(rule for category, rule in hits if at == 0 or category == CATEGORIES[at - 1])


def _values(reply: Reply, scores: Scores, scale: Scale) -> list[float]:
    """How unkind each sentence is, what rules found counted in."""
    told = zip(reply.sentences, scores[0], (_names(hits, 0) for hits in reply.hits), strict=True)
    return [_value(float(one), rules, scale) if has_tone(text) else _ruled(rules) for text, one, rules in told]


def _value(tone: float, rules: frozenset[str], scale: Scale) -> float:
    return tone + scale.counted(rules)


def _ruled(rules: frozenset[str]) -> float:
    """In a sentence too short to have a tone the rules alone decide."""
    return SURELY if rules else -SURELY


def _worst_at(reply: Reply, scores: Scores, scale: Scale) -> int:
    """Which sentence is the most unkind one."""
    values = _values(reply, scores, scale)
    return values.index(max(values))


def _weighed_hits(name: str, rows: Sequence[Row]) -> Scale:
    """How much it counts for beside the tone that a rule has hit, and which: by logistic regression."""
    rules = sorted({rule for row in rows for rule in row.rules})
    table = numpy.array(
        [[row.value * MATTERS, bool(row.rules), *(rule in row.rules for rule in rules)] for row in rows], dtype=float
    )
    model = LogisticRegression(C=TRUST, max_iter=1000).fit(table, [row.is_wanted for row in rows])
    _, of_any, *of_rules = model.coef_[0] / (model.coef_[0][0] * MATTERS)
    return Scale(name, 0.0, 0.0, float(of_any), {r: float(w) for r, w in zip(rules, of_rules, strict=True)})


def _show(judged: Sequence[tuple[Reply, Scores]], scales: Sequence[Scale]) -> None:
    """How each author's replies are judged by scales that have seen nothing of that author."""
    for author in sorted({r.author for r, _ in judged}):
        own = [(r, s) for r, s in judged if r.author == author]
        print(f"{author:14} {_shown(score((r.is_unkind, _is_held(r, s, scales[0])) for r, s in own))}")


def _shown(told: Score) -> str:
    return f"precision {told.precision:.3f} recall {told.recall:.3f} F1 {told.f1:.3f}"


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
