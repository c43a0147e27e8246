"""Files, and the media objects (photo, voice, document, …) that messages carry."""

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.state import Realm, StoredFile

Json = dict[str, Any]

FILE_KINDS = ("photo", "video", "animation", "audio", "voice", "video_note", "document", "sticker")
"""The kinds of message that carry a file; also the names of the Message's fields."""

_FOLDERS = {"photo": ("photos", "jpg"), "video": ("videos", "mp4"), "animation": ("animations", "mp4")}
_FOLDERS |= {"audio": ("music", "mp3"), "voice": ("voice", "oga"), "video_note": ("video_notes", "mp4")}
_FOLDERS |= {"document": ("documents", "bin"), "sticker": ("stickers", "webp")}

_DEFAULTS: dict[str, Json] = {
    "video": {"width": 1280, "height": 720, "duration": 5, "mime_type": "video/mp4"},
    "animation": {"width": 480, "height": 270, "duration": 3, "mime_type": "video/mp4"},
    "audio": {"duration": 60, "mime_type": "audio/mpeg"},
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video_note": {"length": 240, "duration": 3},
    "document": {},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
_NAMED = ("video", "animation", "audio", "document")
_PREFIXES = dict(zip(FILE_KINDS, ("AgAC", "BAAC", "CgAC", "CQAC", "AwAC", "DQAC", "BQAC", "CAAC"), strict=True))
_SIZES = ((90, 67, "s"), (800, 600, "x"), (1280, 960, "y"))


def store_media(
    realm: Realm, kind: str, data: bytes, *, file_name: str | None = None, mime_type: str | None = None, **info: Any
) -> Json:
    """Keep an upload and return what a message carries: {"voice": {…}}, {"photo": [three sizes]}, …"""
    if kind == "photo":
        return _store_photo(realm, data, info)
    described = {**_DEFAULTS[kind], **{k: v for k, v in info.items() if v is not None}}
    if file_name and kind in _NAMED:
        described["file_name"] = file_name
    if mime_type and kind not in ("sticker", "video_note"):
        described["mime_type"] = mime_type
    return carried(_store(realm, kind, data, described, extension=_extension(kind, file_name)))


def _store_photo(realm: Realm, data: bytes, info: Mapping[str, Any]) -> Json:
    width, height = int(info.get("width") or 1280), int(info.get("height") or 960)
    series = realm.count("photo")
    sizes = []
    for part in (0.07, 0.6, 1.0):
        size = {"width": max(1, int(width * part)), "height": max(1, int(height * part)), "_photo": series}
        sizes.append(_store(realm, "photo", data, size, extension="jpg"))
    return {"photo": [file_object(stored) for stored in sizes]}


def _store(realm: Realm, kind: str, data: bytes, info: Json, *, extension: str) -> StoredFile:
    number = realm.count("file")
    digest = hashlib.sha256(f"{kind}/{number}".encode()).hexdigest()
    path = f"{_FOLDERS[kind][0]}/file_{number}.{extension}"
    stored = StoredFile(f"{_PREFIXES[kind]}AgU{digest[:40]}E", f"AQAD{digest[40:52]}", path, kind, data, info)
    realm.files[stored.file_id] = stored
    return stored


def _extension(kind: str, file_name: str | None) -> str:
    _, dot, extension = (file_name or "").rpartition(".")
    return extension if dot and extension.isalnum() else _FOLDERS[kind][1]


def file_object(stored: StoredFile) -> Json:
    """The media object: its ids, what is known of it, and its size."""
    public = {key: value for key, value in stored.info.items() if not key.startswith("_")}
    ids = {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    return {**ids, **public, "file_size": len(stored.data)}


def carried(stored: StoredFile) -> Json:
    """The field(s) of a Message that carry this file; an animation also shows itself as a document."""
    shown = file_object(stored)
    match stored.kind:
        case "animation":
            plain = ("file_id", "file_unique_id", "file_name", "mime_type", "file_size")
            return {"animation": shown, "document": {k: v for k, v in shown.items() if k in plain}}
        case kind:
            return {kind: shown}


def media_again(realm: Realm, kind: str, file_id: str) -> Json:
    """What a message carries when a bot sends a file by the file_id that it knows; raises ApiError."""
    stored = realm.files.get(file_id)
    if stored is None and file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind == "photo" and kind == "photo":
        series = stored.info["_photo"]
        sizes = [f for f in realm.files.values() if f.kind == "photo" and f.info["_photo"] == series]
        return {"photo": [file_object(size) for size in sizes]}
    if stored.kind != kind and not (stored.kind == "animation" and kind in ("video", "document")):
        raise bad_request(f"can't use file of type {_type_name(stored.kind)} as {_type_name(kind)}")
    return carried(stored)


def _type_name(kind: str) -> str:
    return {"voice": "VoiceNote", "video_note": "VideoNote"}.get(kind, kind.capitalize())


_FILELESS: dict[str, Json] = {
    "location": {"latitude": 31.2304, "longitude": 121.4737},
    "contact": {"phone_number": "+8613800138000", "first_name": "?"},
    "dice": {"emoji": "🎲", "value": 4},
}


def other_content(realm: Realm, kind: str, extra: Mapping[str, Any]) -> Json:
    """What a message without a file carries; raises ValueError for an unknown kind."""
    match kind:
        case "location" | "contact" | "dice":
            return {kind: {**_FILELESS[kind], **extra}}
        case "venue":
            venue = {"location": _FILELESS["location"], "title": "?", "address": "?", **extra}
            return {"venue": venue, "location": venue["location"]}
        case "poll":
            return {"poll": make_poll(realm, **extra)}
        case "story":
            number = realm.count("story")
            return {"story": {"chat": extra.get("chat") or {"id": -1009999999999, "type": "channel"}, "id": number}}
    raise ValueError(f"no such kind of message: {kind}")


def make_poll(realm: Realm, *, question: str = "?", options: list[Any] | None = None, **extra: Any) -> Json:
    """A Poll object nobody has voted in yet."""
    texts = [option["text"] if isinstance(option, Mapping) else str(option) for option in options or ["A", "B"]]
    number = realm.count("poll")
    defaults: Json = {
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    choices = [{"persistent_id": f"{number}-{i}", "text": text, "voter_count": 0} for i, text in enumerate(texts)]
    return {"id": str(5_000_000_000 + number), "question": question, "options": choices, **defaults, **extra}
