"""What the emulator refuses: Bot API errors in Telegram's words, and acts that a person can't do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


class ActError(Exception):
    """A person in the sandbox tried what their Telegram app would not let them do."""


class ApiError(Exception):
    """A Bot API refusal: HTTP status, Telegram's description and ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters: dict[str, Any] = dict(parameters or {})

    def as_json(self) -> dict[str, Any]:
        """The body of the HTTP answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str, **parameters: Any) -> ApiError:
    """400: the call can't be done as asked."""
    return ApiError(400, f"Bad Request: {text}", parameters)


def forbidden(text: str) -> ApiError:
    """403: the chat does not want the bot."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def unauthorized() -> ApiError:
    """401: no bot has this token."""
    return ApiError(401, "Unauthorized")


def method_not_found() -> ApiError:
    """404 for a method that the Bot API does not have."""
    return ApiError(404, "Not Found: method not found")


@contextmanager
def as_act() -> Iterator[None]:
    """What Telegram would refuse a bot it also refuses a person: ApiError becomes ActError."""
    try:
        yield
    except ApiError as error:
        raise ActError(error.description) from error
