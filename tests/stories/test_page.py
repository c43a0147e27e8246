"""A real browser plays the sandbox: a franchisee writes, a specialist answers, both see it; by mouse and by keyboard."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, Route, WebSocketRoute, async_playwright, expect

from bot.app.sandbox import run_bot, set_up
from tests.cast import MONDAY_10

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: apt-get install chromium"),
]
PNG = (Path(__file__).parents[2] / "docs/pictures/sandbox.png").read_bytes()
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def address(tmp_path: Path) -> AsyncIterator[str]:
    async with set_up(tmp_path, begins=MONDAY_10) as stage:
        stop = asyncio.Event()
        running = asyncio.create_task(run_bot(stage, stop))
        yield stage.address
        stop.set()
        await running


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, address: str) -> AsyncIterator[Page]:
    page = await browser.new_page(viewport={"width": 1500, "height": 950}, locale="zh-CN")
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("console", lambda line: broken.append(line.text) if line.type == "error" and not refused(line) else None)
    page.on("request", lambda request: broken.append(request.url) if address not in request.url else None)
    await page.goto(address)
    await expect(page.get_by_test_id("start-phone")).to_be_visible(timeout=20_000)
    yield page
    await page.close()
    assert broken == [], "an error in the page, or a request to elsewhere"


async def answered_late(route: Route) -> None:
    """The request is done at once, its answer comes after what it set going."""
    answer = await route.fetch()
    await asyncio.sleep(2)
    await route.fulfill(response=answer)


def refused(line: ConsoleMessage) -> bool:
    """Whether the browser only reports that the stage refused an act, which the page shows to the person itself."""
    return line.location["url"].endswith("/stage/act")


async def test_a_franchisee_writes_a_specialist_answers_and_both_see_it(page: Page) -> None:
    phone, group = page.get_by_test_id("messages-phone"), page.get_by_test_id("messages-group")
    await page.get_by_test_id("start-phone-code").click()
    await expect(phone).to_contain_text("已为您绑定门店", timeout=20_000)
    await page.get_by_test_id("composer-phone").fill("昨天的货少了两箱")
    await page.get_by_test_id("send-phone").click()
    await expect(phone).to_contain_text("工单号 #1", timeout=20_000)

    await page.locator("[data-testid^=topic-]", has_text="兰姐").click()
    await expect(group).to_contain_text("昨天的货少了两箱", timeout=20_000)
    await expect(group).to_contain_text("待接入")
    await page.get_by_test_id("composer-group").fill("您好，已为您登记补发，请您放心。")
    await page.keyboard.press("Enter")
    await expect(phone).to_contain_text("已为您登记补发", timeout=20_000)
    await expect(group.locator(".reactions")).to_contain_text("👌", timeout=20_000)
    await expect(group).to_contain_text("处理中")


async def test_a_ready_answer_goes_out_by_one_click_and_the_press_is_answered(page: Page) -> None:
    await page.get_by_test_id("start-phone-code").click()
    await page.get_by_test_id("composer-phone").fill("冰柜不制冷了")
    await page.keyboard.press("Enter")
    await page.locator("[data-testid^=topic-]", has_text="兰姐").click(timeout=20_000)
    await page.route("**/act", answered_late)
    await page.get_by_role("button", name=re.compile("冷柜")).click(timeout=20_000)
    await expect(page.get_by_test_id("toasts")).to_contain_text("已发送给加盟商", timeout=20_000)
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("冷", timeout=20_000)


async def test_it_can_be_played_by_keyboard_alone(page: Page) -> None:
    await page.keyboard.press("Alt+1")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("已为您绑定门店", timeout=20_000)
    await expect(page.get_by_test_id("composer-phone")).to_be_focused()
    await page.keyboard.type("您好")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("工单号 #1", timeout=20_000)
    await page.keyboard.press("Alt+3")
    await page.keyboard.type("/overview")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("messages-supervisors")).to_contain_text("总览", timeout=20_000)


async def test_photos_voices_and_a_shared_number_go_across(page: Page) -> None:
    await page.get_by_test_id("start-phone").click()
    share = page.get_by_role("button", name="发送我的手机号以核对门店")
    await share.click(timeout=20_000)
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("已为您绑定门店", timeout=20_000)
    for kind in ("图片", "语音", "位置"):
        await page.get_by_test_id("attach-phone").click()
        await page.locator(".popup").get_by_role("button", name=kind, exact=True).click()
    several = [{"name": f"{n}.png", "mimeType": "image/png", "buffer": PNG} for n in range(3)]
    await page.get_by_test_id("composer-phone").fill("三张照片")
    await page.locator("#phone input[type=file]").set_input_files(several)
    await page.locator("[data-testid^=topic-]", has_text="SH001").click(timeout=20_000)
    group = page.get_by_test_id("messages-group")
    await expect(group.locator("img.media")).to_have_count(4, timeout=20_000)
    told = await page.evaluate("fetch('/stage/history?chat=7100000001').then((answer) => answer.json())")
    albums = [m["media_group_id"] for m in told["messages"] if "media_group_id" in m]
    assert (len(albums), len(set(albums))) == (3, 1), "chosen together, they are one album"
    await expect(group.locator("audio.media")).to_be_attached(timeout=20_000)
    await expect(group).to_contain_text("位置", timeout=20_000)


async def test_what_is_typed_while_the_line_before_is_on_its_way_is_not_wiped(page: Page) -> None:
    async def slowly(route: Route) -> None:
        await asyncio.sleep(1.5)
        await route.continue_()

    await page.get_by_test_id("start-phone-code").click()
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("已为您绑定门店", timeout=20_000)
    await page.route("**/act", slowly)
    composer = page.get_by_test_id("composer-phone")
    await composer.fill("第一句")
    await page.keyboard.press("Enter")
    await composer.fill("第二句")
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("第一句", timeout=20_000)
    await asyncio.sleep(0.3)
    await expect(composer).to_have_value("第二句")


async def test_a_line_that_could_not_be_sent_comes_back_into_the_composer(page: Page) -> None:
    await page.get_by_test_id("start-phone-code").click()
    await page.route("**/act", lambda route: route.fulfill(status=409, json={"error": "请您稍后再试"}))
    composer = page.get_by_test_id("composer-phone")
    await composer.fill("货少了两箱")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("toasts")).to_contain_text("请您稍后再试")
    await expect(composer).to_have_value("货少了两箱")


async def test_what_happens_while_the_page_loads_a_conversation_is_shown_too(page: Page) -> None:
    await page.route("**/stage/history*", answered_late)
    await page.get_by_test_id("start-phone-code").click()
    await expect(page.get_by_test_id("composer-phone")).to_be_visible(timeout=20_000)
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("已为您绑定门店", timeout=20_000)


async def test_what_happens_while_the_page_opens_is_shown_too(browser: Browser, address: str) -> None:
    async def late(socket: WebSocketRoute) -> None:
        await asyncio.sleep(2)
        socket.connect_to_server()

    page = await browser.new_page(locale="zh-CN")
    await page.route_web_socket("**/stage/events", late)
    await page.goto(address)
    await _start_elsewhere(browser, address)
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("欢迎联系", timeout=20_000)


async def _start_elsewhere(browser: Browser, address: str) -> None:
    """The same person's other window."""
    page = await browser.new_page(locale="zh-CN")
    await page.goto(address)
    await page.get_by_test_id("start-phone").click()
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("欢迎联系", timeout=20_000)
    await page.close()


async def test_names_with_markup_are_shown_as_they_are(page: Page) -> None:
    await page.get_by_test_id("person-select").click()
    await page.get_by_test_id("person-search").fill("<b>")
    await page.locator("#people .list button").first.click()
    await expect(page.locator("#phone .head b")).to_contain_text("<b>")
    assert await page.locator("#phone .head b b").count() == 0
    await page.get_by_test_id("start-phone").click()
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("<b>", timeout=20_000)


async def test_an_outage_is_switched_on_and_off_and_the_words_arrive_afterwards(page: Page) -> None:
    await page.get_by_test_id("open-faults").click()
    await page.get_by_test_id("fault-outage-503").click()
    await expect(page.locator("#faults")).to_contain_text("全部回 503")
    await page.keyboard.press("Escape")
    await page.get_by_test_id("start-phone").click()
    await page.get_by_test_id("composer-phone").fill("停机时的来信")
    await page.keyboard.press("Enter")
    await page.get_by_test_id("open-faults").click()
    await page.get_by_test_id("fault-outage-none").click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("工单号 #1", timeout=45_000)


SWITCHES = (
    "limits", "error", "reset-before", "reset-after", "hang", "duplicate", "reorder", "outage-503", "outage-reset",
    "outage-none", "block", "unblock", "close-topic", "reopen-topic", "delete-topic", "rights", "rights-back", "remove",
    "return", "migrate",
)  # fmt: skip


async def test_everything_that_telegram_does_to_a_bot_has_its_switch(page: Page) -> None:
    await page.get_by_test_id("start-phone-code").click()
    await page.get_by_test_id("composer-phone").fill("昨天的货少了两箱")
    await page.keyboard.press("Enter")
    await page.locator("[data-testid^=topic-]", has_text="兰姐").click(timeout=20_000)
    await expect(page.get_by_test_id("messages-group")).to_contain_text("昨天的货少了两箱", timeout=20_000)
    await page.get_by_test_id("open-faults").click()
    for name in SWITCHES:
        async with page.expect_response("**/stage/act") as act:
            await page.get_by_test_id(f"fault-{name}").click()
        assert (await act.value).ok, name
    there = await page.locator("#faults [data-testid^=fault-]").evaluate_all("all => all.map(e => e.dataset.testid)")
    assert {f"fault-{name}" for name in SWITCHES} == set(there)


async def test_the_clock_is_moved_ahead_and_the_acknowledgement_comes(page: Page) -> None:
    await page.get_by_test_id("start-phone-code").click()
    await page.get_by_test_id("composer-phone").fill("什么时候到货？")
    await page.keyboard.press("Enter")
    phone = page.get_by_test_id("messages-phone")
    await expect(phone).to_contain_text("工单号 #1", timeout=20_000)
    await page.get_by_test_id("clock-5").click()
    await expect(phone).to_contain_text("正在为您核实", timeout=20_000)


async def test_a_department_is_asked_by_button_and_takes_it_on_in_its_own_chat(page: Page) -> None:
    await page.get_by_test_id("start-phone-code").click()
    await page.get_by_test_id("composer-phone").fill("昨天的货少了两箱")
    await page.keyboard.press("Enter")
    await page.locator("[data-testid^=topic-]", has_text="兰姐").click(timeout=20_000)
    group = page.get_by_test_id("messages-group")
    for label in ("协办", "物流", re.compile("12:00 前")):
        await group.get_by_role("button", name=label, exact=isinstance(label, str)).click(timeout=20_000)
    await expect(group).to_contain_text("已请物流协办", timeout=20_000)
    await page.get_by_role("tab", name=re.compile("物流部")).click()
    await group.get_by_role("button", name="已受理").click(timeout=20_000)
    await expect(page.get_by_test_id("toasts")).to_contain_text("已登记受理", timeout=20_000)
    await page.get_by_test_id("region-0").click()
    await page.locator("[data-testid^=topic-]", has_text="兰姐").click(timeout=20_000)
    await expect(group).to_contain_text("物流小方 已受理协办", timeout=20_000)


async def test_a_specialist_answers_a_transfer_in_private(page: Page) -> None:
    await page.get_by_test_id("start-phone-code").click()
    await page.get_by_test_id("composer-phone").fill("昨天的货少了两箱")
    await page.keyboard.press("Enter")
    await page.locator("[data-testid^=topic-]", has_text="兰姐").click(timeout=20_000)
    await page.get_by_test_id("composer-group").fill("/transfer 许嘉 班次交接")
    await page.keyboard.press("Enter")
    await page.get_by_test_id("tab-private").click()
    await page.get_by_test_id("viewer-supervisors").select_option(label="许嘉（华东专员）")
    private = page.get_by_test_id("messages-private")
    await private.get_by_role("button", name="接收").click(timeout=20_000)
    await expect(private).to_contain_text("现由您承办", timeout=20_000)
    await expect(page.get_by_test_id("messages-group")).to_contain_text("许嘉 已从林晓处接收", timeout=20_000)
