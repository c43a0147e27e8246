"""Which addresses Telegram takes for links, and what it makes of them."""

import re
from typing import Any

Json = dict[str, Any]

_MENTION = re.compile(r"tg:(?://)?user/?\?id=(\d+)$", re.IGNORECASE)
_WEB = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.\-]*)://)?(?P<host>[^\s/?#@:]+\.[^\s/?#@:.]{2,})(?P<port>:\d+)?(?P<rest>[/?#]\S*)?$",
    re.IGNORECASE,
)
_OTHER = re.compile(r"(?:tg|ton|mailto|tel):\S+$", re.IGNORECASE)


def normal_url(address: str) -> str | None:
    """The address as Telegram stores it (with a scheme and a path); None for what is no link."""
    if _OTHER.match(address):
        return address
    web = _WEB.match(address)
    if web is None or (web["scheme"] or "http").lower() not in ("http", "https"):
        return None
    rest = web["rest"] or "/"
    slash = "" if rest.startswith("/") else "/"
    return f"{(web['scheme'] or 'http').lower()}://{web['host'].lower()}{web['port'] or ''}{slash}{rest}"


def link_entity(address: str, place: Json) -> Json | None:
    """A text_link, a text_mention for tg://user?id=…, or None: Telegram drops bad links in silence."""
    mention = _MENTION.match(address.strip())
    if mention:
        return {"type": "text_mention", **place, "user": {"id": int(mention[1])}}
    url = normal_url(address)
    return None if url is None else {"type": "text_link", **place, "url": url}
