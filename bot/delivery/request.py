"""python-telegram-bot's HTTP over aiohttp: a third of httpx's cost, and it tells "surely not sent" from "unknown"."""

from typing import Any

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.net import make_session

CONNECT = 10.0
"""Seconds for a connection, the wait for a place in the pool included."""
READ = 30.0
"""Seconds for the answer, after the request is written."""
POOL = 16

_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    ProxyConnectionError,
    ProxyError,
    ProxyTimeoutError,
)


class SurelyNotSent(NetworkError):
    """No connection came about: the call did not take effect."""


class AiohttpRequest(BaseRequest):
    """One session, its own pool; the URL (it holds the token) is in no exception and no log."""

    def __init__(self, proxy: str = "") -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds."""
        return READ

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = make_session(self._proxy, limit=POOL)

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

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
        """Status and body; SurelyNotSent, TimedOut or NetworkError."""
        await self.initialize()
        if self._session is None:
            raise SurelyNotSent("the session is closed")
        try:
            async with self._session.request(
                method, url, timeout=_timeout(read_timeout), **_body(request_data)
            ) as answer:
                return answer.status, await answer.read()
        except _BEFORE_SENDING as error:
            raise SurelyNotSent(type(error).__name__) from None
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _timeout(read: object) -> aiohttp.ClientTimeout:
    seconds = float(read) if isinstance(read, int | float) else READ
    return aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_connect=CONNECT, sock_read=seconds)


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_parameters}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
