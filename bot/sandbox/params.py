"""The parameters of a call, however they came: query, JSON, form or multipart, all read alike."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.errors import ApiError, bad_request

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    data: bytes
    file_name: str | None = None
    mime_type: str | None = None


@dataclass(frozen=True)
class Params:
    """Typed reading of raw values; in a form all values are text, in JSON they have their types."""

    raw: Mapping[str, Any]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the caller named it at all."""
        return name in self.raw

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        value = self.raw.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; what is none counts as 0, as Telegram reads it."""
        return _integer(self.raw.get(name), default)

    def number(self, name: str) -> float | None:
        """A number with a fraction."""
        value = self.raw.get(name)
        try:
            return None if value in (None, "") else float(str(value))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """true, "true", "yes" or 1."""
        return str(self.raw.get(name, "")).lower() in ("true", "yes", "1")

    def json(self, name: str, what: str, default: Any = None) -> Any:
        """An object or array; as text it is parsed; `what` names it in the error."""
        value = self.raw.get(name)
        if value in (None, ""):
            return default
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {what} JSON object") from error

    def chat_id(self, name: str = "chat_id") -> int | str:
        """A chat's id, or @username, or "" when it is missing."""
        value = self.raw.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = str(value or "").strip()
        return int(text) if text.lstrip("-").isdigit() else text

    def message_ids(self, name: str = "message_ids", *, most: int = 100) -> list[int]:
        """A list of message ids, of which Telegram takes 1-100."""
        found = self.json(name, name, [])
        if not isinstance(found, list):
            raise bad_request("expected an Array of message identifiers")
        if not found:
            raise bad_request("message identifiers are not specified")
        if len(found) > most:
            raise bad_request("too many message identifiers specified")
        return [_integer(each, 0) for each in found]

    def file(self, name: str) -> Upload | str | None:
        """A file: an upload (under this name or by attach://), else a file_id or URL; None when missing."""
        if name in self.files:
            return self.files[name]
        value = self.raw.get(name)
        return self.attached(str(value)) if value else None

    def attached(self, reference: str) -> Upload | str:
        """What "attach://name" points at; any other reference is a file_id or URL."""
        if reference.startswith("attach://"):
            upload = self.files.get(reference[9:])
            if upload is None:
                raise bad_request(f"there is no file attached as {reference[9:]}")
            return upload
        return reference


def _integer(value: Any, default: int) -> int:
    if value in (None, ""):
        return default
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


@contextmanager
def parsing(what: str) -> Iterator[None]:
    """A missing or wrong part of a JSON object is the caller's mistake: "can't parse …"."""
    try:
        yield
    except ApiError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bad_request(f"can't parse {what}: {error}") from error
