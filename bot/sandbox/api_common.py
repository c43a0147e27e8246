"""What nearly every sending or editing method reads: the chat, the topic, the text, the reply, the keyboard."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.chats import chat_for_call, find_user
from bot.sandbox.entities import formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_markup
from bot.sandbox.limits import charge
from bot.sandbox.messages import find_post, shown, write_down
from bot.sandbox.params import Params
from bot.sandbox.state import Bot, Chat, Post, Realm
from bot.sandbox.topics import thread_for_call
from bot.sandbox.utf16 import u16_length

Json = dict[str, Any]

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
"""Both in code points (core.telegram.org/api/config: message_length_max, caption_length_max)."""


@dataclass(frozen=True)
class Call:
    """One call of a method: the world's memory, the bot that calls, its parameters."""

    realm: Realm
    bot: Bot
    params: Params

    def chat(self, name: str = "chat_id", *, write: bool = False) -> Chat:
        """The chat that the call names; raises ApiError."""
        return chat_for_call(self.realm, self.bot, self.params.chat_id(name), write=write)

    def post(self, chat: Chat, what: str, name: str = "message_id") -> Post:
        """The message that the call names; raises "`what` not found"."""
        post = find_post(chat, self.params.integer(name))
        if post is None:
            raise bad_request(f"{what} not found")
        return post


@dataclass(frozen=True)
class Reply:
    """What a new message answers: the target's id in the same chat, or extra fields for a foreign one."""

    to: int | None = None
    thread_id: int | None = None
    extra: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Place:
    """Where a new message goes."""

    chat: Chat
    thread_id: int | None
    reply: Reply


def place_for(call: Call) -> Place:
    """Check chat, reply and topic in Telegram's order; raises ApiError."""
    chat = call.chat(write=True)
    reply = _reply(call, chat)
    thread_id = call.params.integer("message_thread_id") or reply.thread_id
    return Place(chat, thread_for_call(call.realm, chat, call.bot, thread_id), reply)


def _reply(call: Call, chat: Chat) -> Reply:
    wanted = call.params.json("reply_parameters", "reply parameters", {})
    if not isinstance(wanted, Mapping):
        raise bad_request("object expected as reply parameters")
    message_id = int(wanted.get("message_id") or call.params.integer("reply_to_message_id"))
    if not message_id:
        return Reply()
    spare = wanted.get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply")
    source = chat_for_call(call.realm, call.bot, wanted["chat_id"]) if wanted.get("chat_id") else chat
    target = find_post(source, message_id)
    if target is None:
        if spare:
            return Reply()
        raise bad_request("message to be replied not found")
    quote = _quote(call, target, wanted)
    if source is not chat or _is_elsewhere(call, target):
        return Reply(extra={"external_reply": _external(call, source, target), **quote})
    return Reply(message_id, target.thread_id, quote)


def _is_elsewhere(call: Call, target: Post) -> bool:
    """A reply that is to stand in another topic than what it answers."""
    thread_id = call.params.integer("message_thread_id")
    return bool(thread_id) and thread_id != target.thread_id


def _external(call: Call, source: Chat, target: Post) -> Json:
    body = shown(call.realm, source, target, deep=False)
    origin = {"type": "user", "date": body["date"], "sender_user": body["from"]}
    return {"origin": origin, "chat": body["chat"], "message_id": target.message_id}


def _quote(call: Call, target: Post, wanted: Mapping[str, Any]) -> Json:
    if not wanted.get("quote"):
        return {}
    text, entities = formatted(
        str(wanted["quote"]),
        parse_mode=str(wanted.get("quote_parse_mode") or ""),
        entities=wanted.get("quote_entities") or (),
    )
    source = str(target.body.get("text") or target.body.get("caption") or "")
    at = source.find(text)
    if at < 0:
        raise bad_request("QUOTE_TEXT_INVALID")
    extra = {"entities": entities} if entities else {}
    return {"quote": {"text": text, **extra, "position": u16_length(source[:at]), "is_manual": True}}


def text_of(call: Call, *, too_long: str = "message is too long") -> Json:
    """`text` and `entities` of sendMessage and editMessageText; raises ApiError."""
    raw = call.params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text, entities = _formatted(call, raw, "parse_mode", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_LENGTH:
        raise bad_request(too_long)
    return {"text": text} | ({"entities": entities} if entities else {})


def caption(call: Call, *, too_long: str = "message caption is too long") -> Json:
    """`caption` and `caption_entities` when there is one; raises ApiError."""
    return caption_of(call, call.params, too_long=too_long)


def caption_of(call: Call, params: Params, *, too_long: str = "message caption is too long") -> Json:
    """The caption that these parameters (a call's, or an album item's) name."""
    text, entities = _formatted(
        Call(call.realm, call.bot, params), params.text("caption"), "parse_mode", "caption_entities"
    )
    if len(text) > CAPTION_LENGTH:
        raise bad_request(too_long)
    if not text:
        return {}
    above = {"show_caption_above_media": True} if params.flag("show_caption_above_media") else {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {}) | above


def _formatted(call: Call, text: str, mode: str, entities: str) -> tuple[str, list[Json]]:
    given = call.params.json(entities, "message entities", [])
    if not isinstance(given, list):
        raise bad_request("expected an Array of MessageEntity")
    return formatted(
        text,
        parse_mode=call.params.text(mode),
        entities=given,
        user_of=lambda user_id: find_user(call.realm, user_id),
    )


def send(call: Call, place: Place, content: Mapping[str, Any], *, may_markup: bool = True) -> Post:
    """Write the bot's message down, count it, and let the other bots of the chat hear it."""
    inline, keyboard = read_markup(call.params) if may_markup else (None, None)
    charge(call.realm, call.bot, place.chat)
    return put(call, place, content, inline=inline, keyboard=keyboard)


def put(
    call: Call, place: Place, content: Mapping[str, Any], *, inline: Json | None = None, keyboard: Json | None = None
) -> Post:
    """`send` for what is already counted."""
    marks: Json = {"has_protected_content": True} if call.params.flag("protect_content") else {}
    if inline:
        marks["reply_markup"] = inline
    return write_down(
        call.realm,
        place.chat,
        call.bot.bot_id,
        {**(place.reply.extra or {}), **content, **marks},
        thread_id=place.thread_id,
        reply_to=place.reply.to,
        keyboard=keyboard,
    )


def result(call: Call, chat: Chat, post: Post) -> Json:
    """The Message that the method returns."""
    return shown(call.realm, chat, post)
