"""满意度: asked once a closing, chased once, changeable for a day; a low one is a supervisor's task; the figures."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.desk.buttons import Verb
from bot.desk.case import State
from bot.desk.rating import LowState, RatingState, RatingTerms, figures
from bot.usecases import membership, resolve
from storage.desk_thread import Storage
from tests.usecases.aftercare import SUPERVISORS, WANG, Aftercare, sender
from tests.usecases.department import LIN, ZHOU

CHEN, LIU, MA = 3001, 3002, 3003


@pytest.fixture
def desk() -> Iterator[Aftercare]:
    """林晓, 周宁 and 王芳 are on duty; it is Monday ten o'clock."""
    opened = Aftercare()
    for who in (LIN, ZHOU, WANG):
        opened.signs(who, is_on=True)
    yield opened
    opened.close()


def rating_of(desk: Aftercare, case_id: int):
    return desk.kept(lambda work: work.ratings.last_of(case_id))


def asked(desk: Aftercare, who: int) -> int:
    return sum("打个分" in text for text in desk.said(who))


def test_a_figure_then_reasons_then_a_word(desk: Aftercare) -> None:
    case_id = desk.closed(CHEN, LIN)
    assert desk.buttons(CHEN) == ["5 分 非常满意", "4 分 满意", "3 分 一般", "2 分 不满意", "1 分 很不满意"]
    number = rating_of(desk, case_id).id
    assert desk.presses(CHEN, Verb.RATE, number, "4") == "4 分 满意"
    assert desk.buttons(CHEN) == ["答复及时", "态度亲切", "讲得清楚", "问题解决了", "主动跟进", "选好了", "改分数"]
    desk.presses(CHEN, Verb.RATE_TAG, number, "0")
    desk.presses(CHEN, Verb.RATE_TAG, number, "3")
    desk.presses(CHEN, Verb.RATE_TAG, number, "0")
    assert "✓ 问题解决了" in desk.buttons(CHEN) and "答复及时" in desk.buttons(CHEN)
    assert "已记下：4 分 满意，问题解决了" in desk.presses(CHEN, Verb.RATE_TAGGED, number)
    assert desk.says(CHEN, "以后也请保持") == case_id
    kept = rating_of(desk, case_id)
    assert (kept.score, kept.tags, kept.words, kept.state) == (4, ("问题解决了",), "以后也请保持", RatingState.RATED)
    assert desk.case(case_id).state is State.CLOSED
    assert desk.buttons(CHEN) == ["这是新问题，请处理"]


def test_a_remark_that_was_a_matter_opens_a_case_of_its_own_with_its_words(desk: Aftercare) -> None:
    case_id = desk.closed(CHEN, LIN)
    desk.presses(CHEN, Verb.RATE, rating_of(desk, case_id).id, "5")
    desk.says(CHEN, "冰柜不制冷了", kind="equipment")
    press = desk.rows(CHEN)[-1][0].buttons[0][0].press
    for _ in range(2):
        assert "已按新问题处理" in desk.presses(CHEN, press.verb, press.subject, press.choice)
    person = desk.case(case_id).franchisee_id
    fresh = desk.kept(lambda work: work.cases.last_of(person))
    assert (fresh.id, fresh.previous_case_id, fresh.state, fresh.kind) == (case_id + 1, case_id, State.NEW, "equipment")
    assert desk.kept(lambda work: [m.content.text for m in work.messages.of_case(fresh.id)]) == ["冰柜不制冷了"]
    assert "冰柜不制冷了" not in desk.kept(lambda work: [m.content.text for m in work.messages.of_case(case_id)])
    assert desk.case(case_id).state is State.CLOSED and rating_of(desk, case_id).words == ""
    assert [t for t in desk.said(CHEN) if f"#{fresh.id}" in t], "greeted, and told by whom it is answered"
    assert "已经过期" in desk.presses(LIU, press.verb, press.subject, press.choice), "nobody moves another's words"


@pytest.mark.parametrize("words", ["杯子又少了两箱，怎么补", "发票开了吗？", "帮我查一下订单"])
def test_a_question_is_a_matter_and_no_remark(desk: Aftercare, words: str) -> None:
    case_id = desk.closed(CHEN, LIN)
    desk.presses(CHEN, Verb.RATE, rating_of(desk, case_id).id, "5")
    desk.says(CHEN, words)
    assert desk.case(case_id).state is State.OPEN
    assert rating_of(desk, case_id).words == ""


def test_words_that_come_late_or_complain_are_no_remark(desk: Aftercare) -> None:
    for who, minutes, kind in ((CHEN, 31, "other"), (LIU, 1, "complaint")):
        case_id = desk.closed(who, LIN)
        desk.presses(who, Verb.RATE, rating_of(desk, case_id).id, "5")
        desk.later(minutes=minutes)
        desk.says(who, "服务还行", kind=kind)
        assert desk.case(case_id).state is State.OPEN


def test_it_may_be_changed_for_a_day_and_the_reasons_of_the_other_set_go(desk: Aftercare) -> None:
    case_id = desk.closed(CHEN, LIN)
    number = rating_of(desk, case_id).id
    desk.presses(CHEN, Verb.RATE, number, "5")
    desk.presses(CHEN, Verb.RATE_TAG, number, "0")
    desk.presses(CHEN, Verb.RATE_AGAIN, number)
    assert desk.buttons(CHEN)[0] == "5 分 非常满意"
    assert "1 分" in desk.commands(CHEN, "/rate 1 一直没补货")
    kept = rating_of(desk, case_id)
    assert (kept.score, kept.tags, kept.words) == (1, (), "一直没补货")
    desk.later(hours=24)
    assert "已过可修改的时间" in desk.presses(CHEN, Verb.RATE, number, "5")
    assert "请您用：/rate" in desk.commands(CHEN, "/rate 9")
    assert "已经过期" in desk.presses(LIU, Verb.RATE, number, "5"), "nobody rates another's case"


def test_who_says_nothing_is_chased_once_in_working_hours_and_then_left_alone(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN)
    desk.later(hours=23, minutes=59)
    assert asked(desk, CHEN) == 0
    desk.later(minutes=1)  # Tuesday ten: nobody objected, it is closed
    assert (desk.case(case_id).state, asked(desk, CHEN)) == (State.CLOSED, 1)
    desk.later(days=1)
    assert sum("最后一次打扰" in text for text in desk.said(CHEN)) == 1
    for _ in range(3):
        desk.later(days=4)
    assert sum("最后一次打扰" in text for text in desk.said(CHEN)) == asked(desk, CHEN) == 1


def test_what_is_closed_at_night_is_asked_about_in_the_morning(desk: Aftercare) -> None:
    desk.later(hours=9)  # seven in the evening
    desk.settled(CHEN, LIN)
    desk.later(hours=24)
    assert asked(desk, CHEN) == 0
    desk.later(hours=14)
    assert asked(desk, CHEN) == 1


def test_a_reopened_case_is_asked_about_anew_and_the_old_rating_is_kept(desk: Aftercare) -> None:
    case_id = desk.closed(CHEN, LIN)
    first = rating_of(desk, case_id)
    desk.do(resolve.confirm, sender=sender(CHEN), case_id=case_id)
    assert asked(desk, CHEN) == 1, "never twice a closing"
    desk.presses(CHEN, Verb.RATE, first.id, "3")
    for _ in range(2):
        desk.do(resolve.object_to, sender=sender(CHEN), case_id=case_id)
        desk.do(resolve.resolve, staff_telegram_id=LIN, case_id=case_id)
        desk.later(minutes=1)
        desk.do(resolve.confirm, sender=sender(CHEN), case_id=case_id)
    states = desk.kept(
        lambda work: [r.state for r in work.ratings.asked_between(first.asked_at, desk.now + timedelta(1))]
    )
    assert states == [RatingState.RATED, RatingState.VOID, RatingState.ASKED]
    void = desk.kept(lambda work: work.ratings.get(first.id + 1))
    assert "又在办理" in desk.presses(CHEN, Verb.RATE, void.id, "5")


def test_without_an_answer_there_is_nothing_to_rate(desk: Aftercare) -> None:
    case_id = desk.writes(CHEN, "江苏")
    desk.do(resolve.withdraw, sender=sender(CHEN))
    assert (desk.case(case_id).state, rating_of(desk, case_id)) == (State.CLOSED, None)


def test_a_low_one_is_a_task_told_once_reminded_once_and_done_with_a_word(desk: Aftercare) -> None:
    case_id = desk.closed(CHEN, LIN)
    number = rating_of(desk, case_id).id
    desk.presses(CHEN, Verb.RATE, number, "2")
    desk.presses(CHEN, Verb.RATE, number, "1")
    desk.presses(CHEN, Verb.RATE_TAG, number, "1")
    told = [text for text in desk.said(SUPERVISORS) if "低分 1 号" in text]
    assert len(told) == 1 and "首问人 林晓" in told[0] and "09月29日 10:00 前" in told[0]
    desk.later(days=1)
    desk.later(days=1)
    assert sum("已到处理期限" in text for text in desk.said(SUPERVISORS)) == 1
    assert "1 号 #1 加盟商3001 1 分（问题没解决）首问人 林晓，09月29日 10:00 前处理，已逾期" in desk.commands(
        WANG, "/lowratings"
    )
    assert "/lowratings 1 做了什么" in desk.presses(WANG, Verb.LOW_HOW, 1)
    assert "请您用" in desk.commands(WANG, "/lowratings 1")
    assert "已登记处理结果" in desk.commands(WANG, "/lowratings 1 已致电道歉并补发")
    assert "王芳 已处理：已致电道歉并补发" in desk.commands(WANG, "/lowratings")
    assert desk.kept(lambda work: work.low_ratings.get(1).state) is LowState.DONE
    assert "主管" in desk.commands(LIN, "/lowratings")


def test_the_figures_say_of_how_many_and_count_who_blocked(desk: Aftercare) -> None:
    for who, score in ((CHEN, "5"), (LIU, "2"), (MA, None), (3004, None)):
        case_id = desk.closed(who, LIN)
        if score:
            desk.presses(who, Verb.RATE, rating_of(desk, case_id).id, score)
    desk.do(membership.person_blocked, telegram_id=MA)
    assert rating_of(desk, 3).state is RatingState.BLOCKED
    line = "平均 3.50，4–5 分 50%，评价率 67%（n=2，已请 4，屏蔽 1）5 分 1 4 分 0 3 分 0 2 分 1 1 分 0"
    said = desk.commands(WANG, "/ratings").splitlines()
    assert said[1:4] == [f"全部：{line}", f"华东：{line}", f"林晓：{line}"]
    assert f"林晓：{line}" in desk.commands(LIN, "/ratings 本月", chat=LIN)
    assert "华南：还没有评价（已请 0）" in desk.commands(WANG, "/ratings 华南 今天")
    assert "由主管查看" in desk.commands(LIN, "/ratings 周宁", chat=LIN)
    assert "请您用" in desk.commands(WANG, "/ratings 火星")


def test_first_owner_and_handler_both_get_the_credit(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN)
    zhou = next(s for s in desk.staff() if s.telegram_id == ZHOU)
    desk.change(case_id, handler_id=zhou.id)
    desk.do(resolve.confirm, sender=sender(CHEN), case_id=case_id)
    desk.presses(CHEN, Verb.RATE, rating_of(desk, case_id).id, "5")
    said = desk.commands(WANG, "/ratings")
    assert "林晓：平均 5.00" in said and "周宁：平均 5.00" in said


def test_figures_of_nobody_are_none_and_no_division() -> None:
    assert (figures([]).average, figures([]).good_share, figures([]).response) == (None, None, None)


def test_who_has_blocked_the_bot_is_not_written_to_but_counted_and_may_still_answer(storage: Storage) -> None:
    desk = Aftercare(storage)
    for who in (LIN, WANG):
        desk.signs(who, is_on=True)
    case_id = desk.settled(CHEN, LIN)
    desk.do(membership.person_blocked, telegram_id=CHEN)
    desk.later(days=1)
    rating = rating_of(desk, case_id)
    assert (rating.state, asked(desk, CHEN)) == (RatingState.BLOCKED, 0)
    desk.presses(CHEN, Verb.RATE, rating.id, "5")
    assert rating_of(desk, case_id).state is RatingState.RATED


@pytest.mark.parametrize(("terms", "expected"), [
    (RatingTerms(is_asked=False), (0, 0)),
    (RatingTerms(chase_after=timedelta(0)), (1, 0)),
    (RatingTerms(), (1, 1)),
])  # fmt: skip
def test_whether_it_is_asked_and_chased_is_set(terms: RatingTerms, expected: tuple[int, int]) -> None:
    desk = Aftercare(rating=terms)
    for who in (LIN, WANG):
        desk.signs(who, is_on=True)
    desk.closed(CHEN, LIN)
    desk.later(days=1)
    assert (asked(desk, CHEN), sum("最后一次" in text for text in desk.said(CHEN))) == expected
    desk.close()
