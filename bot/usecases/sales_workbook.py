"""The sales of a period as a workbook: sums, regions, provinces, stores, the course of it, corrections."""

from collections.abc import Iterable

from bot.desk.money import FEN
from bot.desk.report import Cell, Row, SheetTable, Workbook
from bot.desk.sales import Change, Grain
from bot.usecases.office import Office
from bot.usecases.ports import SaleVersion, Work
from bot.usecases.sales_report import GroupFigures, SalesReport
from bot.usecases.sales_scope import Level
from bot.usecases.sales_words import base_lines, coverage, percent, period_name, title_of

_SHEETS = {Level.REGION: "sheet_region", Level.PROVINCE: "sheet_province", Level.STORE: "sheet_store"}
_FIGURES = ("amount", "orders", "year", "same", "before", "target", "attained", "whole_target", "whole_share", "days",
            "cases", "complaints", "answer", "share")  # fmt: skip
_VERSIONS = ("number", "date", "amount", "orders", "target", "at", "by", "file")


def sales_workbook(work: Work, office: Office, report: SalesReport) -> Workbook:
    """Every group at every level; money in yuan, the first answer in minutes of working time."""
    levels = [(level, report.by[level]) for level in report.scope.level.all_below]
    name = period_name(office, report.period)
    return Workbook(
        name=office.sales("file", period=report.period.code()),
        sheets=(
            _about(office, report),
            _groups(office, "sheet_sum", [report.whole]),
            *(_groups(office, _SHEETS[level], groups, numbered=level is Level.STORE) for level, groups in levels),
            _trend(office, report),
            _corrected(work, office, report),
        ),
        caption=office.say("notice/sales_file", period=name),
    )


def _headers(office: Office, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(office.sales(f"col_{name}") for name in names)


def _about(office: Office, report: SalesReport) -> SheetTable:
    """What is counted and compared: a number without its window says nothing."""
    days = report.period.days
    told = [title_of(office, report), f"{days.first} – {days.last}"]
    told += [coverage(office, report), *base_lines(office, report)] if report.has_data else [office.sales("no_data")]
    return SheetTable(office.sales("sheet_about"), _headers(office, ("what",)), tuple((line,) for line in told))


def _groups(office: Office, sheet: str, groups: Iterable[GroupFigures], *, numbered: bool = False) -> SheetTable:
    first = ("number", "name") if numbered else ("name",)
    rows = tuple((*((g.key,) if numbered else ()), g.name, *_cells(office, g)) for g in groups)
    return SheetTable(office.sales(sheet), _headers(office, (*first, *_FIGURES)), rows)


def _cells(office: Office, group: GroupFigures) -> Row:
    total, served = group.total, group.service
    answer: Cell = "" if served.answer is None else round(served.answer.total_seconds() / 60, 1)
    return (
        total.amount / FEN, total.orders, _change(office, group.year), _change(office, group.alike),
        _change(office, group.before), total.target / FEN, _share(total.attained), group.whole_target / FEN,
        _share(group.whole_share), total.days, served.cases, served.complaints, answer, _share(served.share),
    )  # fmt: skip


def _change(office: Office, found: Change) -> str:
    return office.sales("nothing_before") if found.share is None else percent(found.share)


def _share(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _trend(office: Office, report: SalesReport) -> SheetTable:
    pattern = "%Y-%m-%d" if report.period.grain is Grain.MONTH else "%Y-%m"
    rows = tuple((f"{s.first:{pattern}}", s.amount / FEN, s.before / FEN, s.target / FEN) for s in report.sticks)
    return SheetTable(office.sales("sheet_trend"), _headers(office, ("date", "amount", "last_year", "target")), rows)


def _corrected(work: Work, office: Office, report: SalesReport) -> SheetTable:
    seen = {s.number.casefold() for s in report.scope.stores}
    rows = tuple(_version(office, v) for v in work.sales.corrected(report.period.days) if v.sale.store in seen)
    return SheetTable(office.sales("sheet_corrected"), _headers(office, _VERSIONS), rows)


def _version(office: Office, version: SaleVersion) -> Row:
    sale = version.sale
    orders: Cell = "" if sale.orders is None else sale.orders
    return (sale.store, sale.day.isoformat(), _yuan(sale.amount), orders, _yuan(sale.target),
            office.local(version.at, "%Y-%m-%d %H:%M"), version.told_by, version.file)  # fmt: skip


def _yuan(fen: int | None) -> Cell:
    return "" if fen is None else fen / FEN
