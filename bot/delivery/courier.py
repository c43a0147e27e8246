"""Carries parcels to Telegram: one call each, whatever happens has a verdict."""

from telegram.ext import ExtBot

from bot.delivery.render import entities_of, inline, keyboard, reply, words
from bot.delivery.request import AiohttpRequest
from bot.delivery.verdict import verdict_of
from bot.desk.outgoing import (
    CloseTopic,
    CopyMessage,
    EditButtons,
    EditText,
    LeaveChat,
    OpenTopic,
    Pin,
    React,
    ReopenTopic,
    SayText,
    ShowCard,
)
from bot.desk.verdict import Delivered, Parcel, Verdict

Bot = ExtBot[None]


def make_bot(token: str, api_base: str, proxy: str = "") -> Bot:
    """python-telegram-bot's client alone: no Application, no JobQueue, our own HTTP."""
    base = api_base.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(proxy),
        get_updates_request=AiohttpRequest(proxy),
    )


class TelegramCourier:
    """The seam's Telegram side."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def deliver(self, parcel: Parcel) -> Verdict:
        """Make the call that a parcel asks for."""
        try:
            return await self._call(parcel)
        except Exception as error:  # noqa: BLE001  # every failure has a verdict; nobody's is Unknown
            return verdict_of(error, parcel.act)

    async def _call(self, parcel: Parcel) -> Verdict:
        bot, chat, thread = self._bot, parcel.chat_id, parcel.thread_id
        match parcel.act:
            case SayText() as act:
                return await self._say(parcel, act)
            case CopyMessage() as act:
                return await self._copy(parcel, act)
            case EditText() as act:
                return await self._edit(parcel, act)
            case EditButtons(target, buttons):
                await bot.edit_message_reply_markup(
                    chat_id=chat, message_id=target.message_id, reply_markup=inline(buttons)
                )
            case OpenTopic(name):
                topic = await bot.create_forum_topic(chat, name)
                return Delivered(thread_id=topic.message_thread_id)
            case CloseTopic():
                await bot.close_forum_topic(chat, thread or 0)
            case ReopenTopic():
                await bot.reopen_forum_topic(chat, thread or 0)
            case Pin(target):
                await bot.pin_chat_message(chat, target.message_id, disable_notification=True)
            case React(target, emoji):
                await bot.set_message_reaction(chat, target.message_id, reaction=emoji)
            case LeaveChat():
                await bot.leave_chat(chat)
            case ShowCard():
                raise TypeError("a card is drawn before it is carried")
        return Delivered()

    async def _say(self, parcel: Parcel, act: SayText) -> Delivered:
        sent = await self._bot.send_message(
            parcel.chat_id,
            message_thread_id=parcel.thread_id,
            reply_markup=keyboard(act),
            reply_parameters=reply(act.reply_to),
            **words(act, is_plain=parcel.is_plain),
        )
        return Delivered(sent.message_id)

    async def _copy(self, parcel: Parcel, act: CopyMessage) -> Delivered:
        captioned = {}
        if act.caption:
            captioned = {"caption": act.caption, "caption_entities": entities_of(act.caption_entities)}
        sent = await self._bot.copy_message(
            parcel.chat_id,
            act.source.chat_id,
            act.source.message_id,
            message_thread_id=parcel.thread_id,
            reply_markup=inline(act.buttons),
            reply_parameters=reply(act.reply_to),
            **captioned,  # type: ignore[arg-type]  # only the two keyword arguments above
        )
        return Delivered(sent.message_id)

    async def _edit(self, parcel: Parcel, act: EditText) -> Delivered:
        target = act.target.message_id
        markup = inline(act.buttons)
        if act.is_caption:
            await self._bot.edit_message_caption(
                parcel.chat_id,
                target,
                caption=act.text,
                caption_entities=entities_of(act.entities),
                reply_markup=markup,
            )
        else:
            await self._bot.edit_message_text(
                chat_id=parcel.chat_id,
                message_id=target,
                reply_markup=markup,
                **words(act, is_plain=parcel.is_plain),
            )
        return Delivered(target)
