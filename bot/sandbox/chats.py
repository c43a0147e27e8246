"""Finding chats and people, and showing them as Bot API objects."""

from typing import Any

from bot.sandbox.errors import ActError, ApiError, bad_request, forbidden
from bot.sandbox.state import Bot, Chat, Member, Realm

Json = dict[str, Any]

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
"""ChatPermissions of Bot API 10."""

_CLOSED_TO_MEMBERS = ("can_change_info", "can_pin_messages", "can_manage_topics")


def default_permissions() -> dict[str, bool]:
    """What ordinary members of a new group may do here: talk, but not pin or manage topics."""
    return {name: name not in _CLOSED_TO_MEMBERS for name in PERMISSIONS}


def user_json(realm: Realm, user_id: int) -> Json:
    """The User object of a person or a bot; raises KeyError."""
    if user_id in realm.users:
        return {k: v for k, v in realm.users[user_id].items() if not k.startswith("_")}
    return next(dict(bot.user) for bot in realm.bots.values() if bot.bot_id == user_id)


def find_user(realm: Realm, user_id: int) -> Json | None:
    """The User object, or None."""
    try:
        return user_json(realm, user_id)
    except StopIteration:
        return None


def chat_json(realm: Realm, chat: Chat) -> Json:
    """The Chat object as it stands in messages."""
    if chat.kind == "private":
        user = realm.users[chat.chat_id]
        names = {k: user[k] for k in ("first_name", "last_name", "username") if user.get(k)}
        return {"id": chat.chat_id, "type": "private", **names}
    forum = {"is_forum": True} if chat.is_forum else {}
    return {"id": chat.chat_id, "type": chat.kind, "title": chat.title, **forum}


def chat_for_act(realm: Realm, chat_id: int) -> Chat:
    """The chat in which a person acts; raises ActError."""
    chat = realm.chats.get(chat_id)
    if chat is None:
        raise ActError(f"there is no chat {chat_id}")
    if chat.migrated_to is not None:
        raise ActError(f"chat {chat_id} became {chat.migrated_to}")
    return chat


def chat_for_call(realm: Realm, bot: Bot, chat_id: int | str, *, write: bool = False) -> Chat:
    """The chat that a call names, checked as Telegram checks it; raises ApiError.

    `write` stands for sends and edits: these fail in a private chat that was never started or is blocked, and in
    a basic group that became a supergroup; reading does not.
    """
    chat = _named(realm, chat_id)
    if chat.kind == "private":
        _check_private(realm, bot, chat, write=write)
    else:
        _check_group(bot, chat, write=write)
    return chat


def _named(realm: Realm, chat_id: int | str) -> Chat:
    if chat_id == "":
        raise bad_request("chat_id is empty")
    if isinstance(chat_id, str) and chat_id.startswith("@"):
        raise bad_request("chat not found")  # channels and public groups have no place here, people no usernames
    chat = realm.chats.get(_integer(chat_id) or 0)
    if chat is None and any(bot.bot_id == _integer(chat_id) for bot in realm.bots.values()):
        raise forbidden("bot can't send messages to bots")
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _integer(chat_id: int | str) -> int | None:
    try:
        return int(chat_id)
    except ValueError:
        return None


def _check_private(realm: Realm, bot: Bot, chat: Chat, *, write: bool) -> None:
    if realm.private_bot() is not bot or not chat.is_started:
        if not _is_known(realm, bot, chat.chat_id):
            raise bad_request("chat not found")
        if write:
            raise forbidden("bot can't initiate conversation with a user")
    elif write and chat.is_blocked:
        raise forbidden("bot was blocked by the user")


def _is_known(realm: Realm, bot: Bot, user_id: int) -> bool:
    """A bot knows people whom it shares a group with, though it may not write to them first."""
    return any({user_id, bot.bot_id} <= chat.members.keys() for chat in realm.chats.values())


def _check_group(bot: Bot, chat: Chat, *, write: bool) -> None:
    if chat.migrated_to is not None:
        if write:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        return
    member = chat.members.get(bot.bot_id)
    if member is None:
        raise bad_request("chat not found")
    if not member.is_in:
        raise _not_in(chat, member)


def _not_in(chat: Chat, member: Member) -> ApiError:
    kind = "supergroup" if chat.kind == "supergroup" else "group"
    if member.status == "kicked":
        return forbidden(f"bot was kicked from the {kind} chat")
    return forbidden(f"bot is not a member of the {kind} chat")
