"""HTTP sessions for both halves of the bot: direct, or through an http or socks5 proxy."""

import aiohttp
from aiohttp_socks import ProxyConnector


def make_session(proxy: str = "", *, limit: int = 100) -> aiohttp.ClientSession:
    """A session with a pool of its own; `proxy` is an http://, socks5:// or socks5h:// address, or empty.

    No cookies are kept: they are no part of the Bot API. ValueError (without the password) for any other proxy.
    """
    connector = ProxyConnector.from_url(proxy_url(proxy), limit=limit) if proxy else aiohttp.TCPConnector(limit=limit)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def proxy_url(proxy: str) -> str:
    """The address as aiohttp-socks (and aiogram, which hands it on) takes it.

    Names are resolved at the proxy either way (in mainland China the local answer for Telegram is wrong), and socks5h,
    which says just that, is unknown to the library.
    """
    return proxy.replace("socks5h://", "socks5://", 1)
