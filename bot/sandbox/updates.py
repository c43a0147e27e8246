"""The queue of updates of each bot: what goes in, in which order it comes out, when it is forgotten."""

from typing import Any

from bot.sandbox.state import Bot, Chat, Queued, Realm

Json = dict[str, Any]

KEPT_SECONDS = 86_400
"""Telegram keeps updates for a day (core.telegram.org/bots/api#getting-updates)."""

PRESS_SECONDS = 150
"""A callback query lives 150 s (telegram-bot-api, Client.cpp, add_new_callback_query)."""

NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
"""What a bot gets only when allowed_updates names it."""

_LANES = {"callback_query": 3, "my_chat_member": 5, "chat_member": 6, "message_reaction": 8}


def lane_of(kind: str, about_id: int) -> int:
    """The queue in which a webhook keeps order: per chat, presses per person (telegram-bot-api, Client.cpp)."""
    return about_id + (_LANES.get(kind, 0) << 33)


def queue_update(realm: Realm, bot: Bot, kind: str, content: Json, *, about_id: int) -> None:
    """Give the bot an update of this kind, unless its allowed_updates leave it out."""
    if is_allowed(bot, kind):
        seconds = PRESS_SECONDS if kind == "callback_query" else KEPT_SECONDS
        _append(realm, bot, {kind: content}, lane=lane_of(kind, about_id), seconds=seconds)


def queue_for_members(realm: Realm, chat: Chat, kind: str, content: Json, *, but: int | None = None) -> None:
    """Give it to every bot that is in the chat, except the bot with the id `but`."""
    for bot in bots_in(realm, chat):
        if bot.bot_id != but:
            queue_update(realm, bot, kind, content, about_id=chat.chat_id)


def bots_in(realm: Realm, chat: Chat) -> list[Bot]:
    """The bots that hear what is said in this chat."""
    if chat.kind == "private":
        private = realm.private_bot()
        return [private] if private else []
    return [b for b in realm.bots.values() if b.bot_id in chat.members and chat.members[b.bot_id].is_in]


def queue_raw(realm: Realm, bot: Bot, update: Json) -> Json:
    """Put any JSON into the queue, past all filters; a missing update_id is filled in."""
    about = next((value for key, value in update.items() if key != "update_id" and isinstance(value, dict)), {})
    chat = about.get("chat") if isinstance(about.get("chat"), dict) else {}
    return _append(realm, bot, update, lane=int((chat or {}).get("id", 0) or 0), seconds=KEPT_SECONDS)


def _append(realm: Realm, bot: Bot, content: Json, *, lane: int, seconds: int) -> Json:
    update = {"update_id": bot.next_update_id, **content}
    bot.next_update_id = max(bot.next_update_id, int(update["update_id"])) + 1
    queued = Queued(update, lane, realm.now() + seconds)
    bot.updates.insert(_place(realm, bot), queued)
    if realm.faults.duplicate > 0:
        realm.faults.duplicate -= 1
        bot.updates.append(queued)
    realm.wake(bot.bot_id)
    return update


def _place(realm: Realm, bot: Bot) -> int:
    """At the end; with the fault "reorder" before the update that still waits there."""
    if realm.faults.reorder > 0 and bot.updates:
        realm.faults.reorder -= 1
        return len(bot.updates) - 1
    return len(bot.updates)


def is_allowed(bot: Bot, kind: str) -> bool:
    """Whether allowed_updates (none given or empty = all but three kinds) lets this kind through."""
    if not bot.allowed_updates:
        return kind not in NOT_BY_DEFAULT
    return kind in bot.allowed_updates


def forget_expired(realm: Realm, bot: Bot) -> None:
    """Drop what nobody fetched in time."""
    now = realm.now()
    bot.updates[:] = [queued for queued in bot.updates if queued.expires_at > now]


def confirm(bot: Bot, offset: int) -> None:
    """getUpdates with an offset: all before it is done with; a negative one keeps only the last -offset updates."""
    if offset < 0:
        bot.updates[:] = bot.updates[offset:]
    elif offset > 0:
        bot.updates[:] = [queued for queued in bot.updates if queued.update["update_id"] >= offset]


def waiting(realm: Realm, bot: Bot, limit: int) -> list[Json]:
    """The next updates, not taken away: only a later offset does that."""
    forget_expired(realm, bot)
    return [queued.update for queued in bot.updates[:limit]]
