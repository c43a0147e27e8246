"""Tell whether words ask something of the other side: they end with a question mark."""

from typing import Final

_BEHIND: Final = " \t\r\n”’\"'」』)）】~～。.!！"
"""What may stand behind the mark."""


def is_question(text: str) -> bool:
    """Whether the last words are a question, in Chinese or Latin punctuation."""
    return text.rstrip(_BEHIND).endswith(("？", "?"))
