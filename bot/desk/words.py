"""What the desk needs of a word splitter, whichever library does the work."""

from typing import Protocol


class Segmenter(Protocol):
    """Cuts Chinese text into words."""

    def words(self, text: str) -> list[str]:
        """The words of a text in order, blanks and punctuation included: joined, they are the text again."""
