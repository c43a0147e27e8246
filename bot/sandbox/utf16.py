"""Telegram counts text in UTF-16 code units; Python counts code points."""


def u16_length(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def u16_offsets(text: str) -> list[int]:
    """For every code point (and for the end) its offset in UTF-16 code units."""
    offsets, at = [], 0
    for character in text:
        offsets.append(at)
        at += 2 if ord(character) > 0xFFFF else 1
    offsets.append(at)
    return offsets


def u16_slice(text: str, offset: int, length: int) -> str:
    """The part that an entity with this offset and length covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def u8_length(text: str) -> int:
    """The length in bytes; Telegram's parse errors name byte offsets."""
    return len(text.encode("utf-8", "surrogatepass"))
