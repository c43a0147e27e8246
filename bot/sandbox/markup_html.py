"""Telegram's HTML style: text with tags becomes plain text and entities, or an error in Telegram's words."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.links import link_entity
from bot.sandbox.utf16 import u8_length, u16_length

Json = dict[str, Any]

_PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = {*_PLAIN, "a", "span", "tg-emoji", "blockquote"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|([a-zA-Z]+));?")
_SPACE = " \t\r\n\v\f"


class MarkupError(Exception):
    """Why the text can't be parsed, as Telegram says it after "can't parse entities: "."""


@dataclass
class _Open:
    """A start tag that waits for its end: where its text begins, and what its attributes said."""

    tag: str
    at: int
    attributes: dict[str, str]
    text_from: int


@dataclass
class _Parser:
    """A reader that walks over the source once."""

    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def run(self) -> tuple[str, list[Json]]:
        """Read everything; the entities come out in Telegram's order."""
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._text()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.stack:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        return "".join(self.out), self.entities

    def _text(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        text = decode_references(self.source[self.at : end])
        self.out.append(text)
        self.offset += u16_length(text)
        self.at = end

    def _byte(self, at: int) -> int:
        return u8_length(self.source[:at])

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _read_until(self, stops: str) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _end_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._read_until(_SPACE + ">")
        self._skip_space()
        if self.source[self.at : self.at + 1] != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.stack.pop()
        if name and name.lower() != opened.tag:
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{name.lower()}>"'
            )
        self._close(opened)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._read_until(_SPACE + ">").lower()
        if self.at >= len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.stack.append(_Open(name, begin, attributes, self.offset))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_space()
            if self.at >= len(self.source):
                raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            if self.source[self.at] == ">":
                self.at += 1
                return found
            name = self._read_until(_SPACE + "=>").lower()
            if not name:
                raise MarkupError(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}')
            found[name] = self._attribute_value(tag, begin)

    def _attribute_value(self, tag: str, begin: int) -> str:
        self._skip_space()
        if self.source[self.at : self.at + 1] != "=":
            return ""
        self.at += 1
        self._skip_space()
        if self.at >= len(self.source):
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        if self.source[self.at] in "'\"":
            return self._quoted(begin)
        return self._token()

    def _quoted(self, begin: int) -> str:
        end = self.source.find(self.source[self.at], self.at + 1)
        if end < 0:
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        value = self.source[self.at + 1 : end]
        self.at = end + 1
        return decode_references(value)

    def _token(self) -> str:
        begin = self.at
        while self.at < len(self.source) and re.match(r"[0-9A-Za-z.\-]", self.source[self.at]):
            self.at += 1
        if self.source[self.at : self.at + 1] not in (*_SPACE, ">"):
            raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self.source[begin : self.at].lower()

    def _close(self, opened: _Open) -> None:
        length = self.offset - opened.text_from
        if length:
            entity = self._entity(opened, {"offset": opened.text_from, "length": length})
            if entity is not None:
                self.entities.append(entity)

    def _entity(self, opened: _Open, place: Json) -> Json | None:
        attributes = opened.attributes
        match opened.tag:
            case "a":
                text = "".join(self.out).encode("utf-16-le", "surrogatepass")[opened.text_from * 2 :]
                return link_entity(attributes.get("href") or text.decode("utf-16-le", "replace"), place)
            case "span":
                return {"type": "spoiler", **place}
            case "blockquote":
                return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote", **place}
            case "tg-emoji":
                return {"type": "custom_emoji", **place, "custom_emoji_id": attributes.get("emoji-id", "")}
            case "code" | "pre":
                return self._code(opened, place)
            case tag:
                return {"type": _PLAIN[tag], **place}

    def _code(self, opened: _Open, place: Json) -> Json:
        """`<pre><code class="language-x">` (either way round) is one entity: pre with a language."""
        language = opened.attributes.get("class", "")
        entity: Json = {"type": opened.tag, **place}
        if opened.tag == "code" and language.startswith("language-") and len(language) > 9:
            entity["_language"] = language[9:]
        inner = self.entities[-1] if self.entities else {}
        same_place = {key: inner.get(key) for key in ("offset", "length")} == place
        if same_place and {inner.get("type"), opened.tag} == {"code", "pre"}:
            found = inner.get("_language") or entity.get("_language")
            if found:
                self.entities.pop()
                return {"type": "pre", **place, "language": found}
        return entity


def decode_references(text: str) -> str:
    """Resolve the four named and all numeric character references that Telegram knows; others stay as written."""
    return _REFERENCE.sub(_decoded, text) if "&" in text else text


def _decoded(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _NAMED.get(name, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF:
        return match.group()
    if 0xD800 <= code <= 0xDFFF:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities (offsets in UTF-16 units); raises MarkupError."""
    text, entities = _Parser(source).run()
    return text, [{k: v for k, v in entity.items() if k != "_language"} for entity in entities]
