"""What the picture of a period's sales is made of: every word is put together here, the drawing adds none."""

from bot.desk.money import short_yuan
from bot.desk.pictures import Bar, SalesPicture, SalesPictureRow
from bot.desk.sales import Grain, Stick
from bot.usecases.office import Office
from bot.usecases.sales_report import GroupFigures, SalesReport
from bot.usecases.sales_words import (
    attained_words,
    change_words,
    coverage,
    gap_lines,
    percent,
    period_name,
    service_cells,
    title_of,
)

MOST_ROWS = 12
"""Groups in the picture: as many as can be read on a phone."""
_COLUMNS = ("name", "amount", "year", "before", "attained", "cases", "complaints", "answer", "share")


def sales_picture(office: Office, report: SalesReport) -> SalesPicture:
    """The plot, and the table below it."""
    whole = report.whole
    tiles = [
        (office.sales("col_amount"), short_yuan(whole.total.amount)),
        (office.sales("col_year"), _short(office, whole, of_year=True)),
        (office.sales("col_before"), _short(office, whole, of_year=False)),
        (office.sales("col_attained"), attained_words(office, whole)),
    ]
    if report.before is None:
        tiles.pop(2)
    groups = report.groups[:MOST_ROWS] or (whole,)
    return SalesPicture(
        name=f"sales-{report.period.code()}.png",
        title=title_of(office, report),
        span="；".join(_span(office, report)),
        tiles=tuple(tiles),
        bars=tuple(_bar(office, s, report.period.grain) for s in report.sticks),
        legend=(office.sales("now"), office.sales("before"), office.sales("target")),
        unit=office.sales("axis", unit="万元"),
        columns=tuple(office.sales(f"col_{name}") for name in _COLUMNS),
        rows=tuple(_row(office, report, g) for g in groups),
        caption=office.say("notice/sales_picture", period=period_name(office, report.period), scope=report.scope.name),
    )


def _span(office: Office, report: SalesReport) -> list[str]:
    if not report.has_data:
        return [office.sales("no_data")]
    gaps = [*gap_lines(office, "year_word", report.year), *gap_lines(office, "before_word", report.before)]
    return [coverage(office, report), *gaps]


def _bar(office: Office, stick: Stick, grain: Grain) -> Bar:
    key, values = ("tick_day", {"day": stick.first.day}) if grain is Grain.MONTH else (
        "tick_month", {"month": stick.first.month})  # fmt: skip
    return Bar(office.sales(key, **values), stick.amount, stick.before, stick.target)


def _row(office: Office, report: SalesReport, group: GroupFigures) -> SalesPictureRow:
    served = group.service
    before = "—" if report.before is None else _short(office, group, of_year=False)
    answer, share = service_cells(office, served)
    cells = (group.name, short_yuan(group.total.amount), _short(office, group, of_year=True), before,
             attained_words(office, group), str(served.cases), str(served.complaints), answer, share)  # fmt: skip
    return SalesPictureRow(cells, group.total.attained)


def _short(office: Office, group: GroupFigures, *, of_year: bool) -> str:
    """Growth without the day's mean: there is no room for it."""
    found = group.year if of_year else group.before
    return change_words(office, found) if found.share is None else percent(found.share)
