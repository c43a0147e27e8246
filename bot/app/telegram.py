"""The two clients of one token: aiogram hears, python-telegram-bot speaks."""

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramUnauthorizedError,
)
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, User

from bot.app.errors import OutOfReach
from bot.config import Settings, SettingsError
from bot.handlers.fence import Fence
from bot.net import Connector, proxy_url
from bot.usecases.office import Office


def make_bot(settings: Settings) -> Bot:
    """aiogram's client for `telegram.api_base`, through the proxy if one is set."""
    telegram = settings.telegram
    session = AiohttpSession(proxy=proxy_url(telegram.proxy.reveal()) or None)
    if telegram.proxy:
        session._connector_type = Connector  # aiogram lets nobody choose it, and knows no error of aiohttp-socks
    session.api = TelegramAPIServer.from_base(telegram.api_base)
    bot = Bot(settings.require_token(), session=session)
    bot.session.middleware(Fence())
    return bot


async def who_am_i(bot: Bot) -> User:
    """Ask Telegram who this token is; SettingsError (without the token) when it is refused or out of reach."""
    try:
        return await bot.get_me(request_timeout=20)
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise SettingsError("telegram.token：Telegram 不认识这个 token，请核对 BotFather 给的完整一串") from error
    except TelegramNetworkError as error:
        raise OutOfReach("连不上 Telegram：请检查网络、telegram.api_base 与 telegram.proxy") from error
    except ClientDecodeError as error:
        raise OutOfReach("telegram.api_base 回应的不是 Bot API：请核对地址，或稍后再试") from error
    except (TelegramAPIError, aiohttp.ClientError) as error:
        raise OutOfReach(f"Telegram 回应异常（{type(error).__name__}）：请稍后再试") from error


async def set_menus(bot: Bot, office: Office, *, staff_ids: dict[int, str]) -> list[str]:
    """Set Telegram's own command menus, each where it belongs; the chats in which that failed.

    `staff_ids` is the menu ("supervisor" or "group") of each private chat of staff.
    """
    failed = []
    try:
        await bot.set_my_commands(_menu(office, "franchisee"), scope=BotCommandScopeAllPrivateChats())
    except TelegramAPIError as error:
        failed.append(f"private chats: {error.message}")
    groups = {r.group_id: "group" for r in office.regions if r.group_id}
    groups |= {d.chat_id: "department" for d in office.departments if d.chat_id}
    if office.supervisors_chat:
        groups[office.supervisors_chat] = "supervisor"
    for chat_id, menu in {**staff_ids, **groups}.items():
        try:
            await bot.set_my_commands(_menu(office, menu), scope=BotCommandScopeChat(chat_id=chat_id))
        except TelegramAPIError as error:
            failed.append(f"{chat_id}: {error.message}")
    return failed


def _menu(office: Office, name: str) -> list[BotCommand]:
    return [BotCommand(command=c, description=d) for c, d in office.labels.commands[name].items()]
