"""What the language layer can tell of a text before the transaction: the place it names, ready answers that fit."""

from collections.abc import Sequence
from typing import Protocol

from bot.usecases.receive import Hint
from bot.usecases.relay import Offer


class Hints(Protocol):
    """Reads texts off the event loop; built by the composition root over `bot/language`."""

    async def of(self, text: str) -> Hint:
        """Where a franchisee's text says the store is, its kind of matter, and up to three ready answers."""

    async def search(self, query: str) -> Sequence[Offer]:
        """Ready answers for `/a`."""
