"""What the page of a period's report is made of: every word is put together here, the drawing adds none."""

from datetime import date

from bot.desk.fiscal import Grain
from bot.desk.period_figures import (
    ANSWER_IN_TIME,
    ANSWER_MEDIAN,
    BY_FIRST_OWNER,
    COMPLAINTS,
    GOOD_SHARE,
    HEADLINES,
    NEW,
    OPEN,
    OVERDUE,
    PROMISES_KEPT,
    RESOLVED,
    Figure,
    Tally,
)
from bot.desk.pictures import CourseStep, PeriodPicture, PeriodTile
from bot.usecases.office import Office
from bot.usecases.period_report import PeriodReport, regions_of
from bot.usecases.period_words import changes, headlines, minute, number, period_name, span_words, title_of

COLUMNS = (NEW, RESOLVED, OPEN, OVERDUE, COMPLAINTS, ANSWER_MEDIAN, ANSWER_IN_TIME, BY_FIRST_OWNER, PROMISES_KEPT,
           GOOD_SHARE)  # fmt: skip
TILES = HEADLINES[:8]
MOST_ROWS = 12
"""Regions on the page: as many as can be read on a phone."""


def period_picture(office: Office, report: PeriodReport) -> PeriodPicture:
    """Headlines, the course, the regions."""
    name = period_name(office, report.period)
    span = span_words(office, report)
    return PeriodPicture(
        name=f"report-{report.period.code()}.png",
        title=title_of(office, report.period),
        span=span,
        tiles=tuple(_tile(office, report, figure) for figure in TILES),
        course_title=office.report("chart_course"),
        course=tuple(_step(office, report, day) for day in report.now.steps()),
        legend=(office.report("col_opened"), office.report("col_resolved")),
        columns=(office.report("col_region"), *(office.report(f"fig_{figure.name}") for figure in COLUMNS)),
        rows=_rows(office, report),
        foot=office.report("picture_foot", zone=str(office.zone), at=minute(office, report.as_of)),
        caption=office.say("notice/report", period=name, span=span, lines="\n".join(headlines(office, report))),
    )


def _tile(office: Office, report: PeriodReport, figure: Figure) -> PeriodTile:
    value = number(office, figure.of(report.now.group.whole), figure.shape)
    return PeriodTile(office.report(f"fig_{figure.name}"), value, changes(office, report, figure))


def _step(office: Office, report: PeriodReport, day: date) -> CourseStep:
    is_daily = report.period.grain in (Grain.WEEK, Grain.MONTH)
    label = office.report("tick_day", day=day.day) if is_daily else office.report("tick_month", month=day.month)
    return CourseStep(label, report.now.opened[day], report.now.resolved[day])


def _rows(office: Office, report: PeriodReport) -> tuple[tuple[str, ...], ...]:
    found = report.now.group.regions
    rows = [(name, found.get(code, Tally())) for code, name in regions_of(office, report)][:MOST_ROWS]
    rows.append((office.report("col_total"), report.now.group.whole))
    return tuple(
        (name, *(number(office, figure.of(tally), figure.shape) for figure in COLUMNS)) for name, tally in rows
    )
