"""Write what a command has made into a file."""

import sys
from pathlib import Path

from bot.file_trouble import file_trouble


def write_out(path: Path, content: bytes, told: str) -> int:
    """Write the file and say `told`; where it cannot be written, say why. The exit code."""
    try:
        path.write_bytes(content)
    except OSError as error:
        print(f"{path}：写不了（{file_trouble(error)}）", file=sys.stderr)
        return 1
    print(told)
    return 0
