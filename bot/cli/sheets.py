"""Read a table of people or stores: .csv in any of the usual encodings, or .xlsx."""

import csv
import io
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.desk.roster_table import Table
from bot.desk.table_rows import NO_HEADER
from bot.file_trouble import file_trouble

Rows = list[tuple[int, dict[str, str]]]

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: Excel in China writes csv files as GBK."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError,
    SyntaxError, OSError, EOFError, NotImplementedError,
)  # fmt: skip
"""What openpyxl raises on a workbook that is damaged somewhere (its XML parser's ParseError is a SyntaxError)."""
_OLE = b"\xd0\xcf\x11\xe0"
"""How an old .xls, and a password-protected .xlsx, begin."""


class SheetError(Exception):
    """The file can't be read as a table; the message names it and says what to do."""


def read_rows(path: Path) -> Rows:
    """(row number in the file, cells by header); rows without any content are passed over. SheetError."""
    _check_kind(path)
    reader = _csv if path.suffix.lower() == ".csv" else _xlsx
    return _with_headers(path, reader(path, _bytes(path)))


def read_tables(path: Path) -> list[Table]:
    """Every sheet of the file as a table of texts, rows without content passed over. SheetError."""
    _check_kind(path)
    if path.suffix.lower() == ".csv":
        sheets = {path.stem: _csv(path, _bytes(path))}
    else:
        sheets = _xlsx_sheets(path, _bytes(path))
    tables = [Table(name, tuple(_filled(rows))) for name, rows in sheets.items()]
    found = [table for table in tables if table.rows]
    if not found:
        raise SheetError(f"{path}：表是空的")
    return found


def _filled(rows: list[list[str]]) -> list[tuple[int, tuple[str, ...]]]:
    return [(number, tuple(row)) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


def _check_kind(path: Path) -> None:
    if not path.is_file():
        raise SheetError(f"{path}：没有这个文件")
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise SheetError(f"{path}：不支持 {path.suffix or '无扩展名'} 文件，请用 .csv 或 .xlsx")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path}：读不了（{file_trouble(error)}）") from error


def _csv(path: Path, data: bytes) -> list[list[str]]:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
        except csv.Error as error:
            raise SheetError(f"{path}：不是完好的 .csv，请另存一份再试") from error
    raise SheetError(f"{path}：文字编码不是 UTF-8 也不是 GBK，请另存为 UTF-8 的 .csv")


def _xlsx(path: Path, data: bytes) -> list[list[str]]:
    sheets = _xlsx_sheets(path, data, most=1)
    return next(iter(sheets.values()), [])


def _xlsx_sheets(path: Path, data: bytes, *, most: int | None = None) -> dict[str, list[list[str]]]:
    if data[:4] == _OLE:
        raise SheetError(f"{path}：是旧式 .xls 或设了密码，请去掉密码并另存为 .xlsx")
    import openpyxl  # a quarter of a second that a .csv need not wait for
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return {sheet.title: _cells(sheet) for sheet in book.worksheets[:most]}
    except (*_BROKEN, InvalidFileException) as error:
        raise SheetError(f"{path}：文件损坏或不是 .xlsx，请用 Excel 或 WPS 另存为 .xlsx 再试") from error


def _cells(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # other programs write a wrong size, and rows beyond it would be missed
    return [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _text(value: Any) -> str:
    """What a cell shows: a telephone number that Excel took for a number is digits again."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value).strip()


def _with_headers(path: Path, table: list[list[str]]) -> Rows:
    filled = [(number, row) for number, row in enumerate(table, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise SheetError(f"{path}：表是空的")
    headers = [h.strip() for h in filled[0][1]]
    named = [h for h in headers if h]
    twice = sorted({h for h in named if named.count(h) > 1})
    if twice:
        raise SheetError(f"{path}：表头重复：{'、'.join(twice)}")
    return [(number, _by_header(headers, row)) for number, row in filled[1:]]


def _by_header(headers: list[str], row: list[str]) -> dict[str, str]:
    """The cells by header; what stands below no header is kept together, so that it can be told and not lost."""
    cells = {header: row[n] if n < len(row) else "" for n, header in enumerate(headers) if header}
    stray = [cell.strip() for n, cell in enumerate(row) if n >= len(headers) or not headers[n]]
    return {**cells, NO_HEADER: " ".join(filter(None, stray))}
