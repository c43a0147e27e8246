"""Many words in one pass: pyahocorasick behind the `Finder` port.

The library looks through a node's children one after the other, and thousands of words begin with thousands of
characters. So each character is searched as two of a small alphabet: many words cost little more than few.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

from bot.desk.manners.ports import Finder

T = TypeVar("T")
_SECOND: Final = 0x3000
"""Where the second halves begin: beyond every first one (0x10FFFF >> 7 is 0x21FF)."""
_REMEMBERED: Final = 40_000


class _Halves(dict[int, str]):
    """A table for `str.translate`: each character as its two halves."""

    def __missing__(self, code: int) -> str:
        pair = chr(code >> 7) + chr(_SECOND + (code & 0x7F))
        if len(self) < _REMEMBERED:
            self[code] = pair
        return pair


class _Nothing:
    def iter(self, _text: str) -> Iterable[tuple[int, Any]]:
        return ()


class _Automaton(Generic[T]):
    """An Aho-Corasick automaton over halves of characters."""

    def __init__(self, words: Mapping[str, T]) -> None:
        import ahocorasick

        self._halves = _Halves()
        self._automaton: Any = ahocorasick.Automaton()
        for word, value in words.items():
            self._automaton.add_word(word.translate(self._halves), value)
        self._automaton.make_automaton()

    def iter(self, text: str) -> Iterator[tuple[int, T]]:
        """Every occurrence: where its last character is, and what it stands for."""
        return ((last >> 1, value) for last, value in self._automaton.iter(text.translate(self._halves)))


def make_finder(words: Mapping[str, T]) -> Finder[T]:
    """A finder of the words (the library can't search with none)."""
    return _Automaton(words) if words else _Nothing()
