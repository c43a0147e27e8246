"""The command line: `python -m bot COMMAND`; one module of `bot/cli` per command."""

import argparse
import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.parser import ChineseParser
from bot.cli.told import is_told


@dataclass(frozen=True)
class Command:
    """A command's module in `bot/cli`, what `--help` says of it, and whether it works on an operator's settings."""

    module: str
    help: str
    reads_settings: bool = True


COMMANDS = {
    "run": Command("run", "运行客服台（收、发、计时可合可分）"),
    "sandbox": Command("sandbox", "试用台：在本机网页里扮演加盟商、专员、主管，机器人是真的", reads_settings=False),
    "check": Command("check", "逐项检查设置、数据库、话术、令牌、每个群与权限：缺什么、怎么补"),
    "migrate": Command("migrate", "建立或升级数据库表"),
    "calendar": Command("calendar", "查看或导入节假日与调休（工作日历）"),
    "import": Command("imports", "导入 staff、stores、franchisees、roster 或 sales（.csv、.xlsx）"),
    "attendance": Command("attendance", "一个月的考勤表（.xlsx）：每人每天一行，另有汇总"),
    "complaint": Command("complaint", "一个投诉的处理文案（.docx），含全部经过"),
    "survey": Command("survey", "发出问卷（普查），看进度，停止，取得结果（.xlsx）"),
    "sales": Command("sales", "一个月、季度或一年的销售：同比、环比、目标与同期服务（文字、.xlsx、.png）"),
    "report": Command("report", "一周、月、季或年的客服报告：指标、环比、同比（.xlsx、.docx、.png）"),
    "inbox": Command("inbox", "查看多次处理失败而另存的更新，或让其中一条再试一次"),
    "outbox": Command("outbox", "查看未送达的消息与原因，让其中一条再发一次，或放弃"),
    "review": Command("review", "一段时间的业绩考核表（.xlsx）：总表、分项、每一分的依据、口径"),
    "route": Command("route", "说明一个工单为什么派给此人、为什么不是别人"),
    "scripts": Command("scripts", "检查每个话术文件并试着填写，检查每条用语规则", reads_settings=False),
    "lint": Command("lint", "检查回复的用语（三要三不）：一句话、一个文件或 JSON 行"),
    "triage": Command("triage", "逐行认来信：门店在哪个省、哪一类、是不是投诉，理由是什么"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code (0 fine, 1 told in a line what is wrong, 2 wrong usage, 130 interrupted)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.main(options))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not is_told(error):
            raise
        print(f"错误：{error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(prog="python -m bot", description="首问 Shouwen：Telegram 里的加盟商客服台")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for name, told in COMMANDS.items():
        module = importlib.import_module(f"bot.cli.{told.module}")
        command = commands.add_parser(name, help=told.help, description=told.help)
        if told.reads_settings:
            command.add_argument(
                "--config", type=Path, metavar="FILE", help="设置文件（缺省 config.toml，没有则用缺省值）"
            )
        module.add_options(command)
        command.set_defaults(main=module.main)
    return parser


if __name__ == "__main__":
    sys.exit(main())
