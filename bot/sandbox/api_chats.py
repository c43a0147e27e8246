"""getChat, getChatMember, …: what a bot may know of a chat, and the little it may change there."""

from typing import Any

from bot.sandbox.api_common import Call
from bot.sandbox.chats import chat_json, find_user
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.members import change_member, is_admin, member_json, need_right
from bot.sandbox.messages import find_post, serve, shown, write_down
from bot.sandbox.state import Chat, Member

Json = dict[str, Any]

ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(call: Call) -> Json:
    """getChat: ChatFullInfo with the permissions and the latest pinned message."""
    chat = call.chat()
    full: Json = {
        **chat_json(call.realm, chat),
        "accent_color_id": abs(chat.chat_id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.kind != "private":
        full["permissions"] = dict(chat.permissions)
    if chat.description:
        full["description"] = chat.description
    pinned = find_post(chat, max(chat.pins, default=0))
    return full | ({"pinned_message": shown(call.realm, chat, pinned, deep=False)} if pinned else {})


def get_chat_member(call: Call) -> Json:
    """getChatMember; people who never were here are "left"."""
    user_id = call.params.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    chat = call.chat()
    if find_user(call.realm, user_id) is None:
        raise bad_request("user not found")
    if chat.kind == "private":
        if user_id not in (chat.chat_id, call.bot.bot_id):
            raise bad_request("member not found")
        return member_json(call.realm, Member(user_id, "member"))
    return member_json(call.realm, chat.members.get(user_id) or Member(user_id, "left"))


def get_chat_administrators(call: Call) -> list[Json]:
    """getChatAdministrators: the owner and all administrators; of bots only the caller, as Telegram does."""
    chat = _group(call)
    admins = [m for m in chat.members.values() if is_admin(chat, m.user_id)]
    own = call.bot.bot_id
    others = {bot.bot_id for bot in call.realm.bots.values()} - {own}
    return [member_json(call.realm, member) for member in admins if member.user_id not in others]


def _group(call: Call) -> Chat:
    chat = call.chat()
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    return chat


def get_chat_member_count(call: Call) -> int:
    """getChatMemberCount."""
    chat = call.chat()
    return 2 if chat.kind == "private" else sum(1 for member in chat.members.values() if member.is_in)


def leave_chat(call: Call) -> bool:
    """leaveChat."""
    chat = call.chat()
    if chat.kind == "private":
        raise bad_request("chat can't be left")
    change_member(call.realm, chat, Member(call.bot.bot_id, "left"), by=call.bot.bot_id)
    write_down(call.realm, chat, call.bot.bot_id, {"left_chat_member": dict(call.bot.user)})
    return True


def send_chat_action(call: Call) -> bool:
    """sendChatAction; a topic that is gone is no error here (tdlib/telegram-bot-api#732)."""
    action = call.params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = call.chat(write=True)
    thread_id = call.params.integer("message_thread_id") or None
    call.realm.emit("chat_action", chat.chat_id, thread_id=thread_id, user_id=call.bot.bot_id, action=action)
    return True


def set_chat_title(call: Call) -> bool:
    """setChatTitle."""
    chat = call.chat(write=True)
    if chat.kind == "private":
        raise bad_request("can't change private chat title")
    need_right(chat, call.bot, "can_change_info", "change chat title")
    title = call.params.text("title").strip()
    if not title:
        raise bad_request("title must be non-empty")
    chat.title = title[:128]
    serve(call.realm, chat, call.bot.bot_id, {"new_chat_title": chat.title})
    return True


def set_chat_description(call: Call) -> bool:
    """setChatDescription."""
    chat = call.chat(write=True)
    need_right(chat, call.bot, "can_change_info", "set chat description")
    if call.params.text("description") == chat.description:
        raise bad_request("chat description is not modified")
    chat.description = call.params.text("description")[:255]
    return True


def ban_chat_member(call: Call) -> bool:
    """banChatMember."""
    return _put_out(call, "kicked")


def unban_chat_member(call: Call) -> bool:
    """unbanChatMember: a person who is in the group is put out of it, unless only_if_banned."""
    chat = _restricting(call)
    member = chat.members.get(call.params.integer("user_id"))
    if member is None or (call.params.flag("only_if_banned") and member.status != "kicked"):
        return True
    return _put_out(call, "left")


def _restricting(call: Call) -> Chat:
    chat = call.chat(write=True)
    if chat.kind == "private":
        raise bad_request("can't ban members in private chats")
    need_right(chat, call.bot, "can_restrict_members", "restrict/unrestrict chat member")
    return chat


def _put_out(call: Call, status: str) -> bool:
    chat, user_id = _restricting(call), call.params.integer("user_id")
    if find_user(call.realm, user_id) is None:
        raise bad_request("user not found")
    if is_admin(chat, user_id):
        raise bad_request("user is an administrator of the chat")
    was_in = user_id in chat.members and chat.members[user_id].is_in
    change_member(call.realm, chat, Member(user_id, status), by=call.bot.bot_id)
    if was_in:
        serve(call.realm, chat, call.bot.bot_id, {"left_chat_member": find_user(call.realm, user_id)})
    return True


def get_user_profile_photos(call: Call) -> Json:
    """getUserProfilePhotos: nobody in the sandbox has one."""
    if find_user(call.realm, call.params.integer("user_id")) is None:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def export_invite_link(call: Call) -> str:
    """exportChatInviteLink."""
    chat = call.chat(write=True)
    if chat.kind == "private":
        raise forbidden("bot can't invite to private chats")
    need_right(chat, call.bot, "can_invite_users", "manage chat invite link")
    return f"https://t.me/+sandbox{abs(chat.chat_id)}x{call.realm.count('invite')}"
