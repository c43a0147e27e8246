"""Button presses: the callback data that `bot/desk/outgoing.Press` packs, read back."""

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from bot.desk.buttons import Verb


class Pressed(CallbackData, prefix="do", sep=":"):
    """What a button carries: the verb, its subject (a case or an outbox row), a choice."""

    verb: Verb
    subject: int = Field(ge=0, lt=2**63)
    choice: str = ""
