"""`review --period 2026-10 --out DIR`: the performance review of a period as a workbook."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.file_trouble import file_trouble

if TYPE_CHECKING:
    from bot.desk.report import Workbook
    from bot.usecases.office import Office
    from bot.usecases.ports import Work


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which period, and where to."""
    parser.add_argument("--period", default="上月", help="2026-10、2026Q3、2026年、本月、上月……（缺省 上月）")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到哪个文件夹（没有就新建）")


def main(options: argparse.Namespace) -> int:
    """Write the file; exit code 1 when the period is none, or the file cannot be written."""
    from bot.app.database import open_storage
    from bot.app.desk import Desk, SystemClock
    from bot.app.office import make_office
    from bot.cli.settings import read_settings

    settings = read_settings(options)
    storage = open_storage(settings)
    try:
        book = Desk(storage, make_office(settings), SystemClock()).run_now(_workbook, word=options.period)
    finally:
        storage.close()
    if book is None:
        print(f"时段“{options.period}”看不懂：请写 2026-10、2026Q3、本月 或 上月。", file=sys.stderr)
        return 1
    return _write(book, options.out)


def _write(book: "Workbook", folder: Path) -> int:
    from bot.cli.written import write_out
    from bot.reports.workbook import write_workbook

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{folder}：不能用作文件夹（{file_trouble(error)}）", file=sys.stderr)
        return 1
    file = folder / book.name
    return write_out(file, write_workbook(book), f"已写入 {file}：{len(book.sheets[0].rows)} 人。")


def _workbook(work: "Work", office: "Office", now: datetime, *, word: str) -> object:
    from bot.desk.asked import days_named
    from bot.usecases.review_workbook import review_workbook

    period = days_named(word, office.today(now))
    return review_workbook(work, office, now, period) if period is not None else None
