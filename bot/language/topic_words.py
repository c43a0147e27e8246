"""The words of a text that may name what a trouble is about (a product, a part, a symptom): to be counted only."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.language.segmenter import JiebaSegmenter
from bot.language.suggest import STOP_WORDS

_HAN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
_COMMON: Final = 3000
"""Words that the general dictionary has seen more often than this are everyday words: they name nothing."""
_TRADE: Final = 20_000
"""The trade's own words are given exactly this frequency (`segmenter.py`): they count, however common."""
MOST: Final = 12
"""Words of one message."""


class TopicWords:
    """Finds them by a segmenter's dictionary, stop words left out."""

    def __init__(self, segmenter: JiebaSegmenter, *, stop_words: Path = STOP_WORDS) -> None:
        self._segmenter = segmenter
        lines = (line.partition("#")[0] for line in stop_words.read_text(encoding="utf-8").splitlines())
        self._stop = frozenset(word for line in lines for word in line.split())

    def of(self, text: str) -> tuple[str, ...]:
        """Each once, in order, at most MOST."""
        return tuple(dict.fromkeys(self._said(text)))[:MOST]

    def _said(self, text: str) -> Iterator[str]:
        for word in self._segmenter.words(text):
            if _HAN.fullmatch(word) and word not in self._stop and self._tells(self._segmenter.frequency(word)):
                yield word

    def _tells(self, frequency: int) -> bool:
        return 0 < frequency <= _COMMON or frequency == _TRADE
