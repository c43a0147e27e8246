"""`complaint N --out FILE`: a complaint's document (处理文案)."""

import argparse
import sys
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which case, and where to."""
    parser.add_argument("case", type=int, help="工单号，例如 12")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个 .docx 文件")


def main(options: argparse.Namespace) -> int:
    """Write the file; exit code 1 when the case is no complaint, or the file cannot be written; 2 for another kind."""
    from bot.cli.written import is_named, write_out

    if not is_named(options.out, ".docx"):
        return 2
    from bot.app.database import open_storage
    from bot.app.desk import Desk, SystemClock
    from bot.app.office import make_office
    from bot.cli.settings import read_settings
    from bot.reports.paper import write_paper
    from bot.usecases.complaint_paper import paper_of

    settings = read_settings(options)
    storage = open_storage(settings)
    try:
        paper = Desk(storage, make_office(settings), SystemClock()).run_now(paper_of, case_id=options.case)
    finally:
        storage.close()
    if paper is None:
        print(f"工单 #{options.case} 不存在，或不是投诉。", file=sys.stderr)
        return 1
    told = f"已写入 {options.out}：工单 #{options.case} 的投诉处理文案。"
    return write_out(options.out, write_paper(paper), told)
