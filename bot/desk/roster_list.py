"""A roster as a list: a row says day or weekday, person, shift; or day and, under each region, who is on duty."""

from datetime import date, timedelta

from bot.desk.days import days_from, weekdays_from
from bot.desk.people import Staff
from bot.desk.roster import Shift
from bot.desk.roster_table import Cells, Sheet
from bot.desk.roster_words import BadCell, Draft, Known, Place, clean, timed

Days = tuple[date, ...] | tuple[int, ...]


def read_list(sheet: Sheet, known: Known, draft: Draft) -> None:
    """Every row; a bad one is blamed and leaves the others as they are."""
    if "name" not in sheet.columns:
        _read_by_region(sheet, known, draft)
        return
    for number, row in sheet.rows:
        at = Place(sheet.name, number)
        try:
            _read_row(sheet, row, known, draft, at=at)
        except BadCell as reason:
            draft.blame(at, reason)


def _read_row(sheet: Sheet, row: Cells, known: Known, draft: Draft, *, at: Place) -> None:
    names = sheet.cell(row, "name")
    if not names:
        raise BadCell("缺少姓名")
    shifts = _shifts(sheet, row, known)
    for person in known.people(names):
        regions = known.regions_in(sheet.cell(row, "region"), person)
        _put(sheet, row, person, regions, shifts, known=known, draft=draft, at=at)


def _put(
    sheet: Sheet, row: Cells, person: Staff, regions: tuple[str, ...], shifts: tuple[Shift, ...], *, known: Known,
    draft: Draft, at: Place,
) -> None:  # fmt: skip
    days, weekdays = _days(sheet, row, known)
    if days:
        draft.on_days(person, days, regions, shifts, at=at)
    elif not shifts:
        raise BadCell("按星期排班时不用写休息，没写的日子就是休息")
    else:
        draft.on_weekdays(person, weekdays, regions, shifts, at=at, today=known.today)


def _days(sheet: Sheet, row: Cells, known: Known) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """The dates of a row, else its weekdays; a weekday beside a date must agree with it."""
    text, week = sheet.cell(row, "date"), sheet.cell(row, "weekday")
    weekdays = weekdays_from(week) if week else None
    if week and weekdays is None:
        raise BadCell(f"星期“{week}”看不懂：请写 周一、周一至周五、每天")
    if not text:
        if weekdays is None:
            raise BadCell("缺少日期或星期")
        return (), weekdays
    span = days_from(text, known.today)
    if span is None:
        only_weekdays = weekdays_from(text)
        if only_weekdays:
            return (), only_weekdays
        raise BadCell(f"日期“{text}”看不懂，或没有这一天：请写 2026-11-23 或 11月23日")
    days = tuple(span[0] + timedelta(days=n) for n in range((span[1] - span[0]).days + 1))
    if weekdays is not None:
        _agree(days, weekdays)
    return days, ()


def _agree(days: tuple[date, ...], weekdays: tuple[int, ...]) -> None:
    for day in days:
        if day.weekday() not in weekdays:
            raise BadCell(f"{day.month}月{day.day}日是星期{'一二三四五六日'[day.weekday()]}，与所写的星期不符")


def _shifts(sheet: Sheet, row: Cells, known: Known) -> tuple[Shift, ...]:
    """By name, by times, or both: then the name must mean these times."""
    name, times = sheet.cell(row, "shift"), sheet.cell(row, "times")
    start, end = sheet.cell(row, "start"), sheet.cell(row, "end")
    times = times or (f"{start}-{end}" if start and end else "")
    if not name and not times:
        raise BadCell("缺少班次或时段")
    if not times:
        return known.shifts_in(name)
    shift = timed(times, name)
    if name and known.shifts.get(name, shift).spans != shift.spans:
        raise BadCell(f"班次“{name}”的时间与“班次”表里的不同")
    return (shift,)


def _read_by_region(sheet: Sheet, known: Known, draft: Draft) -> None:
    """Columns are regions, cells are people; the shift stands in its own column, or there is only one."""
    columns = {n: known.region(h) for n, h in enumerate(sheet.headers) if n not in sheet.columns.values()}
    draft.unused += [sheet.headers[n] for n, code in columns.items() if code is None and clean(sheet.headers[n])]
    for number, row in sheet.rows:
        try:
            shifts = _shifts_of_row(sheet, row, known)
        except BadCell as reason:
            draft.blame(Place(sheet.name, number), reason)
            continue
        for n, code in columns.items():
            if code is not None and n < len(row) and clean(row[n]):
                _read_cell(sheet, row, n, code, shifts, known=known, draft=draft, number=number)


def _read_cell(
    sheet: Sheet, row: Cells, column: int, code: str, shifts: tuple[Shift, ...], *, known: Known, draft: Draft,
    number: int,
) -> None:  # fmt: skip
    at = Place(sheet.name, number, clean(sheet.headers[column]))
    try:
        for person in known.people(row[column]):
            regions = known.regions_in(code, person)
            _put(sheet, row, person, regions, shifts, known=known, draft=draft, at=at)
    except BadCell as reason:
        draft.blame(at, reason)


def _shifts_of_row(sheet: Sheet, row: Cells, known: Known) -> tuple[Shift, ...]:
    if {"shift", "times", "start"} & sheet.columns.keys():
        return _shifts(sheet, row, known)
    if len(known.shifts) == 1:
        return tuple(known.shifts.values())
    raise BadCell("看不出是哪个班次：请加一列“班次”或“时段”")
