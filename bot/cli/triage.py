"""`triage [FILE|-]`: where the store is, what kind of matter, whether a complaint, for each line of a file."""

import argparse
import json
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.file_trouble import file_trouble

if TYPE_CHECKING:
    from bot.desk.people import Region
    from bot.language.triage import Reading, Triage

_LONE = re.compile("[\ud800-\udfff]")
EVERY = 1000
"""Lines between two words on how far it is."""
LONGEST = 20_000
"""Characters of a line at most; Telegram itself allows 4096 a message, several of which may have been joined."""


@dataclass(frozen=True)
class Opening:
    """A line's text with its name: the given id, else the line's number."""

    id: str
    text: str


class BadLine(Exception):
    """A line that holds no text to read; the message says why."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where from, and in which shape."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE",
        help="每行一条来信：纯文字，或 JSON 对象 {\"id\": …, \"text\": …}；- 表示标准输入（缺省）",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="每行输出一个 JSON 对象")


def main(options: argparse.Namespace) -> int:
    """Read every line; exit code 1 when some could not be read, which are named on standard error."""
    from bot.cli.settings import read_settings
    from bot.language.triage import Triage

    regions = read_settings(options).region_list()
    triage = Triage(regions=regions)
    try:
        with _opened(options.file) as lines:
            tell = _Json(regions) if options.json else _Table(regions)
            bad = sum(not _is_told(number, line, triage, tell) for number, line in enumerate(lines, start=1))
    except BrokenPipeError:  # whoever read it (head) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"错误：{options.file}：读不了（{file_trouble(error)}）", file=sys.stderr)
        return 1
    return 1 if bad else 0


def _is_told(number: int, line: bytes, triage: "Triage", tell: "_Json | _Table") -> bool:
    """Read one line and say what it says; False when it is bad, which is told with its number."""
    if number % EVERY == 0:
        print(f"已读 {number} 行", file=sys.stderr, flush=True)
    try:
        opening = _read(number, line)
    except BadLine as error:
        print(f"第 {number} 行：{error}", file=sys.stderr)
        return False
    if opening is not None:
        tell.line(opening, triage.read(opening.text))
    return True


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
        return
    with Path(name).open("rb") as file:
        yield file


def _read(number: int, line: bytes) -> Opening | None:
    """The opening of a line, None for an empty one; BadLine."""
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
    except UnicodeDecodeError as error:
        raise BadLine("不是 UTF-8 文字") from error
    if not text:
        return None
    if len(text) > LONGEST:
        raise BadLine(f"超过 {LONGEST} 字，不像一条来信")
    return _of_json(number, text) if text.startswith("{") else Opening(str(number), text)


def _of_json(number: int, line: str) -> Opening:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine("不是完好的 JSON") from error
    text, given = row.get("text"), row.get("id", number)
    if not isinstance(text, str):
        raise BadLine("缺少 text，或不是文字")
    if not isinstance(given, str | int) or isinstance(given, bool):
        raise BadLine("id 须是文字或整数")
    if _LONE.search(f"{given}{text}"):
        raise BadLine("有不成对的代理字符")
    return Opening(str(given), text)


class _Json:
    """One JSON object a line; the region by its name."""

    def __init__(self, regions: "Iterable[Region]") -> None:
        self._regions = {region.code: region.name for region in regions}

    def line(self, opening: Opening, said: "Reading") -> None:
        row = {
            "id": opening.id,
            "province": said.province,
            "region": self._regions.get(said.region or ""),
            "kind": said.kind,
            "complaint": said.is_complaint,
            "reasons": list(said.reasons),
        }
        print(json.dumps(row, ensure_ascii=False))


class _Table:
    """A table for people, with the kinds by the names that the desk gives them."""

    WIDTHS = (8, 8, 12)

    def __init__(self, regions: "Iterable[Region]") -> None:
        from bot.desk.labels import parse_labels
        from bot.language.script_files import FOLDER

        self._kinds = parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8")).kinds
        self._regions = {region.code: region.name for region in regions}
        self._row("编号", "门店", "类别", "理由")

    def line(self, opening: Opening, said: "Reading") -> None:
        place = said.province or self._regions.get(said.region or "") or "—"
        self._row(opening.id, place, self._kinds[said.kind], "；".join(said.reasons))

    def _row(self, *cells: str) -> None:
        padded = [_padded(cell, width) for cell, width in zip(cells, self.WIDTHS, strict=False)]
        print(" ".join([*padded, cells[-1]]))


def _padded(cell: str, width: int) -> str:
    """Filled up to a width in columns; a Chinese character takes two."""
    columns = sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in cell)
    return cell + " " * (width - columns)
