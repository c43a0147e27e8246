"""`sales --period 2026Q3 [--scope 大区、省、门店] [--out FILE]`: the sales of a period as text, workbook or picture."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.app.sales import SalesTold


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which period, whose, and where to."""
    parser.add_argument("--period", default="本月", help="2026-10、2026Q3、2026、本季、上月……（缺省 本月）")
    parser.add_argument("--scope", default="", metavar="大区|省|门店", help="只看一个大区、省份或门店（缺省全部）")
    parser.add_argument("--out", type=Path, action="append", default=[], metavar="FILE",
                        help="写到 .xlsx（各级汇总、走势、更正记录）或 .png（图），可写多次")  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Print the report, write the files; exit code 1 when a word is none, or a file cannot be written."""
    from bot.app.database import open_storage
    from bot.app.sales import tell_sales
    from bot.cli.settings import read_settings

    kinds = {path.suffix.lower() for path in options.out}
    if not kinds <= {".xlsx", ".png"}:
        print("--out 只能写 .xlsx 或 .png 文件。", file=sys.stderr)
        return 2
    settings = read_settings(options)
    storage = open_storage(settings)
    try:
        told = tell_sales(settings, storage, words=options.period, scope=options.scope, kinds=kinds)
    finally:
        storage.close()
    if told.problem:
        print(told.problem, file=sys.stderr)
        return 1
    print(*told.lines, sep="\n")
    return _write(told, options.out)


def _write(told: "SalesTold", paths: list[Path]) -> int:
    from bot.cli.written import write_out

    return int(any(write_out(path, told.files[path.suffix.lower()], f"已写入 {path}") for path in paths))
