"""Write what a command has made into a file."""

import sys
from pathlib import Path

from bot.file_trouble import file_trouble


def is_named(path: Path, ending: str) -> bool:
    """Whether the file's name ends as what is written into it; says so where it does not."""
    if path.suffix.lower() == ending:
        return True
    print(f"{path}：写出的是 {ending} 文件，请把 --out 写成以 {ending} 结尾的名称", file=sys.stderr)
    return False


def write_out(path: Path, content: bytes, told: str) -> int:
    """Write the file and say `told`; where it cannot be written, say why. The exit code."""
    try:
        path.write_bytes(content)
    except OSError as error:
        print(f"{path}：写不了（{file_trouble(error)}）", file=sys.stderr)
        return 1
    print(told)
    return 0
