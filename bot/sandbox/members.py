"""Membership in groups: rights, ChatMember objects, and what is told when somebody's place changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.sandbox.chats import PERMISSIONS, chat_json, user_json
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.state import Bot, Chat, Member, Realm
from bot.sandbox.updates import bots_in, queue_update

Json = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)
"""ChatAdministratorRights of Bot API 10 that mean something in a group."""


def all_rights(value: bool = True) -> dict[str, bool]:
    """Every administrator right, granted or not."""
    return dict.fromkeys(ADMIN_RIGHTS, value)


def make_member(user_id: int, status: str, rights: Mapping[str, bool] | None = None) -> Member:
    """A member; an administrator without named rights has them all."""
    known = {"creator", "administrator", "member", "restricted", "left", "kicked"}
    if status not in known:
        raise ValueError(f"no such status: {status}")
    full = all_rights() if rights is None else {**all_rights(False), "can_manage_chat": True, **rights}
    return Member(user_id, status, full if status == "administrator" else dict(rights or {}))


def has_right(chat: Chat, user_id: int, right: str) -> bool:
    """Whether this person or bot may do it here: as owner, as administrator, or as everybody may."""
    member = chat.members.get(user_id)
    if chat.kind == "private":
        return True
    if member is None or not member.is_in:
        return False
    match member.status:
        case "creator":
            return True
        case "administrator":
            return member.rights.get(right, False) or (right.startswith("can_send_") and right in PERMISSIONS)
        case "restricted":
            return member.rights.get(right, False)
    return chat.permissions.get(right, False)


def is_admin(chat: Chat, user_id: int) -> bool:
    """Owner or administrator."""
    member = chat.members.get(user_id)
    return member is not None and member.status in ("creator", "administrator")


def need_right(chat: Chat, bot: Bot, right: str, what: str) -> None:
    """Raise Telegram's "not enough rights to …" when the bot lacks the right."""
    if not has_right(chat, bot.bot_id, right):
        raise not_enough_rights(what)


def not_enough_rights(what: str) -> ApiError:
    """400 in Telegram's words."""
    return bad_request(f"not enough rights to {what}")


def member_json(realm: Realm, member: Member) -> Json:
    """The ChatMember object."""
    shown: Json = {"user": user_json(realm, member.user_id), "status": member.status}
    match member.status:
        case "creator":
            shown |= {"is_anonymous": False}
        case "administrator":
            shown |= {"can_be_edited": False, "is_anonymous": False, **all_rights(False), **member.rights}
        case "restricted":
            shown |= {"is_member": True, "until_date": 0, **dict.fromkeys(PERMISSIONS, False), **member.rights}
        case "kicked":
            shown |= {"until_date": 0}
    return shown | ({"custom_title": member.custom_title} if member.custom_title else {})


def change_member(realm: Realm, chat: Chat, new: Member, *, by: int) -> None:
    """Put somebody in another place and tell the bots: my_chat_member the one concerned, chat_member the others."""
    old = chat.members.get(new.user_id) or Member(new.user_id, "left")
    told = bots_in(realm, chat)
    chat.members[new.user_id] = new
    content: Json = {
        "chat": chat_json(realm, chat),
        "from": user_json(realm, by),
        "date": realm.clock.unix(),
        "old_chat_member": member_json(realm, old),
        "new_chat_member": member_json(realm, new),
    }
    for bot in {b.bot_id: b for b in [*told, *bots_in(realm, chat)]}.values():
        _tell(realm, bot, chat, content, user_id=new.user_id)
    realm.emit("member", chat.chat_id, user_id=new.user_id, status=new.status)


def _tell(realm: Realm, bot: Bot, chat: Chat, content: Json, *, user_id: int) -> None:
    if bot.bot_id == user_id:
        queue_update(realm, bot, "my_chat_member", content, about_id=chat.chat_id)
    elif is_admin(chat, bot.bot_id):
        queue_update(realm, bot, "chat_member", content, about_id=user_id)


def tell_private(realm: Realm, chat: Chat, *, was: str, now: str) -> None:
    """A person blocked or unblocked the bot: my_chat_member in the private chat."""
    bot = realm.private_bot()
    if bot is None:
        return
    before, after = Member(bot.bot_id, was), Member(bot.bot_id, now)
    content: Json = {
        "chat": chat_json(realm, chat),
        "from": user_json(realm, chat.chat_id),
        "date": realm.clock.unix(),
        "old_chat_member": member_json(realm, before),
        "new_chat_member": member_json(realm, after),
    }
    queue_update(realm, bot, "my_chat_member", content, about_id=chat.chat_id)
    realm.emit("member", chat.chat_id, user_id=bot.bot_id, status=now)


def with_rights(member: Member, rights: Mapping[str, bool]) -> Member:
    """The same person with these administrator rights changed; with none left a plain member."""
    merged = {**all_rights(False), **member.rights, **rights}
    status = "administrator" if any(merged.values()) else "member"
    return replace(member, status=status, rights=merged if status == "administrator" else {})
