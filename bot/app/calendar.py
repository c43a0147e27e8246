"""The calendar as an operator sees it: a year's special days with their hours and where each comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.app.desk import Clock, Desk, SystemClock
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.calendar import SpecialDay, WorkCalendar
from bot.desk.calendar_rows import KIND_NAMES, WEEKDAYS
from bot.desk.hours import Span
from bot.usecases.calendar import missing_decrees
from bot.usecases.office import Office
from storage.desk_thread import Storage


@dataclass(frozen=True)
class Year:
    """What to print of a year, and what should be known and is not."""

    lines: tuple[str, ...]
    warnings: tuple[str, ...]


def show_year(settings: Settings, storage: Storage, year: int | None = None, *, clock: Clock | None = None) -> Year:
    """A year (None: this one) of the calendar as it stands: decree, imported days and settings together."""
    clock = clock or SystemClock()
    office: Office = Desk(storage, make_office(settings), clock).run_now(lambda work, office, now: office)
    chosen = year or clock.now().astimezone(office.zone).year
    warnings = tuple(decree_missing(office.calendar, y) for y in missing_decrees(office, clock.now()))
    return Year(tuple(_lines(office.calendar, chosen)), warnings)


def decree_missing(calendar: WorkCalendar, year: int) -> str:
    """What to do about a year whose decree is not at hand, or not all of it."""
    some = len(calendar.special_days(year))
    if some:
        return (
            f"{year} 年的放假与调休安排还不完整：已有特别日期 {some} 天，还缺放假 {_short(calendar.lacking(year))}；"
            "补齐前，没有载入的日子按每周的工作时间计算，请把缺的日子补进表里再导入"
        )
    return (
        f"{year} 年的放假与调休安排未载入，{year} 年按每周的工作时间计算；国务院公布后请升级程序，"
        f"或运行 python -m bot calendar import FILE（至少要有放假 {_short(calendar.lacking(year))}，才算载入）"
    )


def _short(days: tuple[date, ...]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)


def _lines(calendar: WorkCalendar, year: int) -> Iterator[str]:
    days = calendar.special_days(year)
    if calendar.is_known(year):
        known = "放假与调休安排已载入"
    elif days:
        known = f"放假与调休安排还不完整，还缺放假 {_short(calendar.lacking(year))}，没有载入的日子按每周的工作时间计算"
    else:
        known = "放假与调休安排未载入，按每周的工作时间计算"
    followed = known if calendar.follows_decree else "不采用国务院放假安排"
    yield f"{year} 年：{followed}；特别日期 {len(days)} 天"
    for special in days:
        yield "  ".join(filter(None, _cells(calendar, special)))


def _cells(calendar: WorkCalendar, special: SpecialDay) -> tuple[str, ...]:
    spans = calendar.day_spans(special.day)
    return (
        special.day.isoformat(),
        f"周{WEEKDAYS[special.day.weekday()]}",
        KIND_NAMES[special.kind],
        hours_in_words(spans),
        special.name,
        _source(calendar, special),
    )


def hours_in_words(spans: tuple[Span, ...]) -> str:
    """`09:00-12:00、13:00-18:00`, or that the day is free."""
    return "、".join(map(str, spans)) or "休息"


def _source(calendar: WorkCalendar, special: SpecialDay) -> str:
    if special.day in calendar.own:
        return "（设置）"
    return "（导入）" if special.day in calendar.imported else ""
