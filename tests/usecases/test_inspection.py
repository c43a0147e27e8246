"""Quality inspection: what is drawn, who sees what when, how it is scored, appealed and decided."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from itertools import count, takewhile
from typing import Any

import pytest

from bot.desk.complaint import Complaint, Grade
from bot.desk.draw import DrawShares, Why
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.inspection import Inspection, InspectionState, InspectionTerms
from bot.desk.message import MessageRef
from bot.desk.people import Role
from bot.usecases import inspection_appeal, inspection_card, inspection_command, inspection_score, resolve
from bot.usecases.at_hand import Spot
from bot.usecases.inspection_draw import draw_daily, plan_inspection
from bot.usecases.tick import sweep
from tests.usecases.department import LI, LIN, SUPERVISORS, WANG, ZHAO, ZHOU, Department
from tests.usecases.test_many_at_once import at_once, desks

__all__ = ["desks"]
NEXT = timedelta(hours=23)


@pytest.fixture
def desk() -> Iterator[Department]:
    desk = Department()
    desk.office = replace(desk.office, draw_seed=lambda: "种子")
    yield desk
    desk.close()


def ended(desk: Department, many: int = 1, *, is_answered: bool = True, first: int = 7100) -> list[int]:
    """So many cases of 林晓's, each begun and ended."""
    if not desk.by_id()[desk.ids[LIN]].is_on_duty:
        desk.signs(LIN, is_on=True)
    numbers = []
    for n in range(many):
        number = desk.writes(first + n, "浙江")
        if is_answered:
            desk.answers(desk.case(number))
        desk.do(resolve.resolve, staff_telegram_id=WANG, case_id=number)
        numbers.append(number)
    return numbers


def draws(desk: Department, later: timedelta = NEXT) -> list[Inspection]:
    """The next morning's draw, without all else that is due."""
    desk.now += later
    desk.do(draw_daily)
    return list(desk.do(lambda work, office, now: work.inspections.of_day(office.today(now))))


def item(desk: Department, case_id: int = 1) -> Inspection:
    found: Inspection = desk.do(lambda work, office, now: work.inspections.of_case(case_id))
    return found


def rows(desk: Department, reads: int) -> list[Any]:
    def found(work: Any, office: Any, now: Any) -> list[Any]:
        all_rows = takewhile(lambda r: r is not None, (work.outbox.get(n) for n in count(1)))
        return [r.outgoing.act for r in all_rows if r.outgoing.to.chat_id == reads]

    return list(desk.do(found))


def says(desk: Department, who: int, query: str) -> str:
    """The command in the supervisors' chat, or a specialist's in private; the last thing that it made the desk say."""
    chat = who if who in (LIN, ZHOU) else SUPERVISORS
    desk.do(inspection_command.inspect_command, staff_telegram_id=who, spot=Spot(MessageRef(chat, 9)), query=query)
    return str(rows(desk, chat)[-1].text)


def refused(desk: Department, who: int, query: str) -> str:
    with pytest.raises(DeskError) as told:
        says(desk, who, query)
    return told.value.notice.removeprefix("notice/")


def presses(desk: Department, act: Any, who: int, choice: str = "", case_id: int = 1) -> str:
    spot = Spot(MessageRef(SUPERVISORS, 7))
    told: str = desk.do(act, staff_telegram_id=who, subject=case_id, choice=choice, spot=spot)
    return told


# the draw


def test_a_day_is_drawn_once_with_every_complaint_and_can_be_computed_again(desk: Department) -> None:
    numbers = ended(desk, 7)
    ended(desk, 1, is_answered=False, first=7200)
    silent = ended(desk, 1, is_answered=False, first=7300)
    for case_id in (numbers[0], *silent):
        complaint = Complaint(case_id, Grade.NORMAL, desk.now, desk.now, "慢")
        desk.do(lambda work, office, now, c=complaint: work.complaints.add(c))
    drawn = draws(desk)
    assert [i.case_id for i in drawn if i.why is Why.COMPLAINT] == [numbers[0], *silent]
    assert len([i for i in drawn if i.why is Why.NEWCOMER]) == 3, "half of six, for 林晓 began yesterday"
    draw = desk.do(lambda work, office, now: work.inspections.draw(office.today(now)))
    assert [(p.case_id, p.why) for p in draw.picks()] == [(i.case_id, i.why) for i in drawn]
    assert len(draw.pool) == 8, "what nobody answered has nothing to be inspected, unless it is a complaint"
    assert draws(desk, timedelta(minutes=1)) == drawn
    told = says(desk, WANG, "抽样")
    assert "种子：种子" in told and "· 林晓：办结 8，抽中 5" in told and "按种子复算，结果一致" in told
    assert refused(desk, WANG, "抽样 昨天") == "inspection_no_draw"
    assert refused(desk, LIN, "抽样") == "how_inspect_own"


def test_each_draw_begins_where_the_last_one_ended_and_rest_days_are_left_out(desk: Department) -> None:
    ended(desk, 1)
    assert len(draws(desk)) == 1
    ended(desk, 1, first=7200)
    assert draws(desk, timedelta(days=3)) == [], "国庆: a day of rest"
    assert [i.case_id for i in draws(desk, timedelta(days=7))] == [2], "and nothing is lost over it"
    assert draws(desk, timedelta(days=1)) == []


def test_what_nobody_scored_is_asked_for_once_on_the_next_working_day(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    draws(desk, timedelta(days=1))
    (asked,) = [act for act in rows(desk, SUPERVISORS) if "质检待评分" in getattr(act, "text", "")]
    assert "09月29日抽中的还有 1 件没有评分" in asked.text
    assert [[button.press.subject for button in row] for row in asked.buttons] == [[1]]
    draws(desk, timedelta(days=9))
    assert len([act for act in rows(desk, SUPERVISORS) if "质检待评分" in getattr(act, "text", "")]) == 1


def test_the_sweep_draws_at_its_hour_and_tells_only_those_who_lead(desk: Department) -> None:
    desk.do(plan_inspection)
    ended(desk, 2)
    before = len(rows(desk, LIN))
    desk.later(hours=22.7)
    assert item(desk) is None and item(desk, 2) is None
    desk.later(hours=0.1)
    assert "质检抽样 · 09月29日：从 2 件已结束的工单中抽中 1 件（新人抽查 1）" in str(desk.words(SUPERVISORS))
    assert not [act for act in rows(desk, LIN)[before:] if "质检" in getattr(act, "text", "")]


@pytest.mark.parametrize(("at", "hours"), [(time(8, 45), 22.75), (time(11, 0), 1), (time(9, 30), 23.5)])
def test_the_draw_has_its_hour(desk: Department, at: time, hours: float) -> None:
    desk.office = replace(desk.office, inspection=InspectionTerms(draw_at=at))
    desk.do(plan_inspection)
    ended(desk, 1)
    for later, is_drawn in ((hours - 0.01, False), (0.01, True)):
        desk.now += timedelta(hours=later)
        desk.do(sweep)
        assert (item(desk) is not None) is is_drawn


@pytest.mark.parametrize(
    ("days", "shares", "new_for", "many"),
    [(1, (15, 50), 90, 5), (91, (15, 50), 90, 2), (91, (0, 50), 90, 0), (1, (20, 30), 90, 3), (2, (20, 30), 1, 2)],
)
def test_newcomers_are_looked_at_more_for_so_long(
    desk: Department, days: int, shares: tuple[int, int], new_for: int, many: int
) -> None:
    terms = InspectionTerms(shares=DrawShares(*shares), newcomer_for=timedelta(days=new_for))
    desk.office = replace(desk.office, inspection=terms)
    desk.signs(LIN, is_on=True)
    desk.now += timedelta(days=days - 1)
    ended(desk, 10)
    assert len(draws(desk)) == many


def test_of_three_that_draw_at_once_one_does(desks: list[Department]) -> None:
    """PostgreSQL, the connections of three processes, the same instant, a seed each: one draw and what follows from it,
    even without the sweep's own care that a reminder fires once.
    """
    first, *_ = three = desks[:3]
    ended(first, 6)
    morning = first.now + NEXT
    for n, desk in enumerate(three):
        desk.now = morning
        desk.office = replace(desk.office, draw_seed=lambda n=n: f"of {n}")
    at_once([lambda desk=desk: desk.do(draw_daily) for desk in three])
    draw, items = first.do(lambda work, office, now: (work.inspections.last_draw(), work.inspections.waiting()))
    assert [(p.case_id, p.why) for p in draw.picks()] == [(i.case_id, i.why) for i in items]
    assert len(items) == 3
    assert sum("质检抽样" in words for words in first.words(SUPERVISORS)) == 1


def test_a_complaint_that_a_leader_took_over_is_drawn_for_the_specialist_who_had_it(desk: Department) -> None:
    for number in ended(desk, 2):
        taken = Event(number, Did.CASE_TRANSFERRED, desk.now, desk.ids[WANG], {"to": str(desk.ids[WANG])})
        desk.do(lambda work, office, now, e=taken: work.events.add(e, replace(e, did=Did.CASE_RESOLVED, data={})))
    complaint = Complaint(2, Grade.NORMAL, desk.now, desk.now, "慢")
    desk.do(lambda work, office, now: work.complaints.add(complaint))
    assert [(i.case_id, i.staff_id) for i in draws(desk)] == [(2, desk.ids[LIN])]


# who sees what


def test_the_specialist_sees_nothing_before_the_score_and_nobody_elses_ever(desk: Department) -> None:
    ended(desk, 1)
    assert refused(desk, LIN, "1") == "inspection_none"
    draws(desk)
    for who, query in ((LIN, "1"), (ZHOU, "1"), (LIN, "1 申诉 不对"), (LIN, "99")):
        assert refused(desk, who, query) == "inspection_none", "drawn or not: it sounds the same"
    assert "还没有评过分的工单" in says(desk, LIN, "")
    assert "#1 林晓，新人抽查，09月29日抽中" in says(desk, WANG, "")
    for act in (inspection_card.mark, inspection_score.hand_in, inspection_appeal.uphold_by_button,
                inspection_appeal.score_again, inspection_command.press_open):  # fmt: skip
        with pytest.raises(DeskError):
            presses(desk, act, LIN, "1")
    says(desk, WANG, "1 评分 问声 不得分 评语 请您先问好")
    told = "#1 林晓 90 分（王芳评，09月29日 09:00），已评分\n· 问声 10：不得分\n评语：请您先问好"
    assert told in says(desk, LIN, "1")
    assert "#1 林晓 90 分" in says(desk, LIN, "")
    assert refused(desk, ZHOU, "1") == "inspection_none"
    assert "没有待评分、待复核的工单" in says(desk, WANG, "")


# the card


def test_a_press_marks_one_thing_and_twice_is_once(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    assert "质检 · 工单 #1" in says(desk, WANG, "1")
    for choice in ("1i0.n", "1i0.n", "1i5.h", "1r1.y", "1r1.y", "1r1."):
        presses(desk, inspection_card.mark, WANG, choice)
    assert presses(desk, inspection_card.mark, WANG, "1i7.x") == "已记下，请您核对后点“提交 76.5 分”。"
    assert says(desk, WANG, "1")  # opened again: the marks are as they were
    presses(desk, inspection_score.hand_in, WANG, "1")
    assert (item(desk).score, item(desk).marks, item(desk).draft) == (76.5, "nffffhfx.0000", "")
    with pytest.raises(DeskError) as again:
        presses(desk, inspection_score.hand_in, WANG, "1")
    assert again.value.notice == "notice/inspection_scored"


def test_a_button_of_another_card_marks_nothing(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    says(desk, WANG, "1")
    for choice in ("", "1", "1i99.n", "1i0.q", "1r9.y", "1r0.n", "1x0.n", "1i.n", "1i²0.n", "2i0.n"):
        with pytest.raises(DeskError):
            presses(desk, inspection_card.mark, WANG, choice)


def test_a_card_is_in_the_hands_of_who_opened_it_last(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    says(desk, WANG, "1")
    presses(desk, inspection_card.mark, WANG, "1i0.n")
    presses(desk, inspection_command.press_open, LI)
    with pytest.raises(DeskError) as refused_:
        presses(desk, inspection_score.hand_in, WANG, "1")
    assert (refused_.value.notice, refused_.value.values["by"]) == ("notice/inspection_in_hand", "李明")
    presses(desk, inspection_score.hand_in, LI, "1")
    assert (item(desk).score, item(desk).inspector_id) == (100, desk.ids[LI]), "another's marks are not one's own"


def test_a_score_in_words_that_is_not_understood_says_how(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    for words in ("问声", "问声 八分", "问候 减半", "红线 问声", "减半 问声", "红线", "问声 减半 多余"):
        assert refused(desk, WANG, f"1 评分 {words}") == "how_score", words
    assert item(desk).state is InspectionState.DRAWN


def test_what_applies_to_nothing_has_no_score(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    names = [i.name for i in desk.office.score_card.items]
    assert refused(desk, WANG, "1 评分 " + " ".join(f"{name} 不适用" for name in names)) == "inspection_nothing"


def test_the_card_begins_with_what_the_record_says_and_stays_the_one_of_its_day(desk: Department) -> None:
    desk.signs(LIN, is_on=True)
    number = desk.writes(7100, "浙江")
    desk.later(minutes=25)
    desk.answers(desk.case(number))
    desk.do(resolve.resolve, staff_telegram_id=WANG, case_id=number)
    draws(desk)
    card = desk.office.score_card
    desk.office = replace(desk.office, score_card=replace(card, items=card.items[:1], source="", version="new"))
    told = says(desk, WANG, "1")
    assert "系统记录：应声不及时、首答或办结超时" in told, told
    says(desk, WANG, "1 评分")
    assert item(desk).score == 90
    assert item(desk).card == card.version


# appeals


def appealed(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    says(desk, WANG, "1 评分 红线 辱骂威胁")
    assert item(desk).score == 0
    says(desk, LIN, "1 申诉 那是引用顾客的话")


def test_an_appeal_is_decided_by_another_never_by_the_first(desk: Department) -> None:
    appealed(desk)
    for query in ("1 维持 就这样", "1 评分 问声 满分"):
        assert refused(desk, WANG, query) == "inspection_second"
    with pytest.raises(DeskError):
        presses(desk, inspection_appeal.uphold_by_button, WANG)
    with pytest.raises(DeskError):
        presses(desk, inspection_appeal.score_again, WANG)
    says(desk, ZHAO, "1 评分 三不 减半 评语 确是引用，但语气欠佳")
    after = item(desk)
    assert (after.score, after.first_score, after.second_id) == (0, 0, desk.ids[ZHAO])
    assert after.state is InspectionState.DECIDED
    assert refused(desk, ZHAO, "1 维持") == "inspection_no_appeal"
    assert refused(desk, LIN, "1 申诉 再来") == "inspection_appealed"


def test_the_score_stands_with_a_reason(desk: Department) -> None:
    appealed(desk)
    assert "0 分，已告知本人" in says(desk, LI, "1 维持 录音可以证明")
    told = says(desk, LIN, "1")
    assert "申诉（09月29日 09:00）：那是引用顾客的话\n复核（李明）：维持 0 分；录音可以证明" in told
    did = desk.do(lambda work, office, now: [s.did.value for s in work.inspections.steps(1)])
    assert did == ["Drawn", "Scored", "Appealed", "Upheld"]


def test_the_second_card_by_buttons_begins_where_the_first_ended(desk: Department) -> None:
    appealed(desk)
    presses(desk, inspection_appeal.score_again, LI)
    presses(desk, inspection_card.mark, LI, "2r0.")
    presses(desk, inspection_score.hand_in, LI, "2")
    assert (item(desk).score, item(desk).first_score) == (100, 0)


@pytest.mark.parametrize("within", [timedelta(days=3), timedelta(hours=1)])
def test_an_appeal_has_a_reason_and_its_time(desk: Department, within: timedelta) -> None:
    ended(desk, 2)
    terms = InspectionTerms(shares=DrawShares(100, 100), appeal_within=within)
    desk.office = replace(desk.office, inspection=terms)
    draws(desk)
    for number in (1, 2):
        says(desk, WANG, f"{number} 评分 问声 减半")
    assert refused(desk, LIN, "1 申诉") == "how_appeal"
    assert refused(desk, WANG, "1 申诉 我来") == "inspection_none"
    desk.now += within
    presses(desk, inspection_appeal.ask_appeal, LIN)
    presses(desk, inspection_appeal.appeal_by_button, LIN, "1")
    assert item(desk).appeal == desk.office.labels.appeal_reasons[1]
    desk.now += timedelta(seconds=1)
    assert refused(desk, LIN, "2 申诉 迟了") == "inspection_too_late"


def test_nobody_inspects_or_decides_on_their_own_case(desk: Department) -> None:
    appealed(desk)
    promoted = replace(desk.by_id()[desk.ids[LIN]], role=Role.SUPERVISOR)
    desk.do(lambda work, office, now: work.staff.save(promoted))
    assert refused(desk, LIN, "1 维持") == "inspection_not_yours"
    assert refused(desk, LIN, "1 评分") == "inspection_not_yours"


def test_whoever_scored_may_add_a_word(desk: Department) -> None:
    ended(desk, 1)
    draws(desk)
    assert refused(desk, WANG, "1 评语 很好") == "inspection_how_remark"
    says(desk, WANG, "1 评分")
    assert refused(desk, LI, "1 评语 很好") == "inspection_how_remark"
    says(desk, WANG, "1 评语 很好")
    assert "评语：很好" in says(desk, LIN, "1")
    for wrong in ("x", "1 什么", "1 打分 5"):
        assert refused(desk, WANG, wrong) == "how_inspect"
