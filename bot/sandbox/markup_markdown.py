"""Telegram's MarkdownV2 style: marked text becomes plain text and entities, or an error in Telegram's words."""

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.links import link_entity
from bot.sandbox.markup_html import MarkupError
from bot.sandbox.utf16 import u8_length, u16_length, u16_slice

Json = dict[str, Any]

_RESERVED = set("_*[]()~`>#+-=|{}.!")
_MARKS = (("__", "underline"), ("||", "spoiler"), ("_", "italic"), ("*", "bold"), ("~", "strikethrough"))
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "pre_code": "PreCode",
    "link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_ENDS = {"code": "`", "pre": "```", "pre_code": "```", "link": "]", "custom_emoji": "]"} | {k: m for m, k in _MARKS}


@dataclass
class _Open:
    kind: str
    byte: int
    text_from: int
    language: str = ""


@dataclass
class _Parser:
    source: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    offset: int = 0
    stack: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    may_quote: bool = True

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            self._step()
        if self._in_quote() and not self._end_quote():
            self._fail_open()
        if self.stack:
            self._fail_open()
        return "".join(self.out), self.entities

    def _step(self) -> None:
        character = self.source[self.at]
        following = self.source[self.at + 1 : self.at + 2]
        if character == "\\" and following and 0 < ord(following) <= 126:
            self._emit(following, 2)
        elif self._is_end():
            self._end_entity()
        elif character not in _RESERVED or (self._in_code() and character != "`"):
            self._plain(character)
        else:
            self._start_entity(character, following)

    def _emit(self, text: str, width: int) -> None:
        self.out.append(text)
        self.offset += u16_length(text)
        self.at += width
        self.may_quote = text in ("\n", "\r")

    def _plain(self, character: str) -> None:
        ends_line = character == "\n" or self.source.startswith("\r\n", self.at)
        if ends_line and self._in_quote() and not self._in_code():
            self._line_end()
        else:
            self._emit(character, 1)

    def _line_end(self) -> None:
        """A quote goes on when the next line starts with ">" too; "\\r\\n" is one line end."""
        after = self.at + (2 if self.source.startswith("\r\n", self.at) else 1)
        if self.source.startswith(">", after):
            self._copy_line_end(after)
            self.at += 1
            return
        expandable = self._take_expandable_mark()
        self._copy_line_end(after)
        if not self._end_quote(expandable=expandable):
            self._fail_open()

    def _copy_line_end(self, after: int) -> None:
        while self.at < after:
            self._emit(self.source[self.at], 1)

    # quotes

    def _in_quote(self) -> bool:
        return any(opened.kind == "blockquote" for opened in self.stack)

    def _take_expandable_mark(self) -> bool:
        """An empty spoiler at the end of a quote's last line makes it expandable."""
        top = self.stack[-1]
        marked = top.kind == "spoiler" and top.text_from == self.offset and self.stack[-2].kind == "blockquote"
        if marked:
            self.stack.pop()
        return marked

    def _end_quote(self, *, expandable: bool | None = None) -> bool:
        expandable = self._take_expandable_mark() if expandable is None else expandable
        if self.stack[-1].kind != "blockquote":
            return False
        opened = self.stack.pop()
        self._add("expandable_blockquote" if expandable else "blockquote", opened)
        return True

    # entities

    def _in_code(self) -> bool:
        return bool(self.stack) and self.stack[-1].kind in ("code", "pre", "pre_code")

    def _is_end(self) -> bool:
        if not self.stack or self.stack[-1].kind == "blockquote":
            return False
        kind = self.stack[-1].kind
        if kind == "italic" and self.source.startswith("__", self.at):
            return False
        return self.source.startswith(_ENDS[kind], self.at)

    def _end_entity(self) -> None:
        opened = self.stack.pop()
        self.at += len(_ENDS[opened.kind])
        match opened.kind:
            case "link":
                self._end_link(opened)
            case "custom_emoji":
                self._end_emoji(opened)
            case "pre_code":
                self._add("pre", opened, language=opened.language)
            case kind:
                self._add(kind, opened)

    def _add(self, kind: str, opened: _Open, **extra: Any) -> None:
        length = self.offset - opened.text_from
        if length:
            self.entities.append({"type": kind, "offset": opened.text_from, "length": length, **extra})

    def _start_entity(self, character: str, following: str) -> None:
        opened = _Open("", u8_length(self.source[: self.at]), self.offset)
        for mark, kind in _MARKS:
            if self.source.startswith(mark, self.at):
                opened.kind = kind
                self.at += len(mark)
                break
        else:
            self._start_other(opened, character, following)
        self.stack.append(opened)

    def _start_other(self, opened: _Open, character: str, following: str) -> None:
        match character:
            case "[":
                opened.kind = "link"
                self.at += 1
            case "!" if following == "[":
                opened.kind = "custom_emoji"
                self.at += 2
            case "`" if self.source.startswith("```", self.at):
                self._start_pre(opened)
            case "`":
                opened.kind = "code"
                self.at += 1
            case ">" if self.may_quote and not self._in_quote():
                opened.kind = "blockquote"
                self.at += 1
            case _:
                raise MarkupError(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def _start_pre(self, opened: _Open) -> None:
        opened.kind = "pre"
        self.at += 3
        end = self.at
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        if end > self.at and end < len(self.source) and self.source[end] != "`":
            opened.kind, opened.language = "pre_code", self.source[self.at : end]
            self.at = end
        pair = self.source[self.at : self.at + 2]
        if pair[:1] in ("\r", "\n"):
            self.at += 2 if pair in ("\r\n", "\n\r") else 1

    # addresses

    def _address(self, what: str) -> str | None:
        """What stands in the parentheses; None when there are none."""
        if not self.source.startswith("(", self.at):
            return None
        begin, found = self.at, []
        self.at += 1
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source) and ord(self.source[self.at + 1]) <= 126:
                self.at += 1
            found.append(self.source[self.at])
            self.at += 1
        if self.at >= len(self.source):
            raise MarkupError(f"Can't find end of {what} at byte offset {u8_length(self.source[:begin]) + 1}")
        self.at += 1
        return "".join(found)

    def _end_link(self, opened: _Open) -> None:
        length = self.offset - opened.text_from
        address = self._address("a URL")
        if address is None:
            address = u16_slice("".join(self.out), opened.text_from, length)
        entity = link_entity(address, {"offset": opened.text_from, "length": length})
        if length and entity is not None:
            self.entities.append(entity)

    def _end_emoji(self, opened: _Open) -> None:
        address = self._address("a custom emoji URL")
        if address is None:
            raise MarkupError("Custom emoji entity must contain a tg://emoji URL")
        self._add("custom_emoji", opened, custom_emoji_id=_emoji_id(address))

    def _fail_open(self) -> None:
        opened = self.stack[-1]
        raise MarkupError(f"Can't find end of {_NAMES[opened.kind]} entity at byte offset {opened.byte}")


def _emoji_id(address: str) -> str:
    scheme, _, rest = address.partition(":")
    if scheme.lower() != "tg":
        raise MarkupError("Custom emoji URL must have scheme tg")
    host, _, query = rest.partition("#")[0].lstrip("/").partition("?")
    if host.rstrip("/").lower() != "emoji":
        raise MarkupError('Custom emoji URL must have host "emoji"')
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name == "id":
            if not value.isdigit() or value.startswith("0"):
                raise MarkupError("Invalid custom emoji identifier specified")
            return value
    raise MarkupError("Custom emoji URL must have an emoji identifier")


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities (offsets in UTF-16 units); raises MarkupError."""
    return _Parser(source).run()
