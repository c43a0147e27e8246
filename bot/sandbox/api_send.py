"""sendMessage and the other methods by which a bot says something new."""

import json
from collections.abc import Mapping
from typing import Any

from bot.sandbox.api_common import Call, caption, caption_of, place_for, put, result, send, text_of
from bot.sandbox.errors import bad_request
from bot.sandbox.limits import charge
from bot.sandbox.media import make_poll, media_again, store_media
from bot.sandbox.members import need_right
from bot.sandbox.params import Params, Upload, parsing
from bot.sandbox.state import Chat

Json = dict[str, Any]

PHOTO_BYTES = 10 * 1024 * 1024
"""Photos are smaller than other uploads (core.telegram.org/bots/api#sendphoto)."""

_INFO = {
    "video": ("width", "height", "duration"),
    "animation": ("width", "height", "duration"),
    "audio": ("duration", "performer", "title"),
    "voice": ("duration",),
    "video_note": ("duration", "length"),
    "sticker": ("emoji",),
}
_RIGHTS = {
    "photo": "can_send_photos",
    "video": "can_send_videos",
    "audio": "can_send_audios",
    "document": "can_send_documents",
    "voice": "can_send_voice_notes",
    "video_note": "can_send_video_notes",
    "poll": "can_send_polls",
    "sticker": "can_send_other_messages",
    "animation": "can_send_other_messages",
}
_WORDS = {"photo": "photos", "video": "videos", "audio": "music", "document": "documents", "voice": "voice notes"}
_WORDS |= {"video_note": "video notes", "poll": "polls", "sticker": "stickers", "animation": "animations"}
_CAPTIONED = ("photo", "video", "animation", "audio", "voice", "document")
_ALBUM = ("photo", "video", "audio", "document")


def send_message(call: Call) -> Json:
    """sendMessage."""
    content = text_of(call)
    place = place_for(call)
    check_may_send(call, place.chat, "text")
    return result(call, place.chat, send(call, place, content))


def check_may_send(call: Call, chat: Chat, kind: str) -> None:
    """A bot that is no administrator is bound by the group's permissions."""
    if chat.kind != "private":
        need_right(chat, call.bot, "can_send_messages", "send text messages to the chat")
        if kind in _RIGHTS:
            need_right(chat, call.bot, _RIGHTS[kind], f"send {_WORDS[kind]} to the chat")


def send_media(call: Call, kind: str) -> Json:
    """sendPhoto, sendVideo, …: everything with a file."""
    words = caption(call) if kind in _CAPTIONED else {}
    place = place_for(call)
    check_may_send(call, place.chat, kind)
    content = media_of(call, kind, call.params.file(kind), call.params)
    return result(call, place.chat, send(call, place, {**content, **words, **spoiler(call.params)}))


def spoiler(params: Params) -> Json:
    """has_spoiler, as a Message shows it."""
    return {"has_media_spoiler": True} if params.flag("has_spoiler") else {}


def media_of(call: Call, kind: str, source: Upload | str | None, params: Params) -> Json:
    """What the message carries: a new upload, or a file that Telegram has; raises ApiError."""
    if source is None or source == "":
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if isinstance(source, str):
        return media_again(call.realm, kind, source)
    _check_upload(kind, source)
    info = {name: params.raw.get(name) for name in _INFO.get(kind, ())}
    numbers = {name: int(v) if name not in ("performer", "title", "emoji") else v for name, v in info.items() if v}
    return store_media(call.realm, kind, source.data, file_name=source.file_name, mime_type=source.mime_type, **numbers)


def _check_upload(kind: str, upload: Upload) -> None:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo" and len(upload.data) > PHOTO_BYTES:
        size = len(upload.data)
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes")


def send_location(call: Call) -> Json:
    """sendLocation."""
    place = place_for(call)
    check_may_send(call, place.chat, "location")
    return result(call, place.chat, send(call, place, {"location": _location(call.params)}))


def _location(params: Params) -> Json:
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or longitude is None:
        raise bad_request(f"{'latitude' if latitude is None else 'longitude'} is empty")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad_request("wrong latitude or longitude specified")
    more = {n: params.integer(n) for n in ("live_period", "heading", "proximity_alert_radius") if params.integer(n)}
    return {"latitude": latitude, "longitude": longitude, **more}


def send_venue(call: Call) -> Json:
    """sendVenue."""
    place = place_for(call)
    location, params = _location(call.params), call.params
    venue = {"location": location, "title": params.text("title"), "address": params.text("address")}
    return result(call, place.chat, send(call, place, {"venue": venue, "location": location}))


def send_contact(call: Call) -> Json:
    """sendContact."""
    params = call.params
    if not params.text("phone_number"):
        raise bad_request("phone number is empty")
    if not params.text("first_name"):
        raise bad_request("first name is empty")
    place = place_for(call)
    contact = {n: params.text(n) for n in ("phone_number", "first_name", "last_name", "vcard") if params.text(n)}
    return result(call, place.chat, send(call, place, {"contact": contact}))


def send_poll(call: Call) -> Json:
    """sendPoll; nobody votes in the sandbox yet, the poll is only shown."""
    params = call.params
    options = params.json("options", "options", [])
    if not params.text("question"):
        raise bad_request("poll question must be non-empty")
    if not isinstance(options, list) or not 2 <= len(options) <= 12:
        raise bad_request("poll must have at least 2 option" if not options or len(options) < 2 else "too many options")
    place = place_for(call)
    check_may_send(call, place.chat, "poll")
    anonymous = params.flag("is_anonymous") if params.has("is_anonymous") else True
    with parsing("poll option"):
        poll = make_poll(call.realm, question=params.text("question"), options=options, is_anonymous=anonymous)
    return result(call, place.chat, send(call, place, {"poll": poll}))


def send_dice(call: Call) -> Json:
    """sendDice; the value is always 4, so that what is played can be played again."""
    place = place_for(call)
    check_may_send(call, place.chat, "sticker")
    dice = {"emoji": call.params.text("emoji", "🎲"), "value": 4}
    return result(call, place.chat, send(call, place, {"dice": dice}))


def send_media_group(call: Call) -> list[Json]:
    """sendMediaGroup: 2-10 items, each counted as a message, all with one media_group_id."""
    items = call.params.json("media", "media", [])
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise bad_request("expected an Array of InputMedia")
    if not 2 <= len(items) <= 10:
        raise bad_request(
            "too few media to send as an album" if len(items) < 2 else "too many messages to send as an album"
        )
    place = place_for(call)
    kinds = {str(item.get("type")) for item in items}
    if not kinds <= set(_ALBUM) or (len(kinds) > 1 and kinds != {"photo", "video"}):
        raise bad_request("can't use the media of the specified type in the album")
    for kind in kinds:
        check_may_send(call, place.chat, kind)
    contents = [album_item(call, item) for item in items]
    charge(call.realm, call.bot, place.chat, len(items))
    group = {"media_group_id": str(13_000_000_000_000_000 + call.realm.count("album"))}
    return [result(call, place.chat, put(call, place, {**content, **group})) for content in contents]


def album_item(call: Call, item: Mapping[str, Any]) -> Json:
    """What one InputMedia puts into its message (also editMessageMedia's)."""
    kind = str(item.get("type"))
    inner = Params({k: json.dumps(v) if isinstance(v, list | dict) else v for k, v in item.items()}, call.params.files)
    reference = str(item.get("media") or "")
    if not reference:
        raise bad_request("can't parse InputMedia: Can't find field \"media\"")
    media = media_of(call, kind, inner.attached(reference), inner)
    return {**media, **caption_of(call, inner), **spoiler(inner)}
