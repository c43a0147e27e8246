"""What the judge needs of libraries: a search for many words at once, how characters sound, readers of sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.desk.words import Segmenter

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Finder(Protocol[T_co]):
    """Finds many words in one pass over a text."""

    def iter(self, text: str) -> Iterable[tuple[int, T_co]]:
        """Every occurrence of every word, overlapping ones too: where its last character is, and what it stands for."""


class MakeFinder(Protocol):
    """Builds a finder of words."""

    def __call__(self, words: Mapping[str, T]) -> Finder[T]:
        """A finder of the keys, each standing for its value; of no words at all, one that finds nothing."""


class Vocabulary(Segmenter, Protocol):
    """Cuts text into words and knows how usual each is."""

    def frequency(self, word: str) -> int:
        """How often the language uses a word; 0 for what is none."""


class Sounds(Protocol):
    """How characters are read, without tones."""

    def usual(self, character: str) -> str:
        """The usual reading (`guan`), empty for what is no Chinese character."""

    def all(self, character: str) -> tuple[str, ...]:
        """Every reading, the usual one first."""

    def is_syllable(self, letters: str) -> bool:
        """Whether lower-case letters are one syllable of Mandarin."""


class Reader(Protocol):
    """Has learned what unkind replies are like: the quick reader weighs pieces, the close one reads the whole."""

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[float]]:
        """What it makes of each sentence of a reply: how far it is unkind at all, and in each category."""
