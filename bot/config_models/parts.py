"""What settings are made of: secrets, durations, sections."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

SECRET_KEYS = ("token", "secret", "proxy", "url", "api_base")
"""Keys whose values are never shown: tokens, and addresses that may hold a password."""
LARGEST_ID = 2**52
"""Telegram's identifiers have at most 52 significant bits (Bot API, User.id)."""
LONGEST = timedelta(days=366)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class SettingsError(Exception):
    """A setting that can't be used; the message is one line that names file (or variable) and key."""


class Secret:
    """A text that shows itself only when asked."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__


def _secret(value: object) -> Secret:
    if isinstance(value, Secret):
        return value
    if not isinstance(value, str):
        raise ValueError("须是文字（加引号）")
    return Secret(value)


def _duration(value: object) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('须是时长，例如 "30s"、"10m"、"2h"、"3d"')
    seconds = float(found.group(1)) * _SECONDS[found.group(2)]
    if seconds > LONGEST.total_seconds():
        raise ValueError(f"须在 {LONGEST.days} 天以内")
    return timedelta(seconds=seconds)


def duration_text(value: timedelta) -> str:
    """A duration as it is written in the file."""
    seconds = value.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size and seconds % size == 0:
            return f"{int(seconds // size)}{unit}"
    return f"{seconds:g}s"


Texts = Annotated[tuple[str, ...], Field(strict=False)]
"""A list of texts, as TOML gives it."""
SecretText = Annotated[Secret, BeforeValidator(_secret), PlainSerializer(lambda s: s.reveal())]
Duration = Annotated[timedelta, BeforeValidator(_duration), PlainSerializer(duration_text)]


class Part(BaseModel):
    """A section: fixed once read, and nothing in it that is not known."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True, hide_input_in_errors=True
    )


def address(text: str, *schemes: str) -> SplitResult | None:
    """An address that can be connected to, or None: what urlsplit says of a bad one might show a password."""
    try:
        parts = urlsplit(text)
        return parts if parts.scheme in schemes and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None
