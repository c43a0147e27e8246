"""A period's report as a document to print and sign: the headlines, the page as a picture, regions, people, words."""

from collections.abc import Sequence

from bot.desk.period_figures import (
    ANSWER_IN_TIME,
    ANSWER_MEDIAN,
    ATTENDED,
    BY_FIRST_OWNER,
    COMPLAINTS,
    FIGURES,
    HEADLINES,
    NEW,
    OPEN,
    OVERDUE,
    PROMISES_KEPT,
    RESOLVED,
    SCORE,
    Count,
    Tally,
)
from bot.desk.report import Paper, Section
from bot.usecases.office import Office
from bot.usecases.period_picture import period_picture
from bot.usecases.period_report import PeriodReport, people_of, regions_of
from bot.usecases.period_window import categories
from bot.usecases.period_words import change, file_name, headlines, minute, number, period_name, span_words, title_of

COLUMNS = (NEW, RESOLVED, OPEN, OVERDUE, COMPLAINTS, ANSWER_MEDIAN, ANSWER_IN_TIME, BY_FIRST_OWNER, PROMISES_KEPT,
           SCORE, ATTENDED)  # fmt: skip


def period_paper(office: Office, report: PeriodReport) -> Paper:
    """The summary; the workbook beside it has every figure."""
    found, people = report.now.group, people_of(report)
    regions = [(name, found.regions.get(code, Tally())) for code, name in regions_of(office, report)]
    return Paper(
        name=file_name(office, report.period, "docx"),
        title=title_of(office, report.period),
        head=(
            (office.report("paper_period"), span_words(office, report)),
            (office.report("paper_as_of"), f"{minute(office, report.as_of)}（{office.zone}）"),
        ),
        sections=(
            _headlines(office, report),
            _table(office, "head_regions", "col_region", [*regions, (office.report("col_total"), found.whole)]),
            _table(office, "head_people", "col_person", [(p.name, found.people[p.id]) for p in people]),
            Section(office.report("head_words"), tuple(_words(office, report))),
            Section(office.report("head_about"), tuple(_definitions(office))),
        ),
        signatures=(),
        foot=office.report("paper_foot", desk=office.name, at=minute(office, report.as_of)),
        caption=office.say("notice/report_paper", period=period_name(office, report.period)),
    )


def _headlines(office: Office, report: PeriodReport) -> Section:
    """A figure a row against both bases, and the page below."""
    headers = tuple(office.report(k) for k in ("col_figure", "now", "before", "on_before", "year_before", "on_year"))
    rows = []
    for figure in HEADLINES:
        row = [office.report(f"fig_{figure.name}"), number(office, figure.of(report.now.group.whole), figure.shape)]
        for base in (report.before, report.year):
            value, changed = report.compared(figure, base)
            row += [number(office, value, figure.shape), change(office, changed, figure)]
        rows.append(tuple(row))
    picture = period_picture(office, report)
    return Section(office.report("head_headlines"), headers=headers, rows=tuple(rows), picture=picture)


def _table(office: Office, head: str, first: str, rows: Sequence[tuple[str, Tally]]) -> Section:
    headers = (office.report(first), *(office.report(f"fig_{figure.name}") for figure in COLUMNS))
    told = tuple((name, *(number(office, figure.of(t), figure.shape) for figure in COLUMNS)) for name, t in rows)
    return Section(office.report(head), headers=headers, rows=told)


def _words(office: Office, report: PeriodReport) -> list[str]:
    """Who, how much, and what kind of thing."""
    lines, found = [], report.now.found
    for person in people_of(report):
        tally = report.now.group.people[person.id]
        if tally.counts[Count.FOUND]:
            kinds = "、".join(
                office.report("paper_category", category=office.category(key), count=found[person.id, key])
                for key in categories(report.now)
                if found[person.id, key]
            )
            lines.append(office.report("paper_words", name=person.name, count=tally.counts[Count.FOUND],
                                       held=tally.counts[Count.HELD], categories=kinds))  # fmt: skip
    return lines or [office.report("paper_no_words")]


def _definitions(office: Office) -> list[str]:
    told = {figure.name: figure for figure in (*HEADLINES, *COLUMNS)}
    lines = [f"{office.report(f'fig_{f.name}')}：{office.report(f'def_{f.name}')}" for f in FIGURES if f.name in told]
    return [*lines, office.report("about_people_value")]


def summary(office: Office, report: PeriodReport) -> list[str]:
    """The same in lines, for the command line."""
    return [title_of(office, report.period), span_words(office, report), *headlines(office, report)]
