"""The desk's values as python-telegram-bot's: buttons, entities, replies."""

import json
from typing import Any

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.desk.buttons import Button, Buttons
from bot.desk.message import MessageRef
from bot.desk.outgoing import CopyMessage, EditText, SayText
from bot.desk.script import Rendered

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def inline(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    return InlineKeyboardMarkup([[_button(b) for b in row] for row in buttons]) if buttons else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.press is not None:
        return InlineKeyboardButton(button.label, callback_data=button.press.packed())
    return InlineKeyboardButton(button.label, url=button.url)


def keyboard(act: SayText) -> Any:
    """What stands under a text: buttons, the button that shares a contact, or the end of that button."""
    if act.asks_contact:
        ask = KeyboardButton(act.asks_contact, request_contact=True)
        return ReplyKeyboardMarkup([[ask]], resize_keyboard=True, one_time_keyboard=True)
    return ReplyKeyboardRemove() if act.drops_keyboard else inline(act.buttons)


def entities_of(packed: str) -> list[MessageEntity] | None:
    """A person's own formatting."""
    found = [MessageEntity.de_json(e) for e in json.loads(packed)]
    return found or None


def words(act: SayText | EditText, *, is_plain: bool) -> dict[str, Any]:
    """Text with its formatting; plain when Telegram did not understand it before."""
    if is_plain:
        return {"text": act.text}
    if act.html:
        return {"text": act.html, "parse_mode": ParseMode.HTML, "link_preview_options": NO_PREVIEW}
    return {"text": act.text, "entities": entities_of(act.entities)}


def caption(act: CopyMessage, *, is_plain: bool) -> dict[str, Any]:
    """A caption of our own (where it is our affair, even an empty one); else the copy keeps the one that it has."""
    if not act.caption and not act.is_captioned:
        return {}
    return {"caption": act.caption, "caption_entities": None if is_plain else entities_of(act.caption_entities)}


def under(words: Rendered, *, is_plain: bool) -> dict[str, Any]:
    """Our own words under a picture or file."""
    if is_plain:
        return {"caption": words.text}
    return {"caption": words.html, "parse_mode": ParseMode.HTML}


def reply(ref: MessageRef | None, quote: str = "", *, is_plain: bool = False) -> ReplyParameters | None:
    """A reply stays a reply, a quote a quote; when its target is gone, the words matter more."""
    if ref is None:
        return None
    part = quote if quote and not is_plain else None
    return ReplyParameters(ref.message_id, allow_sending_without_reply=True, quote=part)
