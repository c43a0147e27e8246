"""python-telegram-bot's HTTP over aiohttp: a third of httpx's cost, and it tells "surely not sent" from "unknown"."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
import orjson
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.net import ProxyFailed, make_session

POOL = 16
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}

_TOLD_APART = (401, 403, 404, 409, 429)
"""Statuses that python-telegram-bot has an error for; it takes any other 4xx for a fault of the network."""
_BEFORE_SENDING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, ProxyFailed)


class SurelyNotSent(NetworkError):
    """No connection came about, or whoever answered was not Telegram: the call did not take effect."""


class Garbled(NetworkError):
    """An answer came, and it is none of the Bot API's: the call may have taken effect."""


class BodyTooLarge(NetworkError):
    """413: a server on the way, or Telegram, takes no body of this size."""


class TooManyUnnamed(NetworkError):
    """429 without the seconds to wait: a server on the way, not Telegram, had enough."""


@dataclass(frozen=True)
class Timeouts:
    """Seconds: for a connection (the wait for a place in the pool included), between two bytes of the answer, in all.

    `total` is what a lease must outlast: a server that sends a byte now and then would hold a call for ever.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0


PATIENT = Timeouts()


class AiohttpRequest(BaseRequest):
    """One session, its own pool; the URL (it holds the token) is in no exception and no log."""

    def __init__(self, proxy: str = "", timeouts: Timeouts = PATIENT) -> None:
        self._proxy = proxy
        self._timeouts = timeouts
        self._session: aiohttp.ClientSession | None = None
        self._is_closed = False

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the session, again if it was closed."""
        self._is_closed = False
        self._open()

    async def shutdown(self) -> None:
        """Close the session; a call after this is surely not sent."""
        self._is_closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._is_closed:
            raise SurelyNotSent("the session is closed")
        if self._session is None:
            self._session = make_session(self._proxy, limit=POOL)
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The Bot API's answer; Garbled for anything else (python-telegram-bot would log the whole of it)."""
        answer = _answer(payload)
        if answer is None or (answer["ok"] and "result" not in answer):
            raise Garbled("the answer is none of the Bot API's")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of an answer that is the Bot API's; else an error that says what may have happened."""
        body, timeouts = _body(request_data), self._limits(read_timeout)
        try:
            status, payload = await self._exchange(method, url, body, timeouts)
        except SurelyNotSent:
            raise
        except _BEFORE_SENDING as error:
            raise SurelyNotSent(type(error).__name__) from None
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except Exception as error:  # noqa: BLE001  # else the library puts the repr of it into its own words
            raise NetworkError(type(error).__name__) from None
        _check(status, payload)
        return status, payload

    async def _exchange(
        self, method: str, url: str, body: dict[str, Any], timeouts: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        session = self._open()
        async with session.request(method, url, timeout=timeouts, allow_redirects=False, **body) as answer:
            return answer.status, await answer.read()

    def _limits(self, read: object) -> aiohttp.ClientTimeout:
        """python-telegram-bot passes its own DEFAULT_NONE, or None, where nobody chose a number."""
        ours = self._timeouts
        seconds = float(read) if isinstance(read, int | float) else ours.read
        total = max(ours.total, seconds + ours.connect)
        return aiohttp.ClientTimeout(total=total, connect=ours.connect, sock_connect=ours.connect, sock_read=seconds)


def _answer(payload: bytes) -> dict[str, Any] | None:
    """The Bot API's JSON object, or None for what is none."""
    try:
        found = orjson.loads(payload)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "ok" in found else None


def _check(status: int, payload: bytes) -> None:
    """Whoever stands between (a gateway, a captive portal) speaks HTML: its 403 means nobody has blocked the bot."""
    if 200 <= status <= 299:
        return
    if status == 413:
        raise BodyTooLarge("HTTP 413")
    answer = _answer(payload)
    if status == 429 and not (answer and (answer.get("parameters") or {}).get("retry_after")):
        raise TooManyUnnamed("HTTP 429")
    if answer is None:
        doubtful = status >= 500 or status == 408
        raise (Garbled if doubtful else SurelyNotSent)(f"HTTP {status}, not from Telegram")
    if 400 < status < 500 and status not in _TOLD_APART:
        raise BadRequest(str(answer.get("description") or f"HTTP {status}"))


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if data.contains_files:
        return {"data": _multipart(data)}
    try:
        return {"data": urlencode(data.json_parameters).encode(), "headers": _FORM}
    except UnicodeEncodeError:
        raise BadRequest("text is no valid Unicode") from None


def _multipart(data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # else a Chinese file name arrives as %E8%80%83…
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
