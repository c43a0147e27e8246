"""The roster at work: who is called to a shift, who is late, who is missed, who hands over to whom."""

import asyncio
import io
from pathlib import Path

import openpyxl
import pytest

from bot.usecases.tick import sweep
from tests.cast import CHEN, HE, LIN, SOUTHWEST, SUPERVISORS, WANG, ZHOU
from tests.config.opened import BASE, opened
from tests.stories.duty import put_up, rostered
from tests.stories.theatre import Theatre


async def on(stage: Theatre, *people: int) -> None:
    for staff_id in people:
        stage.world.user_writes(staff_id, staff_id, "/on")
    await stage.seen()


async def test_a_shift_is_announced_once_a_group_and_who_does_not_come_is_missed(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        await stage.later(minutes=50)
        await stage.shows("""
            西南 | 首问: 11月23日 周一 早班（09:00-18:00） / 值班：林晓 / 请各位到岗后点“签到”或发送 /on，下班时点“签退”或发送 /off，辛苦您了。 [签到|签退]
            西北 | 首问: 11月23日 周一 早班（09:00-18:00） / 值班：何静 / 请各位到岗后点“签到”或发送 /on，下班时点“签退”或发送 /off，辛苦您了。 [签到|签退]
        """)
        call = stage.last(SOUTHWEST, "早班")
        pressed = stage.press(LIN, call, "签到")
        await stage.until(lambda: stage.world.callback_answer(pressed))
        assert (
            stage.world.callback_answer(pressed)["text"] == "林晓，已签到在岗。您目前没有未结工单，请留意新来的工单。"
        )
        stage.press(LIN, call, "签到")  # twice is once
        await stage.shows("")
        await stage.later(minutes=16)
        await stage.shows("""
            何静 | 首问: 何静，您的早班（09:00-18:00）已于 09:00 开始，还没有看到您签到。请您到岗后点“签到”或发送 /on；不能到岗时，请您发送：/leave 今天 原因。 [签到]
            主管群 | 首问: 西北此刻无人值班 / 班次：早班（09:00-18:00） / 应到：何静 / 请您安排同事到岗，或发送：/standin 姓名 今天 被代人。
        """)
        await stage.later(minutes=30)
        await stage.shows("""
            主管群 | 首问: 何静（西北）的早班（09:00-18:00）于 09:00 开始，至今未签到。请您与本人联系；需要代班时，请发送：/standin 姓名 今天 何静。
        """)
        stage.world.user_writes(HE, HE, "/on")
        await stage.shows("""
            何静 | 何静: /on
            何静 | 首问: 何静，您的早班（09:00-18:00）从 09:00 开始，这次签到晚了 36 分钟，已如实记录。如有特殊情况，请您告知主管，辛苦您了。
            何静 | 首问: ↩/on 何静，已签到在岗。您目前没有未结工单，请留意新来的工单。
        """)
        await stage.later(hours=2)
        await stage.shows("")


async def test_a_shift_ends_its_cases_are_handed_over_and_the_next_one_takes_them(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        await on(stage, LIN, HE)
        stage.world.user_writes(CHEN, CHEN, "重庆解放碑店的冰箱不制冷")
        await stage.later(hours=9, minutes=45)
        await stage.seen()
        await stage.later(minutes=5)
        await stage.shows("""
            西南 | 首问: 11月23日 周一 晚班（18:00-22:00） / 值班：周宁 / 请各位到岗后点“签到”或发送 /on，下班时点“签退”或发送 /off，辛苦您了。 [签到|签退]
            西南 | 首问: 交接：林晓 · 早班（09:00-18:00） / 18:00 下班，请 周宁 接班。 / 未结工单：1 件；等待最久：9 小时 50 分钟 / #1 小陈 待接入，已等 9 小时 50 分钟 / 未兑现的承诺：无 / 未办的提醒与交办：无 / 请接班的同事点“已接班”或发送 /handover，谢谢您。 [已接班]
        """)
        stage.world.user_writes(LIN, SOUTHWEST, "/handover")
        await stage.shows("""
            西南 | 林晓: /handover
            西南 | 首问: ↩/hando 您的交接单已在群里，正在等接班的同事确认，请您放心。
        """)
        await stage.later(minutes=11)
        await stage.shows("""
            林晓 | 首问: 林晓，您的早班（09:00-18:00）已于 18:00 结束，辛苦您了。请您点“签退”或发送 /off。 [签退]
            何静 | 首问: 何静，您的早班（09:00-18:00）已于 18:00 结束，辛苦您了。请您点“签退”或发送 /off。 [签退]
        """)
        note = stage.last(SOUTHWEST, "交接：")
        own = stage.press(LIN, note, "已接班")
        taken = stage.press(ZHOU, note, "已接班")
        await stage.shows("""
            西南 | 首问: 林晓的交接已由周宁接班。请您继续跟进，辛苦了。
            西南 | 改为 首问: 交接：林晓 · 早班（09:00-18:00） / 18:00 下班，请 周宁 接班。 / 未结工单：1 件；等待最久：9 小时 50 分钟 / #1 小陈 待接入，已等 9 小时 50 分钟 / 未兑现的承诺：无 / 未办的提醒与交办：无 / 请接班的同事点“已接班”或发送 /handover，谢谢您。
        """)
        await stage.until(lambda: stage.world.callback_answer(own) and stage.world.callback_answer(taken))
        assert stage.world.callback_answer(own)["text"] == "这是您自己的交接，请由接班的同事确认。"
        assert stage.world.callback_answer(taken)["text"] == "已接班，请您继续跟进。"
        stage.world.user_writes(LIN, SOUTHWEST, "/off")
        await stage.shows("""
        西南 | 林晓: /off
        西南 | 首问: ↩/off 林晓，已签退。您名下没有未结工单，请放心休息。
        西南›小陈 | 改为 首问: 卡片 #1 待接入 首问人：待接单 承办人：王芳 答复时限：11月23日 09:10（已超时） [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群 | 首问: 林晓：已签退，#1 现由 王芳 负责。请您查看。 [#1]
    """)


async def test_a_note_that_nobody_takes_is_told_to_the_supervisors_and_who_forgets_to_sign_off_is_signed_off(
    tmp_path: Path,
) -> None:
    async with rostered(tmp_path) as stage:
        await on(stage, LIN, HE, ZHOU)
        stage.world.user_writes(CHEN, CHEN, "重庆解放碑店的冰箱不制冷")
        await stage.later(hours=10, minutes=1)
        await stage.seen()
        await stage.later(minutes=14)
        await stage.shows("")
        await stage.later(minutes=50)
        await stage.shows("""
            林晓 | 首问: 林晓，您的早班（09:00-18:00）于 18:00 结束后没有签退，系统已代您签退，并记为“未签退”。如果您仍在岗，请再次签到。
            何静 | 首问: 何静，您的早班（09:00-18:00）于 18:00 结束后没有签退，系统已代您签退，并记为“未签退”。如果您仍在岗，请再次签到。
            主管群 | 首问: 林晓（西南）的早班（09:00-18:00）已于 18:00 下班，交接单里的 1 件工单还没有人接班。请您安排同事确认。
        """)
        stage.world.user_writes(LIN, LIN, "/on")  # works on, without a shift
        await stage.seen()
        await stage.later(hours=2)
        await stage.shows("")


async def test_who_leaves_early_is_told_in_private_and_the_note_comes_at_once(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        await on(stage, LIN, HE)
        stage.world.user_writes(CHEN, CHEN, "重庆解放碑店的冰箱不制冷")
        await stage.later(hours=8)
        await stage.seen()
        stage.world.user_writes(LIN, SOUTHWEST, "/off")
        await stage.shows("""
        林晓 | 首问: 林晓，您的早班（09:00-18:00）到 18:00 结束，这次签退早了 120 分钟，已如实记录。上班时间离岗须经批准，请您发送：/leave 现在 原因。
        西南 | 林晓: /off
        西南 | 首问: 交接：林晓 · 早班（09:00-18:00） / 18:00 下班，请 周宁 接班。 / 未结工单：1 件；等待最久：8 小时 / #1 小陈 待接入，已等 8 小时 / 未兑现的承诺：无 / 未办的提醒与交办：无 / 请接班的同事点“已接班”或发送 /handover，谢谢您。 [已接班]
        西南 | 首问: ↩/off 林晓，已签退。您名下没有未结工单，请放心休息。
        西南›小陈 | 改为 首问: 卡片 #1 待接入 首问人：待接单 承办人：王芳 答复时限：11月23日 09:10（已超时） [接单|转交|协办|升级|备注|结案|标为投诉]
        主管群 | 首问: 林晓：已签退，#1 现由 王芳 负责。请您查看。 [#1]
        主管群 | 首问: 西南此刻无人值班 / 班次：早班（09:00-18:00） / 应到：林晓 / 请您安排同事到岗，或发送：/standin 姓名 今天 被代人。
    """)


@pytest.mark.parametrize("words", ["/roster 下周 文字", "/roster 12月1日 文字", "/roster 文字 下周"])
async def test_the_week_in_words(words: str, tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        stage.world.user_writes(LIN, LIN, words)
        await stage.shows(f"""
            林晓 | 林晓: {words}
            林晓 | 首问: 值班表 11月30日 周一 至 12月6日 周日 / 11月30日 周一 / 西南：林晓（早班）、周宁（晚班） / 西北：何静（早班） / 华北：无人值班 / 12月1日 周二 / 西南：林晓（早班）、周宁（晚班） / 西北：何静（早班） / 华北：无人值班 / 12月2日 周三 / 西南：无人值班 / 西北：无人值班 / 华北：无人值班 / 12月3日 周四 / 西南：无人值班 / 西北：无人值班 / 华北：无人值班 / 12月4日 周五 / 西南：无人值班 / 西北：无人值班 / 华北：无人值班 / 12月5日 周六 / 西南：无人值班 / 西北：无人值班 / 华北：无人值班 / 12月6日 周日 / 西南：无人值班 / 西北：无人值班 / 华北：无人值班 / 班次：早班 09:00-18:00、晚班 18:00-22:00
        """)


async def test_the_week_as_a_picture_and_in_words_where_no_pictures_are_allowed(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        stage.world.user_writes(LIN, SOUTHWEST, "/roster")
        await stage.shows("""
            西南 | 林晓: /roster
            西南 | 首问: ↩/roste [photo] 值班表 11月23日 周一 至 11月29日 周日 / 空岗：11月23日 周一：华北；11月24日 周二：华北；11月25日 周三：西南、西北、华北；11月26日 周四：西南、西北、华北；11月27日 周五：西南、西北、华北；11月28日 周六：西南、西北、华北；11月29日 周日：西南、西北、华北 / 文字版请发送：/roster 文字
        """)
        stage.world.user_writes(WANG, WANG, "/roster 前年")
        await stage.shows("""
            王芳 | 王芳: /roster 前年
            王芳 | 首问: ↩/roste 请您用：/roster、/roster 下周、/roster 11月25日；文字版在后面加“文字”。
        """)
        refusal = "Bad Request: not enough rights to send photos to the chat"
        stage.world.faults.apply({"errors": [{"method": "sendPhoto", "code": 400, "description": refusal}]})
        stage.world.user_writes(WANG, SOUTHWEST, "/roster")
        assert [line.split(" / ")[0] for line in await stage.seen()] == [
            "西南 | 王芳: /roster", "西南 | 首问: 值班表 11月23日 周一 至 11月29日 周日",
        ]  # fmt: skip


async def test_before_there_is_a_roster_nothing_is_asked_of_anybody(stage: Theatre) -> None:
    stage.world.user_writes(LIN, LIN, "/roster")
    await stage.shows("""
        林晓 | 林晓: /roster
        林晓 | 首问: 11月23日 周一 至 11月29日 周日 还没有排班。请主管用 python -m bot import roster 文件 导入，谢谢您。
    """)
    await stage.later(hours=30)
    await stage.shows("")


async def test_the_months_file_goes_to_supervisors_and_to_nobody_else(tmp_path: Path) -> None:
    async with rostered(tmp_path) as stage:
        await on(stage, LIN)
        await stage.later(hours=10)
        stage.world.user_writes(LIN, LIN, "/off")
        await stage.seen()
        for words in ("/attendance 12月", "/attendance 十月"):
            stage.world.user_writes(WANG, WANG, words)
        stage.world.user_writes(WANG, SOUTHWEST, "/attendance")
        stage.world.user_writes(WANG, SUPERVISORS, "/attendance 2027-01")
        stage.world.user_writes(LIN, LIN, "/attendance")
        await stage.shows("""
            林晓 | 林晓: /attendance
            林晓 | 首问: ↩/atten 这项操作请由主管或经理进行。如有需要，请您联系主管。
            王芳 | 王芳: /attendance 12月
            王芳 | 王芳: /attendance 十月
            王芳 | 首问: [document] 2025年12月考勤表：第一页每人每天一行，第二页是汇总。请您查收。
            王芳 | 首问: [document] 2026年11月考勤表：第一页每人每天一行，第二页是汇总。请您查收。
            王芳 | 首问: ↩/atten 请您用：/attendance 2026-10，或 /attendance 本月、/attendance 上月。
            西南 | 王芳: /attendance
            西南 | 首问: ↩/atten 考勤表已私下发给您，请您在与我的私聊里查收。
            主管群 | 王芳: /attendance 2027-01
            主管群 | 首问: ↩/atten 这个月还没有开始，请您换一个月份。
        """)
        sent = next(m for m in stage.world.history(WANG) if "2026年11月" in m.get("caption", ""))
        assert sent["document"]["file_name"] == "考勤表-2026-11.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(stage.world.realm.files[sent["document"]["file_id"]].data))
        today = [[c.value for c in row] for row in book["每日考勤"].iter_rows() if row[0].value == "2026-11-23"]
        assert [(row[2], row[4], row[6], row[8]) for row in today] == [
            ("林晓", "早班", "08:00", "正常"), ("周宁", "晚班", None, "未到班"), ("何静", "早班", None, "缺勤"),
        ]  # fmt: skip


async def test_what_is_said_is_the_same_however_often_is_looked(tmp_path: Path) -> None:
    """A beat of two minutes, of five; and two that beat at the same time."""
    folders = {minutes: tmp_path / str(minutes) for minutes in (2, 5)}
    for folder in folders.values():
        folder.mkdir()
    first, *others = [sorted(await told_in_a_day(folder, minutes)) for minutes, folder in folders.items()]
    assert len(first) == len(set(first)) == 9
    assert others == [first]


async def told_in_a_day(folder: Path, minutes: int) -> list[str]:
    staff = [*BASE["staff"], {"telegram_id": ZHOU, "name": "周宁", "regions": ["southwest"]}]
    quiet = {"to": "nobody", "for_specialists": False}
    async with opened(folder, staff=staff, digest=quiet) as desk:
        await desk.desk.run(put_up, rows=(("姓名", "周二"), ("林晓", "早班"), ("周宁", "早班、晚班")))
        await desk.later(hours=22)
        await desk.on_duty(LIN)
        for _ in range(16 * 60 // minutes):
            await desk.later(minutes=minutes)
            await asyncio.gather(*(desk.desk.run(sweep) for _ in range(2)))
        said = [words for chat in (LIN, ZHOU, SOUTHWEST, SUPERVISORS) for words in await desk.words(chat)]
        return [words for words in said if "已签到" not in words]
