"""`check`: for each group and each right what is missing and how to mend it, over the emulator and real HTTP."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.app.check import check
from bot.app.finding import Finding
from bot.config import Settings
from bot.sandbox.clock import Clock
from bot.sandbox.server import make_app
from bot.sandbox.world import World
from storage.schema import migrate
from tests.cast import CHEN, FANG, LOGISTICS, NORTHWEST, SOUTHWEST, SUPERVISORS, TOKEN, make_settings, make_world
from tests.process import run_bot, write_config

FILE = Path("config.toml")
REGIONS = [
    {"code": "southwest", "name": "西南", "provinces": ["四川", "重庆"], "group_id": SOUTHWEST},
    {"code": "northwest", "name": "西北", "provinces": ["陕西"], "group_id": NORTHWEST},
]


@dataclass
class Rig:
    """A world where everything is as it should be, and the settings that lead there."""

    world: World
    settings: Settings
    me: dict[str, Any] = field(default_factory=dict)

    async def findings(self, **sections: Any) -> list[Finding]:
        values = {**self.settings.model_dump(), **sections}
        return await check(Settings.model_validate(values), file=FILE)

    async def broken(self, **sections: Any) -> list[str]:
        return [f"{f.what}：{f.mend}" for f in await self.findings(**sections) if not f.is_fine]

    async def fine(self, **sections: Any) -> list[str]:
        return [f"{f.what}：{f.mend}" for f in await self.findings(**sections) if f.is_fine]

    def telegram(self, **values: Any) -> dict[str, Any]:
        return {**self.settings.telegram.model_dump(), **values}


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    made = Rig(make_world(), Settings())
    app = make_app(made.world)
    app.middlewares.append(_as_botfather_says(made))
    async with TestServer(app) as server:
        settings = make_settings(str(server.make_url("")).rstrip("/"), tmp_path / "desk.sqlite3")
        migrate(settings.database.url.reveal())
        made.settings = Settings.model_validate({**settings.model_dump(), "regions": REGIONS})
        yield made


def _as_botfather_says(rig: Rig) -> Any:
    """What only BotFather can change of a bot."""

    @web.middleware
    async def middleware(request: web.Request, handler: Any) -> Any:
        response = await handler(request)
        if not request.path.endswith("getMe") or not rig.me:
            return response
        answer = json.loads(response.text)
        return web.json_response({**answer, "result": {**answer["result"], **rig.me}})

    return middleware


async def test_where_nothing_is_missing_everything_is_named_and_fine(rig: Rig) -> None:
    assert await rig.broken() == []
    told = await rig.fine()
    assert told[0] == "设置文件 config.toml："
    assert told[1].startswith("话术 ")
    assert told[2].startswith("用语规则 ")
    assert told[3] == "数据库："
    assert told[4].startswith("工作日历 ")
    assert "同事名单 5 人：" in told
    assert "日报：提醒：digest.to 是 nobody，日报不会自动发给任何人，请改为 each、chat 或 both" in told
    assert "令牌有效：@shouwen_bot：" in told
    assert told[-3:] == ["西南客服群“西南”：", "西北客服群“西北”（未开话题，按回复方式使用）：", "主管群“主管群”："]


@pytest.mark.parametrize(("month", "is_said"), [(10, False), (11, True)])
async def test_a_year_whose_decree_is_due_and_not_at_hand_is_said(rig: Rig, month: int, is_said: bool) -> None:
    clock = Clock(start=datetime(2026, month, 2, tzinfo=UTC), frozen=True)
    findings = await check(rig.settings, file=FILE, clock=clock)
    told = [f"{f.what}：{f.mend}" for f in findings if f.what.startswith("工作日历")]
    assert told[0] == "工作日历 2026 年：放假与调休安排已载入；特别日期 39 天："
    assert ["2027 年的放假与调休安排未载入" in line for line in told[1:]] == [True] * is_said


GROUPS = [(SOUTHWEST, "西南客服群"), (NORTHWEST, "西北客服群"), (SUPERVISORS, "主管群")]


@pytest.mark.parametrize(("chat_id", "name"), GROUPS)
async def test_a_group_without_the_bot(rig: Rig, chat_id: int, name: str) -> None:
    rig.world.remove_bot(chat_id)
    (told,) = await rig.broken()
    assert told.startswith(name)
    assert "请邀请机器人" in told


@pytest.mark.parametrize(("chat_id", "name"), GROUPS)
async def test_a_group_in_which_the_bot_is_no_administrator(rig: Rig, chat_id: int, name: str) -> None:
    rig.world.set_bot_rights(chat_id, **dict.fromkeys(rights_of(rig.world, chat_id), False))
    (told,) = await rig.broken()
    assert told.startswith(name)
    assert told.endswith("：机器人不是管理员，请在群设置中设为管理员")


def rights_of(world: World, chat_id: int) -> list[str]:
    member = world.realm.chats[chat_id].members[int(TOKEN.partition(":")[0])]
    return [name for name in member.rights if member.rights[name]]


RIGHTS = {"can_manage_topics": "管理话题", "can_pin_messages": "置顶消息"}


@pytest.mark.parametrize(("right", "title"), RIGHTS.items())
@pytest.mark.parametrize(("chat_id", "name"), GROUPS)
async def test_each_right_that_is_missing(rig: Rig, chat_id: int, name: str, right: str, title: str) -> None:
    rig.world.set_bot_rights(chat_id, **{right: False})
    told = await rig.broken()
    if right == "can_manage_topics" and chat_id == NORTHWEST:
        assert told == []  # a group without topics needs nobody to manage them
        return
    (line,) = told
    assert line.startswith(name)
    assert line.endswith(f"：缺少“{title}”权限，请在管理员权限中打开")


async def test_two_rights_that_are_missing_are_two_lines(rig: Rig) -> None:
    rig.world.set_bot_rights(SOUTHWEST, can_manage_topics=False, can_pin_messages=False)
    assert len(await rig.broken()) == 2


async def test_a_group_that_is_not_set(rig: Rig) -> None:
    regions = [{**REGIONS[0], "group_id": 0}, REGIONS[1]]
    assert await rig.broken(regions=regions, supervisors={"chat_id": 0}) == [
        "西南客服群：请在设置里填 regions.southwest.group_id（把机器人拉进群，它会说出群编号）",
        "主管群：请在设置里填 supervisors.chat_id（把机器人拉进群，它会说出群编号）",
    ]


async def test_a_group_that_does_not_exist_and_a_chat_that_is_no_group(rig: Rig) -> None:
    rig.world.user_starts(CHEN)
    regions = [{**REGIONS[0], "group_id": -1009}, REGIONS[1]]
    far, person = await rig.broken(regions=regions, supervisors={"chat_id": CHEN})
    assert far.startswith("西南客服群（-1009）：机器人进不去（")
    assert "chat not found" in far
    assert "regions.southwest.group_id" in far
    assert person.startswith(f"主管群（{CHEN}）：这不是群，请核对 supervisors.chat_id")


@pytest.mark.parametrize(("reads_all", "told"), [(False, 1), (True, 0)])
async def test_privacy_mode_is_a_hint_and_no_fault(rig: Rig, reads_all: bool, told: int) -> None:
    rig.me = {"can_read_all_group_messages": reads_all}
    assert len([line for line in await rig.fine() if "/setprivacy" in line]) == told


async def test_a_token_that_telegram_does_not_know(rig: Rig) -> None:
    strange = "1000000009:this-token-is-nobodys-and-never-was-000"
    (told,) = await rig.broken(telegram=rig.telegram(token=strange))
    assert told.startswith("令牌：telegram.token：Telegram 不认识这个 token")
    assert strange not in told


async def test_without_file_and_token_it_says_so_and_looks_at_the_rest(rig: Rig) -> None:
    regions = [{**REGIONS[0], "group_id": 0}, REGIONS[1]]
    without = {"telegram": rig.telegram(token=""), "regions": regions, "supervisors": {"chat_id": 0}}
    seen: list[Finding] = []
    settings = Settings.model_validate({**rig.settings.model_dump(), **without})
    findings = await check(settings, file=None, tell=seen.append)
    assert seen == findings
    assert str(findings[0]).startswith("！ 设置文件：提醒：没有找到 config.toml，一律按缺省值")
    assert [f.what for f in findings if not f.is_fine] == ["西南客服群", "主管群", "令牌"]


async def test_no_token_at_all(rig: Rig) -> None:
    (told,) = await rig.broken(telegram=rig.telegram(token=""))
    assert told.startswith("令牌：telegram.token 未填")


async def test_telegram_out_of_reach(rig: Rig) -> None:
    (told,) = await rig.broken(telegram=rig.telegram(api_base="http://127.0.0.1:9"))
    assert told == "Telegram：连不上 Telegram：请检查网络、telegram.api_base 与 telegram.proxy"


@pytest.mark.parametrize("proxy", ["socks5://me:pa55word@127.0.0.1:9", "http://me:pa55word@127.0.0.1:9"])
async def test_a_proxy_out_of_reach(rig: Rig, proxy: str) -> None:
    (told,) = await rig.broken(telegram=rig.telegram(proxy=proxy))
    assert "telegram.proxy" in told
    assert "pa55word" not in told


async def test_telegram_that_is_down(rig: Rig) -> None:
    rig.world.set_faults({"outage": "503"})
    (told,) = await rig.broken()
    assert told.startswith("Telegram：Telegram 回应异常")


async def test_telegram_that_breaks_off_between_two_groups(rig: Rig) -> None:
    rig.world.set_faults({"resets": [{"method": "getChat", "when": "before"}]})
    (told,) = await rig.broken()
    assert told.startswith(f"西南客服群（{SOUTHWEST}）：没有查到：")


async def test_an_address_that_is_no_bot_api(rig: Rig) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<h1>It works!</h1>")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    async with TestServer(app) as server:
        (told,) = await rig.broken(telegram=rig.telegram(api_base=str(server.make_url(""))))
    assert told == "Telegram：telegram.api_base 回应的不是 Bot API：请核对地址，或稍后再试"


async def test_a_database_without_tables_is_told_and_the_groups_are_looked_at_too(rig: Rig, tmp_path: Path) -> None:
    rig.world.remove_bot(SOUTHWEST)
    database, group = await rig.broken(database={"url": f"sqlite:///{tmp_path / 'new.sqlite3'}"})
    assert database.startswith("数据库：")
    assert "python -m bot migrate" in database
    assert group.startswith("西南客服群")


async def test_a_database_out_of_reach_is_told_without_its_password(rig: Rig) -> None:
    (told,) = await rig.broken(database={"url": "postgresql://me:pa55word@127.0.0.1:9/desk"})
    assert told.startswith("数据库：连不上数据库 PostgreSQL 127.0.0.1:9/desk")
    assert "pa55word" not in told
    assert "me" not in told.partition("desk")[0]


async def test_a_department_without_anybody_and_one_beyond_the_manual(rig: Rig) -> None:
    (nobody,) = await rig.broken(staff=[])
    assert nobody.startswith("同事名单：请在 config.toml 写 [[staff]]")
    managers = [{"telegram_id": n, "name": f"经理{n}", "role": "manager"} for n in (1, 2)]
    (two,) = await rig.broken(staff=managers)
    assert two == "同事名单：经理只能有 1 人，现有 经理1、经理2：请先让前任卸任"


async def test_the_last_trouble_with_the_webhook_is_told(rig: Rig) -> None:
    hook = {"url": "http://127.0.0.1:9/telegram", "secret": "s"}
    telegram = rig.telegram(mode="webhook", webhook=hook)
    assert "webhook：" in await rig.fine(telegram=telegram)
    hooked = rig.world.realm.bots[TOKEN].webhook
    hooked.url, hooked.last_error_message, hooked.last_error_date = hook["url"], "Connection refused", 1
    (told,) = await rig.broken(telegram=telegram)
    assert told.startswith("webhook：Telegram 上次推送失败（Connection refused）：请核对 telegram.webhook.url")
    assert "webhook" not in "".join(await rig.fine())


async def test_the_command_prints_a_line_for_each_thing_and_its_exit_code_says_whether_all_is_well(
    rig: Rig, tmp_path: Path
) -> None:
    values = {**rig.settings.model_dump(), "regions": REGIONS}
    config = write_config(tmp_path / "config.toml", values)
    code, out, err = await run_bot("check", "--config", config)
    assert (code, err) == (0, "正在检查……\n")
    *lines, last = out.splitlines()
    reminders = [line for line in lines if line.startswith("！ ")]
    assert last == f"共检查 {len(lines)} 项，0 项需要处理（✗），{len(reminders)} 项提醒（！）。"
    assert ["提醒：" in line for line in lines] == [line in reminders for line in lines]
    assert all(line.startswith("✓ ") for line in lines if line not in reminders)
    rig.world.set_bot_rights(SOUTHWEST, can_pin_messages=False)
    code, out, err = await run_bot("check", "--config", config)
    assert (code, err) == (1, "正在检查……\n")
    assert "✗ 西南客服群“西南”：缺少“置顶消息”权限，请在管理员权限中打开" in out.splitlines()
    assert "项，1 项需要处理（✗）" in out.splitlines()[-1]
    assert TOKEN not in out


async def test_a_departments_chat_is_looked_at_and_one_that_nobody_can_reach_is_told(rig: Rig) -> None:
    assert any("没有群也没有联络人" in told for told in await rig.fine())
    rig.world.add_user(FANG, "物流小方")
    rig.world.add_group(LOGISTICS, "物流部", is_forum=False, members={FANG: "member"})
    departments = [{"code": "logistics", "name": "物流", "chat_id": LOGISTICS}]
    assert f"物流部门群（{LOGISTICS}）：" in await rig.fine(departments=departments)
    rig.world.remove_bot(LOGISTICS)
    (told,) = await rig.broken(departments=departments)
    assert "departments.logistics.chat_id" in told
