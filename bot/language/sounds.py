"""How characters are read: the table of pypinyin, without tones."""

import functools
import os
import unicodedata
from collections.abc import Mapping

_UMLAUTS = str.maketrans("üǖǘǚǜ", "vvvvv")
_NO_READING = ("ń", "ńg", "ňg", "ǹg", "ň", "ǹ", "m̀", "ḿ", "hm", "hng")


class PinyinSounds:
    """The `Sounds` of the rules."""

    def __init__(self) -> None:
        self._table = _table()
        self._usual: dict[str, str] = {}

    def usual(self, character: str) -> str:
        """The usual reading, empty for what is no Chinese character."""
        if character not in self._usual:
            self._usual[character] = next(iter(self.all(character)), "")
        return self._usual[character]

    def all(self, character: str) -> tuple[str, ...]:
        """Every reading, the usual one first."""
        return _readings(self._table.get(ord(character), ""))

    def is_syllable(self, letters: str) -> bool:
        """Whether lower-case letters are one syllable of Mandarin."""
        return letters in _syllables()


@functools.cache
def _table() -> Mapping[int, str]:
    """The library's table of characters; its table of phrases (0.2 s) is left out, as the library's manual says how."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    return PINYIN_DICT


@functools.cache
def _syllables() -> frozenset[str]:
    """All syllables of the common characters; single letters that are no vowel are none."""
    readings = {_toneless(r) for code in range(0x4E00, 0x9FA6) for r in _table().get(code, "").split(",")[:2] if r}
    return frozenset(r for r in readings if any(vowel in r for vowel in "aeiouv"))


@functools.lru_cache(maxsize=4096)
def _readings(row: str) -> tuple[str, ...]:
    """The readings of a row of the table, each once."""
    return tuple(dict.fromkeys(_toneless(r) for r in row.split(",") if r and r not in _NO_READING))


@functools.lru_cache(maxsize=4096)
def _toneless(reading: str) -> str:
    plain = unicodedata.normalize(
        "NFD", reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v").replace("ǚ", "v").replace("ǜ", "v")
    )
    return "".join(ch for ch in plain if "a" <= ch <= "z")
