"""Both libraries' own machinery living on the emulator: their polling loops, their update objects, their downloads."""

import asyncio
import contextlib

import aiogram
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, TOKEN

pytest_plugins = ["tests.contract.botapi_rig"]


def aiogram_bot(base: str) -> aiogram.Bot:
    return aiogram.Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))


def echoing_dispatcher() -> aiogram.Dispatcher:
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message()
    async def echo(message: aiogram.types.Message) -> None:
        await message.answer(f"收到:{message.text}")

    return dispatcher


async def said(world: World, text: str) -> None:
    for _ in range(5000):
        if any(each.get("text") == text for each in world.history(CHEN)):
            return
        await asyncio.sleep(0.001)
    raise AssertionError(f"never said: {text}")


async def test_aiograms_polling_lives_here(telegram_world: World, telegram_base: str):
    bot, dispatcher = aiogram_bot(telegram_base), echoing_dispatcher()
    polling = asyncio.ensure_future(dispatcher.start_polling(bot, handle_signals=False))
    for text in ("一", "二"):
        telegram_world.user_writes(CHEN, CHEN, text)
        await said(telegram_world, f"收到:{text}")
    await dispatcher.stop_polling()
    await polling


async def test_aiograms_webhook_lives_here(telegram_world: World, telegram_base: str):
    bot, dispatcher = aiogram_bot(telegram_base), echoing_dispatcher()
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token="tell-nobody").register(app, path="/hook")
    async with TestServer(app) as server:
        await bot.set_webhook(str(server.make_url("/hook")), secret_token="tell-nobody")
        telegram_world.user_writes(CHEN, CHEN, "在吗")
        await said(telegram_world, "收到:在吗")
    await bot.session.close()


async def test_ptbs_application_lives_here(telegram_world: World, telegram_base: str):
    async def echo(update: telegram.Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(f"收到:{update.message.text}")

    builder = ApplicationBuilder().token(TOKEN)
    application = builder.base_url(f"{telegram_base}/bot").base_file_url(f"{telegram_base}/file/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(timeout=5)
        telegram_world.user_writes(CHEN, CHEN, "在吗")
        await said(telegram_world, "收到:在吗")
        with contextlib.suppress(telegram.error.NetworkError):
            await application.updater.stop()
        await application.stop()


async def test_both_libraries_share_one_token(telegram_world: World, telegram_base: str):
    hearing, dispatcher = aiogram_bot(telegram_base), aiogram.Dispatcher()
    speaking = telegram.ext.ExtBot(TOKEN, base_url=f"{telegram_base}/bot")

    @dispatcher.message()
    async def hand_over(message: aiogram.types.Message) -> None:
        await speaking.send_message(
            message.chat.id, "已登记", reply_parameters=telegram.ReplyParameters(message.message_id)
        )

    polling = asyncio.ensure_future(dispatcher.start_polling(hearing, handle_signals=False))
    telegram_world.user_writes(CHEN, CHEN, "我要退款")
    await said(telegram_world, "已登记")
    assert telegram_world.history(CHEN)[-1]["reply_to_message"]["text"] == "我要退款"
    await dispatcher.stop_polling()
    await polling
    await speaking.shutdown()
