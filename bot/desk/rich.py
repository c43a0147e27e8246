"""Formatted text: words with their entities (the messenger's JSON list), shifted, joined and cut together."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.desk.split import LIMIT, pieces, units

BETWEEN: Final = "\n\n"
"""What stands between two messages that became one."""


@dataclass(frozen=True)
class Rich:
    """Words and their formatting; offsets and lengths of entities are UTF-16 units (Bot API, MessageEntity)."""

    text: str
    entities: str = "[]"

    def after(self, header: str) -> "Rich":
        """The same words below a line of somebody else's."""
        return Rich(f"{header}\n{self.text}", shift(self.entities, units(header) + 1))


def shift(entities: str, by: int) -> str:
    """The same formatting, further on in the text."""
    return _packed({**e, "offset": e["offset"] + by} for e in json.loads(entities))


def joined(parts: Iterable[Rich]) -> Rich:
    """Several messages as one, a blank line between them."""
    text, entities = "", []
    for part in parts:
        text += BETWEEN if text else ""
        entities += json.loads(shift(part.entities, units(text)))
        text += part.text
    return Rich(text, _packed(entities))


def cut(whole: Rich, limit: int = LIMIT) -> list[Rich]:
    """In parts of at most `limit` units, cut where a reader would; formatting that crosses a cut goes on behind it."""
    start, parts = 0, []
    for piece in pieces(whole.text, limit):
        end = start + units(piece)
        parts.append(Rich(piece, _packed(_within(json.loads(whole.entities), start, end))))
        start = end
    return parts


def _within(entities: list[dict[str, Any]], start: int, end: int) -> Iterable[dict[str, Any]]:
    for entity in entities:
        begins = max(entity["offset"], start)
        ends = min(entity["offset"] + entity["length"], end)
        if begins < ends:
            yield {**entity, "offset": begins - start, "length": ends - begins}


def _packed(entities: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(entities), ensure_ascii=False)


def marked(text: str, spans: Iterable[tuple[int, int]], looks: Sequence[str]) -> Rich:
    """The text with spans of it (characters, code points) shown in some looks (Bot API, MessageEntity.type)."""
    entities = [
        {"type": look, "offset": units(text[:start]), "length": units(text[start:end])}
        for start, end in spans
        for look in looks
    ]
    return Rich(text, _packed(entities))
