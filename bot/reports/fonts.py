"""The one font of every picture: Noto Sans SC from its package, so that no machine lacks a glyph."""

import unicodedata
from functools import lru_cache

from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path

MISSING = "〓"
"""What stands for a character that the font lacks: the printer's own sign for it."""
_NOWHERE = "\U0010fffe"
_LINE_ENDS = ("Zl", "Zp")
"""Line and paragraph separator: blanks, since the layout engine refuses a line that holds one."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me")


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font at a size in pixels."""
    return ImageFont.truetype(str(sans_path()), size)


@lru_cache(maxsize=4096)
def has_glyph(char: str) -> bool:
    """Whether the font can draw it (a blank needs no ink)."""
    return char.isspace() or bytes(font(24).getmask(char)) != _no_glyph()


@lru_cache(maxsize=1)
def _no_glyph() -> bytes:
    return bytes(font(24).getmask(_NOWHERE))


def drawable(text: str) -> str:
    """The text as it can be drawn: unseen marks and symbols that the font lacks go, other characters get a sign."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        if kind in _UNSEEN:
            continue
        if kind in _LINE_ENDS:
            kept.append(" ")
        elif has_glyph(char):
            kept.append(char)
        elif not kind.startswith("S"):
            kept.append(MISSING)
    return "".join(kept)


def width(text: str, size: int) -> float:
    """Pixels from left to right."""
    return font(size).getlength(text)


def fitted(text: str, size: int, room: float, *, least: int) -> tuple[str, int]:
    """The text and a size at which it fits: smaller first, then cut with an ellipsis."""
    while size > least and width(text, size) > room:
        size -= 1
    if width(text, size) <= room:
        return text, size
    while text and width(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…", size
