"""From what a caller hands over (text with a parse mode, or text with entities) to the text that Telegram keeps."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.links import normal_url
from bot.sandbox.markup_html import MarkupError, parse_html
from bot.sandbox.markup_markdown import parse_markdown_v2
from bot.sandbox.utf16 import u16_length, u16_offsets, u16_slice

Json = dict[str, Any]
UserOf = Callable[[int], Json | None]

_FIRST = ("blockquote", "expandable_blockquote", "pre", "code", "text_link", "text_mention")
_LAST = ("bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji")
_TLD = "(?:com|cn|org|net|io|me|dev|app|top)"
_FOUND = (
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"，。！？；）》]+[^\s<>\"，。！？；）》.,!?;:)]", re.I)),
    ("email", re.compile(r"(?<![\w.+-])[a-z0-9._+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}", re.I | re.A)),
    ("url", re.compile(r"(?<![\w@./-])(?:[a-z0-9-]+\.)+" + _TLD + r"(?:/[^\s，。]*)?(?![\w.])", re.I | re.A)),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?![A-Za-z0-9_])")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d\- ()]{6,16}\d(?!\w)")),
)
_BLANKED = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_REMOVED = re.compile(r"[\r\u2028-\u202e]")
_UNCLEAN = re.compile(rf"{_BLANKED.pattern}|{_REMOVED.pattern}")
_OPAQUE = {"code", "pre", "text_link", "text_mention"}


def formatted(
    text: str, *, parse_mode: str = "", entities: Sequence[Json] = (), user_of: UserOf | None = None
) -> tuple[str, list[Json]]:
    """The text without markup and all its entities, found ones (links, commands, …) included; raises ApiError.

    Offsets are UTF-16 units. A parse mode wins over `entities`, as in the Bot API.
    """
    if parse_mode:
        text, given = _parsed(text, parse_mode)
    else:
        given = [_checked(entity, text) for entity in entities]
    named = [entity for entity in given if _name_user(entity, user_of)]
    text, named = _trimmed(*_cleaned(text, named))
    return text, in_order([*named, *_found(text, named)])


def _parsed(text: str, parse_mode: str) -> tuple[str, list[Json]]:
    parsers = {"html": parse_html, "markdownv2": parse_markdown_v2}
    parser = parsers.get(parse_mode.lower())
    if parser is None:
        raise bad_request("unsupported parse_mode")
    try:
        return parser(text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _checked(entity: Mapping[str, Any], text: str) -> Json:
    """An entity must begin and end between whole characters inside the text."""
    offset, length = int(entity.get("offset", 0)), int(entity.get("length", 0))
    edges = u16_offsets(text)
    if offset < 0 or length < 0:
        raise bad_request('can\'t parse MessageEntity: Field "offset" and "length" must be non-negative')
    if offset + length > edges[-1]:
        raise _entity_error(offset, f"ends after the end of the text at UTF-16 offset {edges[-1]}")
    if offset + length not in edges:
        raise _entity_error(offset, f"ends in a middle of a UTF-16 symbol at UTF-16 offset {offset + length}")
    if offset not in edges:
        raise _entity_error(offset, "begins in a middle of a UTF-16 symbol")
    if entity.get("type") == "text_link" and normal_url(str(entity.get("url", ""))) is None:
        raise bad_request(f"entity URL '{entity.get('url')}' is invalid: Wrong HTTP URL")
    return dict(entity)


def _entity_error(offset: int, what: str) -> ApiError:
    return bad_request(f"entity beginning at UTF-16 offset {offset} {what}")


def _name_user(entity: Json, user_of: UserOf | None) -> bool:
    """Fill a mention's User object; a mention of somebody unknown is dropped, as Telegram does."""
    if entity["type"] != "text_mention":
        return True
    user = user_of(int(entity["user"]["id"])) if user_of else None
    if user is not None:
        entity["user"] = user
    return user is not None


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces; carriage returns and direction marks go (tdlib, clean_input_string)."""
    if not _UNCLEAN.search(text):
        return text, entities
    edges, moved = u16_offsets(text), {0: 0}
    kept, at = [], 0
    for character, edge in zip(text, edges[1:], strict=True):
        clean = _REMOVED.sub("", _BLANKED.sub(" ", character))
        kept.append(clean)
        at += u16_length(clean)
        moved[edge] = at
    ends = [(e, moved[e["offset"]], moved[e["offset"] + e["length"]]) for e in entities]
    return "".join(kept), [{**e, "offset": begin, "length": end - begin} for e, begin, end in ends]


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """White space goes from the end, and from the start as far as no entity begins in it."""
    text = text.rstrip()
    end = u16_length(text)
    cut = [{**entity, "length": min(entity["length"], end - entity["offset"])} for entity in entities]
    kept = [entity for entity in cut if entity["length"] > 0]
    blank = u16_length(text) - u16_length(text.lstrip())
    blank = min([blank, *(entity["offset"] for entity in kept)])
    return u16_slice(text, blank, end - blank), [{**e, "offset": e["offset"] - blank} for e in kept]


def _found(text: str, given: Iterable[Json]) -> list[Json]:
    """What Telegram marks by itself: links, commands, mentions, hashtags, e-mail addresses, phone numbers."""
    edges = u16_offsets(text)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _OPAQUE]
    found: list[Json] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            begin, end = edges[match.start()], edges[match.end()]
            if all(end <= left or begin >= right for left, right in taken):
                taken.append((begin, end))
                found.append({"type": kind, "offset": begin, "length": end - begin})
    return found


def in_order(entities: Iterable[Json]) -> list[Json]:
    """Telegram's order: by offset, longer ones first, then by kind."""
    return sorted(entities, key=lambda e: (e["offset"], -e["length"], _rank(e["type"])))


def _rank(kind: str) -> int:
    if kind in _FIRST:
        return _FIRST.index(kind)
    return 100 + _LAST.index(kind) if kind in _LAST else 50
