"""What a delivery leaves in the log, at every level and from every library: no token ever, no words above DEBUG."""

import logging
from collections.abc import Iterator

import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.app.telegram import make_bot as make_hearing_bot
from bot.config import Settings
from bot.desk.outgoing import Group, SayText
from bot.desk.verdict import Delivered, Halt, Parcel, Verdict
from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, TOKEN, G
from tests.delivery.rig import QUICK, courier_to, send
from tests.delivery.stand import Told, stand
from tests.delivery.test_verdict import WIRE, server_that

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

WORDS, PHONE = "退款两千元", "19000001234"
SECRET = TOKEN.partition(":")[2]


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All loggers at DEBUG, those too that were set higher by name."""
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    before = [(each, each.level) for each in loggers]
    for each in loggers:
        each.setLevel(logging.NOTSET)
    caplog.set_level(logging.DEBUG)
    yield caplog
    for each, level in before:
        each.setLevel(level)


def told(record: logging.LogRecord) -> str:
    return logging.Formatter().format(record)


def check(caplog: pytest.LogCaptureFixture) -> None:
    """aiohttp.access speaks for the emulator here; it is Telegram's side of the wire."""
    records = [r for r in caplog.records if r.name != "aiohttp.access"]
    loud = "\n".join(told(r) for r in records if r.levelno > logging.DEBUG)
    assert SECRET not in "\n".join(told(r) for r in records)
    for private in (WORDS, PHONE):
        assert private not in loud


TALK = SayText(f"{WORDS}，电话 {PHONE}")


async def test_a_delivery_and_every_refusal(everything: pytest.LogCaptureFixture, telegram_world: World, telegram_base):
    faults = telegram_world.faults
    async with courier_to(telegram_base) as courier:
        await send(courier, TALK, CHEN)
        for code in (400, 401, 403, 404, 409, 413, 429, 500, 502):
            faults.next_error("*", code, "made up", parameters={"retry_after": 3} if code == 429 else {})
            assert not isinstance(await send(courier, TALK, CHEN), Delivered)
    assert any(r.name.startswith("telegram") for r in everything.records), "the library was not heard at all"
    check(everything)


@pytest.mark.parametrize("name", WIRE)
async def test_whatever_the_wire_does(name: str, everything: pytest.LogCaptureFixture):
    async with server_that(WIRE[name][0]) as base, courier_to(base, timeouts=QUICK) as courier:
        await send(courier, TALK, CHEN)
    check(everything)


async def test_nobody_listens(everything: pytest.LogCaptureFixture):
    async with courier_to("http://127.0.0.1:9", timeouts=QUICK) as courier:
        await send(courier, TALK, CHEN)
        await send(courier, SayText(WORDS, entities=PHONE), CHEN)
        await send(courier, SayText(f"{WORDS}\ud83d{PHONE}"), CHEN)
    check(everything)


async def test_the_hearing_half(everything: pytest.LogCaptureFixture, telegram_world: World, telegram_base: str):
    refused = []
    for base in (telegram_base, "http://127.0.0.1:9"):
        bot = make_hearing_bot(Settings.model_validate({"telegram": {"token": TOKEN, "api_base": base}}))
        try:
            await bot.get_me()
        except TelegramNetworkError as error:
            refused.append(str(error))
        await bot.session.close()
    assert len(refused) == 1 and SECRET not in refused[0]
    check(everything)


async def test_the_speaker_whatever_goes_wrong(everything: pytest.LogCaptureFixture):
    def raises(parcel: Parcel) -> Verdict:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/sendMessage {parcel.act}")

    async with stand(Told({TALK.text: [raises, Halt("token")]})) as at:
        real = at.run

        async def run(verb, /, **kwargs):
            if verb.__name__ == "settle" and not failed:
                failed.append(True)
                raise ValueError(f"Key (phone)=({PHONE}) {TOKEN}")
            return await real(verb, **kwargs)

        failed: list[bool] = []
        at.run = run
        async with at.speaking() as speaking:
            await at.put(TALK)
            await at.until_at_rest()
            at.clock.move(60)
            await at.until(speaking.done)
    assert "the courier raised" in everything.text and "could not be written down" in everything.text
    check(everything)


async def test_a_group_is_named_by_its_number_alone(
    everything: pytest.LogCaptureFixture, telegram_world: World, courier
):
    telegram_world.faults.next_error("*", 429, "Too Many Requests: retry after 3", parameters={"retry_after": 3})
    async with stand(courier) as at, at.speaking():
        await at.put(TALK, Group(G))
        await at.until_at_rest()
        await at.until(lambda: "told to wait 3 s" in everything.text)
    check(everything)
