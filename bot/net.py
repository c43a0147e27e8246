"""HTTP sessions for both halves of the bot: direct, or through an http or socks5 proxy."""

from typing import Any

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError


class ProxyFailed(aiohttp.ClientConnectionError):
    """No connection came about through the proxy; the message is the kind of failure, nothing was sent."""


class Connector(ProxyConnector):
    """aiohttp-socks raises errors that are none of aiohttp's: neither aiogram nor a `ClientError` clause knows them."""

    async def _wrap_create_connection(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._wrap_create_connection(*args, **kwargs)
        except (ProxyConnectionError, ProxyError, ProxyTimeoutError, OSError) as error:
            raise ProxyFailed(type(error).__name__) from None


def make_session(proxy: str = "", *, limit: int = 100) -> aiohttp.ClientSession:
    """A session with a pool of its own; `proxy` is an http://, socks5:// or socks5h:// address, or empty.

    No cookies are kept: they are no part of the Bot API. ValueError (without the password) for any other proxy.
    """
    connector = Connector.from_url(proxy_url(proxy), limit=limit) if proxy else aiohttp.TCPConnector(limit=limit)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def proxy_url(proxy: str) -> str:
    """The address as aiohttp-socks (and aiogram, which hands it on) takes it.

    Names are resolved at the proxy either way (in mainland China the local answer for Telegram is wrong), and socks5h,
    which says just that, is unknown to the library.
    """
    return proxy.replace("socks5h://", "socks5://", 1)
