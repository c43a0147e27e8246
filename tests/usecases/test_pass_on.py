"""Who signs off or says nothing loses the case to the next; who comes to work gets back what waited for them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.desk.errors import DeskError
from bot.desk.events import Did
from bot.usecases import claim, pause, why
from tests.usecases.department import EAST, HE, LI, LIN, MEI, SOUTH, SU, SUPERVISORS, TAN, WANG, ZHAO, ZHOU, Department

CHEN, LIU, MA = 4001, 4002, 4003


@pytest.fixture
def desk() -> Iterator[Department]:
    made = Department()
    yield made
    made.close()


def on(desk: Department, *people: int) -> None:
    for who in people:
        desk.signs(who, is_on=True)


def off(desk: Department, who: int) -> None:
    desk.signs(who, is_on=False)


def said(words: list[str], part: str) -> int:
    return sum(part in text for text in words)


def test_who_signs_off_loses_their_cases_to_a_colleague_and_everybody_hears(desk: Department) -> None:
    on(desk, LIN)
    case = desk.writes(CHEN, "浙江")
    desk.do(claim.claim, staff_telegram_id=LIN, case_id=case)
    on(desk, ZHOU)
    off(desk, LIN)
    assert desk.handler(case) == ZHOU
    assert desk.case(case).first_owner_id == desk.ids[LIN]
    assert said(desk.words(EAST), f"工单 #{case} 改派：已签退，由 林晓 转至 周宁") == 1
    assert said(desk.words(CHEN), "现由专员周宁继续为您跟进") == 1


def test_with_nobody_on_duty_the_supervisor_has_it_for_the_night_and_only_the_supervisors_hear(
    desk: Department,
) -> None:
    on(desk, LIN)
    cases = [desk.writes(who, "浙江") for who in (CHEN, LIU)]
    heard = (desk.words(CHEN), desk.words(EAST))
    off(desk, LIN)
    assert {desk.handler(case) for case in cases} == {WANG, LI}
    assert (desk.words(CHEN), desk.words(EAST)) == heard
    assert said(desk.words(SUPERVISORS), f"林晓：已签退，#{cases[0]} 现由 王芳 负责") == 1
    assert said(desk.words(SUPERVISORS), f"林晓：已签退，#{cases[1]} 现由 李明 负责") == 1
    on(desk, LIN)
    assert {desk.handler(case) for case in cases} == {LIN}
    assert desk.words(CHEN) == heard[0]


def test_a_first_owner_gets_theirs_back_before_whoever_has_fewer(desk: Department) -> None:
    on(desk, LIN)
    case = desk.writes(CHEN, "浙江")
    desk.do(claim.claim, staff_telegram_id=LIN, case_id=case)
    off(desk, LIN)
    desk.signs(WANG, is_on=True)
    on(desk, LIN, ZHOU)
    assert desk.handler(case) == LIN


def test_what_a_stand_in_has_taken_up_stays_theirs(desk: Department) -> None:
    on(desk, WANG)
    case = desk.writes(CHEN, "浙江")
    assert desk.handler(case) == WANG
    desk.answers(desk.case(case))
    on(desk, LIN)
    assert desk.handler(case) == WANG


def test_what_waits_with_a_supervisor_goes_to_who_comes_to_work_and_the_franchisee_hears_of_it(
    desk: Department,
) -> None:
    case = desk.writes(CHEN, "浙江")
    assert desk.handler(case) == WANG
    on(desk, HE)
    assert desk.handler(case) == WANG
    on(desk, LIN)
    assert desk.handler(case) == LIN
    assert said(desk.words(CHEN), "现由专员林晓继续为您跟进") == 1


def test_a_leader_who_signs_off_keeps_their_cases_unless_somebody_is_on_duty(desk: Department) -> None:
    on(desk, WANG)
    case = desk.writes(CHEN, "浙江")
    off(desk, WANG)
    assert desk.handler(case) == WANG
    on(desk, WANG, ZHAO)
    off(desk, WANG)
    assert desk.handler(case) == ZHAO


def test_the_stand_in_region_helps_in_its_own_group_and_gives_it_back(desk: Department) -> None:
    on(desk, MEI)
    case = desk.writes(CHEN, "浙江")
    assert (desk.handler(case), desk.case(case).group_id) == (MEI, SOUTH)
    assert "代班大区" in desk.case(case).route_reason
    on(desk, LIN)
    assert (desk.handler(case), desk.case(case).group_id) == (LIN, EAST)
    assert said(desk.words(SOUTH), "此处请您不必再回复") == 1


def test_silence_passes_a_case_on_to_everybody_once_and_then_the_supervisors_are_told(desk: Department) -> None:
    on(desk, LIN, ZHOU)
    case = desk.writes(CHEN, "浙江")
    first = desk.handler(case)
    other = ZHOU if first == LIN else LIN
    desk.later(minutes=29, seconds=59)
    assert desk.handler(case) == first
    desk.later(seconds=1)
    assert desk.handler(case) == other
    desk.later(minutes=30)
    assert desk.handler(case) == other
    assert said(desk.words(SUPERVISORS), "没有其他在岗同事可以接手") == 1
    desk.later(hours=5)
    assert said(desk.words(SUPERVISORS), "没有其他在岗同事可以接手") == 1


def test_after_a_silent_specialist_comes_the_supervisor_on_duty(desk: Department) -> None:
    on(desk, LIN, WANG)
    case = desk.writes(CHEN, "浙江")
    desk.later(minutes=30)
    assert desk.handler(case) == WANG
    assert said(desk.words(EAST), "改派：逾时未答复，由 林晓 转至 王芳") == 1
    assert said(desk.words(CHEN), "现由主管王芳继续为您跟进") == 1
    assert said(desk.words(SUPERVISORS), f"林晓：逾时未答复，#{case} 现由 王芳 负责") == 1


def test_nobody_who_was_silent_gets_it_again_and_the_franchisee_hears_one_new_name(desk: Department) -> None:
    on(desk, LIN, WANG, LI, ZHAO)
    case = desk.writes(CHEN, "浙江")
    hands = [desk.handler(case)]
    for _ in range(8):
        desk.later(minutes=30)
        hands.append(desk.handler(case))
    assert hands[:5] == [LIN, WANG, LI, ZHAO, ZHAO]
    assert set(hands[4:]) == {ZHAO}, "it stays with the manager"
    assert said(desk.words(CHEN), "继续为您跟进") == 1
    assert said(desk.words(EAST), f"工单 #{case} 改派") == 3
    assert said(desk.words(SUPERVISORS), "没有其他在岗同事可以接手") == 1
    told = desk.do(why.explain, case_id=case).partition("此刻")[2]
    silent = [line.strip().partition("（")[0] for line in told.splitlines() if line.endswith("此前逾时未答复")]
    assert silent == ["林晓", "王芳", "李明"]
    off(desk, LIN)
    on(desk, LIN)
    assert desk.handler(case) == ZHAO, "who was silent does not get it back by coming to work again"
    on(desk, ZHOU)
    assert desk.handler(case) == ZHOU, "who has not had it does"
    assert said(desk.words(CHEN), "继续为您跟进") == 1


def test_whoever_was_silent_is_still_better_than_nobody(desk: Department) -> None:
    on(desk, LIN, WANG)
    case = desk.writes(CHEN, "浙江")
    desk.later(minutes=30)
    off(desk, WANG)
    assert desk.handler(case) == LIN


def test_whoever_was_silent_does_not_get_it_back_from_a_stand_in_whose_hands_are_full(desk: Department) -> None:
    on(desk, LIN, TAN)
    case = desk.writes(CHEN, "浙江")
    desk.later(minutes=30)
    assert desk.handler(case) == TAN
    off(desk, LIN)
    on(desk, LIN)
    assert desk.handler(case) == TAN


def test_after_an_answer_a_new_name_is_news_again(desk: Department) -> None:
    on(desk, LIN, ZHOU, WANG)
    case = desk.writes(CHEN, "浙江")
    desk.later(minutes=30)
    desk.later(minutes=30)
    assert (desk.handler(case), said(desk.words(CHEN), "继续为您跟进")) == (WANG, 1)
    desk.answers(desk.case(case))
    desk.says(WANG, f"transfer #{case} 林晓 货品问题")
    desk.says(LIN, f"accept #{case}")
    assert (desk.handler(case), said(desk.words(CHEN), "现由专员林晓继续为您跟进")) == (LIN, 1)


def test_a_warning_says_since_when_who_has_the_case_now_has_it() -> None:
    desk = Department(reassign_after=timedelta(minutes=9))
    on(desk, LIN, ZHOU)
    passed = desk.writes(CHEN, "浙江")
    desk.later(minutes=9)
    name = desk.by_id()[desk.case(passed).handler_id].name
    desk.later(minutes=1)
    (warning,) = [text for text in desk.words(SUPERVISORS) if "已到时限" in text]
    assert f"#{passed} 加盟商{CHEN}（其他）：答复时限 09月28日 10:10，已到时限，{name} 自 10:09 起承办" in warning
    desk.close()


def test_silence_is_counted_in_working_time_from_when_the_case_came_into_ones_hands(desk: Department) -> None:
    on(desk, LIN)
    desk.later(hours=7, minutes=50)  # ten minutes before the desk closes
    case = desk.writes(CHEN, "浙江")
    on(desk, ZHOU)
    desk.later(hours=15, minutes=19)
    assert desk.handler(case) == LIN
    desk.do(claim.claim, staff_telegram_id=ZHOU, case_id=case)
    desk.later(minutes=29)
    assert desk.handler(case) == ZHOU
    desk.later(minutes=1)
    assert desk.handler(case) == LIN
    assert desk.case(case).first_owner_id == desk.ids[ZHOU]


def test_who_has_answered_and_who_waits_for_the_franchisee_is_not_silent(desk: Department) -> None:
    on(desk, LIN, ZHOU)
    answered, waiting = desk.writes(CHEN, "浙江"), desk.writes(LIU, "浙江")
    desk.answers(desk.case(answered))
    hands = [desk.handler(case) for case in (answered, waiting)]
    holder = desk.handler(waiting)
    desk.do(claim.claim, staff_telegram_id=holder, case_id=waiting)
    desk.do(pause.pause_or_resume, staff_telegram_id=holder, case_id=waiting)
    desk.later(hours=4)
    assert [desk.handler(case) for case in (answered, waiting)] == hands
    desk.do(pause.pause_or_resume, staff_telegram_id=holder, case_id=waiting)
    desk.later(hours=2)
    assert desk.handler(waiting) != holder


def test_without_a_limit_nobody_loses_a_case_by_silence() -> None:
    desk = Department(reassign_after=timedelta(0))
    on(desk, LIN, ZHOU)
    case = desk.writes(CHEN, "浙江")
    holder = desk.handler(case)
    desk.later(hours=8)
    assert desk.handler(case) == holder
    desk.close()


def test_who_has_full_hands_leaves_a_colleagues_case_to_who_has_room(desk: Department) -> None:
    on(desk, LIN)
    for who in (4011, 4012):
        desk.writes(who, "浙江")
    on(desk, ZHOU)
    case = desk.writes(CHEN, "浙江")
    assert desk.handler(case) == ZHOU
    with pytest.raises(DeskError) as refused:
        desk.do(claim.claim, staff_telegram_id=LIN, case_id=case)
    assert (refused.value.notice, refused.value.values["name"]) == ("notice/hands_full", "周宁")
    desk.writes(LIU, "浙江")  # 周宁 has no room either now, but would have it after giving one away
    with pytest.raises(DeskError, match="hands_full"):
        desk.do(claim.claim, staff_telegram_id=LIN, case_id=case)
    on(desk, WANG)
    beyond = desk.writes(MA, "浙江")
    assert desk.handler(beyond) == WANG
    desk.do(claim.claim, staff_telegram_id=LIN, case_id=beyond)
    assert desk.handler(beyond) == LIN


def test_full_regions_overflow_to_the_stand_in_the_leader_on_duty_and_last_to_the_least_loaded(
    desk: Department,
) -> None:
    on(desk, LIN, ZHOU, TAN)
    hands = [desk.handler(desk.writes(4100 + n, "浙江")) for n in range(6)]
    assert sorted(hands[:4]) == [LIN, LIN, ZHOU, ZHOU]
    assert hands[4] == TAN
    assert hands[5] == TAN  # everybody is full and no leader on duty: the fewest, whoever is beyond
    on(desk, WANG)
    assert desk.handler(desk.writes(4200, "浙江")) == WANG


def test_the_provincial_specialist_comes_first_then_the_region(desk: Department) -> None:
    on(desk, LIN, SU)
    assert [desk.handler(desk.writes(4300 + n, "江苏")) for n in range(2)] == [SU, LIN]


def test_every_change_of_hands_is_an_event_with_the_reason(desk: Department) -> None:
    on(desk, LIN, ZHOU)
    case = desk.writes(CHEN, "浙江")
    desk.later(minutes=30)
    passed = desk.events(case, Did.CASE_PASSED_ON)
    assert [(e.data["reason"], e.data["to"]) for e in passed] == [("silent", str(desk.case(case).handler_id))]
