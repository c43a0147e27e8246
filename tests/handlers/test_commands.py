"""Commands: how they are read, whose they are, and what wrong use is answered with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.asked import PERIODS
from bot.handlers.commands import Typed, is_for_another, typed_command
from tests.cast import CHEN, GUEST, LIN, SOUTHWEST, SUPERVISORS, WANG
from tests.stories.theatre import Theatre, theatre

READ = {
    "/help": Typed("help", ""),
    "/HELP": Typed("help", ""),
    " /help ": Typed("help", ""),
    "/start chunxi-code-01": Typed("start", "chunxi-code-01"),
    "/transfer 李娜 设备 坏了": Typed("transfer", "李娜 设备 坏了"),
    "/note  两行\n备注 ": Typed("note", "两行\n备注"),
    "/note\n换行后": Typed("note", "换行后"),
    "/close@shouwen_bot": Typed("close", "", "shouwen_bot"),
    "/close@Shouwen_Bot 好": Typed("close", "好", "Shouwen_Bot"),
    "/a": Typed("a", ""),
}
NO_COMMAND = ["", "help", "/", "// 内部", "/求助", "请发 /help", "/a@", "/close@other-bot", "/x-y", "/" + "a" * 33]


@pytest.mark.parametrize(("text", "typed"), READ.items())
def test_a_command_is_read(text: str, typed: Typed) -> None:
    assert typed_command(text) == typed


@pytest.mark.parametrize("text", NO_COMMAND)
def test_what_is_no_command_is_words(text: str) -> None:
    assert typed_command(text) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_never_breaks_the_reading(text: str) -> None:
    typed = typed_command(f"/a {text}")
    assert typed is not None
    assert typed.rest == f"/a {text}".strip()[2:].strip()


@pytest.mark.parametrize(
    ("addressee", "is_others"), [(None, False), ("shouwen_bot", False), ("SHOUWEN_bot", False), ("other_bot", True)]
)
def test_whose_a_command_is(addressee: str | None, is_others: bool) -> None:
    assert is_for_another(Typed("close", "", addressee), "shouwen_bot") is is_others


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Theatre]:
    """小陈 has an open case in the southwest; everybody has seen what came of it."""
    async with theatre(tmp_path) as opened:
        for staff_id in (LIN, WANG):
            opened.world.user_starts(staff_id)
            opened.world.user_writes(staff_id, staff_id, "/on")
        opened.world.user_starts(CHEN, "chunxi-code-01")
        opened.world.user_writes(CHEN, CHEN, "货少了一箱")
        await opened.seen()
        yield opened


TRANSFER = "转交请用：/transfer 姓名或大区 原因，例如 /transfer 李娜 设备问题。请您写明原因。"
LEADERS = "这项操作请由主管或经理进行。如有需要，请您联系主管。"
RECEIPT = "登记回执请用：/receipt 部门 结果，例如 /receipt 物流 明天补发两箱。请您在工单的话题里发送。"
DEPARTMENTS = "物流、财务、设备、培训、市场、法务、招商、产品"
ASSIST = (
    "请部门协办请用：/assist 部门 期限 说明，例如 /assist 物流 2小时 核对出库记录，或 /assist 设备 明天10:30 上门检修。"
    f"请您写明说明。 / 部门有：{DEPARTMENTS}"
)
WRONG = {
    # in the topic, by a specialist: how it is answered
    "/transfer": TRANSFER,
    "/transfer 没有这个人": TRANSFER,
    "/note": "写备注请用：/note 内容；或让消息以 // 开头。备注只留在群内，请您放心。",
    "/a": "查找现成答复请用：/a 关键词，例如 /a 发货。",
    "/a 🦄🦄": "没有找到与“🦄🦄”相符的现成答复。请您换个关键词，或直接回复。",
    "/case": "请您用：/case 编号，例如 /case 12。",
    "/cases": LEADERS,
    "/case 99": "没有找到工单 #99，请您核对编号。",
    "/up": "升级请用：/up 原因，例如 /up 加盟商要求主管答复。请您写明原因。",
    "/accept": "这个工单已经由您（林晓）负责，请直接回复加盟商。",
    "/return": "这个工单已经由您（林晓）负责，请直接回复加盟商。",
    "/receipt": RECEIPT,
    "/receipt 物流": RECEIPT,
    "/receipt 物流 已补": "工单 #1 没有物流待回执的协办，请您核对部门，或先用 /assist 发起。",
    "/assist": ASSIST,
    "/assist 物流": ASSIST,
    "/assist 物流 2小时": ASSIST,
    "/assist 物流 查库存": ASSIST,
    "/assist 火箭 2小时 查": f"没有“火箭”这个协办部门，可用的有：{DEPARTMENTS}。请您再试一次。",
    "/assist 物流 2026-01-05 查": "期限 01月05日 18:00 已经过去，请您写一个将来的时间。",
    "/assist 物流 2027-11-05 查": "期限 11月05日 18:00 太远了，请您写 60 天以内的时间。",
    "/confirm": "工单 #1 现在没有待确认的结案，可能已处理，请您用 /mine 查看。",
    "/unsolved": "工单 #1 现在没有待确认的结案，可能已处理，请您用 /mine 查看。",
    "/ledger 周宁": "您可以查看自己的首问台账，他人的请由主管查看。",
    "/ledger 哪天": "没有看懂“哪天”。请您用：/ledger、/ledger 姓名 期间，或 /ledger 编号，"
    f"例如 /ledger 林晓 上月、/ledger 12。期间可写 {PERIODS}。",
    "/ledger 99": "没有找到工单 #99，请您核对编号。",
    "/staff off 周宁": LEADERS,
    "/overview": LEADERS,
    "/staff": LEADERS,
    "/dance": "没有 /dance 这个命令，内容没有转给加盟商。请您发送 /help 查看可用命令。",
    "/close": "工单 #1 还没有答复过加盟商，不能直接结案。请您先答复，或请主管结案。",
}


async def test_wrong_use_in_a_topic_is_answered_with_how_to_use_it_and_never_leaks(stage: Theatre) -> None:
    topic = stage.topic(SOUTHWEST, "小陈")
    told: dict[str, list[str]] = {}
    for text in WRONG:
        stage.world.user_writes(LIN, SOUTHWEST, text, thread_id=topic)
        told[text] = await stage.seen()
    for text, words in WRONG.items():
        answers = [line for line in told[text] if "首问:" in line]
        assert len(answers) == 1, told[text]
        assert answers[0] == f"西南›小陈 · CD001 春熙路店 | 首问: ↩{text[:6]} {words}"
    assert not [line for lines in told.values() for line in lines if line.startswith("小陈 |")]


async def test_a_command_for_another_bot_is_left_alone_and_does_not_leak(stage: Theatre) -> None:
    topic = stage.topic(SOUTHWEST, "小陈")
    stage.world.user_writes(LIN, SOUTHWEST, "/claim@other_bot", thread_id=topic)
    assert [line for line in await stage.seen() if "首问" in line] == []
    stage.world.user_writes(LIN, SOUTHWEST, "/claim@Shouwen_Bot", thread_id=topic)
    assert [line for line in await stage.seen() if "首问" in line]


async def test_commands_outside_of_a_case_say_so(stage: Theatre) -> None:
    for text in ("/close", "/note 你好", "/claim", "/wait", "/up", "/transfer 周宁 设备"):
        stage.world.user_writes(WANG, SUPERVISORS, text)
        (answer,) = [line for line in await stage.seen() if "首问:" in line]
        assert answer.startswith("主管群 | 首问:"), text


async def test_who_is_not_on_the_staff_is_not_answered_in_a_group(stage: Theatre) -> None:
    topic = stage.topic(SOUTHWEST, "小陈")
    for text in ("/close", "/case 1", "/help", "/dance", "你好"):
        stage.world.user_writes(GUEST, SOUTHWEST, text, thread_id=topic)
    assert [line for line in await stage.seen() if "首问" in line] == []


@pytest.mark.parametrize("text", ["/case x", "/case", "/case #", f"/case {10**20}", "/case 77", "/cases 火星"])
async def test_a_supervisors_wrong_question_is_answered(stage: Theatre, text: str) -> None:
    stage.world.user_writes(WANG, WANG, text)
    (answer,) = [line for line in await stage.seen() if "首问:" in line]
    assert answer.startswith("王芳 | 首问:")


@pytest.mark.parametrize("text", ["/dance", "/help", "/case", "/start nonsense", "/start " + "x" * 3000])
async def test_a_franchisees_command_is_always_answered(stage: Theatre, text: str) -> None:
    stage.world.user_writes(CHEN, CHEN, text)
    lines = await stage.seen()
    (answer,) = [line for line in lines if "首问:" in line]
    assert answer.startswith("小陈 | 首问:")
    assert "请" in answer
