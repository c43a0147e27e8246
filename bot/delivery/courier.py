"""Carries parcels to Telegram: one call each, whatever happens has a verdict."""

import asyncio
import logging
from collections.abc import Awaitable

from telegram import ForumTopic, Message, MessageId
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.blame import blame
from bot.delivery.render import caption, entities_of, inline, keyboard, reply, under, words
from bot.delivery.request import PATIENT, AiohttpRequest, Timeouts
from bot.delivery.verdict import verdict_of
from bot.desk.message import MessageRef
from bot.desk.outgoing import (
    CloseTopic,
    CopyAlbum,
    CopyMessage,
    EditButtons,
    EditCopy,
    EditText,
    LeaveChat,
    OpenTopic,
    Pin,
    React,
    ReopenTopic,
    SayText,
    SendReport,
    ShowCard,
    TakeBack,
)
from bot.desk.report import Printed, Printer
from bot.desk.verdict import Delivered, Parcel, Refused, Verdict

log = logging.getLogger(__name__)

Bot = ExtBot[None]
GENERAL = 1
"""The thread id of a forum's General topic; sendMessage refuses it there, so it goes unnamed (tdlib#798)."""


def make_bot(token: str, api_base: str, proxy: str = "", timeouts: Timeouts = PATIENT) -> Bot:
    """python-telegram-bot's client alone: no Application, no JobQueue, our own HTTP."""
    logging.getLogger("telegram.ext.ExtBot").addFilter(_names_no_address)
    base = api_base.rstrip("/")
    request = AiohttpRequest(proxy, timeouts)
    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _names_no_address(record: logging.LogRecord) -> bool:
    """At DEBUG the library logs the addresses that it was given, the token in them."""
    return not str(record.msg).startswith("Set Bot API")


class TelegramCourier:
    """The seam's Telegram side."""

    def __init__(self, bot: Bot, printer: Printer | None = None) -> None:
        self._bot = bot
        self._printer = printer

    async def deliver(self, parcel: Parcel) -> Verdict:
        """Make the call that a parcel asks for."""
        try:
            call = self._call(parcel, await self._printed(parcel))
        except Exception as error:  # noqa: BLE001  # told in the log, without its words
            log.error("outbox row %s cannot be put into words for Telegram\n%s", parcel.row_id, blame(error))
            return Refused("cannot_be_written")
        try:
            return _outcome(parcel, await call)
        except Exception as error:  # noqa: BLE001  # every failure has a verdict; nobody's is Unknown
            return verdict_of(error, parcel.act)

    async def is_reachable(self) -> bool:
        """Whether getMe is answered: in an outage nothing is risked that could be sent twice."""
        try:
            await self._bot.get_me()
        except NetworkError as error:
            return isinstance(error, BadRequest)
        except TelegramError:
            return True
        return True

    async def close(self) -> None:
        """Let the connections go; what is delivered after this is NotSent. (ExtBot.shutdown closes only what
        ExtBot.initialize opened, and that asks getMe.)
        """
        await self._bot.request.shutdown()

    async def _printed(self, parcel: Parcel) -> Printed | None:
        """A report's file, made in a thread of its own: drawing takes long enough to hold everybody else up."""
        if parcel.matter is None or self._printer is None:
            return None
        return await asyncio.to_thread(self._printer, parcel.matter)

    def _call(self, parcel: Parcel, printed: Printed | None) -> Awaitable[object]:
        """The call, ready and not begun: what raises here was surely not sent."""
        bot, chat, thread = self._bot, parcel.chat_id, parcel.thread_id or 0
        match parcel.act:
            case SayText() as act:
                return self._say(parcel, act)
            case SendReport(reply_to=ref):
                return self._report(parcel, printed, ref)
            case CopyMessage() as act:
                return self._copy(parcel, act)
            case CopyAlbum(sources):
                ids = [source.message_id for source in sources]
                return bot.copy_messages(chat, sources[0].chat_id, ids, message_thread_id=_thread(parcel))
            case TakeBack(_, targets):
                return bot.delete_messages(chat, [target.message_id for target in targets])
            case EditText() as act:
                return self._edit(parcel, act)
            case EditButtons(target, buttons):
                markup = inline(buttons)
                return bot.edit_message_reply_markup(chat_id=chat, message_id=target.message_id, reply_markup=markup)
            case OpenTopic(name):
                return bot.create_forum_topic(chat, name)
            case CloseTopic():
                return bot.close_forum_topic(chat, thread)
            case ReopenTopic():
                return bot.reopen_forum_topic(chat, thread)
            case Pin(target):
                return bot.pin_chat_message(chat, target.message_id, disable_notification=True)
            case React(target, emoji):
                return bot.set_message_reaction(chat, target.message_id, reaction=emoji or None)
            case LeaveChat():
                return bot.leave_chat(chat)
            case ShowCard() | EditCopy():
                raise TypeError("a card, and an edit of a copy, are drawn before they are carried")

    def _say(self, parcel: Parcel, act: SayText) -> Awaitable[object]:
        return self._bot.send_message(
            parcel.chat_id,
            message_thread_id=_thread(parcel),
            reply_markup=keyboard(act),
            disable_notification=act.is_quiet or None,
            reply_parameters=reply(act.reply_to, act.quote, is_plain=parcel.is_plain),
            **words(act, is_plain=parcel.is_plain),
        )

    def _report(self, parcel: Parcel, printed: Printed | None, ref: MessageRef | None) -> Awaitable[object]:
        if printed is None or parcel.matter is None:
            raise TypeError("a report is made before it is carried")
        send = self._bot.send_photo if printed.is_picture else self._bot.send_document
        return send(
            parcel.chat_id,
            printed.data,
            filename=printed.name,
            message_thread_id=_thread(parcel),
            reply_parameters=reply(ref),
            **under(printed.caption or parcel.matter.caption, is_plain=parcel.is_plain),
        )

    def _copy(self, parcel: Parcel, act: CopyMessage) -> Awaitable[object]:
        return self._bot.copy_message(
            parcel.chat_id,
            act.source.chat_id,
            act.source.message_id,
            message_thread_id=_thread(parcel),
            reply_markup=inline(act.buttons),
            reply_parameters=reply(act.reply_to, act.quote, is_plain=parcel.is_plain),
            **caption(act, is_plain=parcel.is_plain),
        )

    def _edit(self, parcel: Parcel, act: EditText) -> Awaitable[object]:
        chat, target, markup = parcel.chat_id, act.target.message_id, inline(act.buttons)
        if act.is_caption:
            entities = None if parcel.is_plain else entities_of(act.entities)
            return self._bot.edit_message_caption(
                chat, target, caption=act.text, caption_entities=entities, reply_markup=markup
            )
        return self._bot.edit_message_text(
            chat_id=chat, message_id=target, reply_markup=markup, **words(act, is_plain=parcel.is_plain)
        )


def _thread(parcel: Parcel) -> int | None:
    return None if parcel.thread_id == GENERAL else parcel.thread_id


def _outcome(parcel: Parcel, result: object) -> Delivered:
    match result:
        case ForumTopic():
            return Delivered(thread_id=result.message_thread_id)
        case tuple() as sent:
            return Delivered(album=tuple(each.message_id for each in sent))
        case Message() | MessageId() if not isinstance(parcel.act, EditButtons):
            return Delivered(result.message_id)
        case _:
            return Delivered()
