"""A period's report in words: its title, its window, each number as people read it."""

from datetime import date, datetime
from math import floor

from bot.desk.fiscal import FiscalPeriod, Grain
from bot.desk.period_figures import HEADLINES, Figure, Shape, Value
from bot.usecases.office import Office
from bot.usecases.period_report import PeriodReport, shown_shape
from bot.usecases.period_window import Counted


def period_name(office: Office, period: FiscalPeriod) -> str:
    """2026年第41周, 2026年10月, 2026年第3季度, 2026财年; where the fiscal year is not the calendar's, it says so."""
    first = period.first
    match period.grain:
        case Grain.WEEK:
            return office.report("week", year=period.year, week=period.week)
        case Grain.MONTH:
            return office.report("month", year=first.year, month=first.month)
        case Grain.QUARTER:
            key = "quarter" if period.begins == 1 else "fiscal_quarter"
            return office.report(key, year=period.year, quarter=period.quarter)
        case Grain.YEAR:
            return office.report("year" if period.begins == 1 else "fiscal_year", year=period.year)


def kind_name(office: Office, period: FiscalPeriod) -> str:
    """周报, 月报, 季报, 年报."""
    return office.report(f"kind_{period.grain.value}")


def title_of(office: Office, period: FiscalPeriod) -> str:
    """The desk's name, what kind of report, of when."""
    return office.report("title", desk=office.name, kind=kind_name(office, period), period=period_name(office, period))


def file_name(office: Office, period: FiscalPeriod, ending: str) -> str:
    """月报-2026-10.xlsx."""
    return office.report("file", kind=kind_name(office, period), period=period.code(), ending=ending)


def day_words(office: Office, day: date) -> str:
    """2026年10月25日."""
    return office.report("day", year=day.year, month=day.month, day=day.day)


def span_words(office: Office, report: PeriodReport) -> str:
    """From the first to the last day; of a period that is not over, up to when it is counted."""
    days = report.period.days
    span = office.report("span", first=day_words(office, days.first), last=day_words(office, days.last))
    return span + (office.report("cut", at=minute(office, report.as_of)) if report.now.window.is_cut else "")


def minute(office: Office, at: datetime) -> str:
    """An instant on the desk's clock."""
    return office.local(at, "%Y-%m-%d %H:%M")


def number(office: Office, value: Value, shape: Shape) -> str:
    """`12`, `95.0%`, `3.5`, `4.62`; a dash when there is nothing to measure."""
    if value is None:
        return office.report("nothing")
    match shape:
        case Shape.NUMBER:
            return f"{value:,.0f}"
        case Shape.SHARE:
            return f"{value:.1%}"
        case Shape.MINUTES | Shape.HOURS:
            return f"{rounded(value, 1):,.1f}".removesuffix(".0")
        case Shape.SCORE:
            return f"{rounded(value, 2):.2f}"


def rounded(value: float, digits: int) -> float:
    """Half goes up, as people round."""
    scale = float(10**digits)
    return floor(value * scale + 0.5) / scale


def change(office: Office, value: Value, figure: Figure) -> str:
    """`+5.0%`, `−3.2%`; of shares the points, of scores the difference."""
    if value is None:
        return office.report("nothing")
    sign = "+" if value > 0 else "−" if value < 0 else ""
    if shown_shape(figure) is Shape.SCORE:
        return f"{sign}{abs(value):.2f}"
    return f"{sign}{abs(value):.1%}".replace("%", "pp" if figure.shape is Shape.SHARE else "%")


def changes(office: Office, report: PeriodReport, figure: Figure) -> str:
    """环比 and 同比 of a figure of all."""
    against = [change(office, report.compared(figure, base)[1], figure) for base in (report.before, report.year)]
    return office.report("changes", before=against[0], year=against[1])


def headlines(office: Office, report: PeriodReport) -> list[str]:
    """The summary, a line a figure."""
    return [
        office.report(
            "headline",
            figure=office.report(f"fig_{figure.name}"),
            value=number(office, figure.of(report.now.group.whole), figure.shape),
            changes=changes(office, report, figure),
        )
        for figure in HEADLINES
    ]


def windows(office: Office, report: PeriodReport) -> list[tuple[str, Counted]]:
    """The three windows with what they are called."""
    return [
        (office.report("now"), report.now),
        (office.report("before"), report.before),
        (office.report("year_before"), report.year),
    ]
