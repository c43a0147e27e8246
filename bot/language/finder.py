"""Many words in one pass: pyahocorasick behind the `Finder` port."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from bot.desk.manners.ports import Finder

T = TypeVar("T")


class _Nothing:
    def iter(self, _text: str) -> Iterable[tuple[int, Any]]:
        return ()


def make_finder(words: Mapping[str, T]) -> Finder[T]:
    """An Aho-Corasick automaton of the words (the library can't search with an empty one)."""
    import ahocorasick

    if not words:
        return _Nothing()
    automaton = ahocorasick.Automaton()
    for word, value in words.items():
        automaton.add_word(word, value)
    automaton.make_automaton()
    return automaton  # type: ignore[no-any-return]
