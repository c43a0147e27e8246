"""`import staff|stores|franchisees|roster|sales FILE`: all of a table or nothing, every bad row named."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk.import_template import COLUMNS, columns_told, import_template

if TYPE_CHECKING:  # the command line imports the program only when a command runs
    from bot.app.importing import Outcome

KINDS = ("staff", "stores", "franchisees", "roster", "sales")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What, and from where."""
    parser.add_argument("kind", choices=KINDS, help="同事、门店、加盟商（手机号对应门店），排班，或销售")
    parser.add_argument("file", type=Path, nargs="?", help=".csv 或 .xlsx，中文或英文表头")
    parser.add_argument("--by", default="", metavar="姓名",
                        help="销售：由谁提供，写在文件名之后，与每个版本一起保存（缺省为登录名）")  # fmt: skip
    parser.add_argument(
        "--template", type=Path, metavar="FILE", help="不导入，写一份可以照填的 .xlsx 样表（含各列的说明）"
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    kinds = "\n".join(f"  {kind}：{columns_told(kind)}" for kind in COLUMNS)
    parser.epilog = (
        f"各表的列（* 必填，表头写中文或英文都可以）：\n{kinds}\n  roster：见样表 import roster --template 文件.xlsx"
    )


def main(options: argparse.Namespace) -> int:
    """Read, check, write; exit code 1 with every bad row's number and reason when any row is bad."""
    from bot.cli.progress import begin
    from bot.cli.settings import read_settings
    from bot.cli.sheets import read_rows, read_tables

    if options.template is not None or options.file is None:
        return _template(options)
    settings = read_settings(options)
    is_roster = options.kind == "roster"
    rows = [] if is_roster else read_rows(options.file)
    tables = read_tables(options.file) if is_roster else []
    begin(f"正在核对 {options.file}")
    from bot.app.database import open_storage
    from bot.app.importing import import_file, import_roster, import_sales_file

    storage = open_storage(settings)
    try:
        match options.kind:
            case "roster":
                outcome = import_roster(settings, storage, tables)
            case "sales":
                told_by = options.by or _login()
                outcome = import_sales_file(settings, storage, rows, told_by=told_by, file=options.file.name)
            case kind:
                outcome = import_file(settings, storage, kind, rows)
    finally:
        storage.close()
    return tell(outcome)


def tell(outcome: "Outcome") -> int:
    """Print what an import did, or every reason why it did nothing; the exit code."""
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


def _login() -> str:
    """Who is at the machine; nobody, where the system does not know."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _template(options: argparse.Namespace) -> int:
    """Write the table to fill in; a missing FILE, or one that is no .xlsx, is wrong usage."""
    if options.template is None or options.file is not None:
        print(f"请写明要导入的文件，或用 --template 写一份样表：import {options.kind} 文件.xlsx", file=sys.stderr)
        return 2
    if options.template.suffix.lower() != ".xlsx":
        print(f"样表是 .xlsx 文件，请写：import {options.kind} --template 文件.xlsx", file=sys.stderr)
        return 2
    from bot.cli.written import write_out
    from bot.reports.workbook import write_workbook

    book = _roster_template(options) if options.kind == "roster" else write_workbook(import_template(options.kind))
    told = f"样表已写入 {options.template}：删去示例行，填好后用 import {options.kind} 导入。"
    return write_out(options.template, book, told)


def _roster_template(options: argparse.Namespace) -> bytes:
    """A roster's names the department's own people."""
    from bot.app.database import open_storage
    from bot.app.importing import write_roster_template
    from bot.cli.settings import read_settings

    storage = open_storage(settings := read_settings(options))
    try:
        return write_roster_template(settings, storage)
    finally:
        storage.close()
