"""copyMessage(s) and forwardMessage(s): what was said once is said again elsewhere."""

from typing import Any

from bot.sandbox.api_common import Call, Place, Reply, caption, place_for, put, result
from bot.sandbox.errors import bad_request
from bot.sandbox.keyboards import read_markup
from bot.sandbox.limits import charge
from bot.sandbox.messages import find_post
from bot.sandbox.state import Post

Json = dict[str, Any]

CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "photo",
    "video",
    "animation",
    "audio",
    "voice",
    "video_note",
    "document",
    "sticker",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "story",
)
"""The fields that make up what a message says; a message with none of them is a service message."""

_UNCOPIED = ("story", "dice")
_WORDS = ("caption", "caption_entities", "show_caption_above_media")


def copy_message(call: Call) -> Json:
    """copyMessage; returns {"message_id"}. A new caption replaces the old one."""
    place = place_for(call)
    post = _source(call, "message to copy")
    content = _copied(call, post)
    inline, keyboard = read_markup(call.params)
    charge(call.realm, call.bot, place.chat)
    made = put(call, place, content, inline=inline, keyboard=keyboard)
    return {"message_id": made.message_id}


def _source(call: Call, what: str) -> Post:
    return call.post(call.chat("from_chat_id"), what)


def _copied(call: Call, post: Post) -> Json:
    content = {name: post.body[name] for name in CONTENT if name in post.body}
    if not content or any(name in content for name in _UNCOPIED) or post.body.get("has_protected_content"):
        raise bad_request("message can't be copied")
    if call.params.has("caption"):
        content = {name: value for name, value in content.items() if name not in _WORDS} | caption(call)
    return content


def forward_message(call: Call) -> Json:
    """forwardMessage; returns the Message, with its forward_origin."""
    place = _plain_place(call)
    post = _source(call, "message to forward")
    content = _forwarded(call, post)
    charge(call.realm, call.bot, place.chat)
    return result(call, place.chat, put(call, place, content))


def _plain_place(call: Call) -> Place:
    place = place_for(call)
    return Place(place.chat, place.thread_id, Reply())


def _forwarded(call: Call, post: Post) -> Json:
    content = {name: post.body[name] for name in CONTENT if name in post.body}
    if not content or post.body.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    origin = post.body.get("forward_origin") or {
        "type": "user",
        "sender_user": post.body["from"],
        "date": post.body["date"],
    }
    return {"forward_origin": origin, **content, **_kept_buttons(post)}


def _kept_buttons(post: Post) -> Json:
    """Buttons that only open links go along with a forward; others would reach nobody."""
    markup = post.body.get("reply_markup", {"inline_keyboard": []})
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    return {"reply_markup": markup} if buttons and all("url" in button for button in buttons) else {}


def copy_messages(call: Call) -> list[Json]:
    """copyMessages: missing and uncopyable messages are passed over, albums stay albums."""
    return _many(call, "message to copy", copy=True)


def forward_messages(call: Call) -> list[Json]:
    """forwardMessages: missing and unforwardable messages are passed over, albums stay albums."""
    return _many(call, "message to forward", copy=False)


def _many(call: Call, what: str, *, copy: bool) -> list[Json]:
    place = _plain_place(call)
    source = call.chat("from_chat_id")
    ids = call.params.message_ids()
    if ids != sorted(set(ids)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    posts = [post for post in (find_post(source, each) for each in ids) if post and _may_go(post, copy=copy)]
    if not posts:
        raise bad_request(f"{what} not found")
    contents = [_copied_plain(call, post) if copy else _forwarded(call, post) for post in posts]
    charge(call.realm, call.bot, place.chat, len(posts))
    return _put_all(call, place, posts, contents)


def _may_go(post: Post, *, copy: bool) -> bool:
    says = any(name in post.body for name in CONTENT)
    blocked = copy and any(name in post.body for name in _UNCOPIED)
    return says and not blocked and not post.body.get("has_protected_content")


def _copied_plain(call: Call, post: Post) -> Json:
    content = _copied(call, post)
    if call.params.flag("remove_caption"):
        content = {name: value for name, value in content.items() if name not in _WORDS}
    return content


def _put_all(call: Call, place: Place, posts: list[Post], contents: list[Json]) -> list[Json]:
    """Albums get a new common id; each message's id is returned."""
    albums: dict[str, Json] = {}
    made = []
    for post, content in zip(posts, contents, strict=True):
        group = post.body.get("media_group_id")
        if group:
            content |= albums.setdefault(
                group, {"media_group_id": str(13_000_000_000_000_000 + call.realm.count("album"))}
            )
        made.append({"message_id": put(call, place, content).message_id})
    return made
