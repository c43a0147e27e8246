"""HTTP sessions for both halves of the bot: direct, or through an http or socks5 proxy."""

import aiohttp
from aiohttp_socks import ProxyConnector


def make_session(proxy: str = "", *, limit: int = 100) -> aiohttp.ClientSession:
    """A session with a pool of its own; `proxy` is an http://, https://, socks5:// or socks5h:// address, or empty.

    No cookies are kept: they are no part of the Bot API.
    """
    connector = ProxyConnector.from_url(_known(proxy), limit=limit) if proxy else aiohttp.TCPConnector(limit=limit)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())


def _known(proxy: str) -> str:
    """aiohttp-socks resolves names at the proxy anyway and knows no socks5h."""
    return proxy.replace("socks5h://", "socks5://", 1)
