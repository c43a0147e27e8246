"""Judge a text: candidates by one pass of a multi-word search, patterns around them, then the excuses."""

import bisect
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from bot.desk.lint import Category
from bot.desk.manners.excuses import Excuses, Hit, Span
from bot.desk.manners.folded import Folded
from bot.desk.manners.leak import FINDERS
from bot.desk.manners.ports import Finder, MakeFinder, Vocabulary
from bot.desk.manners.rules import Excuse, Pattern, Rule, Rulebook
from bot.desk.manners.scene import Scene, has_quotes

REACH: Final = 40
"""A pattern is looked for so far around its anchor."""
UNREAD: Final = "〇"
"""Stands for a character of what is only mentioned."""
MOST_HITS: Final = 6
MOST_FOUND: Final = 16
"""So many hits of one pattern, and in all, are enough to hold a text back."""
MOST_TRIED: Final = 40
MOST_LOOKED_AT: Final = 16_000
"""So many hits are weighed in a text, and so many characters looked at: no text may make us slow."""
LONG: Final = 1_000
"""A text longer than any usual reply: all costs more in it, so fewer hits are weighed and fewer readings judged."""
_FIGURES: Final = re.compile(r"(?:[\d零〇一二三四五六七八九幺两][- .]{0,2}){7}")
_FINALS: Final = frozenset("不没了吧吗呢啊的好行嗯呀")


@dataclass(frozen=True, slots=True)
class Found:
    """A rule's hit that no excuse holds for; the span is of the folded text."""

    rule: Rule
    category: Category
    start: int
    end: int


class _Word(NamedTuple):
    """What a searched word stands for: patterns that it is the anchor of, or a fixed word."""

    length: int
    patterns: tuple[tuple[int, int, int], ...] = ()
    """Each with how many characters before the word it may begin, and how many after that it may end."""
    is_fixed: bool = False


class Judge:
    """The rules of a book over folded texts; safe to share between threads, unchanging."""

    def __init__(self, book: Rulebook, excuses: Excuses, vocabulary: Vocabulary, make_finder: MakeFinder) -> None:
        self._patterns = [(rule, pattern) for rule in book.rules for pattern in rule.patterns]
        self._shapes = [rule for rule in book.rules if rule.finds]
        self._excuses = self.excuses = excuses
        self.vocabulary = vocabulary
        self._finder: Finder[_Word] = make_finder(_words(self._patterns, book.words.fixed))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, each once."""
        return tuple({rule.name: rule for rule, _ in [*self._patterns, *((r, None) for r in self._shapes)]}.values())

    def findings(self, folded: Folded) -> list[Found]:
        """What is found in a folded text, by its place."""
        return _largest(self.all(folded))

    def all(self, folded: Folded) -> list[Found]:
        """Every hit, those too that lie within a longer one of the same category."""
        return [
            Found(rule, category, hit.start, hit.end)
            for rule, hit in itertools.islice(self._hits(folded), MOST_FOUND)
            for category in rule.categories
        ]

    def without_mentions(self, folded: Folded) -> Folded:
        """A text in which what is only mentioned (other people's words, names) can't be read; as long as before."""
        text = folded.text
        if has_quotes(text) is None:
            return folded
        for start, end in self.excuses.mentions(Scene(text, self.excuses.turns, self.vocabulary)):
            text = text[: start + 1] + UNREAD * (end - start - 2) + text[end - 1 :]
        return replace(folded, text=text)

    def fires(self, rule: Rule, folded: Folded) -> bool:
        """Whether a rule finds anything; other rules are not looked at."""
        return any(True for _ in self._hits(folded, rule))

    def _hits(self, folded: Folded, only: Rule | None = None) -> Iterator[tuple[Rule, Hit]]:
        """Hits that no excuse holds for, one by one: of every rule or of one."""
        windows, fixed = self._candidates(folded.text, folded.seams or folded.news)
        shapes: Sequence[Rule] = self._shapes if _FIGURES.search(folded.text) else ()
        if only:
            windows = {at: spans for at, spans in windows.items() if self._patterns[at][0] is only}
            shapes = [rule for rule in shapes if rule is only]
        if not windows and not shapes:
            return
        scene = Scene(folded.text, self._excuses.turns, self.vocabulary)
        by_words = (
            (rule, hit)
            for at, spans in _affordable(windows, len(folded.text))
            for rule, pattern in [self._patterns[at]]
            for hit in _matches(scene.text, pattern, spans)
        )
        by_shape = ((r, Hit(*span, (span,))) for r in shapes for n in r.finds for span in FINDERS[n](scene.text))
        tried = itertools.islice(itertools.chain(by_shape, by_words), _most_tried(folded))
        yield from ((rule, hit) for rule, hit in tried if self._stands(scene, folded, rule, hit, fixed))

    def _candidates(self, text: str, near: Sequence[int]) -> tuple[Mapping[int, list[Span]], Sequence[Span]]:
        """Around which places each pattern is to be looked for, and where fixed words stand; only where it may reach
        one of the places `near`, if there are any.
        """
        windows: dict[int, list[Span]] = defaultdict(list)
        fixed = []
        length = len(text)
        for last, (size, patterns, is_fixed) in self._words_in(text, near):
            end, start = last + 1, last + 1 - size
            if is_fixed:
                fixed.append((start, end))
            stop = end + REACH if end + REACH < length else length
            for at, before, after in patterns:
                if near and not _has_within(near, start - before - 1, start + after):
                    continue
                if before:
                    _widen(windows[at], start - before if start > before else 0, stop)
                else:
                    windows[at].append((start, stop))
        return windows, fixed

    def _words_in(self, text: str, near: Sequence[int]) -> Iterable[tuple[int, _Word]]:
        """The words that are searched for, with their last places; in a long text those near some places only."""
        if not near or len(text) <= LONG:
            return self._finder.iter(text)
        stretches: list[Span] = []
        for at in near:
            _widen(stretches, max(0, at - REACH), at + REACH)
        return ((a + last, word) for a, b in stretches for last, word in self._finder.iter(text[a:b]))

    def _stands(self, scene: Scene, folded: Folded, rule: Rule, hit: Hit, fixed: Sequence[Span]) -> bool:
        if folded.seams and not _is_across(folded, hit):
            return False
        if Excuse.FIXED in rule.excuses and _is_inside_fixed(hit, fixed):
            return False
        if any(_overlaps(p, scene.text, hit) for p in rule.unless):
            return False
        return self._excuses.excuse(scene, hit, rule.excuses) is None


def _words(patterns: Sequence[tuple[Rule, Pattern]], fixed: Iterable[str]) -> dict[str, _Word]:
    """Every word to be searched for, with what it stands for."""
    of: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for at, (_, pattern) in enumerate(patterns):
        for words in pattern.anchor:
            of[words].append((at, min(pattern.before, REACH), pattern.after))
    names = frozenset(fixed)
    return {word: _Word(len(word), tuple(of.get(word, ())), word in names) for word in {*of, *names}}


def _most_tried(folded: Folded) -> int:
    """So many hits are weighed: of a long text fewer, of what is read otherwise in it fewer still."""
    if len(folded.text) <= LONG:
        return MOST_TRIED
    return MOST_TRIED // (8 if folded.news else 4)


def _has_within(places: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the places, which are in order, lies between two others."""
    at = bisect.bisect_right(places, start)
    return at < len(places) and places[at] < end


def _widen(spans: list[Span], start: int, end: int) -> None:
    """Add a window to windows in order, joined with the last one when they touch."""
    if spans and start <= spans[-1][1]:
        first, last = spans[-1]
        spans[-1] = (start if start < first else first, end if end > last else last)
    else:
        spans.append((start, end))


def _affordable(windows: Mapping[int, list[Span]], length: int) -> Iterator[tuple[int, list[Span]]]:
    """Windows; of a long text those of the rarest patterns first, until enough of it was looked at."""
    if length * len(windows) <= MOST_LOOKED_AT:
        yield from windows.items()
        return
    looked_at = 0
    for at, spans in sorted(windows.items(), key=lambda item: _length(item[1])):
        looked_at += _length(spans)
        if looked_at > MOST_LOOKED_AT:
            return
        yield at, spans


def _length(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _matches(text: str, pattern: Pattern, spans: Sequence[Span]) -> Sequence[Hit]:
    """Where a pattern fits within windows of the text; most fit nowhere, which is asked first."""
    begins = pattern.before == 0
    fits = pattern.expression.match if begins else pattern.expression.search
    for span in spans:
        if fits(text, *span):
            found = _begun(text, pattern, spans) if begins else _anywhere(text, pattern, spans)
            return [_hit(match) for match in found[:MOST_HITS]]
    return ()


def _begun(text: str, pattern: Pattern, spans: Sequence[Span]) -> list[re.Match[str]]:
    """Where a pattern fits that begins with the words it was looked for by: there, or not at all."""
    fits, last, found = pattern.expression.match, 0, []
    for span in sorted(spans) if len(spans) > 1 else spans:
        match = fits(text, *span) if span[0] >= last else None
        if match and match.end() > match.start():
            last = match.end()
            found.append(match)
    return found


def _anywhere(text: str, pattern: Pattern, spans: Sequence[Span]) -> list[re.Match[str]]:
    fits = pattern.expression.finditer
    found = (match for span in spans for match in fits(text, *span) if match.end() > match.start())
    return list(itertools.islice(found, MOST_HITS))


def _hit(match: re.Match[str]) -> Hit:
    return Hit(match.start(), match.end(), [span for span in match.regs[1:] if 0 <= span[0] < span[1]])


def _is_across(folded: Folded, hit: Hit) -> bool:
    """Whether a left-out mark parted one stretch of the hit, and not where a piece ends by itself (合适不 行我…)."""
    parted = [seam for seam in folded.seams if any(start < seam < end for start, end in hit.stretches)]
    is_scattered = _marks_within(folded, hit) > 1
    return any(is_scattered or not _ends_a_piece(folded, seam) for seam in parted)


def _marks_within(folded: Folded, hit: Hit) -> int:
    """At how many places of the hit something was left out of the original."""
    return sum(folded.starts[at] > folded.ends[at - 1] for at in range(hit.start + 1, hit.end))


def _ends_a_piece(folded: Folded, seam: int) -> bool:
    """Whether a longer piece ends before the seam with a word that pieces end with."""
    is_long = seam > 1 and folded.starts[seam - 1] - folded.starts[seam - 2] == 1
    return is_long and folded.text[seam - 1] in _FINALS


def _is_inside_fixed(hit: Hit, fixed: Sequence[Span]) -> bool:
    """Whether a stretch of the hit is, or reaches into, a fixed word that isn't merely a part of the stretch."""
    return any(
        start < last and first < end and not (start <= first and last <= end and (start, end) != (first, last))
        for start, end in hit.stretches for first, last in fixed
    )  # fmt: skip


def _overlaps(pattern: Pattern, text: str, hit: Hit) -> bool:
    around = (max(0, hit.start - REACH), min(len(text), hit.end + REACH))
    return any(m.start() < hit.end and hit.start < m.end() for m in pattern.expression.finditer(text, *around))


def _largest(found: Iterable[Found]) -> list[Found]:
    """Of overlapping hits of a category the longest, in the order of the text."""
    kept: dict[Category, list[Found]] = defaultdict(list)
    for hit in sorted(found, key=lambda f: (f.start, -f.end)):
        last = kept[hit.category][-1] if kept[hit.category] else None
        if last is None or hit.start >= last.end:
            kept[hit.category].append(hit)
        elif hit.end - hit.start > last.end - last.start:
            kept[hit.category][-1] = hit
    return sorted(itertools.chain.from_iterable(kept.values()), key=lambda f: (f.start, f.end, f.category))
