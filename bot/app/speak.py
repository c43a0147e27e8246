"""SPEAK: one speaker per token drains the outbox, in order, at Telegram's pace."""

import asyncio
import logging

from bot.app.desk import Desk
from bot.app.period import make_printer
from bot.config import Settings
from bot.delivery.courier import TelegramCourier, make_bot
from bot.delivery.pace import Limits, Pace
from bot.delivery.speaker import Speaker

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that a call in hand gets after the stop; the promise is ten in all."""


async def speak(settings: Settings, desk: Desk, stop: asyncio.Event) -> None:
    """Run the speaking half until `stop`; SpeakerHalted when the token is refused."""
    telegram = settings.telegram
    bot = make_bot(settings.require_token(), telegram.api_base, telegram.proxy.reveal())
    courier = TelegramCourier(bot, make_printer(desk))
    pace = Pace(limits_of(settings))
    speaker = Speaker(desk.run, courier, pace, clock=desk.clock, probe=courier)
    desk.storage.on_wake("outbox", speaker.wake)
    working = asyncio.create_task(speaker.run(), name="speaker")
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        await speaker.stop(PATIENCE)
        await working
    finally:
        stopping.cancel()
        await courier.close()


def limits_of(settings: Settings) -> Limits:
    """Telegram's limits as the settings have them."""
    limits = settings.telegram.limits
    return Limits(
        overall_per_second=limits.overall_per_second,
        private_per_second=limits.private_per_second,
        private_burst=limits.private_burst,
        group_per_minute=limits.group_per_minute,
        in_flight=limits.in_flight,
    )
