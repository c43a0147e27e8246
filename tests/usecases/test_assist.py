"""Assistance: who may ask and answer, what is refused, and that nothing of a department reaches the franchisee."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.buttons import Verb
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.usecases import group_words
from bot.usecases.people import Sender
from tests.cast import CHEN, FANG, HE, LIN, LIU, LOGISTICS, SOUTHWEST, WANG
from tests.stories.owned import DEPARTMENTS
from tests.usecases.played import Played, played


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Played]:
    async with played(tmp_path, departments=DEPARTMENTS) as opened:
        await opened.claimed()
        yield opened


async def asked(desk: Played) -> None:
    await desk.says(LIN, "/assist #1 物流 2小时 核对出库")


async def test_one_request_of_a_case_is_open_at_a_department_at_a_time(desk: Played) -> None:
    await asked(desk)
    assert "已请物流协办" in await desk.says(LIN, "/assist #1 物流 1小时 再核对")
    assert "已请财务协办" not in await desk.says(LIN, "/assist #1 财务 1小时 退款")
    await desk.says(FANG, "/receipt 少发两箱", LOGISTICS)
    assert "协办单" in await desk.says(LIN, "/assist #1 物流 1小时 再核对")


async def test_who_is_not_in_charge_asks_no_department(desk: Played) -> None:
    assert "不在您名下" in await desk.says(HE, "/assist #1 物流 1小时 核对")
    assert "协办单" in await desk.says(WANG, "/assist #1 物流 1小时 核对")


async def test_a_press_from_elsewhere_is_no_receipt(desk: Played) -> None:
    await asked(desk)
    for who, chat in ((LIN, SOUTHWEST), (CHEN, CHEN)):
        for verb in (Verb.RECEIVED, Verb.RECEIPT, Verb.RECEIPT_PLAIN):
            assert "不存在" in await desk.presses(who, verb, 1, chat=chat)
    assert "不存在" in await desk.presses(FANG, Verb.RECEIVED, 2, chat=LOGISTICS)
    assert "AssistReceived" not in await desk.happened()


async def test_taken_on_once_and_reported_once_however_often_it_is_pressed(desk: Played) -> None:
    await asked(desk)
    for _ in range(2):
        assert "已登记受理" in await desk.presses(FANG, Verb.RECEIVED, 1, chat=LOGISTICS)
    assert (await desk.happened()).count("AssistReceived") == 1
    told: list[str] = []
    for _ in range(2):
        told.append(await desk.presses(FANG, Verb.RECEIPT_PLAIN, 1, chat=LOGISTICS))
        assert "已转给承办人" in told[-1]
    assert ["物流回执（某人）：已办结" in text for text in told] == [True, False]
    assert (await desk.happened()).count("AssistAnswered") == 1
    assert "不能" not in await desk.says(LIN, "/close #1")


async def talks(desk: Played, text: str, *, who: int = FANG, reply_to: int | None = None) -> int | None:
    """Words without a command in the department's chat: the case that they were taken for."""
    quoted = MessageRef(LOGISTICS, reply_to) if reply_to else None
    said = Incoming(MessageRef(LOGISTICS, 900), desk.clock.now(), Content(ContentKind.TEXT, text), reply_to=quoted)
    sender = Sender(who, "物流小方")
    taken: int | None = await desk.desk.run(group_words.said_in_group, sender=sender, message=said)
    return taken


async def test_the_button_asks_for_the_words_and_the_next_words_of_whoever_pressed_are_the_receipt(
    desk: Played,
) -> None:
    await asked(desk)
    assert "请您（某人）写一句结果，30 分钟内直接发在这里" in await desk.presses(FANG, Verb.RECEIPT, 1, chat=LOGISTICS)
    again = await desk.presses(FANG, Verb.RECEIPT, 1, chat=LOGISTICS)
    assert "写一句结果" in again and not again.startswith(str(LOGISTICS)), "the press is answered, nothing is posted"
    assert "AssistAnswered" not in await desk.happened()
    assert await talks(desk, "大家吃饭", who=HE) is None
    assert await talks(desk, "老王你看一下", reply_to=5) is None
    assert await talks(desk, "少发两箱，今晚补发") == 1
    assert "物流回执（物流小方）：少发两箱，今晚补发" in "".join(text for _, text in await desk.news())
    assert await talks(desk, "今天车多") is None
    assert "已转给承办人" in await desk.presses(FANG, Verb.RECEIPT, 1, chat=LOGISTICS)
    assert await talks(desk, "今天车多") is None


async def test_words_long_after_the_question_are_their_own_talk(desk: Played) -> None:
    await asked(desk)
    await desk.presses(FANG, Verb.RECEIPT, 1, chat=LOGISTICS)
    await desk.later(minutes=31)
    assert await talks(desk, "今天车多") is None
    assert "写一句结果" in await desk.says(FANG, "/receipt", LOGISTICS), "the button's twin"
    assert await talks(desk, "少发两箱") == 1


async def test_a_receipt_without_a_reply_is_for_the_only_request_that_is_open(desk: Played) -> None:
    await asked(desk)
    await desk.claimed(LIN, LIU)
    await desk.says(LIN, "/assist #2 物流 2小时 查 19000020001 的货")
    listed = await desk.says(FANG, "/receipt 已查到", LOGISTICS)
    assert "\n#1 核对出库（期限 11月23日 12:00）\n#2 查 （电话已隐去） 的货（期限" in listed
    assert "AssistAnswered" not in await desk.happened()
    assert "工单 #2 物流回执（某人）：已查到" in await desk.says(FANG, "/receipt #2 已查到", LOGISTICS)
    assert "不存在" in await desk.says(FANG, "/receipt #9 已查到", LOGISTICS)
    assert "工单 #1 物流回执（某人）：补发两箱" in await desk.says(FANG, "/receipt 补发两箱", LOGISTICS)
    assert "没有等着回执的协办单" in await desk.says(FANG, "/receipt 再补", LOGISTICS)


async def test_after_the_receipt_nobody_is_chased(desk: Played) -> None:
    await asked(desk)
    await desk.says(FANG, "/receipt 少发两箱", LOGISTICS)
    await desk.later(hours=9)
    assert [text for _, text in await desk.news() if "催办" in text or "期限" in text] == []


async def test_a_case_that_ends_releases_its_departments(desk: Played) -> None:
    await asked(desk)
    assert "协办还没有回执（物流）" in await desk.says(LIN, "/close #1")
    closed = await desk.says(WANG, "/close #1")
    assert f"{LOGISTICS}: 工单 #1 已结束，此项协办请不必再办" in closed
    assert "不存在" in await desk.presses(FANG, Verb.RECEIPT, 1, chat=LOGISTICS)
    await desk.later(hours=9)
    assert not [text for _, text in await desk.news() if "催办" in text]


async def test_nothing_that_a_department_says_reaches_the_franchisee(desk: Played) -> None:
    await asked(desk)
    for text in ("/close", "/mine", "/transfer 周宁 试试"):
        assert await desk.says(FANG, text, LOGISTICS) == ""
    said = Incoming(MessageRef(LOGISTICS, 9), desk.clock.now(), Content(ContentKind.TEXT, "都怪门店自己"))
    assert await desk.desk.run(group_words.said_in_group, sender=Sender(FANG, "物流小方"), message=said) is None
    await desk.says(FANG, "/receipt 都怪门店自己", LOGISTICS)
    assert not [text for chat, text in await desk.news() if chat == CHEN]
    assert "怪" not in "".join(await desk.words(CHEN))


async def test_the_office_may_write_down_what_it_was_told_by_telephone(desk: Played) -> None:
    await desk.says(LIN, "/assist #1 财务 2小时 退款")
    assert "财务回执（林晓）：已退 20 元" in await desk.says(LIN, "/receipt #1 财务 已退 20 元")
    assert "没有财务待回执的协办" in await desk.says(LIN, "/receipt #1 财务 已退 20 元")
