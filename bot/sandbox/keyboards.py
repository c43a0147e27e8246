"""Reply markup as bots send it: checked, and split into what a Message shows and what only the app shows."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.links import normal_url
from bot.sandbox.params import Params

Json = dict[str, Any]

DATA_BYTES = 64
BUTTONS = 100

_KINDS = (
    "url",
    "login_url",
    "callback_data",
    "web_app",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def read_markup(params: Params, name: str = "reply_markup") -> tuple[Json | None, Json | None]:
    """The inline keyboard (part of the Message) and the other markup (keyboard, remove, force reply), or Nones."""
    markup = params.json(name, "reply keyboard markup")
    if markup is None or markup == {}:
        return None, None
    if not isinstance(markup, Mapping):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = inline_rows(markup["inline_keyboard"])
        return ({"inline_keyboard": rows} if rows else None), None
    if "keyboard" in markup:
        _check_keyboard(markup["keyboard"])
    return None, dict(markup)


def inline_rows(rows: Any) -> list[list[Json]]:
    """Checked rows of inline buttons, empty rows left out."""
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    checked = [[_inline_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in checked) > BUTTONS:
        raise bad_request("reply markup is too long")
    return checked


def _inline_button(button: Any) -> Json:
    if not isinstance(button, Mapping):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    kinds = [kind for kind in _KINDS if kind in button and button[kind] is not None]
    if not kinds or (kinds == ["callback_data"] and not button["callback_data"]):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in kinds and len(str(button["callback_data"]).encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in kinds and normal_url(str(button["url"])) is None:
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    return {key: value for key, value in button.items() if value is not None}


def _check_keyboard(rows: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    for row in rows:
        for button in row:
            if not (isinstance(button, str) or (isinstance(button, Mapping) and button.get("text"))):
                raise bad_request("can't parse keyboard button: Can't find field \"text\"")
