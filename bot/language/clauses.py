"""A text in clauses: where each stands, whether it asks, and whose doing it tells of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_CLAUSE: Final = re.compile(r"[^,。!?;:\s~]+[,。!?;:\s~]*")
_ASKS: Final = re.compile(
    r"\?|吗|么$|嘛|呢|请问|请教|想问|问下|问一下|怎么|咋|如何|什么|啥|几[^乎十百千天个次回遍]|几个|几天|多少|多久|多长|哪|谁|能否|是否|"
    r"可以|麻烦|帮|求|申请|希望|想要|想(?!跟你们说|跟大家说|和你们说)|需要|要不|给我|发我|请|有没有|对不对|不[,。!?]|不$|没$|呗|"
    r"([一-龥])不\1|^(?:补|换|查|改|取消|安排|重)|(?:补|换|查|改|寄|发|重做|退)(?:一?下|个|张|份|点|来)"
)
"""Words by which a clause asks for something to be told or done."""
_ASIDE: Final = re.compile("不碍事|没关系|不要紧|不打紧|不着急|无所谓|先不管|不用管|顺便夸|随便")
"""Words by which a clause sets its own matter aside."""
_ENDS: Final = frozenset("。!?\n")


@dataclass(frozen=True)
class Clause:
    """A stretch of text up to a comma or the like; `start` and `end` count the characters of the text."""

    text: str
    start: int
    end: int
    is_asking: bool
    opens_sentence: bool
    is_aside: bool = False


def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses in order."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Clause]:
    opens = True
    for match in _CLAUSE.finditer(text):
        asks, aside = (_has(pattern, match.group()) for pattern in (_ASKS, _ASIDE))
        yield Clause(match.group(), *match.span(), asks, opens, aside)
        opens = any(mark in _ENDS for mark in match.group())


def _has(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None
