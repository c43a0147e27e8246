"""The performance review: computed again by another way than the product's, who may see what, each point's cases."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from sqlalchemy import text

from bot.desk.asked import days_named
from bot.desk.buttons import Verb
from bot.desk.draw import Why
from bot.desk.errors import DeskError
from bot.desk.inspection import Inspection, InspectionDid, InspectionState, InspectionStep
from bot.desk.message import MessageRef
from bot.desk.outgoing import ReportKind, SendReport
from bot.desk.period import Period
from bot.desk.promise import Promise, PromiseState
from bot.desk.rating import Rating, RatingState
from bot.desk.review import Criterion, ReviewTerms
from bot.desk.roster import Shift, Stretch, WeekDuty
from bot.reports.workbook import write_workbook
from bot.usecases import resolve, review
from bot.usecases.at_hand import Spot
from bot.usecases.ledger import figures_of
from bot.usecases.reports import matter_of
from bot.usecases.review_gather import reviews
from bot.usecases.review_scope import code_of, from_code
from tests.usecases.department import EAST, LIN, MONDAY, SUPERVISORS, WANG, ZHAO, ZHOU, Department

AMONG_LEADERS = Spot(MessageRef(SUPERVISORS, 9))
SHANGHAI = ZoneInfo("Asia/Shanghai")
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
ANSWERED_AFTER = (2, 4, 15, 3, 12, 9, 10, 11, 1, 5, 30, 8)
"""Minutes to the first answer of each case; ten are allowed."""
SCORES = {LIN: (5, 4, 3, 5, 1, 4), ZHOU: (2, 5)}
PROMISES = (PromiseState.KEPT, PromiseState.KEPT, PromiseState.LATE, PromiseState.BROKEN, PromiseState.KEPT,
            PromiseState.POSTPONED)  # fmt: skip
INSPECTED = (("ffff", 100.0), ("hfff", 95.0), ("nnff", 40.0), ("ffff", 100.0), ("fatal", 0.0))
MORNINGS = (0, 3, 40)
"""Minutes after nine at which 林晓 signs on, on each of the three days; five are within grace."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Department]:
    desk = Department()
    _roster(desk)
    for day, late in enumerate(MORNINGS):
        _day(desk, day, late)
    _rest(desk)
    yield desk
    desk.close()


def _roster(desk: Department) -> None:
    shift = Shift("白班", (Stretch(9 * 60, 18 * 60),))
    first = date(2026, 9, 28)
    weekly = [WeekDuty(desk.ids[who], d, "east", "白班", first) for who in (LIN, ZHOU) for d in range(7)]
    desk.do(lambda work, office, now: work.rosters.put(shifts=[shift], weekly=weekly, dated=[], today=first))


def _at(desk: Department, day: int, hours: float) -> None:
    local = datetime.combine(MONDAY.date() + timedelta(days=day), time(), SHANGHAI) + timedelta(hours=hours)
    desk.later(seconds=(local.astimezone(UTC) - desk.now).total_seconds())


def _day(desk: Department, day: int, late: int) -> None:
    """Four cases a day: answered after so long, ended; the second of the day is ended by another than its owner."""
    desk.now = max(desk.now - timedelta(hours=3), MONDAY - timedelta(hours=2)) if day == 0 else desk.now
    _at(desk, day, 9 + late / 60)
    desk.signs(LIN, is_on=True)
    desk.signs(ZHOU, is_on=True)
    for n in range(4):
        _at(desk, day, 10 + n)
        number = desk.writes(7100 + day * 4 + n, "浙江")
        desk.later(minutes=ANSWERED_AFTER[day * 4 + n])
        desk.answers(desk.case(number))
        desk.later(minutes=5)
        _ended(desk, number, by_another=n == 1)
    _at(desk, day, 18)
    desk.signs(LIN, is_on=False)
    desk.signs(ZHOU, is_on=False)


def _ended(desk: Department, number: int, *, by_another: bool) -> None:
    owner = desk.handler(number)
    if by_another:
        other = ZHOU if owner == LIN else LIN
        desk.says(owner, f"transfer #{number} {desk.by_id()[desk.ids[other]].name} 出差")
        desk.says(other, f"accept #{number}")
    desk.do(resolve.resolve, staff_telegram_id=WANG, case_id=number)


def _rest(desk: Department) -> None:
    """Ratings, promises and inspections, put where they stand after their own stories."""

    def put(work: Any, office: Any, now: datetime) -> None:
        def rate(who: int, case_id: int, state: RatingState, score: int | None) -> None:
            owner = desk.ids[who]
            work.ratings.add(Rating(0, case_id, case_id, owner, owner, "east", now, state, score=score, rated_at=now))

        for who, scores in SCORES.items():
            for n, score in enumerate(scores, start=1):
                rate(who, n, RatingState.RATED, score)
        rate(LIN, 9, RatingState.VOID, 1)
        rate(LIN, 8, RatingState.ASKED, None)
        for n, state in enumerate(PROMISES):
            at = now + timedelta(minutes=n)
            work.promises.add(Promise(0, n + 1, n, desk.ids[LIN], desk.ids[LIN], now, at, at, "明天", "明天", state,
                                      settled_at=now))  # fmt: skip
        for n, (marks, score) in enumerate(INSPECTED, start=1):
            _inspected(work, desk, n, marks, score)

    desk.do(put)


def _inspected(work: Any, desk: Department, n: int, marks: str, score: float, state: str = "scored") -> None:
    item = Inspection(0, n, desk.ids[LIN], date(2026, 9, 30), Why.CHANCE, "v", InspectionState(state), marks, score,
                      score, inspector_id=desk.ids[WANG], scored_at=desk.now)  # fmt: skip
    kept = work.inspections.add(item)
    work.inspections.note(InspectionStep(kept.id, InspectionDid.SCORED, desk.now, data={"score": f"{score:g}"}))


def by_hand(desk: Department, who: int) -> dict[Criterion, tuple[float, int]]:
    """What somebody earned of how much, read from the tables by statements of its own and counted with the clock."""
    me = desk.ids[who]
    with desk._engine.connect() as connection:

        def rows(statement: str) -> list[Any]:
            return list(connection.execute(text(statement), {"me": me}))

        promises = rows("SELECT avg(state = 'kept'), count(*) FROM promise WHERE staff_id = :me AND state IN "
                        "('kept', 'late', 'broken')")[0]  # fmt: skip
        ratings = rows("SELECT avg(score >= 4), count(*) FROM rating WHERE handler_id = :me AND state = 'rated'")[0]
        quality = rows(
            "SELECT avg(json_extract(s.data, '$.score')) / 100, count(*) FROM inspection_step s "
            "JOIN inspection i ON i.id = s.inspection_id AND s.did = 'Scored' WHERE i.staff_id = :me"
        )[0]
        log = rows("SELECT case_id, did, at, staff_id, data FROM event ORDER BY id")
        signed = rows("SELECT min(at) FROM duty_event WHERE staff_id = :me AND did = 'SignedOn' GROUP BY date(at)")
    found = _by_log(log, me)
    late = [_instant(at).astimezone(SHANGHAI).time() > time(9, 5) for (at,) in signed]
    found[Criterion.ATTENDANCE] = (sum(0.5 if each else 1.0 for each in late), len(late))
    for criterion, (share, count) in ((Criterion.PROMISES, promises), (Criterion.SATISFACTION, ratings),
                                      (Criterion.QUALITY, quality)):  # fmt: skip
        found[criterion] = (float(share or 0) * count, count)
    return found


def _instant(at: str) -> datetime:
    return datetime.fromisoformat(str(at)).replace(tzinfo=UTC)


def _by_log(log: list[Any], me: int) -> dict[Criterion, tuple[float, int]]:
    """A walk over everything that happened, with no more than who has the case and since when they wait."""
    has: dict[int, int] = {}
    owner: dict[int, int] = {}
    waits: dict[int, datetime] = {}
    first, ended, own = [], [], []
    for case_id, did, at, staff_id, data in log:
        told = json.loads(data) if isinstance(data, str) else data
        for late in [c for c, since in waits.items() if _instant(at) > since + timedelta(minutes=10)]:
            first.append((late, has[late], False))
            del waits[late]
        match did:
            case "FranchiseeWrote":
                waits[case_id] = _instant(at)
            case "CaseAssigned" | "CaseTransferred":
                has[case_id] = int(told["to"])
            case "CaseClaimed":
                owner.setdefault(case_id, staff_id)
                has[case_id] = staff_id
            case "SpecialistAnswered" if case_id in waits:
                first.append((case_id, staff_id, True))
                del waits[case_id]
            case "CaseResolved":
                ended.append((has[case_id], True))
                own.append((owner[case_id], owner[case_id] == has[case_id]))
    mine = {
        Criterion.FIRST_RESPONSE: [good for _, who, good in first if who == me],
        Criterion.ON_TIME: [good for who, good in ended if who == me],
        Criterion.FIRST_OWNER: [good for who, good in own if who == me],
    }
    return {c: (float(sum(found)), len(found)) for c, found in mine.items()}


@pytest.mark.parametrize("who", [LIN, ZHOU])
def test_a_review_is_the_same_when_it_is_computed_another_way(desk: Department, who: int) -> None:
    product = desk.do(reviews, period=SEPTEMBER, person=desk.by_id()[desk.ids[who]])[0].review
    other = by_hand(desk, who)
    for point in product.points:
        earned, count = other[point.criterion]
        assert (sum(e.earned for e in point.evidence), len(point.evidence)) == (pytest.approx(earned), count), point
    counted = {p.criterion: p.weight for p in product.points if other[p.criterion][1] >= 5}
    total = sum(w * 100 / sum(counted.values()) * other[c][0] / other[c][1] for c, w in counted.items())
    assert product.total == pytest.approx(total, abs=0.4)
    few = {c for c, (_, n) in other.items() if n < 5}
    assert few == ({Criterion.ATTENDANCE} if who == LIN else few), "the day is long enough to mean something"


def test_it_agrees_with_the_ledger(desk: Department) -> None:
    for who in (LIN, ZHOU):
        product = desk.do(reviews, period=SEPTEMBER, person=desk.by_id()[desk.ids[who]])[0].review
        figures = desk.do(figures_of, period=SEPTEMBER, staff_id=desk.ids[who])
        point = product.point(Criterion.FIRST_OWNER)
        assert point is not None
        assert (point.share, len(point.evidence)) == (figures.share, figures.closed)


def queued(desk: Department, after: int = 0) -> list[Any]:
    """What the desk is to send, from a row on."""

    def rows(work: Any, office: Any, now: datetime) -> list[Any]:
        found, row = [], work.outbox.get(after + 1)
        while row is not None:
            found.append(row)
            row = work.outbox.get(after + 1 + len(found))
        return found

    return list(desk.do(rows))


_SEEN: WeakKeyDictionary[Department, int] = WeakKeyDictionary()


def news(desk: Department) -> list[Any]:
    """The same since the last look."""
    found = queued(desk, _SEEN.get(desk, 0))
    _SEEN[desk] = _SEEN.get(desk, 0) + len(found)
    return found


def text_of(rows: list[Any], reads: int) -> str:
    return "\n".join(str(getattr(r.outgoing.act, "text", "")) for r in rows if r.outgoing.to.chat_id == reads)


def says(desk: Department, who: int, query: str, chat: int = SUPERVISORS, reads: int = SUPERVISORS) -> str:
    news(desk)
    desk.do(review.review_command, staff_telegram_id=who, spot=Spot(MessageRef(chat, 9)), query=query)
    return text_of(news(desk), reads)


def test_those_who_lead_see_all_and_one_and_the_cases_of_each_point(desk: Department) -> None:
    told = says(desk, WANG, "2026-09")
    assert "业绩考核 · 2026-09-01 至 2026-09-30" in told
    assert "· 林晓：" in told and "（样本不足：考勤）" in told
    unscored = next(line for line in told.splitlines() if line.startswith("· 样本不足，暂不评分："))
    assert "谭南" in unscored
    lines = says(desk, ZHAO, "2026-09 林晓")
    assert "· 承诺兑现 3/5（60%）：" in lines
    assert "· 考勤 样本不足（3 件，至少 5 件），不计分，权重 10 摊给其余各项" in lines
    assert "样本不足的项不算 0 分" in lines
    desk.do(review.review_command, staff_telegram_id=WANG, spot=AMONG_LEADERS, query="林晓 2026-09")
    labels = [button for row in news(desk)[-1].outgoing.act.buttons for button in row]
    assert len(labels) == 7
    for button in labels:
        assert button.press.verb is Verb.REVIEW_CASES
        desk.do(review.press_criterion, staff_telegram_id=WANG, subject=button.press.subject,
                choice=button.press.choice, spot=AMONG_LEADERS)  # fmt: skip
        pressed = text_of(news(desk), SUPERVISORS)
        assert pressed == says(desk, WANG, f"林晓 2026-09 {button.label.split()[0]}"), "every button has its command"
        count = int(button.label.rpartition("/")[2])
        assert sum(line.startswith("#") or "月" in line[:3] for line in pressed.splitlines()) == count, pressed


def test_the_cases_say_why_what_lost_first(desk: Department) -> None:
    """As much of a criterion's name as tells it from the others is enough; 首 could be two."""
    late = says(desk, WANG, "周宁 2026-09 首答").splitlines()
    assert late[0] == "首答及时 · 周宁（2026-09-01 至 2026-09-30）"
    assert late[1].startswith("失分 ") and late[2].endswith("首答超时")
    assert late == says(desk, WANG, "周宁 2026-09 first_response").splitlines()
    with pytest.raises(DeskError):
        says(desk, WANG, "周宁 2026-09 首")


def test_a_specialist_sees_their_own_in_private_and_nobody_elses(desk: Department) -> None:
    desk.do(review.review_command, staff_telegram_id=LIN, spot=Spot(MessageRef(EAST, 9)), query="2026-09")
    told = news(desk)
    assert text_of(told, LIN).startswith("业绩考核 · 林晓（2026-09-01 至 2026-09-30）：")
    assert text_of(told, EAST) == "涉及个人成绩，已私下发给您，请您查看与本机器人的对话。"
    for query in ("周宁", "导出 2026-09", "周宁 首答及时"):
        with pytest.raises(DeskError) as refused:
            says(desk, LIN, query, LIN, LIN)
        assert refused.value.notice == "notice/review_own"
    for act, choice in ((review.press_person, code_of(SEPTEMBER)),
                        (review.press_criterion, f"on_time.{code_of(SEPTEMBER)}"),
                        (review.press_file, code_of(SEPTEMBER))):  # fmt: skip
        with pytest.raises(DeskError):
            desk.do(act, staff_telegram_id=LIN, subject=desk.ids[ZHOU], choice=choice, spot=Spot(MessageRef(LIN, 9)))


@pytest.mark.parametrize(
    ("query", "notice"),
    [("火星", "how_review"), ("林晓 周宁", "how_review"), ("本月 上月", "how_review"), ("王芳", "review_specialists")],
)
def test_what_cannot_be_asked_is_told(desk: Department, query: str, notice: str) -> None:
    with pytest.raises(DeskError) as refused:
        says(desk, WANG, query)
    assert refused.value.notice == f"notice/{notice}"


def test_a_score_under_appeal_waits(desk: Department) -> None:
    who = desk.by_id()[desk.ids[ZHOU]]
    before = desk.do(reviews, period=SEPTEMBER, person=who)[0]

    def put(work: Any, office: Any, now: datetime) -> None:
        item = Inspection(0, 12, who.id, date(2026, 9, 30), Why.CHANCE, "v", InspectionState.APPEALED, "nnnn", 10.0,
                          10.0, inspector_id=desk.ids[WANG], scored_at=now)  # fmt: skip
        work.inspections.add(item)

    desk.do(put)
    after = desk.do(reviews, period=SEPTEMBER, person=who)[0]
    assert (before.under_appeal, after.under_appeal, after.review) == (0, 1, before.review)
    assert "另有 1 件质检在申诉中" in says(desk, WANG, "周宁 2026-09")


def test_the_workbook_holds_the_totals_the_points_and_what_they_stand_on(desk: Department) -> None:
    says(desk, WANG, "导出 2026-09")
    act = SendReport(ReportKind.REVIEW, code_of(SEPTEMBER))
    book = openpyxl.load_workbook(BytesIO(write_workbook(desk.do(matter_of, act=act))))
    assert book.sheetnames == ["总表", "分项", "依据", "口径"]
    found = {r.who.name: r.review for r in desk.do(reviews, period=SEPTEMBER)}
    for name, total, *points, lacks in book["总表"].iter_rows(min_row=2, values_only=True):
        assert total == found[name].total
        assert (lacks or "").count("、") + bool(lacks) == len(found[name].too_small)
        assert total is None or round(sum(p or 0 for p in points), 1) == total
    assert book["依据"].max_row - 1 == sum(len(p.evidence) for r in found.values() for p in r.points)
    assert "满意度（权重 20）" in "".join(str(c.value) for row in book["口径"].iter_rows() for c in row)


@pytest.mark.parametrize(
    ("word", "first", "end"),
    [("2026-10", (2026, 10, 1), (2026, 11, 1)), ("2026Q3", (2026, 7, 1), (2026, 10, 1)),
     ("本月", (2026, 11, 1), (2026, 12, 1)), ("三季度", (2026, 7, 1), (2026, 10, 1))],
)  # fmt: skip
def test_a_period_is_read_and_carried_by_a_button(word: str, first: Any, end: Any) -> None:
    period = days_named(word, date(2026, 11, 26))
    assert period is not None
    assert period == Period(date(*first), date(*end))
    assert from_code(code_of(period)) == period


@pytest.mark.parametrize("code", ["", "x", "20261301-20261401", "20260101"])
def test_a_button_of_another_age_is_told(code: str) -> None:
    with pytest.raises(DeskError):
        from_code(code)


def test_the_weights_and_the_sample_are_the_settings(desk: Department) -> None:
    was = desk.office
    desk.office = replace(was, review=ReviewTerms({Criterion.ATTENDANCE: 100}, min_sample=3, late_earns=0.2))
    told = says(desk, WANG, "林晓 2026-09")
    with pytest.raises(DeskError) as refused:
        says(desk, WANG, "林晓 2026-09 质检")
    desk.office = was
    assert "：73.3 分" in told.splitlines()[0], told
    assert refused.value.notice == "notice/review_no_weight"
