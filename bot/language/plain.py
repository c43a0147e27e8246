"""A text as the language layer reads it: each character in one form and simplified, split words joined."""

import functools
import re
import threading
import unicodedata
from typing import Any, Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff]")
_SPLITTER: Final = "[ \\t·•・.。_\\-~*+|/\\\\^☆★⭐❤♥]{1,2}"
_HAN: Final = "[\u3400-\u9fff]"
_SPLIT: Final = re.compile(f"(?<!{_HAN})(?:{_HAN}{_SPLITTER})+{_HAN}(?!{_HAN})")
"""Single characters kept apart by some mark (投 诉, 四*川): never a word's end and the next one's begin."""
_MARKS: Final = re.compile(_SPLITTER)
_REPEATED: Final = re.compile(r"(.)\1{3,}", re.DOTALL)
_VARIANTS: Final = str.maketrans("徳県広沢関浜戸図団実対応帰単発変髙", "德县广泽关滨户图团实对应归单发变高")
"""Forms that Japanese keyboards and old fonts give; OpenCC's tables leave them."""
_LOCK: Final = threading.Lock()


def plain(text: str) -> str:
    """NFKC, simplified, lower case, nothing invisible; split words joined, a character at most three times in a row."""
    one_form = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    joined = _SPLIT.sub(lambda found: _MARKS.sub("", found.group()), one_form)
    return _REPEATED.sub(r"\1\1\1", simplified(joined))


def simplified(text: str) -> str:
    """Traditional characters as simplified ones."""
    return str(_converter().convert(text)).translate(_VARIANTS)


def _converter() -> Any:
    with _LOCK:
        return _loaded()


@functools.cache
def _loaded() -> Any:
    """OpenCC's own tables, traditional to simplified (20 ms to load), imported only when a text asks for them."""
    import opencc

    return opencc.OpenCC("t2s")
