"""Every key of [complaints] and [voices] changes what the desk does."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.desk.buttons import Verb
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.usecases import receive
from bot.usecases.patrol import plan_patrol
from bot.usecases.people import Sender
from tests.cast import CHEN, LIN, SUPERVISORS, WANG
from tests.usecases.played import played

GRADES = {"normal": "普通", "major": "重大", "urgent": "紧急"}


@pytest.mark.parametrize(("within", "is_taken"), [("5m", False), ("20m", True)])
async def test_how_long_the_next_words_are_the_finding(tmp_path: Path, within: str, is_taken: bool) -> None:
    async with played(tmp_path, complaints={"words_within": within}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/complaint #1 慢")
        await desk.presses(LIN, Verb.FINDING_CAUSE, 1, "service", chat=LIN)
        await desk.later(minutes=10)
        await desk.news()
        assert ("处理情况已记下" in await desk.writes(LIN, "已致歉", chat=LIN)) is is_taken


async def test_each_grade_has_its_deadlines(tmp_path: Path) -> None:
    spans = {"contact_normal": "1h", "contact_major": "2h", "contact_urgent": "3h"}
    kinds = [{"kind": "complaint", "urgency": urgency, "resolve": resolve, "round_the_clock": urgency == "urgent"}
             for urgency, resolve in (("normal", "4h"), ("major", "5h"), ("urgent", "10h"))]  # fmt: skip
    until = {"普通": ("11:00", "14:00"), "重大": ("12:00", "15:00"), "紧急": ("13:00", "20:00")}
    async with played(tmp_path, complaints=spans, sla={"kinds": kinds}) as desk:
        await desk.claimed()
        for name in GRADES.values():
            told = await desk.says(WANG, f"/complaint #1 {name} 原因")
            contact, resolve = until[name]
            assert f"11月23日 {contact} 前首次联系加盟商，11月23日 {resolve} 前办结" in told


@pytest.mark.parametrize(("within", "grade"), [("1h", "普通"), ("2h", "重大")])
async def test_which_complaint_of_a_store_is_major(tmp_path: Path, within: str, grade: str) -> None:
    async with played(tmp_path, complaints={"repeat_times": 2, "repeat_within": within}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/complaint #1 慢")
        await desk.says(LIN, "/finding #1 其他 | 补发 | 检查")
        await desk.solves(await desk.case(1))
        await desk.later(hours=1.5)
        await desk.desk.run(complains)
        assert any(f"登记为{grade}投诉" in text for _, text in await desk.news())


def complains(work: Any, office: Any, now: Any) -> None:
    said = Incoming(MessageRef(CHEN, 900), now, Content(ContentKind.TEXT, "又出问题"))
    case = work.cases.get(1)
    work.cases.save(type(case)(**{**vars(case), "resolved_at": now - timedelta(days=9)}))  # too long ago to reopen
    receive.receive(work, office, now, sender=Sender(CHEN, "小陈"), message=said,
                    hint=receive.Hint("四川", kind="complaint"))  # fmt: skip


async def test_when_the_patrol_comes_and_what_counts_as_stale(tmp_path: Path) -> None:
    async with played(tmp_path, complaints={"patrol_at": "14:30", "stale_after": "2h"}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/complaint #1 慢")
        await desk.desk.run(plan_patrol)
        await desk.later(hours=4)
        assert not [1 for _, text in await desk.news() if "投诉巡查" in text]
        await desk.later(minutes=30)
        (told,) = [text for chat, text in await desk.news() if chat == SUPERVISORS and "投诉巡查" in text]
        assert "停滞" in told


@pytest.mark.parametrize("value", ["25:00", "九点", ""])
def test_a_patrol_needs_an_hour(value: str) -> None:
    with pytest.raises(ValueError, match="须是时刻"):
        Settings.model_validate({"complaints": {"patrol_at": value}})


@pytest.mark.parametrize(("every", "is_chased"), [("30m", True), ("2h", False)])
async def test_how_often_a_handler_is_chased(tmp_path: Path, every: str, is_chased: bool) -> None:
    async with played(tmp_path, complaints={"chase_every": every}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/complaint #1 慢")
        await desk.presses(WANG, Verb.CHASE, 1)
        await desk.later(hours=1)
        assert ("已就工单 #1 催办" in await desk.presses(WANG, Verb.CHASE, 1)) is is_chased


async def test_when_a_measure_is_due_and_reminded_of(tmp_path: Path) -> None:
    async with played(tmp_path, complaints={"measure_within": "5h", "measure_warning": "2h"}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/complaint #1 慢")
        assert "请在 11月23日 15:00 前落实" in await desk.says(LIN, "/finding #1 其他 | 补发 | 检查")
        await desk.later(hours=2)
        assert not [1 for _, text in await desk.news() if "到期" in text]
        await desk.later(hours=1)
        assert any(chat == LIN and "到期" in text for chat, text in await desk.news())


@pytest.mark.parametrize(("terms", "told"), [
    ({"greet_within": "10m", "answer_within": "1h"}, "三声完整 1（100%）"),
    ({"greet_within": "1m", "answer_within": "1h"}, "问声超时"),
    ({"greet_within": "10m", "answer_within": "5m"}, "应声超时"),
])  # fmt: skip
async def test_what_is_in_time_of_the_three_voices(tmp_path: Path, terms: dict[str, str], told: str) -> None:
    async with played(tmp_path, voices=terms) as desk:
        await desk.desk.run(heard_late)
        await desk.later(minutes=4)
        await desk.desk.run(desk._answer, who=LIN, case_id=1)
        await desk.solves(await desk.case(1))
        assert told in await desk.says(WANG, "/voices", chat=SUPERVISORS)


def heard_late(work: Any, office: Any, now: Any) -> None:
    """What was sent five minutes ago comes in only now."""
    said = Incoming(MessageRef(CHEN, 900), now - timedelta(minutes=5), Content(ContentKind.TEXT, "货少了"))
    receive.receive(work, office, now, sender=Sender(CHEN, "小陈"), message=said, hint=receive.Hint("四川"))
