"""Reports on schedule: each once, whoever looks and however often the desk begins anew; and who may ask for one."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.desk.errors import DeskError
from bot.desk.fiscal import Grain, ReportTerms
from bot.desk.message import MessageRef
from bot.desk.outgoing import Outgoing, ReportKind, SayText, SendReport
from bot.desk.people import Role
from bot.desk.report import PeriodForm, PeriodOrder
from bot.usecases.at_hand import Spot
from bot.usecases.period_command import report_command
from bot.usecases.period_sweep import look_at_reports, plan_reports
from bot.usecases.reports import matter_of, say_instead
from tests.usecases.department import EAST, LI, LIN, SUPERVISORS, WANG, ZHAO, Crash, Department


@pytest.fixture
def desk() -> Any:
    opened = Department()
    opened.writes(9001, "江苏")
    yield opened
    opened.close()


def rows(desk: Department, after: int = 0) -> list[Outgoing]:
    def read(work: Any, office: Any, now: datetime) -> list[Outgoing]:
        found: list[Outgoing] = []
        while (row := work.outbox.get(after + len(found) + 1)) is not None:
            found.append(row.outgoing)
        return found

    return list(desk.do(read))


def sent(desk: Department, to: int = WANG) -> list[tuple[str, str]]:
    """Which reports somebody gets, in which forms, in order."""
    query = "select payload from outbox where act = 'SendReport' and chat_id = ? order by id"
    with desk._engine.connect() as connection:
        payloads = [row[0] for row in connection.exec_driver_sql(query, (to,))]
    found = (re.search(r"(\w+)\|([\w-]+)\|", payload) for payload in payloads)
    return [(match[1], match[2]) for match in found if match]


def codes(desk: Department, to: int = WANG) -> list[str]:
    return [code for form, code in sent(desk, to) if form == "book"]


def until(desk: Department, end: datetime, *, look: Callable[[], None] | None = None, hours: int = 6) -> None:
    """Time passes in steps; at each, the sweep looks, and whoever else does."""
    while desk.now < end:
        desk.now = min(end, desk.now + timedelta(hours=hours))
        if look is not None:
            look()
        desk.do(look_at_reports)


def test_each_report_goes_out_once_across_restarts_and_processes_and_the_years_end(desk: Department) -> None:
    desk.office = replace(desk.office, reports=ReportTerms(nth=dict(zip(Grain, (1, 1, 2, 3), strict=True))))

    turns = count(1)

    def another() -> None:
        """A second process looks, after one that crashed at the last moment; at times the desk begins anew."""
        with suppress(Crash):
            desk.do(look_at_reports, crashes=True)
        desk.do(look_at_reports)
        if next(turns) % 9 == 0:
            desk.restarts()

    until(desk, datetime(2026, 12, 26, tzinfo=UTC), hours=80)
    until(desk, datetime(2027, 1, 12, tzinfo=UTC), look=another, hours=10)
    got = codes(desk)
    assert len(got) == len(set(got))
    assert got[-6:] == ["2026W52", "2026-12", "2026Q4", "2026", "2026W53", "2027W01"]
    assert {"2026-09", "2026Q3", "2026-10", "2026-11", *(f"2026W{n}" for n in range(40, 54))} <= {*got}
    for who in (LI, ZHAO):
        assert codes(desk, who) == got, "everybody who leads gets the same"
    assert sent(desk)[:3] == [(form.value, "2026W40") for form in PeriodForm]
    assert codes(desk, LIN) == []


def test_daylight_saving_moves_no_report_and_doubles_none(desk: Department) -> None:
    terms = ReportTerms(nth={**dict.fromkeys(Grain, 0), Grain.WEEK: 1}, at=time(2, 30))
    desk.office = replace(desk.office, zone=ZoneInfo("Europe/Berlin"), reports=terms)
    desk.now = datetime(2026, 10, 18, 12, tzinfo=UTC)
    desk.do(look_at_reports)
    for day in (date(2026, 10, 19) + timedelta(weeks=n) for n in range(3)):
        wall = datetime.combine(day, terms.at, desk.office.zone)
        before = len(codes(desk))
        for minutes, more in ((-61, 0), (-1, 0), (0, 1), (1, 1), (61, 1)):
            desk.now = wall.astimezone(UTC) + timedelta(minutes=minutes)
            desk.do(look_at_reports)
            assert len(codes(desk)) == before + more, (day, minutes)
    assert codes(desk) == ["2026W41", "2026W42", "2026W43", "2026W44"], "on the 25th the clock went back"


def test_after_an_outage_it_comes_late_but_not_a_week_late_and_never_of_a_time_without_a_desk(desk: Department) -> None:
    desk.do(look_at_reports)
    assert codes(desk) == [], "the desk began today"
    desk.now = datetime(2026, 11, 5, 8, tzinfo=UTC)
    desk.do(look_at_reports)
    assert codes(desk) == ["2026W44", "2026-10"], "due on the second of November, sent on the fifth"
    desk.now = datetime(2027, 3, 20, tzinfo=UTC)
    desk.do(look_at_reports)
    assert codes(desk)[2:] == ["2027W10"], "the months in between are asked for by /report"


def test_the_next_look_is_when_the_next_report_is_due(desk: Department) -> None:
    desk.now = datetime(2026, 11, 1, 23, tzinfo=UTC)
    desk.do(plan_reports)
    due = desk.do(lambda work, office, now: work.reminders.due(now + timedelta(hours=3)))
    assert datetime(2026, 11, 2, 1, tzinfo=UTC) in [r.due_at for r in due if r.kind.value == "report"]


def test_to_whom_and_whether_at_all_is_set(desk: Department) -> None:
    desk.now = datetime(2026, 11, 2, 2, tzinfo=UTC)
    only_months = {**dict.fromkeys(Grain, 0), Grain.MONTH: 1}
    desk.office = replace(desk.office, reports=ReportTerms(roles=(Role.MANAGER,), nth=only_months))
    desk.do(look_at_reports)
    assert (codes(desk), codes(desk, ZHAO)) == ([], ["2026-10"])
    desk.office = replace(desk.office, reports=ReportTerms(chat_id=-77))
    desk.do(look_at_reports)
    assert (codes(desk, -77), codes(desk)) == (["2026W44"], []), "the month has gone out already"


def asks(desk: Department, who: int, query: str, chat: int = SUPERVISORS) -> list[str]:
    before = len(rows(desk))
    desk.do(report_command, staff_telegram_id=who, spot=Spot(MessageRef(chat, 5)), query=query)
    return [o.act.text if isinstance(o.act, SayText) else f"{o.to.chat_id} {o.act.about.split('|')[0]}"
            for o in rows(desk, before) if isinstance(o.act, SayText | SendReport)]  # fmt: skip


def test_whoever_leads_asks_for_a_report_hears_at_once_that_it_is_in_the_making_and_gets_it(desk: Department) -> None:
    told = asks(desk, WANG, "2026Q3")
    assert told == ["正在统计2026年第3季度的报告，图、文稿和工作簿做好就发来，请您稍候。",
                    *(f"{SUPERVISORS} {form.value}" for form in PeriodForm)]  # fmt: skip
    assert asks(desk, ZHAO, "", EAST)[1:] == [
        *(f"{ZHAO} {form.value}" for form in PeriodForm), "报告会私下发给您，请您在与我的私聊里查看。",
    ]  # fmt: skip
    assert [code for _, code in sent(desk, ZHAO)] == ["2026-08"] * 3, "last month unless told"
    for who, query, notice in ((LIN, "2026Q3", "notice/supervisor_only"), (WANG, "火星", "notice/how_report"),
                               (WANG, "2026-10", "notice/report_future")):  # fmt: skip
        with pytest.raises(DeskError) as refused:
            asks(desk, who, query)
        assert refused.value.notice == notice


def test_the_first_month_of_the_fiscal_year_decides_what_a_quarter_is(desk: Department) -> None:
    desk.office = replace(desk.office, reports=ReportTerms(begins=4))
    assert asks(desk, WANG, "2026Q2")[0].startswith("正在统计2026财年第2季度的报告")
    act = SendReport(ReportKind.PERIOD, f"book|2026Q2|{desk.now.isoformat()}")
    order = desk.do(lambda work, office, now: matter_of(work, office, now, act))
    assert (order.form, order.code, order.as_of) == (PeriodForm.BOOK, "2026Q2", desk.now)
    assert isinstance(order, PeriodOrder)


def test_a_file_that_a_chat_does_not_take_is_told_of(desk: Department) -> None:
    asks(desk, WANG, "2026Q3")
    row_id = len(rows(desk))

    def refuse(work: Any, office: Any, now: datetime) -> None:
        row = work.outbox.get(row_id)
        say_instead(work, office, now, row=row, act=row.outgoing.act, reason="文件过大")

    desk.do(refuse)
    assert desk.words(SUPERVISORS)[-1] == (
        "报告没有发出（文件过大）。请您用 python -m bot report --period 2026Q3 --out 文件夹 取得。"
    )


def test_today_is_the_desks_and_not_utcs(desk: Department) -> None:
    desk.now = datetime(2026, 9, 30, 17, tzinfo=UTC)
    assert asks(desk, WANG, "本月")[0].startswith("正在统计2026年10月")
    assert date(2026, 10, 1) == desk.office.today(desk.now)
