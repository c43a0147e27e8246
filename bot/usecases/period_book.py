"""A period's report as a workbook: tables with charts of their own cells, and what each number is counted of."""

from collections.abc import Sequence

from bot.desk.events import Did
from bot.desk.fiscal import Grain
from bot.desk.period_figures import COMPLAINTS, FIGURES, NEW, OPEN, RESOLVED, Figure, Shape, Tally
from bot.desk.report import Cell, Chart, ChartKind, Row, SheetTable, Workbook
from bot.desk.survey import Standing
from bot.usecases.office import Office
from bot.usecases.period_report import PeriodReport, people_of, regions_of, shown_shape
from bot.usecases.period_window import categories
from bot.usecases.period_words import file_name, period_name, title_of, windows

FORMATS = {
    Shape.NUMBER: "#,##0", Shape.SHARE: "0.0%", Shape.MINUTES: "0.0", Shape.HOURS: "0.0", Shape.SCORE: "0.00",
}  # fmt: skip
CHANGES = {Shape.SHARE: "+0.0%;-0.0%;0.0%", Shape.SCORE: "+0.00;-0.00;0.00"}
COMPARED = (NEW, RESOLVED, OPEN, COMPLAINTS)
"""What is compared region by region."""
UNSENT = (Standing.WAITING, Standing.BLOCKED)
_STAMP = "%Y-%m-%d %H:%M:%S"


def period_book(office: Office, report: PeriodReport) -> Workbook:
    """Every figure of all, of each region and of each person."""
    return Workbook(
        name=file_name(office, report.period, "xlsx"),
        sheets=(
            _overview(office, report),
            _regions(office, report),
            _people(office, report),
            _compared(office, report),
            _course(office, report),
            _words(office, report),
            _surveys(office, report),
            _about(office, report),
        ),
        caption=office.say("notice/report_file", period=period_name(office, report.period)),
    )


def _cell(tally: Tally, figure: Figure) -> Cell:
    value = figure.of(tally)
    if value is None:
        return ""
    return int(value) if figure.shape is Shape.NUMBER else value


def _name(office: Office, figure: Figure) -> str:
    return office.report(f"fig_{figure.name}")


def _overview(office: Office, report: PeriodReport) -> SheetTable:
    """A figure a row: this period, the one before, the same of last year, and the changes."""
    headers = ("col_figure", "now", "before", "on_before", "year_before", "on_year")
    rows, formats = [], []
    for figure in FIGURES:
        row: list[Cell] = [_name(office, figure), _cell(report.now.group.whole, figure)]
        for base in (report.before, report.year):
            value, changed = report.compared(figure, base)
            row += ["" if value is None else _cell(base.group.whole, figure), "" if changed is None else changed]
        rows.append(tuple(row))
        shown, against = FORMATS[figure.shape], CHANGES[shown_shape(figure)]
        formats.append(("", shown, shown, against, shown, against))
    return SheetTable(
        office.report("sheet_overview"), _headers(office, *headers), tuple(rows), row_formats=tuple(formats)
    )


def _headers(office: Office, *keys: str) -> tuple[str, ...]:
    return tuple(office.report(key) for key in keys)


def _regions(office: Office, report: PeriodReport) -> SheetTable:
    found = report.now.group.regions
    rows = [(name, found.get(code, Tally())) for code, name in regions_of(office, report)]
    return _tallies(office, report, "regions", "col_region", rows)


def _people(office: Office, report: PeriodReport) -> SheetTable:
    rows = [(person.name, report.now.group.people[person.id]) for person in people_of(report)]
    return _tallies(office, report, "people", "col_person", rows)


def _tallies(
    office: Office, report: PeriodReport, sheet: str, first: str, rows: Sequence[tuple[str, Tally]]
) -> SheetTable:
    """Every figure of some, and of all in the last row; the chart shows the rows above that."""
    whole = (office.report("col_total"), report.now.group.whole)
    table = tuple((name, *(_cell(tally, figure) for figure in FIGURES)) for name, tally in (*rows, whole))
    shown = tuple(1 + FIGURES.index(figure) for figure in (NEW, RESOLVED, OPEN))
    chart = Chart(ChartKind.COLUMNS, office.report(f"chart_{sheet}"), shown, len(rows))
    return SheetTable(
        office.report(f"sheet_{sheet}"),
        (office.report(first), *(_name(office, figure) for figure in FIGURES)),
        table,
        formats=("", *(FORMATS[figure.shape] for figure in FIGURES)),
        charts=(chart,) if rows else (),
    )


def _compared(office: Office, report: PeriodReport) -> SheetTable:
    """Region by region, the three windows side by side."""
    three, regions = windows(office, report), regions_of(office, report)
    headers = [
        office.report("compared", figure=_name(office, figure), which=which)
        for figure in COMPARED
        for which, _ in three
    ]
    rows = tuple(
        (
            name,
            *(
                _cell(base.group.regions.get(code, Tally()), figure) if report.has_base(base) else ""
                for figure in COMPARED
                for _, base in three
            ),
        )
        for code, name in regions
    )
    charts = tuple(
        Chart(
            ChartKind.COLUMNS,
            office.report("chart_compared", figure=_name(office, figure)),
            tuple(1 + len(three) * n + k for k in range(len(three))),
            len(rows),
        )
        for n, figure in enumerate(COMPARED)
    )
    formats = ("", *("#,##0" for _ in headers))
    return SheetTable(
        office.report("sheet_compared"), (office.report("col_region"), *headers), rows, formats, charts=charts
    )


def _course(office: Office, report: PeriodReport) -> SheetTable:
    pattern = "%Y-%m-%d" if report.period.grain in (Grain.WEEK, Grain.MONTH) else "%Y-%m"
    now = report.now
    rows = tuple((f"{step:{pattern}}", now.opened[step], now.resolved[step]) for step in now.steps())
    chart = Chart(ChartKind.LINES, office.report("chart_course"), (1, 2), len(rows))
    headers = _headers(office, "col_step", "col_opened", "col_resolved")
    return SheetTable(office.report("sheet_course"), headers, rows, charts=(chart,))


def _words(office: Office, report: PeriodReport) -> SheetTable:
    """What the lint found, by person and category; all in the last row."""
    found, keys = report.now.found, categories(report.now)
    people = [s for s in people_of(report) if any(found[s.id, key] for key in keys)]
    counts = [(s.name, [found[s.id, key] for key in keys]) for s in people]
    total = [sum(column) for column in zip(*(row for _, row in counts), strict=True)]
    rows: list[Row] = [(name, *row, sum(row)) for name, row in [*counts, (office.report("col_total"), total)]]
    headers = (office.report("col_person"), *(office.category(key) for key in keys), office.report("col_total"))
    return SheetTable(office.report("sheet_words"), headers, tuple(rows))


def _surveys(office: Office, report: PeriodReport) -> SheetTable:
    rows: list[Row] = []
    for survey in report.surveys:
        sent = sum(n for standing, n in survey.standings.items() if standing not in UNSENT)
        done = survey.standings.get(Standing.ANSWERED, 0)
        at = office.local(survey.started_at, "%Y-%m-%d %H:%M")
        rows.append((survey.title, at, sent, done, done / sent if sent else ""))
    headers = _headers(office, "col_survey", "col_started", "col_sent", "col_answered", "col_response")
    return SheetTable(office.report("sheet_surveys"), headers, tuple(rows), ("", "", "#,##0", "#,##0", "0.0%"))


def _about(office: Office, report: PeriodReport) -> SheetTable:
    """The windows in both zones, the raw events that were counted, and every definition."""
    rows: list[Row] = [
        (office.report("about_period"), title_of(office, report.period)),
        (office.report("about_days"), _days(office, report)),
        (office.report("about_zone"), str(office.zone)),
    ]
    for which, counted in windows(office, report):
        span = (counted.window.since, counted.window.until)
        local = " – ".join(office.local(at, _STAMP) for at in span) if report.has_base(counted) else ""
        utc = " – ".join(f"{at:{_STAMP}}" for at in span)
        nothing = office.report("about_no_base")
        rows.append((office.report("about_local", which=which), local or nothing))
        rows.append((office.report("about_utc", which=which), utc))
    rows.append((office.report("about_as_of"), f"{report.as_of:{_STAMP}}"))
    rows += [_event(office, did, count) for did, count in sorted(report.events.items())]
    rows += [(office.report("about_definition", figure=_name(office, f)), office.report(f"def_{f.name}"))
             for f in FIGURES]  # fmt: skip
    rows.append((office.report("about_people"), office.report("about_people_value")))
    return SheetTable(office.report("sheet_about"), _headers(office, "col_what", "col_value"), tuple(rows))


def _days(office: Office, report: PeriodReport) -> str:
    days = report.now.days()
    workdays = sum(office.calendar.is_workday(day) for day in days)
    return office.report("about_days_value", days=len(days), workdays=workdays)


def _event(office: Office, did: Did, count: int) -> Row:
    return (office.report("about_event", what=office.labels.events[did.value]), count)
