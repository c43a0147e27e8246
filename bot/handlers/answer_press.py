"""Answer a button press: with the verb's words, or with the reason of a refusal as an alert."""

import logging
from collections.abc import Callable
from typing import Any

from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

from bot.desk.errors import DeskError
from bot.handlers.door import Door
from bot.usecases.office import Office

log = logging.getLogger(__name__)

LIMIT = 200
"""Characters of a callback answer (Bot API, answerCallbackQuery)."""


async def answer_press(query: CallbackQuery, door: Door, verb: Callable[..., Any], **kwargs: Any) -> None:
    """Run the verb of a button and tell the person who pressed it what came of it."""
    try:
        told = await door.run(verb, **kwargs)
    except DeskError as refusal:
        text = await door.run(words_of, refusal=refusal)
        await _acknowledge(query, str(text), is_alert=True)
        return
    await _acknowledge(query, str(told or ""), is_alert=False)


async def _acknowledge(query: CallbackQuery, text: str, *, is_alert: bool) -> None:
    """What the button does is done; a press that is older than Telegram keeps it (150 s) just gets no answer."""
    try:
        await query.answer(text[:LIMIT], show_alert=is_alert)
    except TelegramAPIError as error:
        log.info("a press could not be acknowledged: %s", type(error).__name__)


def words_of(work: object, office: Office, now: object, *, refusal: DeskError) -> str:
    """A refusal in words."""
    return office.say(refusal.notice, **refusal.values).text
