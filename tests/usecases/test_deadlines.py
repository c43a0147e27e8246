"""Warnings of deadlines and the silence of either side, played through: who hears what, when, and never twice."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.desk.buttons import Verb
from bot.desk.case import State, Urgency
from bot.desk.message import Content, ContentKind
from bot.usecases import reply, resolve
from bot.usecases.deadlines import set_urgency
from bot.usecases.people import Sender
from bot.usecases.transfer import transfer_by_command
from tests.cast import CHEN, LIN, LIU, MA, MONDAY_10, STRANGER, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import Played, played

WARNINGS = ("时限将到", "已到时限，请您督促", "超时仍未处理")
"""How the three stages begin."""


async def warned(desk: Played) -> list[tuple[int, str]]:
    """The warnings since the last look: to whom, and which."""
    return [(to, w) for to, text in await desk.news() for w in WARNINGS if text.startswith(w)]


async def answers(desk: Played, text: str, *, who: int = LIN, case_id: int = 1) -> None:
    def answer(work: Any, office: Any, now: Any) -> None:
        words = reply.Words(Content(ContentKind.TEXT, text))
        reply.answer(work, office, now, case=work.cases.get(case_id), who=work.staff.by_telegram(who), words=words)

    await desk.desk.run(answer)


async def test_the_handler_then_supervisors_then_the_manager_hear_of_it_once_each(desk: Played) -> None:
    await desk.hears()
    await desk.news()
    await desk.later(minutes=6.9)
    assert await warned(desk) == []
    await desk.later(minutes=0.1)
    assert await warned(desk) == [(LIN, WARNINGS[0])]
    await desk.later(minutes=3)
    assert await warned(desk) == [(SUPERVISORS, WARNINGS[1])]
    await desk.later(minutes=119)
    assert await warned(desk) == []
    await desk.later(minutes=1)
    assert await warned(desk) == [(ZHAO, WARNINGS[2])]
    await desk.later(hours=4)
    assert await warned(desk) == []
    assert [d for d in await desk.happened() if d.startswith("Deadline")] == [
        "DeadlineNear", "DeadlinePassed", "DeadlineEscalated",
    ]  # fmt: skip


async def test_the_answer_of_a_person_calls_it_off_and_the_desks_own_words_do_not(desk: Played) -> None:
    await desk.hears()
    await desk.later(minutes=4)
    assert "Acknowledged" in await desk.happened()
    assert (await desk.case(1)).respond_by == MONDAY_10 + timedelta(minutes=10)
    await answers(desk, "您好，请您稍等。")
    await desk.news()
    await desk.later(hours=2)
    assert await warned(desk) == []


async def test_the_next_words_run_against_a_deadline_of_their_own(desk: Played) -> None:
    await desk.claimed()
    await desk.later(hours=1)
    await desk.hears("怎么样了")
    await desk.news()
    await desk.later(minutes=8)
    assert await warned(desk) == [(LIN, WARNINGS[0])]


async def test_whoever_has_the_case_now_is_warned(desk: Played) -> None:
    await desk.claimed()
    await desk.hears("还有一件事")
    await desk.desk.run(_gives, to="周宁")
    await desk.says(ZHOU, "/accept #1")
    await desk.later(minutes=8)
    assert (await warned(desk)) == [(ZHOU, WARNINGS[0])]


def _gives(work: Any, office: Any, now: Any, *, to: str) -> None:
    case = work.cases.get(1)
    transfer_by_command(work, office, now, staff_telegram_id=LIN, case=case, target=to, reason="班次交接")


async def test_a_pause_stops_every_warning_and_the_franchisees_word_starts_them_again(desk: Played) -> None:
    await desk.claimed()
    before = (await desk.case(1)).resolve_by
    await desk.presses(LIN, Verb.PAUSE, 1, chat=LIN)
    assert "计时暂停" in await desk.presses(LIN, Verb.PAUSE, 1, chat=LIN)
    assert (await desk.case(1)).state is State.WAITING
    await desk.later(hours=5)
    assert await warned(desk) == []
    case = await desk.hears("照片发来了")
    assert before is not None
    assert case.resolve_by == before + timedelta(hours=5) + timedelta(hours=15) * (before.hour >= 5)
    await desk.later(minutes=8)
    assert await warned(desk) == [(LIN, WARNINGS[0])]


async def test_after_an_outage_each_person_has_one_message_the_most_urgent_first(desk: Played) -> None:
    for who in (CHEN, LIU, MA, STRANGER):
        await desk.hears(who=who, province="四川")
    await desk.desk.run(_becomes, urgency=Urgency.URGENT, case_id=3)
    for case_id in (1, 2, 3, 4):
        await desk.desk.run(_is_handled_by, who=LIN, case_id=case_id)
    await desk.news()
    await desk.later(minutes=25)
    told = [(to, text.splitlines()) for to, text in await desk.news() if text.startswith(WARNINGS)]
    assert [(to, lines[0]) for to, lines in told] == [
        (LIN, "时限将到，请您先处理"),
        (SUPERVISORS, "已到时限，请您督促"),
    ]
    assert [line.partition(" ")[0] for line in told[1][1][1:]] == ["#3", "#1", "#2", "#4"]
    assert "（紧急其他）：答复时限 11月23日 10:10，已超时 15 分钟，承办 林晓" in told[1][1][1]


def _becomes(work: Any, office: Any, now: Any, *, urgency: Urgency, case_id: int) -> None:
    set_urgency(work, office, now, case=work.cases.get(case_id), urgency=urgency)


def _is_handled_by(work: Any, office: Any, now: Any, *, who: int, case_id: int) -> None:
    case = work.cases.get(case_id)
    work.cases.save(type(case)(**{**vars(case), "handler_id": work.staff.by_telegram(who).id}))


async def test_a_silent_franchisee_is_asked_once_then_the_case_is_closed_and_a_word_opens_it(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/wait #1")
    await desk.later(hours=8)
    assert await to_franchisee(desk) == []
    await desk.until(at("11-24 10:00"))
    assert [t for t in await to_franchisee(desk) if "还在等您的消息" in t]
    await desk.until(at("11-26 10:00"))
    (goodbye,) = await to_franchisee(desk)
    assert goodbye.endswith("再见！")
    assert (await desk.case(1)).state is State.CLOSED
    case = await desk.hears("不好意思，刚看到")
    assert (case.id, case.state) == (1, State.OPEN)
    await desk.news()
    await desk.until(at("11-30 10:00"))
    assert "还在等您的消息" not in "".join(await to_franchisee(desk))


async def test_their_word_calls_the_asking_off_and_a_new_wait_asks_anew(desk: Played) -> None:
    await desk.claimed()
    await desk.says(LIN, "/wait #1")
    await desk.until(at("11-24 09:30"))
    await desk.hears("在找")
    await answers(desk, "好的，请您慢慢找。")
    await desk.says(LIN, "/wait #1")
    await desk.until(at("11-25 09:00"))
    assert not any("还在等您" in t for t in await to_franchisee(desk))
    await desk.until(at("11-25 09:30"))
    assert len([t for t in await to_franchisee(desk) if "还在等您" in t]) == 1


async def test_what_falls_due_at_closing_time_or_after_an_outage_at_night_waits_for_the_morning(desk: Played) -> None:
    await desk.until(at("11-23 18:00"))
    await desk.claimed()
    await desk.says(LIN, "/wait #1")
    await desk.until(at("11-24 23:00"))
    assert not any("还在等您" in t for t in await to_franchisee(desk))
    await desk.until(at("11-25 09:00"))
    assert len([t for t in await to_franchisee(desk) if "还在等您" in t]) == 1


@pytest.mark.parametrize(("text", "is_asked"), [("您好，请问现在到货了吗？", True), ("您好，请您稍等。", False)])
async def test_a_question_that_is_not_answered_is_asked_again(desk: Played, text: str, is_asked: bool) -> None:
    await desk.claimed()
    await answers(desk, text)
    await desk.until(at("11-24 10:00"))
    assert any("还在等您" in t for t in await to_franchisee(desk)) is is_asked


async def test_a_complaint_is_never_closed_by_silence(desk: Played) -> None:
    await desk.claimed()
    await desk.desk.run(_is_complaint)
    await desk.says(LIN, "/wait #1")
    await desk.until(at("11-24 10:00"))
    await desk.until(at("11-26 10:00"))
    assert (await desk.case(1)).state is State.WAITING
    desk.rewind()
    assert len([1 for to, text in await desk.news() if to == LIN and "请您电话联系" in text]) == 1


def _is_complaint(work: Any, office: Any, now: Any) -> None:
    case = work.cases.get(1)
    work.cases.save(type(case)(**{**vars(case), "kind": "complaint"}))


async def test_a_list_of_what_is_overdue_and_the_count_of_it(desk: Played) -> None:
    await desk.hears()
    await desk.hears(who=LIU)
    await answers(desk, "您好，请您稍等。", who=ZHOU, case_id=2)
    await desk.later(minutes=25)
    assert "#1 待接入 小陈" in (told := await desk.says(WANG, "/cases 超时", chat=SUPERVISORS))
    assert "已超时 15 分钟" in told
    assert "#2 处理中" not in told
    assert "西南：待接入 1 处理中 1，超时 1" in await desk.says(WANG, "/overview", chat=SUPERVISORS)
    assert "答复时限：11月23日 10:10（已超时 15 分钟）" in await desk.says(WANG, "/case 1", chat=SUPERVISORS)
    two = await desk.says(WANG, "/case 2", chat=SUPERVISORS)
    assert "办结时限：11月25日 10:00（还剩 17 小时 35 分）" in two


async def test_a_case_opened_again_has_its_time_anew(desk: Played) -> None:
    await desk.claimed()
    await desk.until(at("11-25 11:00"))
    assert [w for _, w in await warned(desk)] == [WARNINGS[0], WARNINGS[1]]
    await desk.desk.run(resolve.resolve, staff_telegram_id=WANG, case_id=1)
    await desk.later(hours=1)
    await desk.desk.run(resolve.object_to, sender=Sender(CHEN, "小陈"), case_id=1)
    case = await desk.case(1)
    assert (case.resolve_by, case.respond_by) == (at("11-27 12:00"), at("11-25 12:10"))


async def to_franchisee(desk: Played) -> list[str]:
    return [text for to, text in await desk.news() if to == CHEN]


def at(text: str) -> datetime:
    """`11-24 10:00` of 2026 on the wall of the desk."""
    return MONDAY_10 + (datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M") - datetime(2026, 11, 23, 10))  # noqa: DTZ001, DTZ007


SLA_KEYS: list[tuple[dict[str, Any], float, tuple[int, str] | None]] = [
    ({"warn_left": 0.5}, 5, (LIN, WARNINGS[0])),
    ({"manager_after": "20m"}, 30, (ZHAO, WARNINGS[2])),
    ({"manager_after": "0s"}, 9 * 60, None),
    ({"kinds": [{"urgency": "normal", "first_answer": "2m"}]}, 2, (SUPERVISORS, WARNINGS[1])),
    ({"kinds": [{"kind": "other", "first_answer": "2m"}]}, 2, (SUPERVISORS, WARNINGS[1])),
    ({"kinds": [{"kind": "complaint", "first_answer": "2m"}]}, 2, None),
    ({"kinds": [{"kind": "order", "manager_after": "1m"}, {"kind": "other", "manager_after": "1m"}]}, 11,
     (ZHAO, WARNINGS[2])),
]  # fmt: skip


@pytest.mark.parametrize(("sla", "minutes", "told"), SLA_KEYS)
async def test_when_whom_to_warn_is_set(
    tmp_path: Path, sla: dict[str, Any], minutes: float, told: tuple[int, str] | None
) -> None:
    async with played(tmp_path, sla=sla) as desk:
        await desk.hears()
        await desk.news()
        for _ in range(2):
            await desk.later(minutes=minutes / 2)
        last = (await warned(desk))[-1:]
        assert last == ([told] if told else []) or (told is None and last[0][1] != WARNINGS[2])


@pytest.mark.parametrize(("ask", "close", "seen"), [("1h", "1h", 2), ("1h", "0s", 1), ("0s", "1h", 0)])
async def test_how_long_a_silent_franchisee_is_waited_for(tmp_path: Path, ask: str, close: str, seen: int) -> None:
    async with played(tmp_path, sla={"ask_again_after": ask, "close_after": close}) as desk:
        await desk.claimed()
        await desk.says(LIN, "/wait #1")
        await desk.news()
        for _ in range(3):
            await desk.later(hours=1)
        assert len(await to_franchisee(desk)) == seen


async def test_what_a_kind_is_allowed_is_set(tmp_path: Path) -> None:
    row = {"kind": "other", "next_answer": "20m", "resolve": "1h", "round_the_clock": True}
    async with played(tmp_path, sla={"kinds": [row]}) as desk:
        await desk.until(at("11-23 17:30"))
        await desk.claimed()
        assert (await desk.case(1)).resolve_by == at("11-23 18:30")
        await desk.until(at("11-23 20:00"))
        assert (await desk.hears()).respond_by == at("11-23 20:20")
