"""What a franchisee reads names no time that is past, and says of nobody who is on duty that they come later."""

from collections.abc import Iterator

import pytest

from bot.desk.errors import DeskError
from bot.desk.message import MessageRef
from bot.usecases import ready, status
from bot.usecases.people import Sender
from tests.usecases.department import EAST, LIN, WANG, ZHOU, Department

CHEN, LIU = 4001, 4002


@pytest.fixture
def desk() -> Iterator[Department]:
    made = Department()
    made.signs(LIN, is_on=True)
    yield made
    made.close()


def last(desk: Department, who: int) -> str:
    return desk.words(who)[-1]


def asks_how_it_stands(desk: Department, who: int) -> str:
    desk.do(status.show_status, sender=Sender(who, "小陈"))
    return last(desk, who)


@pytest.mark.parametrize(("minutes", "tells"), [(9, "10:10 前答复您"), (10, "尽快答复您"), (59, "尽快答复您")])
def test_an_acknowledgement_that_comes_late_names_no_time(desk: Department, minutes: int, tells: str) -> None:
    desk.writes(CHEN, "浙江")
    desk.later(minutes=minutes)
    (told,) = [text for text in desk.words(CHEN) if text.startswith("已收到您的来信")]
    assert tells in told
    assert ("10:10" in told) is (minutes < 10)


def test_how_it_stands_is_told_with_a_time_to_come_with_an_excuse_or_with_nothing_to_wait_for(desk: Department) -> None:
    case = desk.writes(CHEN, "浙江")
    assert "预计答复：09月28日 10:10" in asks_how_it_stands(desk, CHEN)
    desk.later(minutes=20)
    late = asks_how_it_stands(desk, CHEN)
    assert ("10:10" in late, "尽快答复您" in late) == (False, True)
    desk.answers(desk.case(case))
    answered = asks_how_it_stands(desk, CHEN)
    assert ("预计答复" in answered, "都已答复" in answered) == (False, True)


def test_a_ready_answer_that_would_promise_a_past_time_is_left_to_the_specialist(desk: Department) -> None:
    case = desk.writes(CHEN, "浙江")
    press = {"staff_telegram_id": LIN, "case_id": case, "pressed": MessageRef(EAST, 1)}
    desk.later(days=7)
    with pytest.raises(DeskError, match="ready_time_past"):
        desk.do(ready.use_ready, script_id="order/late_delivery", **press)
    desk.do(ready.use_ready, script_id="order/freight", **press)


@pytest.mark.parametrize(("on_duty", "tells"), [((LIN,), "专员林晓正在值班"), ((), "上班后会先看")])
def test_outside_of_hours_whoever_is_on_duty_is_not_said_to_come_later(
    desk: Department, on_duty: tuple[int, ...], tells: str
) -> None:
    for who in {LIN, WANG, ZHOU} - {*on_duty}:
        desk.signs(who, is_on=False)
    desk.later(hours=8, minutes=8)
    desk.writes(LIU, "浙江")
    (greeting,) = [text for text in desk.words(LIU) if "工单" in text]
    assert "现在是休息时间" in greeting
    assert tells in greeting
    assert ("上班后" in greeting) is not bool(on_duty)
    assert "09月29日 09:10 前" in greeting
