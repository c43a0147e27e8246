"""`/why` and `route --explain`: each decision with everybody who was considered, as it was kept when it was made."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.desk.errors import DeskError, NotAllowed
from bot.desk.message import MessageRef
from bot.usecases import claim, resolve, why
from bot.usecases.at_hand import Spot
from tests.usecases.department import EAST, LIN, MEI, WANG, ZHOU, Department

CHEN = 4001
FIRST = """工单 #1 的派单经过：
09月28日 10:00 派给周宁：本大区在岗专员中未结最少、最久未派
  周宁（专员，未结 0/2）选中
  林晓（专员，未结 1/2）未结较多
  苏省（专员，未结 0/1）专管其他省份
  梅南（专员，未结 0/2）顺位在后
  谭南（专员，未结 0/1）未在岗
  何北（专员，未结 0/3）不负责该大区
  王芳（主管，未结 0/12）未在岗
  李明（主管，未结 0/12）未在岗
  赵磊（经理，未结 0/12）未在岗
"""


@pytest.fixture
def desk() -> Iterator[Department]:
    made = Department()
    for who in (ZHOU, MEI):
        made.signs(who, is_on=True)
    case = made.writes(CHEN, "浙江")
    yield made
    assert made.case(case).id == 1
    made.close()


def test_a_decision_is_told_as_it_was_made_whatever_has_changed_since() -> None:
    desk = Department()
    desk.signs(LIN, is_on=True)
    desk.writes(4009, "浙江")
    for who in (ZHOU, MEI):
        desk.signs(who, is_on=True)
    second = desk.writes(CHEN, "浙江")
    then = desk.do(why.explain, case_id=second)
    assert then.startswith(FIRST.replace("#1", f"#{second}"))
    for who in (LIN, ZHOU):
        desk.do(lambda work, office, now, who=who: work.staff.save(replace(person(work, who), capacity=9)))
    now = desk.do(why.explain, case_id=second)
    decision, _, current = now.partition("此刻")
    assert decision == then.partition("此刻")[0]
    assert "林晓（专员，未结 1/9）选中" in current
    desk.close()


def person(work, who):  # type: ignore[no-untyped-def]
    return work.staff.by_telegram(who)


def test_every_change_of_hands_is_told_in_order(desk: Department) -> None:
    desk.do(claim.claim, staff_telegram_id=ZHOU, case_id=1)
    desk.signs(LIN, is_on=True)
    desk.later(minutes=30)
    told = [line for line in desk.do(why.explain, case_id=1).splitlines() if not line.startswith("  ")]
    assert told == [
        "工单 #1 的派单经过：",
        "09月28日 10:00 派给周宁：本大区在岗专员中未结最少、最久未派",
        "09月28日 10:00 接单 周宁",
        "09月28日 10:30 改派 周宁 逾时未答复",
        "09月28日 10:30 派给林晓：本大区在岗专员中未结最少、最久未派",
        "此刻 派给林晓：本大区在岗专员中未结最少、最久未派",
    ]
    assert "周宁（专员，未结 1/2）此前逾时未答复" in desk.do(why.explain, case_id=1)


def spot(thread: int | None = None) -> Spot:
    return Spot(MessageRef(EAST, 9), thread)


def test_it_is_asked_for_by_number_with_or_without_a_mark(desk: Department) -> None:
    for rest in ("1", "#1", " 1 "):
        desk.do(why.show_why, staff_telegram_id=ZHOU, spot=spot(), query=rest)
    assert sum("工单 #1 的派单经过" in text for text in desk.words(EAST)) == 3


@pytest.mark.parametrize(("rest", "notice"), [
    ("", "notice/how_why"), ("x", "notice/how_why"), ("1" * 16, "notice/how_why"), ("99", "notice/no_such_case"),
])  # fmt: skip
def test_what_is_no_case_is_answered_with_how(desk: Department, rest: str, notice: str) -> None:
    with pytest.raises(DeskError) as refused:
        desk.do(why.show_why, staff_telegram_id=WANG, spot=spot(), query=rest)
    assert refused.value.notice == notice


def test_only_staff_are_told(desk: Department) -> None:
    with pytest.raises(NotAllowed):
        desk.do(why.show_why, staff_telegram_id=CHEN, spot=spot(), query="1")


def test_of_a_case_that_is_over_nothing_is_decided_now(desk: Department) -> None:
    desk.answers(desk.case(1))
    desk.do(resolve.resolve, staff_telegram_id=ZHOU, case_id=1)
    assert "此刻" not in desk.do(why.explain, case_id=1)


def test_what_is_given_or_comes_back_names_both_hands(desk: Department) -> None:
    desk.signs(LIN, is_on=True)
    desk.answers(desk.case(1))
    desk.says(ZHOU, "transfer #1 林晓 要下班了")
    desk.says(LIN, "accept #1")
    desk.do(resolve.resolve, staff_telegram_id=WANG, case_id=1)
    desk.writes(CHEN, "浙江")
    told = desk.do(why.explain, case_id=1)
    assert "转交 周宁 → 林晓 要下班了" in told, told
    assert "重开 周宁" in told or "重开 林晓" in told, told
