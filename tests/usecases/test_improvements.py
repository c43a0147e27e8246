"""The improvement list: who may do what about it, who hears of it, and that twice is once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.config_models import LintSettings
from bot.desk.errors import DeskError
from bot.desk.improvement import TRANSITIONS, ImprovementState, Source
from bot.desk.message import MessageRef
from bot.usecases import improvements, suggest
from bot.usecases.at_hand import Spot
from bot.usecases.improve import add_improvement
from bot.usecases.people import Sender
from storage.desk_thread import Storage
from tests.databases import database, storage
from tests.usecases.department import EAST, LIN, SUPERVISORS, WANG, ZHOU, Department
from tests.words import the_rules

__all__ = ["database", "storage"]
CHEN = 7001


@pytest.fixture
def desk(storage: Storage) -> Department:
    return Department(storage)


def suggests(desk: Department, words: str = "盒子请换厚一点", who: int = CHEN) -> None:
    desk.do(suggest.suggest_by_franchisee, sender=Sender(who, "小陈"), query=words)


def says(desk: Department, who: int, query: str) -> str:
    before = len(desk.words(EAST))
    spot = Spot(MessageRef(EAST, 9))
    desk.do(improvements.show_improvements, staff_telegram_id=who, spot=spot, query=query)
    return "\n".join(desk.words(EAST)[before:])


def presses(desk: Department, who: int, choice: str, number: int = 1) -> str:
    spot = Spot(MessageRef(SUPERVISORS, 9))
    told: str = desk.do(improvements.press_improvement, staff_telegram_id=who, subject=number, choice=choice, spot=spot)
    return told


def refused(desk: Department, who: int, query: str) -> str:
    with pytest.raises(DeskError) as told:
        says(desk, who, query)
    return told.value.notice


def test_a_suggestion_has_an_owner_and_a_date_and_twice_is_once(desk: Department) -> None:
    suggests(desk)
    suggests(desk, "  盒子请换厚一点 ")
    assert len(desk.words(SUPERVISORS)) == 1
    assert "1. 盒子请换厚一点（新建，王芳，10月12日 前）" in says(desk, LIN, "")
    assert "改进项 1（加盟商建议，小陈）：新建" in says(desk, LIN, "1")
    assert desk.words(CHEN)[0] == desk.words(CHEN)[1], "said twice, thanked twice, on the list once"
    desk.do(suggest.suggest_by_staff, staff_telegram_id=LIN, spot=Spot(MessageRef(EAST, 1)), query="加一张交接表")
    assert "由王芳负责" in desk.words(EAST)[-1]
    for empty in ("", "   ", "长" * 1001):
        with pytest.raises(DeskError):
            suggests(desk, empty)


def test_whoever_suggested_it_hears_of_its_end_once(desk: Department) -> None:
    suggests(desk)
    assert "处理中" in presses(desk, WANG, "doing")
    assert len(desk.words(CHEN)) == 1, "nothing has come of it yet"
    assert "已完成" in presses(desk, WANG, "done")
    assert "已完成" in presses(desk, WANG, "done")
    assert desk.words(CHEN)[1:] == [
        "您的建议（1 号）“盒子请换厚一点”已落实。感谢您，今后有想法请您随时用 /suggest 告诉我们。"
    ]
    assert refused(desk, WANG, "1 不采纳 太贵") == "notice/improvement_over"


def test_it_is_turned_down_with_a_reason_that_the_lint_lets_pass(desk: Department) -> None:
    desk.office = replace(desk.office, linter=the_rules(LintSettings()))
    suggests(desk)
    assert refused(desk, WANG, "1 不采纳") == "notice/improvement_why"
    assert refused(desk, WANG, "1 不采纳 这事不归我管") == "notice/improvement_reason_held"
    assert presses(desk, WANG, "declined") == "", "it asks for the reason first"
    assert "请您选一个原因" in desk.words(SUPERVISORS)[-1]
    presses(desk, WANG, "no1")
    assert "经研究暂不采纳（条件还不成熟，我们会继续留意）" in desk.words(CHEN)[-1]
    with pytest.raises(DeskError):
        presses(desk, WANG, "no99")


def test_the_ready_reasons_may_be_sent(desk: Department) -> None:
    for n in range(len(desk.office.labels.decline_reasons)):
        suggests(desk, f"建议之{n}")
        presses(desk, WANG, f"no{n}", n + 1)
        assert desk.office.labels.decline_reasons[n] in desk.words(CHEN)[-1]


def test_who_may_do_what(desk: Department) -> None:
    suggests(desk)
    assert refused(desk, LIN, "1 处理") == "notice/improvement_not_yours"
    assert refused(desk, LIN, "1 负责 林晓") == "notice/improvement_not_yours"
    says(desk, WANG, "1 负责 林晓")
    assert "请您负责" in desk.words(LIN)[-1].replace("改进项 1 ", "")
    assert refused(desk, ZHOU, "1 完成") == "notice/improvement_not_yours"
    assert refused(desk, LIN, "1 不采纳 太贵") == "notice/improvement_not_yours"
    assert "处理中，林晓" in says(desk, LIN, "1 处理")
    for wrong in ("x", "1 吃饭", "1 负责 某某", "1 期限 某天"):
        assert refused(desk, WANG, wrong) == "notice/how_improvements"
    assert refused(desk, WANG, "99") == "notice/no_such_improvement"
    assert refused(desk, WANG, "1 期限 2026-09-01") == "notice/improvement_past"


def test_a_date_that_passes_is_told_once_and_a_new_one_anew(desk: Department) -> None:
    suggests(desk)
    says(desk, WANG, "1 负责 林晓")
    says(desk, WANG, "1 期限 2026-09-30")
    before = len(desk.words(LIN))
    desk.later(days=2, hours=13)
    assert len(desk.words(LIN)) == before, "the last day is not over"
    desk.later(days=12)
    late = desk.words(LIN)[before:]
    assert [line.splitlines()[0] for line in late] == ["改进项 1 的期限 9月30日 已过（加盟商建议，小陈）"]
    assert "已过期" in says(desk, WANG, "")
    says(desk, WANG, "1 期限 2026-10-20")
    desk.later(days=15)
    assert len(desk.words(LIN)) == before + 2


def test_other_parts_put_things_on_it(desk: Department) -> None:
    item = desk.do(add_improvement, source=Source.COMPLAINT, words="到货前先打电话", author="王芳", case_id=12,
                   owner_id=desk.ids[LIN], due_on=date(2026, 10, 1))  # fmt: skip
    assert (item.id, item.owner_id, item.state) == (1, desk.ids[LIN], ImprovementState.NEW)
    assert "改进项 1（投诉预防措施，王芳，工单 #12）" in desk.words(SUPERVISORS)[-1]
    desk.do(add_improvement, source=Source.SURVEY, words="培训时间太紧", author="")
    assert "2（调查发现，（未具名））" in desk.words(SUPERVISORS)[-1]
    says(desk, LIN, "1 完成 已写进流程")
    told = says(desk, LIN, "1").splitlines()
    assert told[-2].endswith("林晓：已完成（已写进流程）")
    assert [s for s in ImprovementState if not TRANSITIONS[s]] == [ImprovementState.DONE, ImprovementState.DECLINED]
