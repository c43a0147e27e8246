"""An update before any library has parsed it: one that cannot be parsed must not stop the others (design §1)."""

from typing import Any

import orjson

NOWHERE = "-"
"""The chat key of an update that belongs to no chat."""
JUMP = 10_000
"""No batch of a hundred spans so many numbers, unless they began anew within it."""


def is_update(found: object) -> bool:
    """Whether this can be stored at all: without its number an update could be neither confirmed nor told apart."""
    return isinstance(found, dict) and isinstance(found.get("update_id"), int)


def in_sequence(updates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A batch in the order in which it happened: "restore the correct update sequence, should they get out of order"
    (core.telegram.org/bots/api#update). After a week without updates numbers begin anew at a random one: such a jump
    is no disorder.
    """
    numbers = [u["update_id"] for u in updates]
    is_jump = bool(numbers) and max(numbers) - min(numbers) > JUMP
    return updates if is_jump else sorted(updates, key=lambda u: int(u["update_id"]))


def rows_of(updates: list[dict[str, Any]]) -> list[tuple[int, str, str]]:
    """(update_id, chat_key, raw JSON) of a batch, as the inbox stores them."""
    return [(u["update_id"], chat_key(u), orjson.dumps(u).decode()) for u in updates]


def chat_key(update: dict[str, Any]) -> str:
    """Updates with the same key are handled one after the other: the chat, else the person, else nowhere."""
    for body in update.values():
        if isinstance(body, dict):
            chat = _dict(body.get("chat")) or _dict(_dict(body.get("message")).get("chat"))
            who = chat or _dict(body.get("from")) or _dict(body.get("user"))
            return str(who.get("id", NOWHERE))
    return NOWHERE


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
