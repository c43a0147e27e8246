"""`calendar show [YEAR]`, `calendar import FILE`: holidays and make-up workdays, seen and corrected."""

import argparse
import sys
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
    show = actions.add_parser("show", help="列出一年的节假日、调休与来源", description="列出一年的节假日、调休与来源")
    show.add_argument("year", nargs="?", type=int, metavar="YEAR", help="年份，缺省为今年")
    bring = actions.add_parser("import", help="导入节假日与调休表", description="导入节假日与调休表")
    bring.add_argument("file", type=Path, metavar="FILE",
                       help=".csv 或 .xlsx，列：日期、安排（放假、上班、照常）、名称、时段")  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Do it; exit code 1 with every bad row's number and reason when any row is bad."""
    from bot.app.calendar import show_year
    from bot.app.database import open_storage
    from bot.app.importing import import_file
    from bot.cli.imports import tell
    from bot.cli.settings import read_settings
    from bot.cli.sheets import read_rows

    settings = read_settings(options)
    rows = read_rows(options.file) if options.action == "import" else []
    storage = open_storage(settings)
    try:
        if options.action == "import":
            code = tell(import_file(settings, storage, "calendar", rows))
            for warning in show_year(settings, storage).warnings if code == 0 else ():
                print(warning, file=sys.stderr)
            return code
        year = show_year(settings, storage, options.year)
    finally:
        storage.close()
    print(*year.lines, sep="\n")
    return 0
