"""The bot's own profile: name, texts, command lists, menu button, default rights, and answers to button presses."""

import re
from typing import Any

from bot.sandbox.api_common import Call
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.members import ADMIN_RIGHTS
from bot.sandbox.menus import menu_key
from bot.sandbox.params import parsing
from bot.sandbox.updates import PRESS_SECONDS

Json = dict[str, Any]

ANSWER_LENGTH = 200
LOGGED_OUT_SECONDS = 600
"""After logOut a bot can't come back for ten minutes (core.telegram.org/bots/api#logout)."""

_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Json:
    """getMe."""
    return {
        **call.bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


# commands


def _scope(call: Call) -> Json:
    scope = call.params.json("scope", "BotCommandScope", {"type": "default"})
    with parsing("BotCommandScope"):
        kind = scope["type"]
    if kind in _SCOPES:
        return {"type": kind}
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if not scope.get("chat_id"):
        raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
    chat = Call(call.realm, call.bot, type(call.params)(scope)).chat()
    if kind == "chat_member" and not int(scope.get("user_id") or 0) > 0:
        raise bad_request("can't parse BotCommandScope: Invalid user_id specified")
    member = {"user_id": int(scope["user_id"])} if kind == "chat_member" else {}
    return {"type": kind, "chat_id": chat.chat_id, **member}


def _menu(call: Call) -> str:
    return menu_key(_scope(call), call.params.text("language_code"))


def set_my_commands(call: Call) -> bool:
    """setMyCommands."""
    commands = call.params.json("commands", "commands", [])
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    with parsing("BotCommand"):
        checked = [_command(str(each["command"]), str(each["description"])) for each in commands]
    call.bot.commands[_menu(call)] = checked
    call.realm.emit("commands", bot_id=call.bot.bot_id)
    return True


def _command(name: str, description: str) -> Json:
    name = name.removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def get_my_commands(call: Call) -> list[Json]:
    """getMyCommands: exactly this scope's list, empty when none is set."""
    return [dict(command) for command in call.bot.commands.get(_menu(call), [])]


def delete_my_commands(call: Call) -> bool:
    """deleteMyCommands."""
    call.bot.commands.pop(_menu(call), None)
    call.realm.emit("commands", bot_id=call.bot.bot_id)
    return True


# texts


def set_text(call: Call, what: str) -> bool:
    """setMyName, setMyDescription, setMyShortDescription; an empty text takes it away."""
    text = call.params.text(what)
    if len(text) > _LENGTHS[what]:
        raise bad_request(f"{what.replace('_', ' ')} is too long")
    call.bot.texts[f"{what}/{call.params.text('language_code')}"] = text
    return True


def get_text(call: Call, what: str) -> Json:
    """getMyName, getMyDescription, getMyShortDescription: for the language, else for all."""
    fallback = call.bot.user["first_name"] if what == "name" else ""
    texts = call.bot.texts
    found = texts.get(f"{what}/{call.params.text('language_code')}") or texts.get(f"{what}/") or fallback
    return {what: found}


# rights and menu button


def _audience(call: Call) -> str:
    return "channels" if call.params.flag("for_channels") else "groups"


def set_default_rights(call: Call) -> bool:
    """setMyDefaultAdministratorRights."""
    rights = call.params.json("rights", "ChatAdministratorRights", {})
    call.bot.default_rights[_audience(call)] = dict(rights)
    return True


def get_default_rights(call: Call) -> Json:
    """getMyDefaultAdministratorRights."""
    nothing = dict.fromkeys(("is_anonymous", *ADMIN_RIGHTS), False)
    return {**nothing, **call.bot.default_rights.get(_audience(call), {})}


def set_menu_button(call: Call) -> bool:
    """setChatMenuButton."""
    button = call.params.json("menu_button", "MenuButton", {"type": "default"})
    with parsing("MenuButton"):
        if button["type"] not in ("default", "commands", "web_app"):
            raise bad_request("can't parse menu button: Unsupported type specified")
    call.bot.menu_buttons[call.params.text("chat_id")] = dict(button)
    return True


def get_menu_button(call: Call) -> Json:
    """getChatMenuButton."""
    buttons = call.bot.menu_buttons
    return buttons.get(call.params.text("chat_id")) or buttons.get("") or {"type": "commands"}


# presses


def answer_callback_query(call: Call) -> bool:
    """answerCallbackQuery; each press can be answered once, within 150 s."""
    press = call.realm.presses.get(call.params.text("callback_query_id"))
    if press is None or press.answer is not None or call.realm.now() - press.pressed_at > PRESS_SECONDS:
        raise _too_old()
    text = call.params.text("text")
    if len(text) > ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = {"text": text, "show_alert": call.params.flag("show_alert"), "url": call.params.text("url")}
    facts = {"callback_query_id": press.query_id, "user_id": press.user_id, "message_id": press.message_id}
    call.realm.emit("callback_answer", press.chat_id, **facts, **press.answer)
    return True


def _too_old() -> ApiError:
    return bad_request("query is too old and response timeout expired or query ID is invalid")


# logging out


def log_out(call: Call) -> bool:
    """logOut: the token is refused for ten minutes."""
    call.bot.logged_out_until = call.realm.now() + LOGGED_OUT_SECONDS
    return True


def close(call: Call) -> bool:
    """close: the bot instance would move to another server; nothing to do here."""
    return bool(call.bot.user)
