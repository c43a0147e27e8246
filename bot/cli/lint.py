"""`lint`: check replies, a line each, or JSON lines; coloured for people, JSON for programs."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, TYPE_CHECKING

from bot.file_trouble import file_trouble

if TYPE_CHECKING:
    from bot.desk.lint import Finding, Report
    from bot.language.linter import RuleLinter

_EVERY_SECONDS = 1.0
_COLOURS = {"block": "31;1", "warn": "33", "hint": "36", "pass": "32"}
_TOLD = {"block": "拦下", "warn": "提醒", "hint": "提示", "pass": "通过"}


@dataclass(frozen=True)
class Reply:
    """One reply to check; `problem` says in Chinese why it can't be."""

    id: str | int
    text: str
    problem: str = ""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to read and how to answer."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE|-", help="文件；- 或不写则读标准输入")
    parser.add_argument("--text", metavar="TEXT", help="直接检查这句话")
    parser.add_argument("--json", action="store_true", help="每条结果输出一行 JSON")
    parser.add_argument("--bad", action="store_true", help="只显示有问题的")


def main(options: argparse.Namespace) -> int:
    """0 when nothing must be held back, 1 when something must, 2 when something could not be read."""
    from bot.cli.settings import read_settings

    settings = read_settings(options)
    linter = _ready(settings.lint)
    if options.text is not None:
        return _check(iter([Reply(1, options.text)]), linter, options)
    if options.file == "-":
        return _check(_replies(sys.stdin.buffer), linter, options)
    try:
        with open(options.file, "rb") as file:  # noqa: PTH123  (the name is shown as it was given)
            return _check(_replies(file), linter, options)
    except OSError as error:
        print(f"错误：{options.file}：读不了（{file_trouble(error)}）", file=sys.stderr)
        return 2


def _ready(lint: object) -> "RuleLinter":
    """The linter with the settings' grades; broken rules are told and left out."""
    from bot.config_models import LintSettings
    from bot.language.linter import RuleLinter

    assert isinstance(lint, LintSettings)
    linter = RuleLinter(lint.severities(), courtesy=lint.courtesy_severity())
    for problem in linter.warm():
        print(f"规则有误，已跳过：{problem}", file=sys.stderr)
    return linter


def _check(replies: Iterator[Reply], linter: "RuleLinter", options: argparse.Namespace) -> int:
    code, shown_at, done = 0, time.monotonic(), 0
    for done, reply in enumerate(replies, start=1):
        if reply.problem:
            print(reply.problem, file=sys.stderr)
            code = 2
            continue
        report = linter.check(reply.text)
        code = max(code, report.verdict == "block")
        if not options.bad or report.findings:
            print(as_json(reply, report) if options.json else _for_people(reply, report, sys.stdout.isatty()))
        if time.monotonic() - shown_at >= _EVERY_SECONDS:
            shown_at = time.monotonic()
            print(f"\r已检查 {done} 条", end="", file=sys.stderr, flush=True)
    if done and sys.stderr.isatty():
        print(f"\r共检查 {done} 条", file=sys.stderr)
    return code


def _replies(file: IO[bytes]) -> Iterator[Reply]:
    """A reply a line; a line that begins with a brace is JSON. Blank lines are passed over, their numbers counted."""
    for number, raw in enumerate(file, start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield Reply(number, "", f"第 {number} 行：不是 UTF-8 文字，已跳过")
            continue
        if line.strip():
            yield _parsed(number, line) if line.lstrip().startswith("{") else Reply(number, line)


def _parsed(number: int, line: str) -> Reply:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return Reply(number, "", f'第 {number} 行：JSON 写法有误，应如 {{"id": "1", "text": "…"}}，已跳过')
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Reply(number, "", f"第 {number} 行：缺少文字项 text，已跳过")
    given = row.get("id", number)
    return Reply(given if isinstance(given, str | int) else number, row["text"])


def as_json(reply: Reply, report: "Report") -> str:
    """One result as a line of JSON; spans count the characters (code points) of the text."""
    courtesy = report.courtesy
    return json.dumps(
        {
            "id": reply.id,
            "verdict": report.verdict,
            "findings": [_finding(f) for f in report.findings],
            "courtesy": {"qing": courtesy.qing, "nin": courtesy.nin, "zaijian": courtesy.zaijian},
        },
        ensure_ascii=False,
    )


def _finding(finding: "Finding") -> dict[str, object]:
    return {
        "category": finding.category.value,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "span": [finding.start, finding.end],
        "matched": finding.matched,
        "why": finding.why,
        "suggestion": finding.suggestion,
    }


def _for_people(reply: Reply, report: "Report", is_coloured: bool) -> str:
    """The reply with what was found marked, and below it why and what to say instead."""
    verdict = _painted(f"[{_TOLD[report.verdict]}]", report.verdict, is_coloured)
    lines = [f"{reply.id} {verdict} {_marked(reply.text, report, is_coloured)}"]
    categories = _categories()
    for finding in report.findings:
        suspected = "（疑似）" if finding.is_suspected else ""
        lines.append(f"    {categories[finding.category]}“{finding.matched}”{suspected}：{finding.why}")
        lines += [f"      可以说：{finding.suggestion}"] if finding.suggestion else []
    return "\n".join(lines)


@cache
def _categories() -> Mapping[str, str]:
    """What the desk calls each category."""
    from bot.desk.labels import parse_labels
    from bot.language.script_files import FOLDER

    return parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8")).categories


def _marked(text: str, report: "Report", is_coloured: bool) -> str:
    """The text with each place where something was found in colour, or in brackets."""
    parts, at = [], 0
    for finding in report.findings:
        if finding.start < at:
            continue
        parts.append(text[at : finding.start])
        found = text[finding.start : finding.end]
        parts.append(_painted(found, finding.severity.value, is_coloured) if is_coloured else f"【{found}】")
        at = finding.end
    return "".join((*parts, text[at:])).replace("\n", " ")


def _painted(text: str, verdict: str, is_coloured: bool) -> str:
    return f"\x1b[{_COLOURS[verdict]}m{text}\x1b[0m" if is_coloured else text
