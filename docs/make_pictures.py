"""Make the documentation's pictures anew: the case diagram of both READMEs, sandbox, roster, survey, digest, report."""

import asyncio
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Page, async_playwright, expect

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.app.sandbox import Stage, run_bot, set_up  # noqa: E402
from bot.desk.case import diagram  # noqa: E402
from bot.sandbox.world import World  # noqa: E402
from docs.digest_scene import Scene as DigestScene  # noqa: E402
from docs.report_scene import Scene as ReportScene  # noqa: E402
from docs.survey_scene import Scene as SurveyScene  # noqa: E402

PICTURE = ROOT / "docs" / "pictures" / "sandbox.png"
DIGEST = ROOT / "docs" / "pictures" / "digest.png"
DIGEST_PAGE = ROOT / "docs" / "digest.md"
SURVEY = ROOT / "docs" / "pictures" / "survey.png"
REPORT = ROOT / "docs" / "pictures" / "report.png"
ROSTER = ROOT / "docs" / "pictures" / "roster.png"
OVER = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
EVENING = datetime(2026, 11, 26, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
AWAY = (("高翔", "周三"), ("毕小雪", "周四至周五"))
Scene = Callable[[Page, Stage], Awaitable[None]]
SIZE = {"width": 1440, "height": 900}
OTHERS = (("SH002", "杯盖缺货，什么时候补？"), ("NJ001", "请问续约要准备什么材料"), ("SZ001", "新员工培训几号开班"))


def draw_diagrams() -> None:
    """The transition table as it is now."""
    for name in ("README.md", "README.zh-CN.md"):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        drawn = re.sub(r"```mermaid\n.*?```", lambda _: f"```mermaid\n{diagram()}\n```", text, flags=re.DOTALL)
        path.write_text(drawn, encoding="utf-8")


def draw_digest() -> None:
    """The last of some played days: its picture, and its message as the page quotes it."""
    scene = DigestScene(EVENING)
    scene.play()
    DIGEST.write_bytes(scene.picture())
    page = DIGEST_PAGE.read_text(encoding="utf-8")
    quoted = re.sub(
        r"```text\n.*?```", lambda _: f"```text\n{scene.message().text}\n```", page, count=1, flags=re.DOTALL
    )
    DIGEST_PAGE.write_text(quoted, encoding="utf-8")


async def take_pictures() -> None:
    """Play the scenes in the real page and take their pictures."""
    PICTURE.parent.mkdir(exist_ok=True)
    await _played(_scene, PICTURE)
    await _played(_roster_scene, ROSTER, part="messages-supervisors")


async def _played(scene: Scene, picture: Path, *, part: str = "") -> None:
    """`part`: the test id of the element to show, else the whole page."""
    with tempfile.TemporaryDirectory() as folder:
        async with set_up(Path(folder), begins=MORNING) as stage:
            stop = asyncio.Event()
            running = asyncio.create_task(run_bot(stage, stop))
            async with async_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("google-chrome")
                browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = await browser.new_page(
                    viewport=SIZE, locale="zh-CN", color_scheme="light", device_scale_factor=2 if part else 1
                )
                await page.goto(stage.address)
                await scene(page, stage)
                await (page.get_by_test_id(part).screenshot(path=picture) if part else page.screenshot(path=picture))
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


async def _roster_scene(page: Page, stage: Stage) -> None:
    """Somebody is away, somebody stands in, one day nobody is there: the week as the supervisors see it."""
    await expect(page.get_by_test_id("composer-supervisors")).to_be_visible(timeout=20_000)
    staff = {s.name: s for s in stage.company.staff}
    groups = {r.code: r.group_id for r in stage.company.regions}
    upstairs = stage.company.supervisors_chat
    for number, (name, days) in enumerate(AWAY, start=1):
        person = staff[name]
        stage.world.user_writes(person.telegram_id, groups[person.region], f"/leave {days} 家中有事")
        seen = page.get_by_test_id("messages-supervisors")
        await expect(seen).to_contain_text(f"请假申请 {number} 号", timeout=20_000)
        stage.world.user_writes(staff["顾云舟"].telegram_id, upstairs, f"/approve {number}")
        await expect(seen).to_contain_text(f"{number} 号，{name}", timeout=20_000)
    stage.world.user_writes(staff["苏慧"].telegram_id, upstairs, f"/standin 梁思敏 {AWAY[0][1]} {AWAY[0][0]}")
    await expect(page.get_by_test_id("messages-supervisors")).to_contain_text("梁思敏接替", timeout=20_000)
    await _say(page, "supervisors", "/roster")
    image = page.get_by_test_id("messages-supervisors").locator("img.media")
    await expect(image).to_be_visible(timeout=20_000)
    await image.evaluate("picture => { picture.style.maxHeight = 'none'; }")
    await page.wait_for_timeout(500)
    await image.evaluate("picture => picture.scrollIntoView({ block: 'end' })")


async def _say(page: Page, where: str, words: str) -> None:
    await page.get_by_test_id(f"composer-{where}").fill(words)
    await page.get_by_test_id(f"send-{where}").click()


def _others_write(world: World, stage: Stage) -> None:
    codes = {store.number: store.code for store in stage.company.stores}
    for number, words in OTHERS:
        who = next(f.telegram_id for f in stage.company.franchisees if f.store_number == number)
        world.user_starts(who, codes[number])
        world.user_writes(who, who, words)


def _has_signs() -> bool:
    """Whether the browser can draw a reaction: without a font for them the pictures would show empty boxes."""
    listed = subprocess.run(["fc-list", ":charset=1f44d"], capture_output=True, check=True)
    return bool(listed.stdout.strip())


if __name__ == "__main__":
    if not _has_signs():
        sys.exit("no font has 👍: apt install fonts-noto-color-emoji, then once more")
    draw_diagrams()
    REPORT.write_bytes(ReportScene(OVER).picture())
    SURVEY.write_bytes(SurveyScene(MORNING).picture())
    draw_digest()
    asyncio.run(take_pictures())
