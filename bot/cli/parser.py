"""argparse in Chinese: usage, help and what is wrong with what was typed."""

import argparse
import re
from typing import Any, Final, NoReturn

_HEADINGS: Final = (("usage: ", "用法："), ("positional arguments:", "参数："), ("options:", "选项："))
_KINDS: Final = {"int": "整数", "float": "数字", "Path": "文件路径"}
_ERRORS: Final = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"one of the arguments (.+) is required", r"请写其中一项：\1"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"ambiguous option: (\S+) could match (.+)", r"选项 \1 不明确，可能是：\2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 与 \2 不能同时用"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1：没有 \2，可用的有：\3"),
    (r"argument (.+?): invalid (\w+) value: (.+)", r"\1：\3 须是{\2}"),
    (r"argument (.+?): expected (?:one|at least one) arguments?", r"\1 后面要写一个值"),
    (r"argument (.+?): expected (\d+) arguments?", r"\1 后面要写 \2 个值"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不写值，多出 \2"),
)
"""What argparse says (CPython 3.11 to 3.13), and how it is said here."""


class ChineseParser(argparse.ArgumentParser):
    """Sub-commands get the same class by themselves."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, **options)
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def format_usage(self) -> str:
        """How the command is written, below a Chinese word."""
        return _in_chinese(super().format_usage())

    def format_help(self) -> str:
        """The help with its headings in Chinese."""
        return _in_chinese(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say how it is written and what is wrong; exit code 2."""
        self.exit(2, f"{self.format_usage()}错误：{told(message)}（说明见 {self.prog} --help）\n")


def told(message: str) -> str:
    """argparse's complaint in Chinese; one that nobody has met yet stays as it is."""
    for pattern, words in _ERRORS:
        if found := re.fullmatch(pattern, message, flags=re.DOTALL):
            said = found.expand(words).replace("'", "")
            return re.sub(r"\{(\w+)\}", lambda kind: _KINDS.get(kind[1], "正确的值"), said)
    return message


def _in_chinese(text: str) -> str:
    for heading, words in _HEADINGS:
        text = re.sub(rf"^{heading}", words, text, flags=re.MULTILINE)
    return text
