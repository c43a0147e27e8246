"""What pictures and files are made of, as values: gathered in the row's transaction, drawn beside the loop."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.desk.pictures import DigestPicture, PeriodPicture, ResultPicture, SalesPicture, WeekPicture
from bot.desk.script import Rendered

Cell = str | int | float
Row = tuple[Cell, ...]


class ChartKind(StrEnum):
    """How a chart shows numbers."""

    COLUMNS = "columns"
    LINES = "lines"


@dataclass(frozen=True)
class Chart:
    """A chart of a sheet's own cells: `columns` (counted from 0) of its first `rows` rows, named by column 0."""

    kind: ChartKind
    title: str
    columns: tuple[int, ...]
    rows: int


@dataclass(frozen=True)
class SheetTable:
    """One sheet of a workbook: its name, its headers, its rows; how each column's numbers are shown (a spreadsheet's
    number format, "": as they are), or where `row_formats` are given, each row's; the charts below it.
    """

    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    formats: tuple[str, ...] = ()
    row_formats: tuple[tuple[str, ...], ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Workbook:
    """A workbook, ready to be written."""

    name: str
    sheets: tuple[SheetTable, ...]
    caption: Rendered


@dataclass(frozen=True)
class Section:
    """A part of a document: a heading, then paragraphs, a picture, or rows of a table (`headers` empty: none)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    picture: PeriodPicture | None = None
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A document, ready to be written: its title, the table at its head, its sections, the lines to be signed."""

    name: str
    title: str
    head: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]
    foot: str
    caption: Rendered


class PeriodForm(StrEnum):
    """What a period's report comes as."""

    PICTURE = "picture"
    PAPER = "paper"
    BOOK = "book"


@dataclass(frozen=True)
class PeriodOrder:
    """A period's report that is still to be gathered: too much for the row's own transaction, so whoever prints it
    reads beside the desk. `code`: which period; `as_of` (UTC): up to when what is not over is measured.
    """

    form: PeriodForm
    code: str
    as_of: datetime
    caption: Rendered


Matter = WeekPicture | Workbook | Paper | ResultPicture | SalesPicture | DigestPicture | PeriodPicture | PeriodOrder


@dataclass(frozen=True)
class Printed:
    """A finished file; a picture is shown in the chat, anything else is sent as a document. `caption` (None: the
    matter's own) is known only now where the matter was an order.
    """

    name: str
    data: bytes
    is_picture: bool
    caption: Rendered | None = None


Printer = Callable[[Matter], Printed]
"""Makes the file; takes its time, so it is never called on the loop."""
