"""Button presses: the callback data that `bot/desk/outgoing.Press` packs, read back."""

from aiogram.filters.callback_data import CallbackData

from bot.desk.outgoing import Verb


class Pressed(CallbackData, prefix="do", sep=":"):
    """What a button carries: the verb, its subject (a case or an outbox row), a choice."""

    verb: Verb
    subject: int
    choice: str = ""
