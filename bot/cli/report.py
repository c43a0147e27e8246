"""`report --period 2026-10 --out DIR`: a period's report as workbook, document and picture."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.file_trouble import file_trouble

if TYPE_CHECKING:
    from bot.usecases.office import Office
    from bot.usecases.period_report import PeriodReport


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which period, and where to."""
    parser.add_argument("--period", default="上月", help="2026W41、上周、2026-10、2026Q3、2026、上季……（缺省 上月）")
    parser.add_argument("--out", type=Path, metavar="DIR", help="写到哪个文件夹：.xlsx、.docx、.png 各一份")


def main(options: argparse.Namespace) -> int:
    """Print the summary, write the files; exit code 1 when the period is none, or a file cannot be written."""
    from bot.app.database import open_storage
    from bot.app.desk import Desk, SystemClock
    from bot.app.office import make_office
    from bot.app.period import read_period
    from bot.cli.settings import read_settings
    from bot.desk.errors import DeskError
    from bot.usecases.period_command import period_asked
    from bot.usecases.period_paper import summary

    settings = read_settings(options)
    storage = open_storage(settings)
    office, clock = make_office(settings), SystemClock()
    try:
        now = clock.now()
        code = period_asked(office, options.period, office.today(now)).code()
        office, report = read_period(Desk(storage, office, clock), code, now, progress=_tell)
    except DeskError:
        return _unclear(options.period)
    finally:
        storage.close()
    print(*summary(office, report), sep="\n")
    return _write(office, report, options.out) if options.out else 0


def _unclear(word: str) -> int:
    """The command line's own usage: the notice speaks of what is typed in a chat."""
    print(
        f"没有看懂 --period “{word}”：请写 2026W41、上周、2026-10、上月、2026Q3、上季、2026 或 去年。", file=sys.stderr
    )
    return 1


def _tell(words: str) -> None:
    """What takes longer than a blink says what it is at."""
    print(words, file=sys.stderr, flush=True)


def _write(office: "Office", report: "PeriodReport", folder: Path) -> int:
    from bot.app.period import matter_in
    from bot.cli.written import write_out
    from bot.desk.report import PeriodForm
    from bot.reports.printer import print_report

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{folder}：不能用作文件夹（{file_trouble(error)}）", file=sys.stderr)
        return 1
    failed = 0
    for form in PeriodForm:
        printed = print_report(matter_in(form, office, report))
        failed |= write_out(folder / printed.name, printed.data, f"已写入 {folder / printed.name}")
    return failed
