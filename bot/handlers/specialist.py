"""Specialists (and whoever leads them) answer in the agent groups: words, commands, buttons."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.desk.message import Content, ContentKind, MessageRef
from bot.handlers.answer_press import answer_press
from bot.handlers.commands import IsCommand, Typed, is_for_another
from bot.handlers.door import Door
from bot.handlers.hints import Hints
from bot.handlers.presses import Pressed
from bot.handlers.staff_presses import Pressing, staff_press
from bot.handlers.translate import content_of, incoming, sender_of
from bot.usecases import edit, group_words
from bot.usecases.at_hand import Spot
from bot.usecases.groups import room


class IsGroup(BaseFilter):
    """A group or supergroup; whether it is ours is the desk's question."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        """True for groups."""
        message = event.message if isinstance(event, CallbackQuery) else event
        return message is not None and message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


def specialist_router() -> Router:
    """The handlers of groups, in order."""
    router = Router(name="specialist")
    router.message.filter(IsGroup())
    router.edited_message.filter(IsGroup())
    router.callback_query.filter(IsGroup(), Pressed.filter())
    router.message.register(on_command, IsCommand())
    router.message.register(on_message)
    router.edited_message.register(on_edit)
    router.callback_query.register(on_staff_press)
    return router


async def on_command(message: Message, door: Door, typed: Typed, hints: Hints, bot_username: str) -> None:
    """A command never leaks to the franchisee, whoever typed it and however wrong it is."""
    if message.from_user is None or message.from_user.is_bot or is_for_another(typed, bot_username):
        return
    said = incoming(message, content_of(message) or Content(ContentKind.TEXT))
    offers = await hints.search(typed.rest) if typed.name == "a" else ()
    await door.run_or_tell(
        group_words.command_in_group, to=room(said.ref.chat_id, said.thread_id), ref=said.ref,
        sender=sender_of(message.from_user), message=said, name=typed.name, rest=typed.rest, offers=offers,
    )  # fmt: skip


async def on_message(message: Message, door: Door) -> None:
    """Words in a topic (or as a reply) go to the franchisee; service messages and other bots never do."""
    content = content_of(message)
    if content is None or message.from_user is None or message.from_user.is_bot:
        return
    sender = sender_of(message.from_user)
    said = incoming(message, content)
    to = room(said.ref.chat_id, said.thread_id)
    await door.run_or_tell(group_words.said_in_group, to=to, ref=said.ref, sender=sender, message=said)


async def on_edit(message: Message, door: Door) -> None:
    """A specialist changed an answer."""
    content = content_of(message)
    if content is not None and message.from_user is not None:
        await door.run(edit.edit_by_staff, staff_telegram_id=message.from_user.id, message=incoming(message, content))


async def on_staff_press(query: CallbackQuery, callback_data: Pressed, door: Door) -> None:
    """A button that only staff may press."""
    pressing = Pressing(sender_of(query.from_user), callback_data.subject, callback_data.choice, pressed_at(query))
    run, arguments = staff_press(callback_data.verb, pressing)
    await answer_press(query, door, run, **arguments)


def pressed_at(query: CallbackQuery) -> Spot:
    """Where the pressed button stands."""
    message = query.message
    if message is None:
        return Spot(MessageRef(query.from_user.id, 0))
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Spot(MessageRef(message.chat.id, message.message_id), thread)
