"""The baseline: the least that a bot on aiogram can do, an echo that writes one row for each message.

python -m bench.echo http://127.0.0.1:8081 TOKEN echo.sqlite3
"""

import asyncio
import sqlite3
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


def main() -> None:
    """Echo until SIGTERM."""
    base, token, path = sys.argv[1:]
    rows = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    rows.execute("pragma journal_mode=wal")
    rows.execute("pragma synchronous=full")
    rows.execute("create table if not exists said (id integer primary key, chat integer, text text)")
    session = AiohttpSession()
    session.api = TelegramAPIServer.from_base(base)
    dispatcher = Dispatcher(disable_fsm=True)

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await asyncio.to_thread(
            rows.execute, "insert into said (chat, text) values (?, ?)", (message.chat.id, message.text)
        )
        await message.answer(message.text or "")

    asyncio.run(dispatcher.start_polling(Bot(token, session=session), handle_signals=True))


if __name__ == "__main__":
    main()
