"""Specialists (and whoever leads them) answer in the agent groups: words, commands, buttons."""

from aiogram import Router
from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.desk.message import Content, ContentKind, MessageRef
from bot.desk.outgoing import Verb
from bot.handlers.answer_press import answer_press
from bot.handlers.commands import IsCommand, Typed, is_for_another
from bot.handlers.door import Door
from bot.handlers.hints import Hints
from bot.handlers.owner_presses import OWNER_VERBS, owner_press
from bot.handlers.presses import Pressed
from bot.handlers.translate import content_of, incoming, sender_of
from bot.usecases import (
    adopt,
    claim,
    decide,
    duty,
    edit,
    false_alarm,
    group_words,
    handover,
    hint,
    pause,
    ready,
    release,
    resolve,
    retry,
    transfer,
    views,
)
from bot.usecases.at_hand import Spot
from bot.usecases.groups import room
from bot.usecases.noted import OF_MESSAGE


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
    me, subject, choice = query.from_user.id, callback_data.subject, callback_data.choice
    place = _pressed_at(query)
    by_case = {
        Verb.CLAIM: claim.claim,
        Verb.WAIT: pause.pause_or_resume,
        Verb.RESOLVE: resolve.resolve,
        Verb.NOTE: hint.how_to_note,
    }
    by_draft = {
        Verb.ADOPT: adopt.adopt,
        Verb.MODIFY: adopt.how_to_modify,
        Verb.ASK_RELEASE: release.ask_release,
        Verb.RELEASE: release.release,
        Verb.REFUSE: release.refuse,
    }
    match callback_data.verb:
        case verb if verb in by_case:
            await answer_press(query, door, by_case[verb], staff_telegram_id=me, case_id=subject)
        case verb if verb in by_draft:
            await answer_press(query, door, by_draft[verb], staff_telegram_id=me, draft_id=subject, version=choice,
                               pressed=place.ref)  # fmt: skip
        case Verb.FALSE_ALARM:
            about = {"subject": subject, "choice": choice if choice == OF_MESSAGE else ""}
            await answer_press(query, door, false_alarm.mark, staff_telegram_id=me, **about)
        case Verb.EXCEPT:
            await answer_press(query, door, false_alarm.make_exception, staff_telegram_id=me, found_id=subject)
        case Verb.KEEP_RULE:
            await answer_press(query, door, false_alarm.keep_rule, staff_telegram_id=me, found_id=subject)
        case verb if verb in OWNER_VERBS:
            run, arguments = owner_press(verb, by=sender_of(query.from_user), subject=subject, choice=choice, at=place)
            await answer_press(query, door, run, **arguments)
        case Verb.READY:
            await answer_press(query, door, ready.use_ready, staff_telegram_id=me, case_id=subject,
                               script_id=choice, pressed=place.ref)  # fmt: skip
        case Verb.TRANSFER:
            await answer_press(query, door, transfer.offer_transfer, staff_telegram_id=me, case_id=subject,
                               chat_id=place.ref.chat_id, thread_id=place.thread_id)  # fmt: skip
        case Verb.TRANSFER_TO:
            await answer_press(query, door, transfer.ask_why, staff_telegram_id=me, case_id=subject,
                               choice=choice, pressed=place.ref)  # fmt: skip
        case Verb.TRANSFER_WHY:
            await answer_press(query, door, transfer.transfer_by_button, staff_telegram_id=me, case_id=subject,
                               choice=choice, pressed=place.ref)  # fmt: skip
        case Verb.DUTY_ON | Verb.DUTY_OFF as verb:
            is_on = verb is Verb.DUTY_ON
            await answer_press(query, door, duty.press_duty, staff_telegram_id=me, is_on=is_on)
        case Verb.APPROVE | Verb.DECLINE as verb:
            await answer_press(query, door, decide.press_decision, staff_telegram_id=me, request_id=subject,
                               is_yes=verb is Verb.APPROVE, pressed=place.ref)  # fmt: skip
        case Verb.TAKE_OVER:
            await answer_press(query, door, handover.take_over, staff_telegram_id=me, handover_id=subject,
                               pressed=place.ref)  # fmt: skip
        case Verb.RETRY:
            await answer_press(query, door, retry.retry, staff_telegram_id=me, row_id=subject)
        case Verb.SHOW:
            await answer_press(query, door, views.show_case, staff_telegram_id=me, spot=place, case_id=subject)
        case _:
            await answer_press(query, door, hint.outdated)


def _pressed_at(query: CallbackQuery) -> Spot:
    message = query.message
    if message is None:
        return Spot(MessageRef(query.from_user.id, 0))
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Spot(MessageRef(message.chat.id, message.message_id), thread)
