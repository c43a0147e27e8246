"""The rules of one moment, put together: what they find in a text, and what the tone tells of each sentence."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.desk.lint import Category
from bot.desk.manners.courtesy import CourtesyReader
from bot.desk.manners.folded import Characters, Folded, fold, joined_across_marks
from bot.desk.manners.judge import LONG, Found, Judge
from bot.desk.manners.ports import Reader
from bot.desk.manners.restore import Restorer
from bot.desk.manners.reword import Manners, filled
from bot.desk.manners.rules import Rule, Rulebook
from bot.desk.manners.tone import CATEGORIES, Tone, sentences
from bot.desk.manners.weigh import ways


@dataclass(frozen=True, slots=True)
class Seen:
    """A hit, the reading of the text in which it was found, and whether that reading is a bold one."""

    found: Found
    folded: Folded
    is_bold: bool

    def is_within(self, start: int, end: int) -> bool:
        """Whether it reaches into a stretch of the original text."""
        first, last = self.folded.span(self.found.start, self.found.end)
        return first < end and start < last


@dataclass(frozen=True)
class Engine:
    """The rules of one moment, ready; exchanged as a whole."""

    characters: Characters
    judge: Judge
    restorer: Restorer
    courtesy: CourtesyReader
    manners: Manners
    book: Rulebook
    tone: Tone | None
    reader: Reader | None
    general: Mapping[Category, Rule]
    """What is said of a reply by its tone alone."""

    def found(self, text: str) -> list[Seen]:
        """Every hit of a rule that stands, and what the tone of the whole adds."""
        plain = fold(text, self.characters)
        restored = self.restorer.restored(plain)
        hits: list[Seen] = []
        joined = joined_across_marks(plain) if len(plain.text) <= LONG else None
        for folded, is_bold in ((plain, False), (joined, False), (restored, True)):
            if folded is not None:
                hits += [
                    Seen(f, folded, is_bold) for f in self.judge.findings(folded) if not _is_known(f, folded, hits)
                ]
        if self.tone is None:
            return hits
        return self._weighed(self.judge.without_mentions(restored or plain), hits, self.tone)

    def filled(self, rule: Rule, facts: Mapping[str, str]) -> str:
        """A rule's better wording with what is known."""
        return filled(rule.better, facts, self.manners.facts)

    def _weighed(self, read: Folded, hits: list[Seen], tone: Tone) -> list[Seen]:
        """Sentence by sentence: without hits of loose rules in a kind one, with what the tone tells of an unkind."""
        spans, left = sentences(read.text), hits
        owned: list[list[Seen]] = []
        for span in spans:
            owned.append([h for h in left if h.is_within(*read.span(*span))] if left else [])
            left = [h for h in left if h not in owned[-1]] if owned[-1] else left
        texts = [read.text[slice(*span)] for span in spans]
        told = ways(texts, [_told(own) for own in owned], tone, self.reader)
        kept = [self._of_sentence(read, *one) for one in zip(spans, owned, told, strict=True)]
        return [*itertools.chain.from_iterable(kept), *left]

    def _of_sentence(self, read: Folded, span: tuple[int, int], own: list[Seen], unkind: set[str] | None) -> list[Seen]:
        if unkind is None:
            return own
        firm = [h for h in own if not h.found.rule.is_loose or h.found.category in unkind]
        untold = unkind - {category for category, _ in _told(own)}
        place = _trimmed(read.text, span)
        return firm + [
            Seen(Found(self.general[category], category, *place), read, True)
            for category in CATEGORIES
            if category in untold
        ]


def _told(own: Sequence[Seen]) -> set[tuple[str, str]]:
    """What rules have found that the tone weighs, too."""
    return {(h.found.category, h.found.rule.name) for h in own if h.found.category in CATEGORIES}


def _trimmed(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """A sentence without the blanks around it."""
    start, end = span
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _is_known(hit: Found, folded: Folded, hits: Sequence[Seen]) -> bool:
    """Whether the place was found for this category in a plainer reading."""
    start, end = folded.span(hit.start, hit.end)
    places = (h.folded.span(h.found.start, h.found.end) for h in hits if h.found.category is hit.category)
    return any(first < end and start < last for first, last in places)
