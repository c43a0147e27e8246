"""Two small proxies of our own, http and socks5, that resolve every name to the one server that the test has."""

import asyncio
import base64
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.delivery.rig import server_that

USER, PASSWORD = "wang", "p@ss:w0rd/?#"


@dataclass
class Proxy:
    """Lets in who knows the password; notes whom each connection asked for."""

    target: str
    asked: list[str] = field(default_factory=list)
    refused: int = 0

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, host, _ = head.split(" ", 2)
        expected = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if method != "CONNECT" or f"Basic {expected}" not in head:
            self.refused += 1
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return await writer.drain()
        self.asked.append(host)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return await self._pipe(reader, writer)

    async def socks5(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        assert 2 in await reader.readexactly(count), "user and password were not offered"
        writer.write(b"\x05\x02")
        _, length = await reader.readexactly(2)
        user = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        if (user.decode(), password.decode()) != (USER, PASSWORD):
            self.refused += 1
            writer.write(b"\x01\x01")
            return await writer.drain()
        writer.write(b"\x01\x00")
        _, _, _, kind = await reader.readexactly(4)
        assert kind == 3, "the name was resolved before the proxy"
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
        self.asked.append(f"{host}:{int.from_bytes(await reader.readexactly(2), 'big')}")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        return await self._pipe(reader, writer)

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = urlsplit(self.target)
        far_reader, far_writer = await asyncio.open_connection(there.hostname, there.port)
        try:
            await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
        finally:
            far_writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


@contextlib.asynccontextmanager
async def proxy(kind: str, target: str) -> AsyncIterator[tuple[Proxy, str]]:
    """The proxy and its host:port."""
    made = Proxy(target)
    async with server_that(made.http if kind == "http" else made.socks5) as base:
        yield made, urlsplit(base).netloc
