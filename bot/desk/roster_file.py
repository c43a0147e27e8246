"""A roster from a workbook as supervisors make it: rows, or a grid of people and dates, and a sheet of times.

Nothing of it is to be used while there are problems; each names its row (and column) and says what to mend.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from bot.desk.people import Region, Staff
from bot.desk.roster import NO_SHIFT, DayDuty, Shift, WeekDuty
from bot.desk.roster_grid import read_grid
from bot.desk.roster_list import read_list
from bot.desk.roster_table import HEADER_WITHIN, Cells, Sheet, Table, find_sheet
from bot.desk.roster_words import LONGEST_NAME, REST, BadCell, Draft, Known, Place, timed


@dataclass(frozen=True)
class RosterFile:
    """What a file says; `problems` are lines for whoever mends it, `unused` the columns that were passed over."""

    shifts: tuple[Shift, ...] = ()
    weekly: tuple[WeekDuty, ...] = ()
    dated: tuple[DayDuty, ...] = ()
    problems: tuple[str, ...] = ()
    unused: tuple[str, ...] = field(default=())


def read_roster(
    tables: Sequence[Table], *, staff: Sequence[Staff], regions: Sequence[Region], shifts: Mapping[str, Shift],
    today: date,
) -> RosterFile:  # fmt: skip
    """Read every sheet; `shifts` are those on record, `today` dates without a year and the start of a new week."""
    draft = Draft()
    is_one = len(tables) == 1
    sheets = [find_sheet(t if not is_one else replace(t, name=""), regions) for t in tables]
    for sheet in sheets:
        if sheet is not None and _is_shifts(sheet):
            _read_shifts(sheet, draft)
    active = [s for s in staff if s.is_active]
    known = Known(active, regions, {**shifts, **draft.shifts}, today)
    duties = [(t, s) for t, s in zip(tables, sheets, strict=True) if s is None or not _is_shifts(s)]
    for table, sheet in duties:
        if sheet is not None:
            _read_duties(sheet, known, draft, title=table.name)
        elif is_one or not any(s for _, s in duties):
            draft.problems.append(f"“{table.name}”里没有找到“姓名”这一列（前 {HEADER_WITHIN} 行内）")
    if not draft.problems and not (draft.weekly or draft.dated or draft.shifts):
        draft.problems.append("文件里没有任何排班")
    _overlaps(draft, known)
    return RosterFile(
        tuple(draft.shifts.values()), tuple(draft.weekly), tuple(draft.dated), tuple(draft.problems),
        tuple(dict.fromkeys(draft.unused)),
    )  # fmt: skip


def _is_shifts(sheet: Sheet) -> bool:
    has_times = bool({"times", "start"} & sheet.columns.keys())
    no_days = not {"date", "weekday", "name"} & sheet.columns.keys()
    return no_days and has_times


def _read_shifts(sheet: Sheet, draft: Draft) -> None:
    for number, row in sheet.rows:
        try:
            _define(sheet, row, draft)
        except BadCell as reason:
            draft.blame(Place(sheet.name, number), reason)


def _define(sheet: Sheet, row: Cells, draft: Draft) -> None:
    name = sheet.cell(row, "label") or sheet.cell(row, "shift")
    start, end = sheet.cell(row, "start"), sheet.cell(row, "end")
    times = sheet.cell(row, "times") or (f"{start}-{end}" if start and end else "")
    if not name:
        raise BadCell("缺少班次名称")
    if name.casefold() in REST and not times:
        return
    if name.casefold() in REST or len(name) > LONGEST_NAME:
        raise BadCell(f"“{name}”不能用作班次名称（最多 {LONGEST_NAME} 个字，也不能是“休”）")
    if not times:
        raise BadCell(f"班次“{name}”没有写时间")
    shift = timed(times, name)
    if draft.shifts.setdefault(name, shift) != shift:
        raise BadCell(f"班次“{name}”写了两次，时间不同")


def _read_duties(sheet: Sheet, known: Known, draft: Draft, *, title: str) -> None:
    if {"date", "weekday"} & sheet.columns.keys():
        read_list(sheet, known, draft)
    else:
        read_grid(sheet, known, draft, title=title)


def _overlaps(draft: Draft, known: Known) -> None:
    """Nobody works two shifts at once."""
    shifts = {**known.shifts, **draft.shifts}
    for place, staff_id, first, second in _pairs(draft):
        if first != second and _overlap(shifts[first], shifts[second]):
            name = next(s.name for s in known.staff if s.id == staff_id)
            draft.blame(place, f"{name}同一天的“{first}”与“{second}”时间重叠")
    for day, place in draft.dated.items():
        is_off = day.shift == NO_SHIFT
        if is_off and any(d.staff_id == day.staff_id and d.day == day.day and d.shift for d in draft.dated):
            draft.blame(place, f"{day.day.month}月{day.day.day}日既写了休息，又写了班次")


def _pairs(draft: Draft) -> Iterator[tuple[Place, int, str, str]]:
    days: dict[tuple[int, object], dict[str, Place]] = {}
    for week, place in draft.weekly.items():
        days.setdefault((week.staff_id, week.weekday), {}).setdefault(week.shift, place)
    for day, place in draft.dated.items():
        if day.shift != NO_SHIFT:
            days.setdefault((day.staff_id, day.day), {}).setdefault(day.shift, place)
    for (staff_id, _), found in days.items():
        for (first, _), (second, place) in combinations(found.items(), 2):
            yield place, staff_id, first, second


def _overlap(one: Shift, other: Shift) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.spans for b in other.spans)
