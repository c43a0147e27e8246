"""The daily digest: figures counted again another way, told each once, an empty day, a late one, what buttons show."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.desk.attendance import CONVENTIONS, Attended, Standing
from bot.desk.buttons import Verb
from bot.desk.case import UNFINISHED
from bot.desk.digest import DigestTerms, Figure, Receivers, day_span, like, span_until, whole
from bot.desk.events import Did
from bot.desk.goals import Goal, GoalFigure
from bot.desk.people import Region
from bot.desk.reminder import ReminderKind
from bot.desk.roster import Shift, Stretch, Watch
from bot.desk.split import LIMIT, units
from bot.desk.verdict import Blocked, Delivered
from bot.usecases import pause, receive, reply, resolve
from bot.usecases.digest import digest_daily, plan_digest
from bot.usecases.digest_gather import Served, gather
from bot.usecases.digest_picture import region_rows
from bot.usecases.digest_words import (
    COMPLAINTS,
    PEOPLE,
    digest_text,
)
from bot.usecases.settle import settle
from bot.usecases.turnout import served_line
from tests.cast import CHEN, LIN, LIU, MA, MONDAY_10, SOUTHWEST, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import Played, played
from tests.usecases.test_complaints import complained

MONDAY = date(2026, 11, 23)
SIX = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def to(news: list[tuple[int, str]]) -> dict[int, list[str]]:
    """The digests that each chat got."""
    found: dict[int, list[str]] = {}
    for chat, text in news:
        if text.startswith("日报"):
            found.setdefault(chat, []).append(text)
    return found


async def busy(desk: Played) -> None:
    """A complaint that goes on, a case that was resolved, one that nobody has answered."""
    await complained(desk)
    solved = await desk.claimed(ZHOU, LIU)
    await desk.desk.run(resolve.resolve, staff_telegram_id=ZHOU, case_id=solved.id)
    await desk.hears("运费怎么算", who=MA, province="陕西")
    await desk.news()


async def figures_at(desk: Played, until: datetime) -> dict[Figure, int]:
    def look(work: Any, office: Any, now: Any) -> dict[Figure, int]:
        return dict(whole(gather(work, office, now, span=span_until(until, office.zone)).counts))

    found: dict[Figure, int] = await desk.desk.run(look)
    return found


def served(region: str, standing: Standing = Standing.PRESENT) -> Served:
    """A watch that was attended so."""
    return Served(Watch(MONDAY, 1, region, Shift("早班", (Stretch(540, 1080),))), Attended(standing))


async def test_attendance_is_told_region_by_region(desk: Played) -> None:
    day = [served("northwest", Standing.PRESENT), served("southwest", Standing.PRESENT),
           served("southwest", Standing.ABSENT), served("north", Standing.ON_LEAVE)]  # fmt: skip
    told = await desk.desk.run(lambda work, office, now: served_line(work, office, day))
    assert told.startswith("考勤：应到 3 班，实到 2 班（西南 1/2、西北 1/1）；缺勤 ")


async def test_the_turnout_of_the_rows_adds_up_to_the_sum(desk: Played) -> None:
    day = [served("northwest"), served("southwest"), served("southwest", Standing.ABSENT), served("")]

    def rows(work: Any, office: Any, now: Any) -> dict[str, str]:
        digest = gather(work, office, now, span=span_until(SIX, office.zone))
        shown = region_rows(office, replace(digest, served=day, counts={**digest.counts, "": {Figure.NEW: 1}}))
        return {row.cells[0]: row.cells[-1] for row in shown}

    told = await desk.desk.run(rows)
    assert told == {"西南": "1/2", "西北": "1/1", "华北": "·", "未分区": "·", "值班主管": "1/1", "合计": "3/4"}


async def test_an_empty_day_says_so_and_who_was_to_be_there(desk: Played) -> None:
    told = await desk.says(WANG, "/digest", chat=SUPERVISORS)
    assert "没有来信和未结" in told and "截至 10:00" in told and "2027 年的放假" in told


async def test_every_figure_is_what_the_raw_events_say_and_stays_so(desk: Played) -> None:
    await busy(desk)
    await desk.until(SIX)
    told = await figures_at(desk, SIX)

    def raw(work: Any, office: Any, now: Any) -> dict[Figure, int]:
        cases = [work.cases.get(n) for n in (1, 2, 3)]
        did = [{e.did for e in work.events.of_case(c.id)} for c in cases]
        late = work.cases.overdue(now)
        return {
            Figure.NEW: sum(Did.CASE_OPENED in d for d in did),
            Figure.ANSWERED: sum(Did.SPECIALIST_ANSWERED in d for d in did),
            Figure.RESOLVED: sum(Did.CASE_RESOLVED in d for d in did),
            Figure.OPEN: sum(c.state in UNFINISHED for c in cases),
            Figure.OVERDUE: len(late),
            Figure.COMPLAINTS: len(work.complaints.unfinished()),
            Figure.LOW_RATINGS: 0, Figure.FORBIDDEN: 0, Figure.VOICES: told[Figure.VOICES],
        }  # fmt: skip

    assert told == await desk.desk.run(raw) and told[Figure.OVERDUE] == 1
    await desk.later(hours=15)
    await desk.desk.run(resolve.resolve, staff_telegram_id=WANG, case_id=3)
    await desk.answers(LIN, 1)
    await desk.desk.run(pause.pause_or_resume, staff_telegram_id=LIN, case_id=1)
    await desk.hears("新的一天", who=LIU)
    assert await figures_at(desk, SIX) == told, "asked again when everything has changed"


async def test_each_who_leads_gets_it_once_in_private_whatever_restarts(desk: Played) -> None:
    await busy(desk)
    await desk.desk.run(plan_digest)
    await desk.until(SIX + timedelta(minutes=2))
    for _ in range(2):
        await desk.desk.run(plan_digest)
        await desk.desk.run(digest_daily, subject=MONDAY.toordinal())
    await desk.later(hours=2)
    desk.rewind()
    told = to(await desk.news())
    assert {chat: len(texts) for chat, texts in told.items()} == {WANG: 1, ZHAO: 1, LIN: 1, ZHOU: 1}
    lead = told[ZHAO][0]
    assert lead.splitlines()[0] == "日报 · 11月23日 周一（截至 18:00）" and "请您先看：超时 1、投诉 1" in lead
    assert "比昨日同一时段：" in lead and "比上周一同一时段：" in lead and "#3 " in lead and lead == told[WANG][0]
    assert "您：答复 1、办结 1、手上 0" in told[ZHOU][0] and "西南：" in told[ZHOU][0] and "西北" not in told[ZHOU][0]
    await desk.later(hours=24)
    assert len(to(await desk.news())[WANG]) == 1, "the next day has its own"


async def test_what_came_after_the_last_digest_is_told_by_the_next(desk: Played) -> None:
    await desk.desk.run(plan_digest)
    await desk.until(SIX + timedelta(hours=3))
    await desk.hears("晚上到货少了", who=MA)
    await desk.until(SIX + timedelta(days=1, minutes=1))
    assert "上次日报（11月23日 18:00）之后、今日零点之前另有：新增 1" in to(await desk.news())[WANG][-1]


async def test_an_outage_makes_it_late_up_to_its_hour_and_of_many_days_the_last_is_told(desk: Played) -> None:
    await busy(desk)
    await desk.desk.run(plan_digest)
    desk.clock.advance(SIX + timedelta(days=3, hours=14) - desk.clock.now())  # Friday, eight in the morning
    await desk.news()
    await desk.later(seconds=1)
    (late,) = to(await desk.news())[WANG]
    assert late.startswith("日报 · 11月26日 周四（截至 18:00）")
    await desk.until(SIX + timedelta(days=4))
    (friday,) = to(await desk.news())[WANG]
    assert friday.startswith("日报 · 11月27日 周五（截至 18:00）")


async def test_who_was_not_there_and_has_nothing_in_hand_is_left_in_peace(desk: Played) -> None:
    await desk.desk.run(digest_daily, subject=MONDAY.toordinal())
    await desk.until(SIX)
    await desk.desk.run(digest_daily, subject=MONDAY.toordinal())
    assert set(to(await desk.news())) == {WANG, ZHAO}


async def test_a_leader_without_private_chat_reads_it_in_the_common_one_once(desk: Played) -> None:
    await busy(desk)
    await desk.until(SIX)
    await desk.desk.run(digest_daily, subject=MONDAY.toordinal())
    desk.rewind()
    rows = await desk.desk.run(desk._rows)
    await desk.news()
    for row in (r for r in rows if r.outgoing.to.chat_id in (WANG, ZHAO)):
        is_digest = getattr(row.outgoing.act, "text", "").startswith("日报")
        await desk.desk.run(lambda work, office, now, row=row: work.outbox.lease([row.id], by="me", until=now))
        verdict = Blocked("never_started") if is_digest else Delivered(row.id)
        await desk.desk.run(settle, row_id=row.id, verdict=verdict)
    assert [chat for chat, text in await desk.news() if text.startswith("日报 · ")] == [SUPERVISORS]


async def test_buttons_and_commands_show_what_stands_behind(desk: Played) -> None:
    await busy(desk)
    await desk.until(SIX)
    await desk.news()
    second = int(SIX.timestamp())
    region = await desk.presses(WANG, Verb.DIGEST, second, "southwest", chat=SUPERVISORS)
    assert (
        "西南 · 日报 11月23日 周一（截至 18:00）" in region and "林晓（西南）：答复 1" in region and "#1 西南" in region
    )
    assert await desk.presses(WANG, Verb.DIGEST, second, "southwest", chat=SUPERVISORS) == region, "twice does no harm"
    people = await desk.presses(WANG, Verb.DIGEST, second, PEOPLE, chat=SUPERVISORS)
    assert "周宁（西南）：答复 1、办结 1、手上 0" in people and people == await desk.says(
        WANG, "/digest 人员", chat=SUPERVISORS
    )
    complaints = await desk.presses(WANG, Verb.DIGEST, second, COMPLAINTS, chat=SUPERVISORS)
    assert "#1 西南 普通投诉 小陈，处理中，林晓承办" in complaints
    assert "西南 · 日报 11月22日 周日（全天）" in await desk.says(WANG, "/digest 昨天 西南", chat=SUPERVISORS)
    assert "11月23日" in await desk.says(WANG, "/digest 2026-11-23 西南大区", chat=SUPERVISORS)


async def test_the_figures_of_all_are_for_those_who_lead(desk: Played) -> None:
    await busy(desk)
    own = await desk.says(LIN, "/digest")
    assert f"{LIN}: 日报" in own and "您：答复 1" in own and f"{SOUTHWEST}: 日报已私聊" in own
    assert "向主管询问" in await desk.says(LIN, "/digest 西北")
    assert "主管" in await desk.presses(LIN, Verb.DIGEST, 1, "southwest")
    for words in ("火星", "2020-01-01", "明天"):
        assert "请您这样写" in await desk.says(WANG, f"/digest {words}", chat=SUPERVISORS), words
    assert f"{WANG}: 日报" in await desk.says(WANG, "/digest", chat=SOUTHWEST), "asked in a region's group"


async def test_goals_and_forbidden_words_are_told(desk: Played) -> None:
    goals = (Goal("首次答复及时率", GoalFigure.FIRST_ANSWER_ON_TIME, 95),)
    desk.desk.office = replace(desk.desk.office, goals=goals, attendance=CONVENTIONS)
    await busy(desk)

    def blunt(work: Any, office: Any, now: Any) -> None:
        words = reply.Words(receive.Content(receive.ContentKind.TEXT, "这不归我管，你自己看。"))
        reply.answer(work, office, now, case=work.cases.get(1), who=work.staff.by_telegram(LIN), words=words)

    await desk.desk.run(blunt)
    await desk.news()
    told = await desk.says(WANG, "/digest", chat=SUPERVISORS)
    assert "忌语 1" in told and "本月目标：首次答复及时率" in told
    assert "#1 林晓：" in await desk.says(WANG, "/digest 投诉", chat=SUPERVISORS)


async def test_the_message_fits_however_much_there_is(desk: Played) -> None:
    await busy(desk)
    regions = tuple(Region(f"r{n}", f"第{n}大区" + "远" * 40, ()) for n in range(60))
    office = replace(desk.desk.office, regions=(*desk.desk.office.regions, *regions))

    def text(work: Any, _: Any, now: Any) -> str:
        digest = gather(work, office, now, span=day_span(MONDAY, office.zone, until=now))
        counts = {r.code: dict.fromkeys(Figure, 12345) for r in regions}
        digest = replace(digest, counts=counts, yesterday=counts, open=digest.open * 40)
        return str(digest_text(work, office, now, digest, tail="后" * 4000).text)

    told = await desk.desk.run(text)
    assert units(told) <= LIMIT and told.startswith("日报") and "内容较多" in told and "第0大区" in told


@pytest.mark.parametrize(
    ("terms", "chats", "pictures"),
    [
        ({}, {WANG, ZHAO, LIN, ZHOU}, 2),
        ({"to": "nobody", "for_specialists": False}, set(), 0),
        ({"to": "chat", "for_specialists": False}, {SUPERVISORS}, 1),
        ({"to": "both", "for_specialists": False, "has_picture": False}, {SUPERVISORS, WANG, ZHAO}, 0),
    ],
)
async def test_to_whom_it_goes(tmp_path: Path, terms: dict[str, Any], chats: set[int], pictures: int) -> None:
    async with played(tmp_path, digest={"words": 0, **terms}) as desk:
        await busy(desk)
        await desk.until(SIX)
        await desk.desk.run(digest_daily, subject=MONDAY.toordinal())
        desk.rewind()
        rows = await desk.desk.run(desk._rows)
        assert sum(r.outgoing.act.__class__.__name__ == "SendReport" for r in rows) == pictures
        assert set(to(await desk.news())) == chats


async def test_when_it_comes_and_how_many_cases_and_words_it_names(tmp_path: Path) -> None:
    terms = {"at": "17:30", "every_day": False, "top": 1, "words": 1}
    async with played(tmp_path, hours={"saturday": [], "sunday": []}, digest=terms) as desk:
        assert desk.desk.office.digest == DigestTerms(time(17, 30), False, Receivers.EACH, top=1, words=1)
        for who, words in ((CHEN, "杯盖裂了"), (LIU, "杯盖少了"), (MA, "芋泥没了")):
            await desk.hears(words, who=who)
        await desk.later(hours=3)
        await desk.news()
        told = await desk.says(WANG, "/digest", chat=SUPERVISORS)
        assert "大家在写：杯盖 2 件" in told and "芋泥" not in told and "另有 2 件超时" in told
        for now, due in (
            (datetime(2026, 12, 31, 10, tzinfo=UTC), datetime(2027, 1, 1, 9, 30, tzinfo=UTC)),
            (datetime(2027, 1, 8, 10, tzinfo=UTC), datetime(2027, 1, 11, 9, 30, tzinfo=UTC)),
        ):
            assert await desk.desk.run(lambda work, office, _, now=now: planned(work, office, now)) == due


def planned(work: Any, office: Any, now: datetime) -> datetime:
    plan_digest(work, office, now)
    rows = work.reminders.due(now + timedelta(days=30), limit=100, kind=ReminderKind.DIGEST)
    return max(row.due_at for row in rows)


def test_yesterday_is_a_day_of_the_desk(desk: Played) -> None:
    zone = desk.desk.office.zone
    assert like(day_span(MONDAY, zone, until=MONDAY_10), zone, days=1).until == MONDAY_10 - timedelta(days=1)


@pytest.mark.parametrize(("day", "due"), [
    (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    (datetime(2027, 3, 27, 12, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
])  # fmt: skip
async def test_half_past_two_comes_once_when_the_clock_goes_back_and_at_the_jump_when_it_goes_forward(
    desk: Played, day: datetime, due: datetime
) -> None:
    terms = replace(desk.desk.office.digest, at=time(2, 30))
    berlin = replace(desk.desk.office, zone=ZoneInfo("Europe/Berlin"), digest=terms)
    assert await desk.desk.run(lambda work, office, now: planned(work, berlin, day)) == due
