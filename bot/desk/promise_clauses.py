"""A reply in sentences and clauses, with the times that stand in each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.desk.promise_lexicon import QUOTED
from bot.desk.reading import At, Unclear

LONGEST: Final = 12
"""Clauses that are read as one sentence, so that a text without a full stop costs no more than others."""
SEEN: Final = 200
"""Characters that are looked at before a sentence, for who was named last."""
_MARK: Final = re.compile(r"[,;。!?\n~…]+|[\s]+(?![\d\s])(?=[^\s])")
_ENDS: Final = re.compile(r"[;。!?\n…]")
_ATTRIBUTE: Final = re.compile(
    r"\s*(?:之间)?的(?!时候|话)(?!通知|电话|消息|答复|结果)|\s*(?:次日|当天|当日)|下单|起(?!草|来|码)|开始|那[通次个批单回]"
)
_RELATIVE: Final = re.compile("次日|翌日")
"""What makes the time before it a word about some thing: 明天的货, 4点后的订单."""


@dataclass(frozen=True)
class Clause:
    """A stretch up to a comma or the like, its mark included: `text` of the reply in one form, `start` to `end`.
    `times` are those that a deed may hang on.
    """

    text: str
    start: int
    end: int
    times: tuple[At, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """Clauses up to a full stop; `before` is the reply's text before it."""

    clauses: tuple[Clause, ...]
    before: str = field(default="", repr=False)

    def until(self, n: int) -> str:
        """The sentence's text before its clause `n`."""
        return "".join(c.text for c in self.clauses[:n])


def sentences_of(text: str, whens: Sequence[At | Unclear]) -> Iterator[Sentence]:
    """The sentences of a reply (in one form) in order. A time in quotation marks, or about a thing, is left out."""
    hidden = [m.span() for m in QUOTED.finditer(text)]
    times = [w for w in whens if isinstance(w, At) and _is_free(w, text, hidden)]
    begun = list[Clause]()
    for start, end, is_last in _cuts(text, [w.span for w in whens]):
        own = tuple(t for t in times if start <= t.span[0] < end)
        begun.append(Clause(text[start:end], start, end, own))
        if is_last or len(begun) == LONGEST:
            yield Sentence(tuple(begun), text[max(0, begun[0].start - SEEN) : begun[0].start])
            begun = []
    if begun:
        yield Sentence(tuple(begun), text[max(0, begun[0].start - SEEN) : begun[0].start])


def _cuts(text: str, kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Where each clause begins and ends, and whether its sentence ends with it; no time is cut in two."""
    start, n = 0, 0
    for mark in _MARK.finditer(text):
        while n < len(kept) and kept[n][1] <= mark.start():
            n += 1
        is_within = n < len(kept) and kept[n][0] < mark.start()
        if not is_within and mark.end() > start:
            yield start, mark.end(), _ENDS.search(mark.group()) is not None
            start = mark.end()
    if start < len(text):
        yield start, len(text), True


def _is_free(when: At, text: str, hidden: Iterable[tuple[int, int]]) -> bool:
    is_quoted = any(start <= when.span[0] < end for start, end in hidden)
    is_relative = _RELATIVE.match(text, when.span[0]) is not None
    return not is_quoted and not is_relative and _ATTRIBUTE.match(text, when.span[1]) is None
