"""Many words in one pass: pyahocorasick behind the `Finder` port.

The library looks through a node's children one after the other, and thousands of words begin with thousands of
characters. So each character is searched as the two bytes of its UTF-16 form: many words cost little more than few.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

from bot.desk.manners.ports import Finder

T = TypeVar("T")
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
"""Characters of four bytes; no word of a rule has one, and each is searched as one that is no character."""


def _bytes(text: str) -> str:
    """A text as two characters below 256 for each of its own."""
    if not text.isascii() and _BEYOND.search(text):
        text = _BEYOND.sub("\uffff", text)
    return text.encode("utf-16-be", "surrogatepass").decode("latin-1")


class _Nothing:
    def iter(self, _text: str) -> Iterable[tuple[int, Any]]:
        return ()


class _Automaton(Generic[T]):
    """An Aho-Corasick automaton over the bytes of characters."""

    def __init__(self, words: Mapping[str, T]) -> None:
        import ahocorasick

        self._automaton: Any = ahocorasick.Automaton()
        for word, value in words.items():
            self._automaton.add_word(_bytes(word), value)
        self._automaton.make_automaton()

    def iter(self, text: str) -> Iterator[tuple[int, T]]:
        """Every occurrence: where its last character is, and what it stands for; what begins or ends within a character
        is none.
        """
        return ((last >> 1, value) for last, value in self._automaton.iter(_bytes(text)) if last & 1)


def make_finder(words: Mapping[str, T]) -> Finder[T]:
    """A finder of the words (the library can't search with none)."""
    return _Automaton(words) if words else _Nothing()
