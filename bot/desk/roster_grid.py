"""A roster as a grid: a person a row, a date or a weekday a column, shifts in the cells; an empty cell is a day off."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.desk.days import WEEKDAYS, day_from, weekdays_from
from bot.desk.roster import Shift
from bot.desk.roster_table import Cells, Sheet
from bot.desk.roster_words import BadCell, Draft, Known, Place, clean

_MONTH: Final = re.compile(
    r"(?:(20\d{2})\s*[年./-]\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*月|(20\d{2})[-./](1[0-2]|0?[1-9])(?!\d)"
)
_BARE_DAY: Final = re.compile(r"(\d{1,2})\s*[日号]?(?:\s*[(（]?(?:周|星期)?([一二三四五六日天])[)）]?)?")
_WITH_WEEKDAY: Final = re.compile(r"(.+?)\s*[(（]?(?:周|星期|礼拜)([一二三四五六日天])[)）]?")


@dataclass(frozen=True)
class _Head:
    """What a column is about: one date, or one weekday."""

    title: str
    day: date | None = None
    weekday: int | None = None


def read_grid(sheet: Sheet, known: Known, draft: Draft, *, title: str) -> None:
    """Every cell; a bad one is blamed with its row and column."""
    month = _month(sheet, title, known.today)
    second = _second_header(sheet)
    heads: dict[int, _Head] = {}
    for n, header in enumerate(sheet.headers):
        if n in sheet.columns.values():
            continue
        try:
            head = _head(n, sheet, second, month, known.today)
        except BadCell as reason:
            draft.blame(Place(sheet.name, sheet.header_row, clean(header)), reason)
            continue
        if head is not None:
            heads[n] = head
        elif clean(header):
            draft.unused.append(clean(header))
    _check_heads(sheet, heads, draft)
    for number, row in sheet.rows[1 if second else 0 :]:
        _read_row(sheet, row, heads, known=known, draft=draft, number=number)


def _check_heads(sheet: Sheet, heads: dict[int, _Head], draft: Draft) -> None:
    if not heads and not draft.problems:
        place = Place(sheet.name, sheet.header_row)
        draft.blame(place, "没有找到日期：请有“日期”或“星期”一列，或以日期、星期为表头")
    seen: dict[object, _Head] = {}
    for head in heads.values():
        first = seen.setdefault(head.day or head.weekday, head)
        if first is not head:
            draft.blame(Place(sheet.name, sheet.header_row, head.title), f"与“{first.title}”列是同一天")


def _read_row(sheet: Sheet, row: Cells, heads: dict[int, _Head], *, known: Known, draft: Draft, number: int) -> None:
    at = Place(sheet.name, number)
    try:
        if not sheet.cell(row, "name"):
            raise BadCell("缺少姓名")
        person = known.person(sheet.cell(row, "name"))
        regions = known.regions_in(sheet.cell(row, "region"), person)
    except BadCell as reason:
        draft.blame(at, reason)
        return
    stray = [clean(c) for n, c in enumerate(row) if n not in heads and clean(c) and _has_no_header(sheet, n)]
    if stray:
        draft.blame(at, f"“{stray[0]}”上面没有日期")
    for n, head in heads.items():
        place = Place(sheet.name, number, head.title)
        try:
            shifts: tuple[Shift, ...] = known.shifts_in(row[n]) if n < len(row) else ()
        except BadCell as reason:
            draft.blame(place, reason)
            continue
        if head.day is not None:
            draft.on_days(person, (head.day,), regions, shifts, at=place)
        elif head.weekday is not None:
            draft.on_weekdays(person, (head.weekday,), regions, shifts, at=place, today=known.today)


def _has_no_header(sheet: Sheet, column: int) -> bool:
    return column not in sheet.columns.values() and (column >= len(sheet.headers) or not clean(sheet.headers[column]))


def _second_header(sheet: Sheet) -> Cells | None:
    """The row below the headers when nobody stands in it and it is all weekdays or dates."""
    if not sheet.rows:
        return None
    _, row = sheet.rows[0]
    filled = [clean(c) for c in row if clean(c)]
    is_days = all(weekdays_from(c) or _BARE_DAY.fullmatch(c) or _date_like(c) for c in filled)
    return row if filled and not sheet.cell(row, "name") and is_days else None


def _date_like(text: str) -> bool:
    return day_from(text, date(2000, 1, 1)) is not None


def _month(sheet: Sheet, title: str, today: date) -> tuple[int, int] | None:
    """The year and month that the title above the table, or the sheet's name, speaks of; the nearest year."""
    for text in (*(cell for row in sheet.above for cell in row), title):
        found = _MONTH.search(clean(text))
        if found:
            year, month = found[1] or found[3], int(found[2] or found[4])
            years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
            return min(((y, month) for y in years), key=lambda p: abs((date(p[0], p[1], 15) - today).days))
    return None


def _head(column: int, sheet: Sheet, second: Cells | None, month: tuple[int, int] | None, today: date) -> _Head | None:
    """A column's date or weekday, from its header and from the row below; None for a column of something else."""
    texts = [clean(row[column]) for row in (sheet.headers, second or ()) if column < len(row) and clean(row[column])]
    day = weekday = None
    for text in texts:
        found, sign = _date_of(text, month, today)
        day = day or found
        spelled = weekdays_from(text)
        weekday = sign if sign is not None else spelled[0] if spelled and len(spelled) == 1 and not found else weekday
    if day is not None and weekday is not None and day.weekday() != weekday:
        raise BadCell(f"{day.month}月{day.day}日是星期{WEEKDAYS[day.weekday()]}，表上写的是星期{WEEKDAYS[weekday]}")
    if day is None and weekday is None:
        return None
    title = f"{day.month}月{day.day}日" if day else f"周{WEEKDAYS[weekday or 0]}"
    return _Head(title, day, None if day else weekday)


def _date_of(text: str, month: tuple[int, int] | None, today: date) -> tuple[date | None, int | None]:
    """The date of a header and the weekday written beside it; a bare day needs the month from elsewhere."""
    if found := _BARE_DAY.fullmatch(text):
        if month is None:
            raise BadCell(f"“{text}”看不出是几月：请写 11月{found[1]}日，或在表名里写 2026年11月")
        try:
            return date(month[0], month[1], int(found[1])), _sign(found[2])
        except ValueError as error:
            raise BadCell(f"{month[1]}月没有 {found[1]} 日") from error
    if found := _WITH_WEEKDAY.fullmatch(text):
        day = day_from(found[1], today)
        if day is not None:
            return day, _sign(found[2])
    if weekdays_from(text) is not None:
        return None, None
    day = day_from(text, today)
    if day is None and re.match(r"\d{1,4}\s*[-/.年月]\s*\d", text):
        raise BadCell(f"没有“{text}”这一天")
    return day, None


def _sign(found: str | None) -> int | None:
    return WEEKDAYS.index(found.replace("天", "日")) if found else None
