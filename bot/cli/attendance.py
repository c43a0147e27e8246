"""`attendance MONTH --out FILE`: the month's attendance as a workbook."""

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.usecases.office import Office
    from bot.usecases.ports import Work


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which month, and where to."""
    parser.add_argument("month", help="月份，例如 2026-10；也可写 本月、上月")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个 .xlsx 文件")


def main(options: argparse.Namespace) -> int:
    """Write the file; exit code 1 when the month is none, or the file cannot be written; 2 for another kind of file."""
    from bot.cli.written import is_named, write_out

    if not is_named(options.out, ".xlsx"):
        return 2
    from bot.app.database import open_storage
    from bot.app.desk import Desk, SystemClock
    from bot.app.office import make_office
    from bot.cli.settings import read_settings
    from bot.reports.workbook import write_workbook

    settings = read_settings(options)
    storage = open_storage(settings)
    try:
        book = Desk(storage, make_office(settings), SystemClock()).run_now(_workbook, text=options.month)
    finally:
        storage.close()
    if book is None:
        print(f"月份“{options.month}”看不懂：请写 2026-10、本月 或 上月。", file=sys.stderr)
        return 1
    people = len(book.sheets[-1].rows)
    told = f"已写入 {options.out}：{people} 人，{len(book.sheets[0].rows)} 行。"
    return write_out(options.out, write_workbook(book), told)


def _workbook(work: "Work", office: "Office", now: datetime, *, text: str) -> object:
    from bot.usecases.attendance_sheet import month_from, workbook_of

    month: date | None = month_from(text, office.today(now))
    return workbook_of(work, office, now, month) if month is not None else None
