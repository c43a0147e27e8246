"""The words of a text that name a matter, cut by jieba: for what the digest says that people write about."""

import re
import unicodedata
from pathlib import Path
from typing import Final

from bot.desk.words import Segmenter
from bot.language.suggest import STOP_WORDS, listed

LONGEST: Final = 150
"""Characters of a text that are read: whoever writes more has said by then what it is about."""
_WORD: Final = re.compile(r"[\u3400-\u9fffa-z][\u3400-\u9fffa-z-]+")
_NUMERAL: Final = re.compile(r"^[零一二两三四五六七八九十百千万半几]+")


class MatterWords:
    """Reads texts; may be shared by threads. The dictionary is loaded by the first text unless it is warm."""

    def __init__(self, segmenter: Segmenter, *, stop_words: Path = STOP_WORDS) -> None:
        self._segmenter = segmenter
        self._stop = frozenset(listed(stop_words))

    def __call__(self, text: str) -> tuple[str, ...]:
        """Each word once, in order: at least two characters, no stop word, no number."""
        plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
        bare = (_NUMERAL.sub("", word) for word in self._segmenter.words(plain))
        return tuple(dict.fromkeys(w for w in bare if _WORD.fullmatch(w) and w not in self._stop))
