"""What is wrong with a file is said in Chinese, whatever the system calls it."""

import errno
import os
import re
from pathlib import Path

import pytest

from bot.file_trouble import file_trouble

TOLD = {
    errno.ENOENT: "没有这个文件或文件夹", errno.EACCES: "没有权限", errno.EISDIR: "这是一个文件夹",
    errno.ENOSPC: "磁盘已满", errno.ETXTBSY: f"系统错误 {errno.ETXTBSY}", 0: "系统没有说明原因",
}  # fmt: skip


@pytest.mark.parametrize(("number", "words"), TOLD.items())
def test_a_file_that_cannot_be_used(number: int, words: str) -> None:
    assert file_trouble(OSError(number, os.strerror(number), "f.csv")) == words


def test_a_file_that_is_no_text() -> None:
    with pytest.raises(UnicodeDecodeError) as raised:
        b"\xff".decode()
    assert file_trouble(raised.value) == "不是 UTF-8 文字"


def test_no_command_quotes_the_system_itself() -> None:
    sources = [file for folder in ("cli", "language") for file in Path("bot", folder).glob("*.py")]
    assert [f.name for f in sources if re.search(r"\.strerror", f.read_text(encoding="utf-8"))] == []
