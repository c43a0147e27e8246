"""What the delivery tests stand on: the real courier, over the emulator or over a server of a few raw bytes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.delivery.courier import TelegramCourier, make_bot
from bot.delivery.request import Timeouts
from bot.desk.outgoing import Act
from bot.desk.verdict import Parcel, Verdict
from tests.contract.botapi_clients import TOKEN

QUICK = Timeouts(connect=1.0, read=0.15, total=1.0)
"""Read soon enough for a test that waits for it; long enough for the emulator on a busy machine is PATIENT."""
PATIENT = Timeouts(connect=5.0, read=10.0, total=20.0)
Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def courier_to(
    base: str, *, timeouts: Timeouts = PATIENT, token: str = TOKEN, proxy: str = ""
) -> AsyncIterator[TelegramCourier]:
    courier = TelegramCourier(make_bot(token, base, proxy, timeouts))
    try:
        yield courier
    finally:
        await courier.close()


@pytest.fixture
async def courier(telegram_base: str) -> AsyncIterator[TelegramCourier]:
    async with courier_to(telegram_base) as made:
        yield made


async def send(courier: TelegramCourier, act: Act, chat: int, thread: int | None = None, **more: Any) -> Verdict:
    return await courier.deliver(Parcel(1, chat, thread, act, **more))


@contextlib.asynccontextmanager
async def server_that(script: Script) -> AsyncIterator[str]:
    """Raw TCP on loopback; `script` is played for each connection, which is closed after it."""
    tasks: set[asyncio.Task[Any]] = set()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            await script(reader, writer)
        writer.close()

    server = await asyncio.start_server(play, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """Headers and body of one HTTP request."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [line.split(b":", 1) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + (await reader.readexactly(int(lines[0][1])) if lines else b"")


def answering(status: int, body: bytes, *, headers: str = "", kind: str = "application/json") -> Script:
    """One HTTP answer to each request."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    return play
