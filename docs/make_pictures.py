"""Make the documentation's pictures anew: the case diagram in both READMEs, and the screenshot of the sandbox."""

import asyncio
import re
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, async_playwright, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.app.sandbox import Stage, run_bot, set_up  # noqa: E402
from bot.desk.case import diagram  # noqa: E402
from bot.sandbox.world import World  # noqa: E402

PICTURE = ROOT / "docs" / "pictures" / "sandbox.png"
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SIZE = {"width": 1440, "height": 900}
OTHERS = (("SH002", "杯盖缺货，什么时候补？"), ("NJ001", "请问续约要准备什么材料"), ("SZ001", "新员工培训几号开班"))


def draw_diagrams() -> None:
    """The transition table as it is now."""
    for name in ("README.md", "README.zh-CN.md"):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        drawn = re.sub(r"```mermaid\n.*?```", lambda _: f"```mermaid\n{diagram()}\n```", text, flags=re.DOTALL)
        path.write_text(drawn, encoding="utf-8")


async def take_picture() -> None:
    """Play a scene in the real page and take its picture."""
    with tempfile.TemporaryDirectory() as folder:
        async with set_up(Path(folder), begins=MORNING) as stage:
            stop = asyncio.Event()
            running = asyncio.create_task(run_bot(stage, stop))
            async with async_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("google-chrome")
                browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = await browser.new_page(viewport=SIZE, locale="zh-CN", color_scheme="light")
                await page.goto(stage.address)
                await _scene(page, stage)
                PICTURE.parent.mkdir(exist_ok=True)
                await page.screenshot(path=PICTURE)
                await browser.close()
            stop.set()
            await running


async def _scene(page: Page, stage: Stage) -> None:
    await expect(page.get_by_test_id("start-phone")).to_be_visible(timeout=20_000)
    _others_write(stage.world, stage)
    await page.get_by_test_id("start-phone-code").click()
    await _say(page, "phone", "昨天到的货少了两箱中杯，怎么补？")
    await page.locator("[data-testid^=topic-]", has_text="SH001").click(timeout=20_000)
    await page.get_by_role("button", name="少货漏发").click(timeout=20_000)
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("货没到齐", timeout=20_000)
    await page.get_by_test_id("attach-phone").click()
    await page.locator(".popup").get_by_role("button", name="图片").click()
    await expect(page.get_by_test_id("messages-group").locator("img.media")).to_be_visible(timeout=20_000)
    await _say(page, "group", "// 仓库已确认少发，明早补")
    await _say(page, "group", "您好，仓库已确认，明天上午补到店里，请您放心。")
    await expect(page.get_by_test_id("messages-phone")).to_contain_text("明天上午", timeout=20_000)
    await _say(page, "supervisors", "/overview")
    await expect(page.get_by_test_id("messages-supervisors")).to_contain_text("总览", timeout=20_000)
    await page.wait_for_timeout(6000)  # until the notices have faded


async def _say(page: Page, where: str, words: str) -> None:
    await page.get_by_test_id(f"composer-{where}").fill(words)
    await page.get_by_test_id(f"send-{where}").click()


def _others_write(world: World, stage: Stage) -> None:
    codes = {store.number: store.code for store in stage.company.stores}
    for number, words in OTHERS:
        who = next(f.telegram_id for f in stage.company.franchisees if f.store_number == number)
        world.user_starts(who, codes[number])
        world.user_writes(who, who, words)


if __name__ == "__main__":
    draw_diagrams()
    asyncio.run(take_picture())
