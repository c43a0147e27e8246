"""`import staff|stores|franchisees FILE`: all of a table or nothing, every bad row named."""

import argparse
import sys
from pathlib import Path

KINDS = ("staff", "stores", "franchisees", "roster")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What, and from where."""
    parser.add_argument("kind", choices=KINDS, help="同事、门店、加盟商（手机号对应门店），或排班")
    parser.add_argument("file", type=Path, help=".csv 或 .xlsx，中文或英文表头")


def main(options: argparse.Namespace) -> int:
    """Read, check, write; exit code 1 with every bad row's number and reason when any row is bad."""
    from bot.app.database import open_storage
    from bot.app.importing import import_file, import_roster
    from bot.cli.settings import read_settings
    from bot.cli.sheets import read_rows, read_tables

    settings = read_settings(options)
    is_roster = options.kind == "roster"
    rows = [] if is_roster else read_rows(options.file)
    tables = read_tables(options.file) if is_roster else []
    storage = open_storage(settings)
    try:
        outcome = (
            import_roster(settings, storage, tables)
            if is_roster
            else import_file(settings, storage, options.kind, rows)
        )
    finally:
        storage.close()
    for line in outcome.problems:
        print(line, file=sys.stderr)
    if outcome.changes is None:
        print(f"共 {len(outcome.problems)} 处有误，未导入任何内容。", file=sys.stderr)
        return 1
    if outcome.unused:
        print(f"未用到的列：{'、'.join(outcome.unused)}", file=sys.stderr)
    done = outcome.changes
    print(f"导入完成：新增 {done.added}，更新 {done.changed}，未变 {done.unchanged}。")
    return 0
