"""Read a table of people or stores: .csv in any of the usual encodings, or .xlsx."""

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

Rows = list[tuple[int, dict[str, str]]]

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: Excel in China writes csv files as GBK."""
_OLE = b"\xd0\xcf\x11\xe0"
"""How an old .xls, and a password-protected .xlsx, begin."""


class SheetError(Exception):
    """The file can't be read as a table; the message names it and says what to do."""


def read_rows(path: Path) -> Rows:
    """(row number in the file, cells by header); rows without any content are passed over. SheetError."""
    if not path.is_file():
        raise SheetError(f"{path}：没有这个文件")
    match path.suffix.lower():
        case ".csv":
            table = _csv(path)
        case ".xlsx":
            table = _xlsx(path)
        case other:
            raise SheetError(f"{path}：不支持 {other or '无扩展名'} 文件，请用 .csv 或 .xlsx")
    return _with_headers(path, table)


def _csv(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]
    raise SheetError(f"{path}：文字编码无法识别，请另存为 UTF-8 的 .csv")


def _xlsx(path: Path) -> list[list[str]]:
    if path.read_bytes()[:4] == _OLE:
        raise SheetError(f"{path}：是旧式 .xls 或设了密码，请去掉密码并另存为 .xlsx")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        raise SheetError(f"{path}：文件损坏或不是 .xlsx（{type(error).__name__}）") from error
    try:
        sheet = book.worksheets[0]
        return [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        book.close()


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
    return [(number, dict(zip(headers, row, strict=False))) for number, row in filled[1:]]
