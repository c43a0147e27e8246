"""HEAR: updates come in by polling or webhook, are stored raw, and are handled one of a chat after the other."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiogram import Bot
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.types import User
from aiohttp import web

from bot.app.desk import Desk
from bot.app.errors import OutOfReach
from bot.app.hints import LanguageHints
from bot.app.telegram import make_bot, set_menus, who_am_i
from bot.config import Settings
from bot.desk.people import Role
from bot.handlers.dispatch import ALLOWED_UPDATES, make_dispatcher
from bot.handlers.poll import Poller
from bot.handlers.webhook import webhook_app
from bot.handlers.worker import Worker
from bot.net import make_session
from bot.usecases.inbox import release_updates

log = logging.getLogger(__name__)

_PAUSES = (2, 5, 10, 20, 30)


async def hear(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Run the hearing half until `stop`; SettingsError when Telegram does not know the token."""
    bot = make_bot(settings)
    hints = LanguageHints(desk.office.scripts, desk.office.regions)
    hints.warm()
    desk.office.rulebook.warm()
    try:
        me = await _reach(bot, stop)
        if me is not None:
            await _listen(settings, desk, bot, me, hints, stop)
    finally:
        hints.close()
        await bot.session.close()


async def _reach(bot: Bot, stop: asyncio.Event) -> User | None:
    """Who we are, however long Telegram is out of reach; None when told to stop first."""
    tries = 0
    while not stop.is_set():
        try:
            return await who_am_i(bot)
        except OutOfReach as error:
            pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
            tries += 1
            log.warning("%s（%s 秒后再试）", error, pause)
            await _sleep(pause, stop)
    return None


async def _insist(call: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    """Make a call that opening needs, however long Telegram is in trouble meanwhile."""
    tries = 0
    while not stop.is_set():
        try:
            await call()
            return
        except (TelegramServerError, TelegramNetworkError, TelegramRetryAfter) as error:
            pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
            tries += 1
            log.warning("Telegram 回应异常（%s），%s 秒后再试", type(error).__name__, pause)
            await _sleep(pause, stop)


async def _sleep(seconds: float, stop: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def _listen(
    settings: Settings, desk: Desk, bot: Bot, me: User, hints: LanguageHints, stop: asyncio.Event
) -> None:
    await _menus(desk, bot)
    dispatcher = make_dispatcher(hints=hints, bot_username=me.username or "")
    worker = Worker(bot, dispatcher, desk.run)
    desk.storage.on_wake("inbox", worker.wake)
    log.info("hearing as @%s by %s", me.username, settings.telegram.mode)
    source = _polling if settings.telegram.mode == "polling" else _webhook
    fetching = asyncio.create_task(source(settings, desk, bot, worker, stop), name="fetch")
    working = asyncio.create_task(worker.run(stop), name="worker")
    try:
        await asyncio.wait({fetching, working}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        results = await asyncio.gather(fetching, working, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


async def _menus(desk: Desk, bot: Bot) -> None:
    """Menus are a comfort: where they cannot be set (a group we are not in yet), the desk opens all the same."""
    people = await desk.run(lambda work, office, now: work.staff.all())
    menus = {s.telegram_id: "group" if s.role is Role.SPECIALIST else "supervisor" for s in people if s.is_active}
    for failure in await set_menus(bot, desk.office, staff_ids=menus):
        log.info("no command menu in %s", failure)


async def _polling(settings: Settings, desk: Desk, bot: Bot, worker: Worker, stop: asyncio.Event) -> None:
    await desk.run(release_updates)
    worker.wake()
    await _insist(lambda: bot.delete_webhook(drop_pending_updates=False), stop)
    async with make_session(settings.telegram.proxy.reveal()) as session:
        url = bot.session.api.api_url(bot.token, "getUpdates")
        await Poller(url, session, desk.run, stored=worker.wake).run(stop)


async def _webhook(settings: Settings, desk: Desk, bot: Bot, worker: Worker, stop: asyncio.Event) -> None:
    hook = settings.telegram.webhook
    secret = hook.secret.reveal()
    runner = web.AppRunner(webhook_app(hook.path, secret, desk.run, stored=worker.wake), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, hook.listen, hook.port).start()
        allowed = list(ALLOWED_UPDATES)
        await _insist(
            lambda: bot.set_webhook(hook.url, secret_token=secret, allowed_updates=allowed, max_connections=100), stop
        )
        await stop.wait()
    finally:
        await runner.cleanup()
