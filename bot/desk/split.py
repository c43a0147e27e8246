"""Cut a long text where a reader would: Telegram takes 4096 UTF-16 units a message (Bot API, sendMessage)."""

import re
from typing import Final

LIMIT: Final = 4096
_PARAGRAPH: Final = re.compile(r"\n")
_SENTENCE: Final = re.compile(r"[。\uff01\uff1f\uff1b!?;…]+[”」』)\uff09》]*")


def units(text: str) -> int:
    """The length that Telegram counts: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int = LIMIT) -> list[str]:
    """The text in parts of at most `limit` units, cut after a paragraph, else a sentence, else wherever it must be."""
    parts = []
    while len(text) > limit or units(text) > limit:
        head = _head(text, limit)
        cut = _last_break(head)
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text] if text or not parts else parts


def _head(text: str, limit: int) -> str:
    head = text[:limit]
    while units(head) > limit:
        head = head[: len(head) - max(1, (units(head) - limit) // 2)]
    return head


def _last_break(head: str) -> int:
    """Where to cut: not before the middle, or a short first line would make a very short message."""
    for pattern in (_PARAGRAPH, _SENTENCE):
        ends = [m.end() for m in pattern.finditer(head) if m.end() >= len(head) // 2]
        if ends:
            return ends[-1]
    return len(head)
