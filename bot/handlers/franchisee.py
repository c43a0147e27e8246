"""Franchisees write in private: their words, their commands, their buttons."""

from collections.abc import Callable, Mapping
from typing import Final

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.desk.buttons import Verb
from bot.desk.message import Content, ContentKind
from bot.desk.outgoing import Private
from bot.handlers.answer_press import answer_press
from bot.handlers.commands import IsCommand, Typed
from bot.handlers.door import Door
from bot.handlers.hints import Hints
from bot.handlers.presses import Pressed
from bot.handlers.specialist import on_staff_press, pressed_at
from bot.handlers.translate import content_of, incoming, sender_of
from bot.usecases import (
    bind,
    commands,
    edit,
    follow_up_answer,
    place,
    rating_answer,
    receive,
    resolve,
    said_new,
    survey_answer,
    survey_new,
)


class IsPrivate(BaseFilter):
    """A person's private chat with the bot."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        """True for private chats."""
        message = event.message if isinstance(event, CallbackQuery) else event
        return message is not None and message.chat.type == ChatType.PRIVATE


def franchisee_router() -> Router:
    """The handlers of private chats, in order."""
    router = Router(name="franchisee")
    router.message.filter(IsPrivate())
    router.edited_message.filter(IsPrivate())
    router.callback_query.filter(IsPrivate(), Pressed.filter())
    router.message.register(on_command, IsCommand())
    router.message.register(on_message)
    router.edited_message.register(on_edit)
    router.callback_query.register(on_press)
    return router


async def on_command(message: Message, door: Door, typed: Typed) -> None:
    """`/start /help /case /close`, and for staff their own."""
    if message.from_user is None:
        return
    sender = sender_of(message.from_user)
    said = incoming(message, content_of(message) or Content(ContentKind.TEXT))
    await door.run_or_tell(
        commands.private_command, to=Private(sender.telegram_id), ref=said.ref,
        sender=sender, message=said, name=typed.name, rest=typed.rest,
    )  # fmt: skip


async def on_message(message: Message, door: Door, hints: Hints) -> None:
    """Words, pictures, contacts: everything that is not a command."""
    content = content_of(message)
    if content is None or message.from_user is None:
        return
    sender = sender_of(message.from_user)
    if message.contact is not None and message.contact.user_id == sender.telegram_id:
        await door.run(bind.share_contact, sender=sender, phone=message.contact.phone_number, is_own=True)
        return
    hint = await hints.of(content.text)
    await door.run(receive.receive, sender=sender, message=incoming(message, content), hint=hint)


async def on_edit(message: Message, door: Door) -> None:
    """The franchisee changed their words."""
    content = content_of(message)
    if content is not None:
        await door.run(edit.edit_by_franchisee, message=incoming(message, content))


OWN_PRESSES: Final[Mapping[Verb, Callable[..., str]]] = {
    Verb.FOLLOW_ANSWER: follow_up_answer.press_follow_up,
    Verb.RATE: rating_answer.press_score,
    Verb.RATE_TAG: rating_answer.press_tag,
    Verb.RATE_TAGGED: rating_answer.press_tagged,
    Verb.RATE_AGAIN: rating_answer.press_again,
    Verb.SURVEY: survey_answer.press_survey,
    Verb.SURVEY_NEW: survey_new.press_new_matter,
    Verb.KEPT_NEW: said_new.press_kept_is_new,
}
"""A franchisee's own buttons: `run(work, office, now, *, sender, subject, choice, spot) -> words for the press`."""


async def on_press(query: CallbackQuery, callback_data: Pressed, door: Door) -> None:
    """A button in a private chat: the franchisee's own, or a colleague's."""
    sender = sender_of(query.from_user)
    subject, choice = callback_data.subject, callback_data.choice
    match callback_data.verb:
        case Verb.PROVINCE:
            await answer_press(query, door, place.choose_province, sender=sender, case_id=subject, province=choice)
        case Verb.CONFIRM:
            await answer_press(query, door, resolve.confirm, sender=sender, case_id=subject)
        case Verb.REOPEN:
            await answer_press(query, door, resolve.object_to, sender=sender, case_id=subject)
        case verb if verb in OWN_PRESSES:
            await answer_press(query, door, OWN_PRESSES[verb], sender=sender, subject=subject, choice=choice,
                               spot=pressed_at(query))  # fmt: skip
        case _:
            await on_staff_press(query, callback_data, door)
