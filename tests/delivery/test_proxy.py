"""Through a proxy: both libraries and the bare session reach Telegram, and the password is told to nobody else."""

import logging
from urllib.parse import quote

import aiohttp
import pytest
from aiogram.exceptions import TelegramNetworkError

from bot.app.telegram import make_bot as make_hearing_bot
from bot.config import Settings
from bot.delivery.request import Timeouts
from bot.desk.outgoing import SayText
from bot.desk.verdict import Delivered, NotSent, Unknown
from bot.net import make_session, proxy_url
from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, TOKEN
from tests.delivery.proxies import PASSWORD, USER, proxy
from tests.delivery.rig import courier_to, send, server_that
from tests.delivery.test_verdict import say_nothing

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

FAR = "http://telegram.invalid:8081"
"""A name that only the proxies know."""
KINDS = [("http", "http"), ("socks5", "socks5"), ("socks5", "socks5h")]
LOGIN = f"{USER}:{quote(PASSWORD, safe='')}"
TEXT = SayText("您好")


@pytest.mark.parametrize(("kind", "scheme"), KINDS)
async def test_what_is_said_goes_through_the_proxy_by_name(
    kind: str, scheme: str, telegram_world: World, telegram_base: str
):
    async with (
        proxy(kind, telegram_base) as (made, address),
        courier_to(FAR, proxy=f"{scheme}://{LOGIN}@{address}") as courier,
    ):
        assert isinstance(await send(courier, TEXT, CHEN), Delivered)
        assert isinstance(await send(courier, TEXT, CHEN), Delivered)
    assert made.asked == ["telegram.invalid:8081"], "and the connection is kept for the next call"
    assert telegram_world.history(CHEN)[-1]["text"] == "您好"


@pytest.mark.parametrize(("kind", "scheme"), KINDS)
async def test_the_bare_session_goes_through_the_proxy(kind: str, scheme: str, telegram_base: str):
    async with (
        proxy(kind, telegram_base) as (made, address),
        make_session(f"{scheme}://{LOGIN}@{address}") as session,
        session.get(f"{FAR}/bot{TOKEN}/getMe") as answer,
    ):
        assert (await answer.json())["ok"] is True
    assert made.asked == ["telegram.invalid:8081"]


@pytest.mark.parametrize(("kind", "scheme"), KINDS)
async def test_the_hearing_half_goes_through_the_proxy_too(kind: str, scheme: str, telegram_base: str):
    async with proxy(kind, telegram_base) as (made, address):
        telegram = {"token": TOKEN, "api_base": FAR, "proxy": f"{scheme}://{LOGIN}@{address}"}
        bot = make_hearing_bot(Settings.model_validate({"telegram": telegram}))
        assert (await bot.get_me()).username == "desk_bot"
        await bot.session.close()
    assert made.asked == ["telegram.invalid:8081"]


@pytest.mark.parametrize(("kind", "scheme"), KINDS)
async def test_a_refused_password_means_not_sent_and_stands_in_no_text(
    kind: str, scheme: str, telegram_world: World, telegram_base: str, caplog: pytest.LogCaptureFixture
):
    wrong = "ganz-geheim"
    caplog.set_level(logging.DEBUG)
    async with proxy(kind, telegram_base) as (made, address):
        through = f"{scheme}://{USER}:{wrong}@{address}"
        async with courier_to(FAR, proxy=through) as courier:
            verdict = await send(courier, TEXT, CHEN)
        bot = make_hearing_bot(Settings.model_validate({"telegram": {"token": TOKEN, "proxy": through}}))
        with pytest.raises(TelegramNetworkError) as refused:
            await bot.get_me()
        await bot.session.close()
        async with make_session(through) as session:
            with pytest.raises(aiohttp.ClientError):
                await session.get(f"{FAR}/bot{TOKEN}/getMe")
    assert isinstance(verdict, NotSent) and made.refused == 3
    assert wrong not in f"{verdict} {refused.value} {caplog.text}"
    assert len(telegram_world.history(CHEN)) == 1


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
async def test_a_proxy_that_is_not_there_means_not_sent(scheme: str, telegram_base: str):
    async with proxy("http", telegram_base) as (_, address):
        pass
    async with courier_to(FAR, proxy=f"{scheme}://{LOGIN}@{address}") as courier:
        assert isinstance(await send(courier, TEXT, CHEN), NotSent)


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_who_speaks_no_tls_behind_the_proxy_was_told_nothing(kind: str, telegram_world: World, telegram_base):
    async with (
        proxy(kind, telegram_base) as (made, address),
        courier_to(FAR.replace("http", "https"), proxy=f"{kind}://{LOGIN}@{address}") as courier,
    ):
        assert await send(courier, TEXT, CHEN) == NotSent("ProxyFailed")
    assert made.asked and len(telegram_world.history(CHEN)) == 1


async def test_a_proxy_that_hangs_means_not_sent(telegram_base: str):
    quick = Timeouts(connect=0.2, read=1.0, total=2.0)
    async with server_that(say_nothing) as base:
        for scheme in ("http", "socks5"):
            through = base.replace("http", scheme, 1)
            async with courier_to(FAR, proxy=through, timeouts=quick) as courier:
                assert isinstance(await send(courier, TEXT, CHEN), NotSent)


@pytest.mark.parametrize(
    "bad", ["https://a:geheim@p:1", "socks4://a:geheim@p:1", "http://a:geheim@p", "http://a:b@p:x"]
)
def test_a_proxy_that_could_not_be_used_is_refused_at_the_start_without_its_password(bad: str):
    with pytest.raises(ValueError, match=r"http://主机:端口") as refused:
        Settings.model_validate({"telegram": {"proxy": bad}})
    assert "geheim" not in str(refused.value)


def test_a_password_that_a_proxy_could_not_be_told_is_refused_at_the_start():
    with pytest.raises(ValueError, match="英文") as refused:
        Settings.model_validate({"telegram": {"proxy": "http://a:geheim芳@p:1"}})
    assert "geheim" not in str(refused.value)


async def test_an_error_that_nobody_foresaw_tells_its_kind_alone(telegram_base: str):
    async with proxy("http", telegram_base) as (_, address), courier_to(FAR, proxy=f"http://a:geheim芳@{address}") as c:
        assert await send(c, TEXT, CHEN) == Unknown("UnicodeEncodeError")


def test_socks5h_is_what_the_library_calls_socks5():
    assert proxy_url("socks5h://a:b@p:1080") == "socks5://a:b@p:1080"
    assert proxy_url("http://socks5h:b@p:1") == "http://socks5h:b@p:1"
