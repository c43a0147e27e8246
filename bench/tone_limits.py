"""What a hit of each rule counts for beside the tone, and from where a sentence is unkind (for `bench/learn.py`).

Both are chosen by replies that neither the scales nor the close reader have seen: an author's file is left out, of
small files five at a time. First for the tone alone, which tells what is read again, then for what both say.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy
from sklearn.linear_model import LogisticRegression

from bench import apart
from bench.agreed import HELD
from bench.lint import Score, score
from bench.replies import Reply
from bench.scales import Fit, Scores, Table
from bot.desk.lint import Category
from bot.desk.manners.tone import ANY, CATEGORIES, MODELS, Scale, has_tone, told

TONE_ONLY: Final = len(MODELS) + 1
"""So many scores of a sentence are the tone's; the close reader's follow."""
NONE: Final = (0.0,) * len(CATEGORIES)
EVEN: Final = Scale(ANY, 0.0, 0.5, (1.0, *NONE, 1.0))
"""How models and rules are mixed until it is known better: whether it is unkind at all, and in the likeliest way."""
EVEN_AGAIN: Final = Scale(ANY, 0.0, 0.5, (1.0, *NONE, 1.0, 0.5, *NONE))
"""The same for what is read again."""
TRUST = 1.0
"""How far the replies are believed that few hits of a rule are met in: the inverse of what their weight costs."""
MATTERS: Final = numpy.array([10.0] * TONE_ONLY + [1.0] * len(MODELS))
"""Makes the scores of tone so large beside a hit that their weight costs nothing; the close reader's are."""
CAUTION: Final = 0.6
"""So many kind replies may be held back for each unkind one that is let through: of what is held back 97 in a hundred
must be unkind, of what is unkind 95 held back, so three may be wrong where five are missed.
"""
LET_THROUGH: Final = 0.04
"""So large a share of the unkind replies may be so far below the tone's limit that they are not read again: with half
of it many kind replies of a hundred characters, which are several sentences, would be. Chosen with the totals of the
scored files in view: they hardly changed.
"""
USUAL: Final = ("lint_tune71–75",)
"""Examiners who wrote for every category about as often, as those of the scored files did, labelled by three people;
authors before were asked for four ways of being unkind above all, and for kind replies that are as hard as can be. By
these it is chosen from where a reply is held back, and limits of categories as if they were as common as here.
"""
ALIKE: Final = 0.003
"""F-measures that differ by less are alike."""
SURELY: Final = 99.0
"""A reply that a rule holds back alone is above every limit."""
LEFT_OUT: Final = " | ".join(("| left out", "replies", "precision", "recall", "F1", *CATEGORIES)) + " |"
"""The head of the table of `left_out`: the F1 of being held back, then of each category."""
Judged = Sequence[tuple[Reply, Scores]]


@dataclass(frozen=True)
class Row:
    """A sentence as one scale sees it: its scores, the rules that hit it, and what is wanted."""

    scores: Sequence[float]
    rules: frozenset[str]
    is_wanted: bool


@dataclass(frozen=True)
class Limits:
    """What was chosen: the tone's scales, from how far below the first limit a sentence is read again, the scales of
    what was read again.
    """

    first: Sequence[Scale]
    doubt: float
    again: Sequence[Scale]


def cross_validated(replies: Sequence[Reply], table: Table) -> list[tuple[Reply, Scores]]:
    """The replies of authors that the close reader has not learned, with the scores of their sentences: the tone's,
    from a fit that has seen nothing of their author, then the close reader's.
    """
    said = apart.read()
    judged: list[tuple[Reply, Scores]] = []
    known = {id(r): said[apart.key(r.sentences)] for r in replies if r.is_apart and apart.key(r.sentences) in said}
    print(f"{len(known)} of {sum(r.is_apart for r in replies)} replies of authors apart are known to the close reader")
    for author in sorted({r.author for r in replies if r.is_apart}):
        fit = Fit([r for r in replies if r.author != author], table)
        own = [r for r in replies if r.author == author and id(r) in known]
        scores = fit.all([r.sentences for r in own])
        judged += [(r, numpy.hstack((s, known[id(r)]))) for r, s in zip(own, scores, strict=True)]
    return judged


def chosen(judged: Judged, replies: Sequence[Reply]) -> Limits:
    """The limits by what was judged; how usual a category is, by all `replies`."""
    rarer: dict[str, float] = {category: _rarer(category, replies, judged) for category in CATEGORIES}
    first = _scales([(r, s[:, :TONE_ONLY]) for r, s in judged], EVEN, rarer)
    doubt = _doubt(judged, first[0])
    read = [r.is_firm or max(_values(r, s, first[0])) - first[0].limit > -doubt for r, s in judged]
    return Limits(first, doubt, _scales(judged, EVEN_AGAIN, rarer, read))


def _scales(judged: Judged, even: Scale, rarer: Mapping[str, float], read: Sequence[bool] | None = None) -> list[Scale]:
    """`read`: which replies are read at all; what is not is kind."""
    anyhow = _any_scale(judged, even, read or [True] * len(judged))
    worst = _worst_sentences(judged, anyhow)
    return [anyhow, *(_category_scale(category, worst, rarer[category]) for category in CATEGORIES)]


def _any_scale(judged: Judged, even: Scale, read: Sequence[bool]) -> Scale:
    """Whether a reply must be held back, told by its worst sentence."""
    worst = [
        (r, s, _worst_at(r, s, even)) for (r, s), is_read in zip(judged, read, strict=True) if is_read and not r.is_firm
    ]
    rows = [Row(s[at], _names(r.hits[at], ANY), r.is_unkind) for r, s, at in worst if has_tone(r.sentences[at])]
    scale = _mixed(ANY, rows, [at for at, counts in enumerate(even.mix) if counts or at >= TONE_ONLY])
    values = [SURELY if r.is_firm else max(_values(r, s, scale)) for r, s in judged]
    values = [value if is_read else -SURELY for value, is_read in zip(values, read, strict=True)]
    usual = [at for at, (r, _) in enumerate(judged) if r.author in USUAL]
    return _limited(scale, [judged[at][0].is_unkind for at in usual], [values[at] for at in usual], CAUTION)


def _doubt(judged: Judged, anyhow: Scale) -> float:
    """How far below the tone's limit a sentence is read again."""
    values = numpy.array([max(_values(r, s[:, :TONE_ONLY], anyhow)) for r, s in judged if not r.is_firm])
    unkind = numpy.array([r.is_unkind for r, _ in judged if not r.is_firm])
    doubt = max(anyhow.limit - float(numpy.quantile(values[unkind], LET_THROUGH)), 0.0)
    again = values > anyhow.limit - doubt
    print(f"read again: {again[unkind].mean():.3f} of the unkind, {again[~unkind].mean():.3f} of the kind")
    return doubt


def _worst_sentences(judged: Judged, anyhow: Scale) -> list[tuple[Reply, Scores, int]]:
    """Of each unkind reply the sentence that weighs most, unless that is too short to have a tone."""
    unkind = [(r, s, _worst_at(r, s, anyhow)) for r, s in judged if r.is_unkind]
    return [(r, s, at) for r, s, at in unkind if has_tone(r.sentences[at])]


def _category_scale(category: str, worst: Sequence[tuple[Reply, Scores, int]], rarer: float) -> Scale:
    """A category among unkind replies, told by their worst sentence."""
    telling = [(r, s, at) for r, s, at in worst if r.is_whole or category != Category.RIGID]
    rows = [Row(s[at], _names(r.hits[at], category), category in r.wanted) for r, s, at in telling]
    scale = _mixed(category, rows, range(len(telling[0][1][0])))
    wanted = [row.is_wanted for row in rows]
    return _limited(scale, wanted, [_value(row.scores, row.rules, scale) for row in rows], rarer=rarer)


def _rarer(category: str, replies: Sequence[Reply], judged: Judged) -> float:
    """How many times as rare a category is with the authors who wrote for all as with those that are judged."""
    usual = [category in r.wanted for r in replies if r.author in USUAL and r.is_unkind]
    return _others(usual) / _others([category in r.wanted for r, _ in judged if r.is_unkind])


def _others(wanted: Sequence[bool]) -> float:
    """How many replies are not of a category for each that is."""
    return (len(wanted) - sum(wanted)) / sum(wanted)


def _limited(
    scale: Scale, wanted: Sequence[bool], values: Sequence[float], caution: float = 1.0, rarer: float = 1.0
) -> Scale:
    limit, found = _best(wanted, values, caution, rarer)
    print(f"{scale.name:12} precision {found.precision:.3f} recall {found.recall:.3f} F1 {found.f1:.3f}")
    return replace(scale, limit=limit)


def _names(hits: frozenset[tuple[str, str]], name: str) -> frozenset[str]:
    """The rules that count for a scale: for ANY all, for a category its own."""
    return frozenset(rule for category, rule in hits if name in (ANY, category))


def _values(reply: Reply, scores: Scores, scale: Scale) -> list[float]:
    """How unkind each sentence is, what rules found counted in."""
    told = zip(reply.sentences, scores, (_names(hits, ANY) for hits in reply.hits), strict=True)
    return [_value(row, rules, scale) if has_tone(text) else _ruled(rules) for text, row, rules in told]


def _value(scores: Sequence[float], rules: frozenset[str], scale: Scale) -> float:
    return float(numpy.dot(scale.mix, scores[: len(scale.mix)])) + scale.counted(rules)


def _ruled(rules: frozenset[str]) -> float:
    """In a sentence too short to have a tone the rules alone decide."""
    return SURELY if rules else -SURELY


def _worst_at(reply: Reply, scores: Scores, scale: Scale) -> int:
    """Which sentence is the most unkind one."""
    values = _values(reply, scores, scale)
    return values.index(max(values))


def _mixed(name: str, rows: Sequence[Row], models: Sequence[int]) -> Scale:
    """How much each of some models counts for, how much that a rule has hit, and which: by logistic regression."""
    rules = sorted({rule for row in rows for rule in row.rules})
    chosen = list(models)
    scores: Any = numpy.array([row.scores for row in rows])[:, chosen] * MATTERS[chosen]
    hits = numpy.array([[bool(row.rules), *(rule in row.rules for rule in rules)] for row in rows], dtype=float)
    fitted = LogisticRegression(C=TRUST, max_iter=2000).fit(numpy.hstack((scores, hits)), [r.is_wanted for r in rows])
    of_models, (of_any, *of_rules) = fitted.coef_[0][: len(chosen)], map(float, fitted.coef_[0][len(chosen) :])
    mix = numpy.zeros(len(rows[0].scores))
    mix[chosen] = of_models * MATTERS[chosen]
    return Scale(name, 0.0, of_any, tuple(map(float, mix)), dict(zip(rules, of_rules, strict=True)))


def left_out(judged: Judged, limits: Limits) -> Iterator[str]:
    """How each author's replies are judged by scales that have seen nothing of that author, a row of a table each."""
    found = [(r, _told(r, s, limits)) for r, s in judged]
    for author in (*sorted({r.author for r, _ in judged}), ""):
        own = [(r.wanted, told) for r, told in found if author in ("", r.author)]
        held = score((bool(wanted & HELD), bool(told)) for wanted, told in own)
        each = [score((c in wanted, c in told) for wanted, told in own).f1 for c in CATEGORIES]
        figures = (held.precision, held.recall, held.f1, *each)
        yield f"| {author or 'all'} | {len(own)} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def _told(reply: Reply, scores: Scores, limits: Limits) -> frozenset[str]:
    """The categories for which a reply would be held back."""
    ruled = frozenset(category for hits in reply.hits for category, _ in hits) if reply.is_firm else frozenset()
    doubtful = [value - limits.first[0].limit > -limits.doubt for value in _values(reply, scores, limits.first[0])]
    values = _values(reply, scores, limits.again[0])
    held = [at for at, value in enumerate(values) if doubtful[at] and value > limits.again[0].limit]
    return ruled.union(*(_told_in(reply, scores, limits.again, at) for at in held))


def _told_in(reply: Reply, scores: Scores, scales: Sequence[Scale], at: int) -> frozenset[str]:
    hits = reply.hits[at]
    if not has_tone(reply.sentences[at]):
        return frozenset(category for category, _ in hits)
    return frozenset(told({s.name: _value(scores[at], _names(hits, s.name), s) - s.limit for s in scales[1:]}))


def _best(
    wanted: Sequence[bool], values: Sequence[float], caution: float = 1.0, rarer: float = 1.0
) -> tuple[float, Score]:
    """The limit with which most is judged rightly, midway between two values: of those whose F1 is about the largest
    (by `ALIKE`: which of them is so is chance) the one with which `caution` times as much is wrongly found as missed.
    What is not wanted counts `rarer` times.
    """
    order = numpy.argsort(values)[::-1]
    falling = numpy.append(numpy.asarray(values)[order], -SURELY)
    right = numpy.cumsum(numpy.asarray(wanted)[order])
    found, total = numpy.arange(1, len(right) + 1), max(int(right[-1]), 1)
    wrong = rarer * (found - right)
    measure = numpy.where(falling[:-1] > falling[1:], 2 * right / (total + right + wrong), -1)
    uneven = numpy.abs(wrong - caution * (total - right))
    at = int(numpy.where(measure > measure.max() - ALIKE, -uneven, -len(found)).argmax())
    limit = float(falling[at] + falling[at + 1]) / 2
    return limit, Score(int(right[at]), int(found[at] - right[at]), int(total - right[at]))
