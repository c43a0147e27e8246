"""A bot's command menus: which list counts for whom, where."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.members import is_admin
from bot.sandbox.state import Bot, Chat, Realm
from bot.sandbox.updates import bots_in

Json = dict[str, Any]


def menu_key(scope: Mapping[str, Any], language: str) -> str:
    """One key per scope and language, as the Bot API keeps lists apart."""
    return json.dumps([scope.get("type", "default"), scope.get("chat_id"), scope.get("user_id"), language])


def commands_shown(realm: Realm, chat: Chat, user_id: int) -> list[Json]:
    """All commands that a person is offered in a chat; Telegram shows the first list that is set, narrowest first."""
    language = str(realm.users.get(user_id, {}).get("language_code", ""))[:2]
    return [command for bot in bots_in(realm, chat) for command in _of_bot(bot, chat, user_id, language)]


def _of_bot(bot: Bot, chat: Chat, user_id: int, language: str) -> list[Json]:
    for scope in _scopes(chat, user_id):
        for spoken in (language, ""):
            found = bot.commands.get(menu_key(scope, spoken))
            if found:
                return [dict(command) for command in found]
    return []


def _scopes(chat: Chat, user_id: int) -> list[Json]:
    """The order of core.telegram.org/bots/api#determining-list-of-commands."""
    here: Json = {"type": "chat", "chat_id": chat.chat_id}
    if chat.kind == "private":
        return [here, {"type": "all_private_chats"}, {"type": "default"}]
    scopes: list[Json] = [{"type": "chat_member", "chat_id": chat.chat_id, "user_id": user_id}]
    if is_admin(chat, user_id):
        scopes.append({"type": "chat_administrators", "chat_id": chat.chat_id})
    scopes.append(here)
    if is_admin(chat, user_id):
        scopes.append({"type": "all_chat_administrators"})
    return [*scopes, {"type": "all_group_chats"}, {"type": "default"}]
