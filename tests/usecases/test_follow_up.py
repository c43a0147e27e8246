"""回访: planned when a case ends, handed over on its day, tried again, recorded; it opens the case or is needless."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.buttons import Verb
from bot.desk.case import Level, State
from bot.desk.events import Did
from bot.desk.follow_up import FollowUpOutcome, FollowUpState, FollowUpTerms, planned_times
from bot.usecases import resolve
from storage.desk_thread import Storage
from tests.usecases.aftercare import SUPERVISORS, WANG, Aftercare, sender
from tests.usecases.department import LIN, ZHOU, office

CHEN, LIU = 3001, 3002


@pytest.fixture
def desk() -> Iterator[Aftercare]:
    """林晓, 周宁 and 王芳 are on duty; it is Monday ten o'clock."""
    opened = Aftercare()
    for who in (LIN, ZHOU, WANG):
        opened.signs(who, is_on=True)
    yield opened
    opened.close()


def item_of(desk: Aftercare, case_id: int):
    return desk.kept(lambda work: work.follow_ups.last_of(case_id))


def test_a_complaint_is_called_back_by_its_first_owner_on_the_next_working_day(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    desk.later(hours=22)  # Tuesday eight: closed yet
    assert "回访" not in "".join(desk.said(LIN))
    desk.later(hours=2)
    task = next(text for text in desk.said(LIN) if "回访：" in text)
    assert "（投诉）加盟商3001" in task and "（第 1 次，至多 2 次）" in task
    assert desk.buttons(LIN)[:4] == ["发送回访", "已电话回访：满意", "已电话回访：不满意", "已电话回访：未接通"]
    assert "已发给加盟商" in desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
    assert "已经发出" in desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
    assert sum("您满意吗" in text for text in desk.said(CHEN)) == 1
    assert "谢谢您" in desk.presses(CHEN, Verb.FOLLOW_ANSWER, case_id, "y")
    assert "谢谢您" in desk.presses(CHEN, Verb.FOLLOW_ANSWER, case_id, "y")
    assert item_of(desk, case_id).outcome is FollowUpOutcome.SATISFIED
    kinds = [e.did for e in desk.events(case_id)]
    assert [kinds.count(d) for d in (Did.FOLLOW_UP_PLANNED, Did.FOLLOW_UP_ASKED, Did.FOLLOW_UP_DONE)] == [1, 1, 1]


def test_nobody_answers_so_the_desk_asks_again_and_then_records_it(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN, kind="equipment")
    desk.later(days=1)
    desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
    desk.later(hours=4)
    assert sum("您满意吗" in text for text in desk.said(CHEN)) == 1
    desk.later(days=1)
    assert sum("您满意吗" in text for text in desk.said(CHEN)) == 2
    desk.now = datetime(2026, 10, 10, 3, 0, tzinfo=UTC)  # 国庆 is over
    desk.later()
    done = item_of(desk, case_id)
    assert (done.state, done.outcome, done.attempts) == (FollowUpState.DONE, FollowUpOutcome.UNREACHED, 2)
    assert "未联系上" in desk.said(LIN)[-1]
    desk.presses(CHEN, Verb.FOLLOW_ANSWER, case_id, "y")  # late is better than never
    assert item_of(desk, case_id).outcome is FollowUpOutcome.SATISFIED


def test_a_call_in_vain_comes_back_and_the_last_one_is_recorded(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    desk.later(days=1)
    assert "第 1 次未接通" in desk.commands(LIN, f"/followup {case_id} 未接通", chat=LIN)
    desk.later(days=1)
    assert "（第 2 次，至多 2 次）" in desk.said(LIN)[-1]
    assert "已登记：未联系上" in desk.presses(LIN, Verb.FOLLOW_CALLED, case_id, "x")
    assert "没有待回访" in desk.presses(LIN, Verb.FOLLOW_CALLED, case_id, "x")


@pytest.mark.parametrize("way", ["button", "command", "words", "phone"])
def test_not_satisfied_opens_the_case_again_with_its_first_owner(desk: Aftercare, way: str) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    desk.later(days=1)
    desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
    match way:
        case "button":
            desk.presses(CHEN, Verb.FOLLOW_ANSWER, case_id, "n")
        case "command":
            desk.commands(CHEN, "/visit 不满意")
        case "words":
            assert desk.says(CHEN, "还没解决，箱子还是少") == case_id
        case "phone":
            desk.commands(LIN, f"/followup {case_id} 不满意 还少一箱")
    case = desk.case(case_id)
    assert (case.state, desk.handler(case_id)) == (State.OPEN, LIN)
    assert case.respond_by is not None and case.resolve_by is not None and case.resolve_by > desk.now
    assert item_of(desk, case_id).outcome is FollowUpOutcome.UNSATISFIED
    assert any("回访不满意" in text for text in desk.said(SUPERVISORS))
    assert sum("重新" in text for text in desk.said(CHEN)) == 1


def test_words_of_praise_are_the_answer_and_open_nothing(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    desk.later(days=1)
    desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
    assert desk.says(CHEN, "挺好的，都解决了") == case_id
    assert item_of(desk, case_id).words == "挺好的，都解决了"
    assert desk.case(case_id).state is not State.OPEN
    desk.do(resolve.object_to, sender=sender(CHEN), case_id=case_id)
    assert desk.case(case_id).state is State.OPEN, "the button below the thanks makes it a matter after all"


@pytest.mark.parametrize(("words", "reason"), [("发票什么时候开", "wrote"), (None, "reopened")])
def test_a_new_word_or_a_reopened_case_makes_it_needless(desk: Aftercare, words: str | None, reason: str) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    if words:
        desk.says(CHEN, words)
    else:
        desk.do(resolve.object_to, sender=sender(CHEN),
                case_id=case_id)  # fmt: skip
    item = item_of(desk, case_id)
    assert (item.state, item.reason) == (FollowUpState.CANCELLED, reason)
    desk.later(days=2)
    assert "回访：" not in "".join(desk.said(LIN))


def test_a_thank_you_cancels_nothing(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    desk.says(CHEN, "谢谢")
    assert item_of(desk, case_id).state is FollowUpState.PLANNED


def test_who_is_away_is_stood_for_and_serious_complaints_are_the_supervisors(desk: Aftercare) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    other = desk.writes(LIU, "江苏")
    desk.change(other, kind="complaint", level=Level.SUPERVISOR, first_answer_at=desk.now)
    desk.do(resolve.resolve, staff_telegram_id=WANG, case_id=other)
    desk.signs(LIN, is_on=False)
    desk.later(days=1)
    assert "回访：" in desk.said(ZHOU)[-1] and "回访：" not in "".join(desk.said(LIN))
    assert "重大投诉" in desk.said(WANG)[-1]
    assert desk.by_id()[item_of(desk, case_id).owner_id].telegram_id == ZHOU
    assert "由 周宁 负责" not in desk.commands(LIN, f"/followup {case_id} 满意"), "the first owner may, always"


def test_what_is_late_is_told_to_the_supervisors_once_and_stands_first(desk: Aftercare) -> None:
    first, second = desk.settled(CHEN, LIN, kind="complaint"), desk.settled(LIU, LIN, kind="equipment")
    desk.later(days=1, hours=9)
    desk.later(hours=16)
    desk.later(days=3)
    late = [text for text in desk.said(SUPERVISORS) if "回访已过" in text]
    assert [f"#{n}（" in text for n, text in zip((second, first), late, strict=False)] == [True] * len(late)
    assert sum(f"#{second}（" in text for text in late) == 1
    lines = desk.commands(WANG, "/followups").splitlines()
    assert f"#{second} " in lines[1] and "已逾期" in lines[1] and f"#{first} " in lines[2]
    assert desk.commands(ZHOU, "/followups", chat=ZHOU).splitlines()[1] == "没有待回访的工单"


@pytest.mark.parametrize("hours", [9, 20])
def test_nobody_is_written_to_outside_working_hours(desk: Aftercare, hours: int) -> None:
    case_id = desk.settled(CHEN, LIN, kind="complaint")
    desk.later(days=1)
    desk.later(hours=hours)
    assert "不打扰加盟商" in desk.presses(LIN, Verb.FOLLOW_SEND, case_id)
    assert "您满意吗" not in "".join(desk.said(CHEN))


def test_the_sample_is_the_same_whenever_it_is_drawn_and_the_kind_decides() -> None:
    terms = FollowUpTerms(shares={"consult": 0.2})
    chosen = [n for n in range(1, 2001) if terms.is_chosen(n, "consult")]
    assert chosen == [n for n in range(1, 2001) if terms.is_chosen(n, "consult")]
    assert 0.17 < len(chosen) / 2000 < 0.23
    assert chosen != [n for n in range(1, 2001) if replace(terms, salt="other").is_chosen(n, "consult")]
    assert not any(terms.is_chosen(n, "other") for n in range(1, 2001))


def test_a_good_rating_spares_a_call_by_sample_but_no_complaint() -> None:
    everybody = FollowUpTerms(shares={"consult": 0.9999999, "complaint": 1.0})
    desk = Aftercare(follow_up=everybody)
    for who in (LIN, WANG):
        desk.signs(who, is_on=True)
    for kind, state in (("consult", FollowUpState.CANCELLED), ("complaint", FollowUpState.PLANNED)):
        case_id = desk.closed(CHEN if kind == "consult" else LIU, LIN, kind=kind)
        rating = desk.kept(lambda work, case_id=case_id: work.ratings.last_of(case_id))
        desk.presses(CHEN if kind == "consult" else LIU, Verb.RATE, rating.id, "5")
        assert item_of(desk, case_id).state is state
    desk.close()


@pytest.mark.parametrize(("at", "days", "due", "deadline"), [
    ("2026-11-23 10:00", 3, "11-24 10:00", "11-26 10:00"),
    ("2026-11-23 10:00", 1, "11-24 10:00", "11-24 18:00"),
    ("2026-11-28 17:00", 1, "11-29 10:00", "11-29 18:00"),
    ("2026-09-30 17:00", 3, "10-08 10:00", "10-08 18:00"),
    ("2026-10-09 15:00", 1, "10-10 10:00", "10-10 18:00"),
])  # fmt: skip
def test_the_day_is_the_next_working_day_holidays_and_make_up_days_included(
    at: str, days: int, due: str, deadline: str
) -> None:
    zone = office().zone
    closed = datetime.fromisoformat(at).replace(tzinfo=zone).astimezone(UTC)
    found = planned_times(closed, days=days, begin_after=timedelta(hours=1), calendar=office().calendar, zone=zone)
    assert [office().local(t, "%m-%d %H:%M") for t in found] == [due, deadline]


def test_two_calls_of_one_case_are_never_open_at_once(storage: Storage) -> None:
    desk = Aftercare(storage)
    for who in (LIN, WANG):
        desk.signs(who, is_on=True)
    case_id = desk.closed(CHEN, LIN, kind="complaint")
    first = item_of(desk, case_id)
    desk.says(CHEN, "箱子又少了")
    desk.do(resolve.resolve, staff_telegram_id=LIN, case_id=case_id)
    assert item_of(desk, case_id).id > first.id
    desk.later(days=1)
    assert sum("回访：" in text for text in desk.said(LIN)) == 1
