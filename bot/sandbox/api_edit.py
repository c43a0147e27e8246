"""editMessage…, deleteMessage(s), reactions: changing what was said."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.api_common import Call, caption, result, text_of
from bot.sandbox.api_copy import CONTENT
from bot.sandbox.api_send import album_item
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.keyboards import read_markup
from bot.sandbox.limits import charge
from bot.sandbox.members import has_right
from bot.sandbox.messages import delete, find_post, rewrite
from bot.sandbox.params import parsing
from bot.sandbox.people import set_reaction
from bot.sandbox.reactions import REACTIONS
from bot.sandbox.state import Chat, Post

Json = dict[str, Any]

DELETE_SECONDS = 48 * 3600
"""How long messages can be deleted without a right to do so (core.telegram.org/bots/api#deletemessage)."""

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_TEXT = ("text", "entities")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_CAPTIONED = ("photo", "video", "animation", "audio", "voice", "document")
_UNDELETABLE = ("forum_topic_created", "migrate_to_chat_id", "migrate_from_chat_id")


def _to_edit(call: Call) -> tuple[Chat, Post]:
    """The bot's own message, still editable; raises ApiError."""
    if not call.params.integer("message_id") and not call.params.text("chat_id"):
        raise bad_request("message identifier is not specified")
    chat = call.chat(write=call.params.integer("chat_id") > 0)
    post = call.post(chat, "message to edit")
    if post.sender_id != call.bot.bot_id or chat.migrated_to or post.body.get("forward_origin"):
        raise bad_request("message can't be edited")
    if post.keyboard and "keyboard" in post.keyboard:
        raise bad_request("message can't be edited")
    return chat, post


def _apply(call: Call, chat: Chat, post: Post, changes: Mapping[str, Any], gone: tuple[str, ...]) -> Json:
    """Take the edit if it changes anything; an edit without reply_markup takes the keyboard away."""
    inline, _ = read_markup(call.params)
    wanted = {**changes, **({"reply_markup": inline} if inline else {})}
    gone = (*gone, "reply_markup")
    if wanted == {name: post.body[name] for name in gone if name in post.body}:
        raise bad_request(NOT_MODIFIED)
    charge(call.realm, call.bot, chat)
    rewrite(call.realm, chat, post, wanted, gone=gone)
    return result(call, chat, post)


def edit_text(call: Call) -> Json:
    """editMessageText."""
    changes = text_of(call, too_long="MESSAGE_TOO_LONG")
    chat, post = _to_edit(call)
    if "text" not in post.body:
        raise bad_request("there is no text in the message to edit")
    return _apply(call, chat, post, changes, _TEXT)


def edit_caption(call: Call) -> Json:
    """editMessageCaption."""
    changes = caption(call, too_long="MEDIA_CAPTION_TOO_LONG")
    chat, post = _to_edit(call)
    if not any(kind in post.body for kind in _CAPTIONED):
        raise bad_request("there is no caption in the message to edit")
    return _apply(call, chat, post, changes, _CAPTION)


def edit_media(call: Call) -> Json:
    """editMessageMedia."""
    item = call.params.json("media", "media")
    if not isinstance(item, Mapping):
        raise bad_request("media must be a JSON-serialized object")
    chat, post = _to_edit(call)
    if "text" in post.body or not any(kind in post.body for kind in CONTENT):
        raise bad_request("there is no media in the message to edit")
    return _apply(call, chat, post, album_item(call, item), CONTENT)


def edit_markup(call: Call) -> Json:
    """editMessageReplyMarkup."""
    chat, post = _to_edit(call)
    return _apply(call, chat, post, {}, ())


# deleting


def delete_message(call: Call) -> bool:
    """deleteMessage."""
    if call.params.chat_id() == "":
        raise bad_request("chat identifier is not specified")
    if not call.params.integer("message_id"):
        raise bad_request("message identifier is not specified")
    chat = call.chat(write=True)
    post = call.post(chat, "message to delete")
    refusal = _delete_refusal(call, chat, post)
    if refusal is not None:
        raise refusal
    delete(call.realm, chat, post)
    return True


def delete_messages(call: Call) -> bool:
    """deleteMessages: what can't be found is passed over."""
    ids = call.params.message_ids()
    chat = call.chat(write=True)
    posts = [post for post in (find_post(chat, each) for each in ids) if post]
    for post in posts:
        refusal = _delete_refusal(call, chat, post)
        if refusal is not None:
            raise refusal
    for post in posts:
        delete(call.realm, chat, post)
    return True


def _delete_refusal(call: Call, chat: Chat, post: Post) -> ApiError | None:
    """Why this message can't be deleted (core.telegram.org/bots/api#deletemessage); None when it can."""
    if any(name in post.body for name in _UNDELETABLE):
        return bad_request("message can't be deleted")
    if chat.kind == "supergroup" and has_right(chat, call.bot.bot_id, "can_delete_messages"):
        return None
    if chat.kind != "private" and post.sender_id != call.bot.bot_id:
        return bad_request("message can't be deleted")
    if call.realm.now() - post.body["date"] > DELETE_SECONDS:
        return bad_request("message can't be deleted for everyone")
    return None


# reactions


def set_message_reaction(call: Call) -> bool:
    """setMessageReaction: a bot may set one reaction; an empty list takes it away."""
    wanted = call.params.json("reaction", "reaction types", [])
    chat = call.chat(write=True)
    post = call.post(chat, "message to react")
    with parsing("ReactionType"):
        emojis = [str(each["emoji"]) for each in wanted]
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(emoji.replace("\ufe0f", "") not in REACTIONS for emoji in emojis):
        raise bad_request("REACTION_INVALID")
    set_reaction(call.realm, chat, post, call.bot.bot_id, emojis)
    return True
