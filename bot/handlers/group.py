"""What happens beside the words: the bot is blocked, added, removed, robbed of rights; groups move; reactions."""

from aiogram import Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import BaseFilter
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
)

from bot.desk.message import MessageRef
from bot.desk.outgoing import Group
from bot.handlers.door import Door
from bot.usecases import membership, react

GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.KICKED)


class IsMigration(BaseFilter):
    """The service message of a group that became a supergroup."""

    async def __call__(self, message: Message) -> bool:
        """True for either of the two messages that tell it."""
        return message.migrate_to_chat_id is not None or message.migrate_from_chat_id is not None


def group_router() -> Router:
    """The handlers of the bot's own standing."""
    router = Router(name="group")
    router.my_chat_member.register(on_standing)
    router.message_reaction.register(on_reaction)
    router.message.register(on_migration, IsMigration())
    return router


async def on_migration(message: Message, door: Door) -> None:
    """Both messages say the same; the second changes nothing."""
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    await door.run(membership.group_migrated, old_chat_id=old, new_chat_id=new)


async def on_reaction(change: MessageReactionUpdated, door: Door) -> None:
    """Somebody changed their reaction; anonymous ones and custom emoji cannot be carried."""
    if change.user is None or change.user.is_bot:
        return
    emojis = [r.emoji for r in change.new_reaction if isinstance(r, ReactionTypeEmoji)]
    at = MessageRef(change.chat.id, change.message_id)
    await door.run(react.react, telegram_id=change.user.id, at=at, emojis=emojis)


async def on_standing(change: ChatMemberUpdated, door: Door) -> None:
    """The bot's own membership in a chat changed."""
    status = change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        verb = membership.person_blocked if status in GONE else membership.person_unblocked
        await door.run(verb, telegram_id=change.chat.id)
        return
    await door.run(
        membership.group_standing,
        room=Group(change.chat.id),
        title=change.chat.title or "",
        is_forum=bool(change.chat.is_forum),
        missing=missing_rights(change),
        is_member=status not in GONE,
    )


def missing_rights(change: ChatMemberUpdated) -> tuple[str, ...]:
    """The names of the rights that the desk needs in a group and does not have (labels of `[rights]`)."""
    member = change.new_chat_member
    if member.status in GONE:
        return ("membership",)
    if not isinstance(member, ChatMemberAdministrator):
        return ("administrator",)
    topics = bool(member.can_manage_topics) or not change.chat.is_forum
    needed = {"manage_topics": topics, "pin_messages": bool(member.can_pin_messages)}
    return tuple(name for name, is_given in needed.items() if not is_given)
