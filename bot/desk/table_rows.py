"""Tables of rows below one line of headers: either language, and every bad row named with all its reasons."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

T = TypeVar("T")
Rows = Sequence[tuple[int, dict[str, str]]]
Cells = Mapping[str, str]

HEADER_ROW: Final = 0
"""The row number of a problem with the headers themselves."""
NO_HEADER: Final = ""
"""The key under which a row holds what stands below no header."""
EXAMPLE: Final = "【示例】"
"""How the first word of a template's example row begins: such a row is refused, so that nobody imports it as real."""
_IS_EXAMPLE: Final = "这是样表里的示例，请换成真实的内容，或删去这一行"
_INVISIBLE: Final = dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF))


@dataclass(frozen=True)
class Column:
    """A column of a table: what its header may be, in either language; the first is what people are told.

    `also`: headers that count where none of `titles` is there. `told` and `example` stand in the template.
    """

    titles: tuple[str, ...]
    is_required: bool = False
    also: tuple[str, ...] = ()
    told: str = ""
    example: str = ""

    @property
    def english(self) -> str:
        """The first header in plain letters."""
        return next(title for title in self.titles if title.isascii())


@dataclass(frozen=True)
class RowProblem:
    """A bad row: its number in the file (HEADER_ROW: the headers), and why."""

    row: int
    reason: str

    def __str__(self) -> str:
        return f"第 {self.row} 行：{self.reason}" if self.row != HEADER_ROW else f"表头：{self.reason}"


@dataclass(frozen=True)
class Enrolment(Generic[T]):
    """What a table holds; nothing of it is to be used while there are problems. `unused`: columns passed over.

    `rows`: the number in the file of each record.
    """

    records: tuple[T, ...]
    problems: tuple[RowProblem, ...]
    unused: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


class BadRow(ValueError):
    """A reason, in the words for whoever mends the file."""


@dataclass(frozen=True)
class Row:
    """A row's cells by our own column names, and what was found to be wrong with them so far."""

    cells: Cells
    reasons: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def read(self, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        """What a cell says; `otherwise` where it is empty, or where `parse` raises ValueError (in words for people):
        the reason is kept, and the row's other cells are looked at too.
        """
        if not self.cells[name]:
            return otherwise
        try:
            return parse(self.cells[name])
        except ValueError as error:
            self.reasons.append(str(error))
            return otherwise


def read_table(
    rows: Rows, columns: Mapping[str, Column], parse: Callable[[Row], T], *, once: Mapping[str, Callable[[T], str]]
) -> Enrolment[T]:
    """`once`: what may stand in one row only, by its name for people."""
    if not rows:
        return Enrolment((), (RowProblem(HEADER_ROW, "文件里没有数据行"),))
    headers, problems = _headers(rows[0][1], columns)
    known = {folded(title) for column in columns.values() for title in column.titles} | set(
        map(folded, headers.values())
    )
    unused = tuple(h for h in rows[0][1] if h and folded(h) not in known)
    if problems:
        hint = f"；未识别的列：{'、'.join(unused)}" if unused else ""
        return Enrolment((), tuple(RowProblem(HEADER_ROW, f"{p}{hint}") for p in problems), unused)
    records: dict[int, T] = {}
    bad: list[RowProblem] = []
    for number, cells in rows:
        row = _named(cells, columns, headers)
        try:
            record = parse(row) if row.reasons != [_IS_EXAMPLE] else None
        except BadRow as reason:
            row.reasons.append(str(reason))
        if row.reasons or record is None:
            bad.append(RowProblem(number, "；".join(row.reasons)))
        else:
            records[number] = record
    bad += _repeated(records, once)
    return Enrolment(tuple(records.values()), tuple(sorted(bad, key=lambda p: p.row)), unused, tuple(records))


def _repeated(records: Mapping[int, T], once: Mapping[str, Callable[[T], str]]) -> Iterable[RowProblem]:
    seen: dict[tuple[str, str], int] = {}
    for number, record in records.items():
        for what, key in once.items():
            first = seen.setdefault((what, key(record)), number)
            if key(record) and first != number:
                yield RowProblem(number, f"{what} {key(record)} 与第 {first} 行重复")


def _headers(found: Iterable[str], columns: Mapping[str, Column]) -> tuple[dict[str, str], list[str]]:
    """The file's header of each column of ours, and what is wrong with them."""
    headers: dict[str, str] = {}
    problems: list[str] = []
    by_title = {folded(title): name for name, column in columns.items() for title in column.titles}
    weak = {folded(title): name for name, column in columns.items() for title in column.also}
    for header in found:
        name = by_title.get(folded(header))
        if name is not None and name in headers:
            problems.append(f"“{headers[name]}”和“{header}”是同一列，请只留一列")
        elif name is not None:
            headers[name] = header
    for header in found:
        if (name := weak.get(folded(header))) is not None:
            headers.setdefault(name, header)
    for name, column in columns.items():
        if column.is_required and name not in headers:
            others = "、".join((*column.titles[1:], *column.also))
            problems.append(f"缺少“{column.titles[0]}”这一列（也可写作 {others}）")
    return headers, problems


def folded(header: str) -> str:
    """Headers are the same whatever their case, spaces, marks and remarks: `手机号（必填）` is 手机号."""
    return re.sub(r"\(.*?\)|[\s_*:]", "", unicodedata.normalize("NFKC", header.translate(_INVISIBLE))).casefold()


def _named(cells: Cells, columns: Mapping[str, Column], headers: Mapping[str, str]) -> Row:
    """The cells by our own column names, cleaned of what cannot be seen."""
    row = Row({name: _clean(cells.get(headers.get(name, NO_HEADER))) for name in columns})
    if any(cell.startswith(EXAMPLE) for cell in row.cells.values()):
        row.reasons.append(_IS_EXAMPLE)
        return row
    if stray := _clean(cells.get(NO_HEADER)):
        row.reasons.append(f"“{stray}”上面没有表头（是否多了一个逗号或一格）")
    missing = [column.titles[0] for name, column in columns.items() if column.is_required and not row[name]]
    if missing:
        row.reasons.append("缺少" + "、".join(f"“{title}”" for title in missing))
    return row


def _clean(text: str | None) -> str:
    return " ".join((text or "").translate(_INVISIBLE).split())


def plain_text(text: str) -> str:
    """Full-width digits and letters as plain ones."""
    return unicodedata.normalize("NFKC", text).strip()
