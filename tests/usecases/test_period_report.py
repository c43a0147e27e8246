"""A golden month: a seeded department at work, its report, and every figure counted anew from the raw rows."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import openpyxl
import pytest

from bot.desk.fiscal import fiscal_period
from bot.desk.period_figures import FIGURES
from bot.desk.pictures import PeriodPicture
from bot.reports.printer import print_report
from bot.usecases.period_book import period_book
from bot.usecases.period_paper import period_paper
from bot.usecases.period_picture import period_picture
from bot.usecases.period_report import PeriodReport, gather_period
from bot.usecases.period_window import Counted
from tests.usecases.department import LIN, MEI, SU, ZHOU
from tests.usecases.simulated import Raw, Simulated, recount

AS_OF = datetime(2026, 11, 3, 1, 0, tzinfo=UTC)
SPANS = {
    "now": (datetime(2026, 9, 30, 16, tzinfo=UTC), datetime(2026, 10, 31, 16, tzinfo=UTC)),
    "before": (datetime(2026, 8, 31, 16, tzinfo=UTC), datetime(2026, 9, 30, 16, tzinfo=UTC)),
    "year": (datetime(2025, 9, 30, 16, tzinfo=UTC), datetime(2025, 10, 31, 16, tzinfo=UTC)),
}
"""The month, the month before and the month of last year in Shanghai, which is eight hours ahead."""
Month = tuple[Simulated, Raw, PeriodReport]


@pytest.fixture(scope="module")
def month() -> Iterator[Month]:
    """October 2026, with what came before and after."""
    played = Simulated(2026)
    for who in (LIN, ZHOU, SU, MEI):
        played.desk.now = datetime(2025, 10, 9, 1, tzinfo=UTC)
        played.desk.signs(who, is_on=True)
    played.plays(date(2025, 10, 10), 18, 6)
    played.on_the_roster(31)
    played.plays(date(2026, 9, 10), 20, 10)
    played.plays(date(2026, 10, 1), 31, 26)
    played.plays(date(2026, 11, 1), 2, 2)
    played.desk.now = AS_OF
    period = fiscal_period("2026-10", date(2026, 11, 3))
    assert period is not None
    report = played.desk.do(lambda work, office, now: gather_period(work, office, AS_OF, period=period))
    yield played, played.raw(), report
    played.desk.close()


@pytest.mark.parametrize("which", list(SPANS))
def test_every_figure_of_the_month_and_of_what_it_is_compared_with_equals_a_plain_count(
    month: Month, which: str
) -> None:
    _, raw, report = month
    counted: Counted = getattr(report, which)
    assert (counted.window.since, counted.window.until) == SPANS[which]
    expected = recount(raw, *SPANS[which], AS_OF)
    tallies = {("all", ""): counted.group.whole, **{("region", k): t for k, t in counted.group.regions.items()},
               **{("person", k): t for k, t in counted.group.people.items()}}  # fmt: skip
    told = {key: {f.name: f.of(tally) for f in FIGURES} for key, tally in tallies.items() if not tally.is_empty}
    wrong = {
        (key, name): (value, expected.get(key, {}).get(name))
        for key, values in told.items()
        for name, value in values.items()
        if value != pytest.approx(expected.get(key, {}).get(name))
    }
    assert wrong == {}
    assert {key for key, values in expected.items() if any(values.values())} <= {*told}


def test_the_month_is_a_lively_one_and_its_cases_add_up(month: Month) -> None:
    """A figure that is nought in the simulation shows nothing; and what was open, came and went makes what is open."""
    report = month[2]
    whole = {f.name: f.of(report.now.group.whole) for f in FIGURES}
    assert [name for name, value in whole.items() if not value] == []
    for counted in (report.now, report.before, report.year):
        for tally in (counted.group.whole, *counted.group.regions.values(), *counted.group.people.values()):
            c = {f.name: f.of(tally) or 0 for f in FIGURES}
            assert c["open_before"] + c["new"] + c["reopened"] - c["ended"] == c["open"]
    assert sum(report.now.opened.values()) == whole["new"] and sum(report.now.resolved.values()) == whole["resolved"]


def test_the_workbook_holds_these_figures_with_charts_and_the_window_that_they_are_of(month: Month) -> None:
    played, raw, report = month
    book = period_book(played.desk.office, report)
    sheets = openpyxl.load_workbook(io.BytesIO(print_report(book).data))
    expected = recount(raw, *SPANS["now"], AS_OF)
    headers = [cell.value for cell in sheets["大区"][1]]
    total = dict(zip(headers, [cell.value for cell in sheets["大区"][sheets["大区"].max_row]], strict=True))
    names = {f.name: played.desk.office.report(f"fig_{f.name}") for f in FIGURES}
    for f in FIGURES:
        assert total[names[f.name]] == pytest.approx(expected["all", ""][f.name]), f.name
    assert {name: len(sheets[name]._charts) for name in ("大区", "人员", "走势", "大区对比")} == {
        "大区": 1, "人员": 1, "走势": 1, "大区对比": 4,
    }  # fmt: skip
    about = {row[0].value: row[1].value for row in sheets["口径"].iter_rows(min_row=2)}
    assert about["本期起止（UTC，止不含）"] == "2026-09-30 16:00:00 – 2026-10-31 16:00:00"
    assert about["本期起止（本地时间，止不含）"] == "2026-10-01 00:00:00 – 2026-11-01 00:00:00"
    assert (about["时区"], about["天数"]) == ("Asia/Shanghai", "31 天，其中工作日 24 天")
    since, until = SPANS["now"]
    happened = Counter(e["did"] for e in raw.of("event") if since <= e["at"] < until)
    words = {v: k for k, v in ((k, f"期内事件数：{w}") for k, w in played.desk.office.labels.events.items())}
    assert {words[name]: value for name, value in about.items() if name in words} == dict(happened)


def test_the_document_and_the_page_are_of_the_same_report(month: Month) -> None:
    played, _, report = month
    paper, page = period_paper(played.desk.office, report), period_picture(played.desk.office, report)
    assert (paper.title, page.title) == ("首问客服月报 · 2026年10月",) * 2
    assert paper.sections[0].picture == page and isinstance(page, PeriodPicture)
    new = paper.sections[0].rows[0]
    assert new[0] == "新增" and new[1] == page.tiles[0].value and "%" in new[3]
    assert len(page.caption.text) < 1024, "it goes under a picture"
    for matter, is_picture in ((paper, False), (page, True)):
        printed = print_report(matter)
        assert printed.is_picture is is_picture and len(printed.data) > 10_000
