"""Special days as people write them: in the settings, and in a table that is imported."""

import re
from datetime import date
from types import MappingProxyType
from typing import Final

from bot.desk.calendar import DayKind, SpecialDay
from bot.desk.hours import Span, is_span, read_spans
from bot.desk.table_rows import BadRow, Column, Enrolment, Row, Rows, plain_text, read_table

DAY_COLUMNS: Final = MappingProxyType({
    "date": Column(("日期", "date", "day"), is_required=True),
    "kind": Column(("安排", "类型", "放假或上班", "kind", "type"), is_required=True),
    "name": Column(("名称", "节日", "说明", "name", "holiday")),
    "hours": Column(("时段", "工作时间", "hours")),
})  # fmt: skip
KIND_NAMES: Final = MappingProxyType({DayKind.HOLIDAY: "放假", DayKind.WORKDAY: "上班", DayKind.REGULAR: "照常"})
WEEKDAYS: Final = "一二三四五六日"
_KINDS: Final = {
    **dict.fromkeys(("放假", "休", "休假", "休息", "假", "节假日", "holiday", "off"), DayKind.HOLIDAY),
    **dict.fromkeys(("上班", "班", "补班", "调休上班", "工作日", "workday", "work"), DayKind.WORKDAY),
    **dict.fromkeys(("照常", "正常", "regular"), DayKind.REGULAR),
}
_DATE: Final = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ]00:00:00)?")
_WEEKDAY: Final = re.compile(r"(?:同|按)?(?:星期|周|礼拜)([一二三四五六日天])")
_YEARS: Final = range(2000, 2101)


def read_days(rows: Rows) -> Enrolment[SpecialDay]:
    """Special days of a table: date, what it is (放假、上班、照常), a name, hours of its own or `周三`."""
    return read_table(rows, DAY_COLUMNS, _row, once={"日期": lambda d: d.day.isoformat()})


def read_day(text: str, kind: DayKind) -> SpecialDay:
    """`2026-12-31 年终盘点 09:00-12:00` of the settings: date, name, hours (or `周三`), the latter two if need be.

    ValueError in the operator's language.
    """
    first, *rest = _words(plain_text(text)) or [""]
    hours = [word for word in rest if _is_hours(word)]
    name = " ".join(word for word in rest if word not in hours)
    return SpecialDay(read_date(first), kind, name, *read_hours(" ".join(hours)))


def _row(row: Row) -> SpecialDay:
    neither: tuple[tuple[Span, ...] | None, int | None] = (None, None)
    spans, like = row.read("hours", read_hours, neither)
    day = row.read("date", lambda text: read_date(plain_text(text)), date.min)
    return SpecialDay(day, row.read("kind", _kind, DayKind.REGULAR), row["name"], spans, like)


def _kind(text: str) -> DayKind:
    kind = _KINDS.get(plain_text(text).casefold())
    if kind is None:
        raise BadRow(f"不认识的安排“{text}”：请写 放假、上班 或 照常")
    return kind


def read_date(text: str) -> date:
    """2026-12-31, 2026/12/31, 2026年12月31日, 20261231; ValueError in the operator's language."""
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"日期“{text}”须形如 2026-12-31")
    year, month, day = (int(part) for part in found.groups() if part is not None)
    if year not in _YEARS:
        raise ValueError(f"日期“{text}”的年份不在 {_YEARS[0]} 到 {_YEARS[-1]} 之间")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None


def read_hours(text: str) -> tuple[tuple[Span, ...] | None, int | None]:
    """A day's own spans, or the weekday whose hours it has, or neither; ValueError in the operator's language."""
    parts = _words(plain_text(text))
    if not parts:
        return None, None
    weekday = _WEEKDAY.fullmatch(parts[0])
    if weekday and len(parts) == 1:
        return None, WEEKDAYS.index("日" if weekday[1] == "天" else weekday[1])
    return read_spans(parts), None


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[、,;\s]+", text) if word]


def _is_hours(word: str) -> bool:
    return is_span(word) or _WEEKDAY.fullmatch(word) is not None
