"""What happens to a group as a whole: founding, joining, leaving, upgrading, and what its administrators do."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.chats import chat_for_act, default_permissions, user_json
from bot.sandbox.errors import ActError
from bot.sandbox.members import change_member, make_member, with_rights
from bot.sandbox.messages import serve, write_down
from bot.sandbox.state import GENERAL, Bot, Chat, Member, Post, Realm, Topic
from bot.sandbox.topics import clean_name, delete_topic, general_topic, open_topic, set_closed

Json = dict[str, Any]

_SUPERGROUP = -1_000_000_000_000


def found_group(
    realm: Realm,
    chat_id: int,
    title: str,
    *,
    is_forum: bool,
    members: Mapping[int, str],
    bot_rights: Mapping[str, bool] | None,
) -> Chat:
    """A group with these members and all bots as administrators; nobody is told: it was there before.

    Ids below -1000000000000 are supergroups; other negative ones basic groups, which have no topics.
    """
    if chat_id >= 0:
        raise ValueError("a group's id is negative")
    kind = "supergroup" if chat_id < _SUPERGROUP else "group"
    chat = Chat(chat_id, kind, title, is_forum and kind == "supergroup", permissions=default_permissions())
    chat.next_message_id = 2  # the first message told that the group was made; General's id 1 is never a message's
    for user_id, status in members.items():
        chat.members[user_id] = make_member(user_id, status)
    for bot in realm.bots.values():
        chat.members[bot.bot_id] = make_member(bot.bot_id, "administrator", bot_rights)
    if chat.is_forum:
        chat.topics[GENERAL] = general_topic()
    realm.chats[chat_id] = chat
    return chat


def human_in_charge(realm: Realm, chat: Chat) -> int:
    """Who acts when "an administrator" does: the owner, else an administrator, else any person in the group."""
    ranks = {"creator": 0, "administrator": 1}
    people = [m for m in chat.members.values() if m.user_id in realm.users and m.is_in]
    if not people:
        raise ActError("nobody is in this group")
    return min(people, key=lambda m: ranks.get(m.status, 2)).user_id


def join(realm: Realm, user_id: int, chat_id: int, status: str) -> None:
    """Somebody joins: chat_member, and the service message new_chat_members."""
    chat = chat_for_act(realm, chat_id)
    if user_id in chat.members and chat.members[user_id].is_in:
        raise ActError("already in this group")
    change_member(realm, chat, make_member(user_id, status), by=user_id)
    user = user_json(realm, user_id)
    serve(realm, chat, user_id, {"new_chat_members": [user]})


def leave(realm: Realm, user_id: int, chat_id: int) -> None:
    """Somebody leaves: chat_member, and the service message left_chat_member."""
    chat = chat_for_act(realm, chat_id)
    if user_id not in chat.members or not chat.members[user_id].is_in:
        raise ActError("not a member of this group")
    change_member(realm, chat, Member(user_id, "left"), by=user_id)
    serve(realm, chat, user_id, {"left_chat_member": user_json(realm, user_id)})


def kick_bots(realm: Realm, chat_id: int) -> None:
    """An administrator removes every bot: my_chat_member; the service message no longer reaches them."""
    chat = chat_for_act(realm, chat_id)
    by = human_in_charge(realm, chat)
    for bot in _bots_of(realm, chat):
        change_member(realm, chat, Member(bot.bot_id, "kicked"), by=by)
        write_down(realm, chat, by, {"left_chat_member": dict(bot.user)})


def add_bots(realm: Realm, chat_id: int, rights: Mapping[str, bool] | None) -> None:
    """An administrator takes the bots (back) into the group."""
    chat = chat_for_act(realm, chat_id)
    by = human_in_charge(realm, chat)
    for bot in realm.bots.values():
        if bot.bot_id not in chat.members or not chat.members[bot.bot_id].is_in:
            change_member(realm, chat, make_member(bot.bot_id, "administrator", rights), by=by)
            serve(realm, chat, by, {"new_chat_members": [dict(bot.user)]})


def change_bot_rights(realm: Realm, chat_id: int, rights: Mapping[str, bool]) -> None:
    """An administrator gives or takes rights of the bots."""
    chat = chat_for_act(realm, chat_id)
    for bot in _bots_of(realm, chat):
        member = with_rights(chat.members[bot.bot_id], rights)
        change_member(realm, chat, member, by=human_in_charge(realm, chat))


def _bots_of(realm: Realm, chat: Chat) -> list[Bot]:
    return [b for b in realm.bots.values() if b.bot_id in chat.members and chat.members[b.bot_id].is_in]


def upgrade(realm: Realm, chat_id: int) -> int:
    """The group becomes a new supergroup with the same members; history and topics stay behind.

    Telegram does this to basic groups; the sandbox lets any group move, so that the move can be tried on a forum.
    """
    old = chat_for_act(realm, chat_id)
    if old.kind == "private":
        raise ActError("a private chat can't become a supergroup")
    new_id = _free_id(realm)
    by = human_in_charge(realm, old)
    new = Chat(new_id, "supergroup", old.title, old.is_forum, 2, permissions=dict(old.permissions))
    new.members = {user_id: make_member(user_id, m.status, m.rights or None) for user_id, m in old.members.items()}
    if new.is_forum:
        new.topics[GENERAL] = general_topic()
    new.migrated_from = chat_id
    realm.chats[new_id] = new
    serve(realm, old, by, {"migrate_to_chat_id": new_id})
    serve(realm, new, by, {"migrate_from_chat_id": chat_id})
    old.migrated_to = new_id
    realm.emit("migrated", chat_id, to_chat_id=new_id)
    return new_id


def _free_id(realm: Realm) -> int:
    while True:
        chat_id = -1_002_000_000_000 - realm.count("group")
        if chat_id not in realm.chats:
            return chat_id


# what administrators do with topics


def make_topic(realm: Realm, user_id: int, chat_id: int, name: str) -> Post:
    """A person opens a topic."""
    chat = chat_for_act(realm, chat_id)
    if not chat.is_forum or not clean_name(name):
        raise ActError("no topics here" if not chat.is_forum else "a topic needs a name")
    return open_topic(realm, chat, user_id, clean_name(name))


def remove_topic(realm: Realm, chat_id: int, thread_id: int) -> None:
    """A person deletes a topic."""
    chat = chat_for_act(realm, chat_id)
    if thread_id == GENERAL:
        raise ActError("General can't be deleted")
    delete_topic(realm, chat, _topic(chat, thread_id))


def close_topic(realm: Realm, chat_id: int, thread_id: int, closed: bool) -> Post:
    """A person closes a topic, or opens it again."""
    chat = chat_for_act(realm, chat_id)
    topic = _topic(chat, thread_id)
    if topic.is_closed == closed:
        raise ActError("it is so already")
    return set_closed(realm, chat, topic, closed, by=human_in_charge(realm, chat))


def _topic(chat: Chat, thread_id: int) -> Topic:
    topic = chat.topics.get(thread_id)
    if topic is None or topic.is_deleted:
        raise ActError(f"there is no topic {thread_id}")
    return topic
