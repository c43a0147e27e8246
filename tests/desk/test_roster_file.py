"""Rosters as supervisors make them: each is read as it was meant, and what cannot be is named with its place."""

from datetime import date

import pytest

from bot.desk.clock_face import hours
from bot.desk.people import Region, Role, Staff
from bot.desk.roster import Shift, Stretch
from bot.desk.roster_file import RosterFile, read_roster
from bot.desk.roster_table import Table

TODAY = date(2026, 11, 23)
REGIONS = (Region("east", "华东", ("江苏", "上海")), Region("north", "华北", ("北京",)))
STAFF = (
    Staff(1, 11, "林晓", Role.SPECIALIST, ("east",)),
    Staff(2, 12, "周宁", Role.SPECIALIST, (), ("江苏",)),
    Staff(3, 13, "秦朗", Role.SPECIALIST, ("north",)),
    Staff(4, 14, "苏慧", Role.SUPERVISOR),
    Staff(5, 15, "旧人", Role.SPECIALIST, ("north",), is_active=False),
)
SHIFTS = (("名称", "时间"), ("早班", "9:00-12:00、13:00-18:00"), ("晚班", "18:00-22:00"), ("夜班", "22:00-次日6:00"))


def table(*rows: tuple[str, ...], name: str = "排班") -> Table:
    return Table(name, tuple(enumerate(rows, start=1)))


def read(*tables: Table, shifts: dict[str, Shift] | None = None) -> RosterFile:
    return read_roster(tables, staff=STAFF, regions=REGIONS, shifts=shifts or {}, today=TODAY)


def dated(file: RosterFile) -> list[tuple[int, str, str, str]]:
    assert file.problems == ()
    return [(d.staff_id, d.day.isoformat()[5:], d.region, d.shift) for d in file.dated]


def weekly(file: RosterFile) -> list[tuple[int, int, str, str]]:
    assert file.problems == ()
    return [(w.staff_id, w.weekday, w.region, w.shift) for w in file.weekly]


# lists


@pytest.mark.parametrize(
    "day",
    ["2026-11-24", "2026/11/24", "2026年11月24日", "11月24日", "11-24", "11/24", "2026-11-24T00:00:00",
     "２０２６-11-24", "11月24日（周二）", "20261124", "明天"],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(day: str) -> None:
    file = read(table(("日期", "大区", "姓名", "班次"), (day, "华东", "林晓", "早班")), table(*SHIFTS, name="班次"))
    assert dated(file) == [(1, "11-24", "east", "早班")]


@pytest.mark.parametrize(
    ("written", "days"),
    [("周一", [0]), ("星期日", [6]), ("周一至周五", [0, 1, 2, 3, 4]), ("一、三、五", [0, 2, 4]),
     ("每天", list(range(7))), ("Mon-Fri", [0, 1, 2, 3, 4]), ("周末", [5, 6]), ("礼拜天", [6])],
)  # fmt: skip
def test_weekdays_make_the_weeks_pattern(written: str, days: list[int]) -> None:
    file = read(table(("星期", "姓名", "时段"), (written, "林晓", "9:00-18:00")))
    assert [w.weekday for w in file.weekly] == days
    assert {w.shift for w in file.weekly} == {"09:00-18:00"}


def test_english_headers_several_people_and_several_shifts_in_a_cell() -> None:
    file = read(
        table(("Date", "Name", "Shift"), ("2026-11-24", "林晓、周宁", "早班/晚班")), table(*SHIFTS, name="Shifts")
    )
    assert [(s, r, shift) for s, _, r, shift in dated(file)] == [
        (1, "east", "早班"), (1, "east", "晚班"), (2, "east", "早班"), (2, "east", "晚班"),
    ]  # fmt: skip


def test_start_and_end_may_stand_in_columns_of_their_own() -> None:
    file = read(table(("星期", "姓名", "上班时间", "下班时间"), ("周一", "苏慧", "08:30:00", "17:30:00")))
    assert weekly(file) == [(4, 0, "", "08:30-17:30")]


def test_a_span_of_dates_is_every_date_of_it() -> None:
    file = read(table(("日期", "姓名", "时段"), ("11月24日至26日", "秦朗", "9-18")))
    assert [d.day.day for d in file.dated] == [24, 25, 26]


def test_columns_may_be_regions_with_people_in_the_cells() -> None:
    file = read(
        table(("日期", "华东", "华北", "班次"), ("11月24日", "林晓、周宁", "秦朗", "早班")), table(*SHIFTS, name="班次")
    )
    assert [(s, r) for s, _, r, _ in dated(file)] == [(1, "east"), (2, "east"), (3, "north")]


# grids


def test_a_week_as_a_grid_with_dates_and_weekdays_in_two_header_rows() -> None:
    file = read(
        table(
            ("客服部值班表", "", "", "", ""),
            ("大区", "姓名", "11月23日", "11月24日", "11月25日"),
            ("", "", "一", "二", "三"),
            ("华东", "林晓", "早班", "晚", "休"),
            ("华北", "秦朗", "", "早班、晚班", "9:00-18:00"),
        ),
        table(*SHIFTS, name="班次"),
    )
    assert dated(file) == [
        (1, "11-23", "east", "早班"), (1, "11-24", "east", "晚班"), (1, "11-25", "", ""),
        (3, "11-23", "", ""), (3, "11-24", "north", "早班"), (3, "11-24", "north", "晚班"),
        (3, "11-25", "north", "09:00-18:00"),
    ]  # fmt: skip


@pytest.mark.parametrize(("title", "sheet"), [("2026年12月值班表", "Sheet1"), ("", "12月排班"), ("2026-12", "排班")])
def test_a_month_as_a_grid_with_bare_days_takes_the_month_from_the_title(title: str, sheet: str) -> None:
    rows = [("姓名", "1", "2日", "31"), ("林晓", "早班", "休", "早班")]
    file = read(table(*([(title,)] if title else []), *rows, name=sheet), table(*SHIFTS, name="班次"))
    assert [(d.day.isoformat(), d.shift) for d in file.dated] == [
        ("2026-12-01", "早班"), ("2026-12-02", ""), ("2026-12-31", "早班"),
    ]  # fmt: skip


def test_a_grid_of_weekdays_is_the_weeks_pattern_and_other_columns_are_named() -> None:
    file = read(
        table(("序号", "姓名", "周一", "周二", "备注"), ("1", "林晓", "早班", "休", "新人")),
        table(*SHIFTS, name="班次"),
    )
    assert weekly(file) == [(1, 0, "east", "早班")]
    assert file.unused == ("序号", "备注")


def test_shifts_run_past_midnight_and_have_breaks() -> None:
    file = read(table(*SHIFTS, name="班次"))
    assert [hours(s.spans) for s in file.shifts] == ["09:00-12:00、13:00-18:00", "18:00-22:00", "22:00-次日06:00"]


def test_shifts_on_record_need_not_be_written_again() -> None:
    file = read(table(("姓名", "周一"), ("林晓", "白班")), shifts={"白班": Shift("白班", (Stretch(480, 960),))})
    assert weekly(file) == [(1, 0, "east", "白班")]


# what is wrong


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            ("2026-11-31", "华东", "林晓", "早班"),
            "第 2 行：日期“2026-11-31”看不懂，或没有这一天：请写 2026-11-23 或 11月23日",
        ),
        (("", "华东", "林晓", "早班"), "第 2 行：缺少日期或星期"),
        (("11-24", "华东", "", "早班"), "第 2 行：缺少姓名"),
        (("11-24", "华东", "林小", "早班"), "第 2 行：同事表里没有“林小”（或已离职）"),
        (("11-24", "华北", "旧人", "早班"), "第 2 行：同事表里没有“旧人”（或已离职）"),
        (("11-24", "华北", "林晓", "早班"), "第 2 行：林晓不属于华北大区，请先在同事表里调整"),
        (("11-24", "华中", "林晓", "早班"), "第 2 行：不认识的大区“华中”；可用的有：华东、华北"),
        (("11-24", "华东", "林晓", "中班"), "第 2 行：不认识的班次“中班”"),
        (("11-24", "华东", "林晓", "年假"), "第 2 行：“年假”是请假，须经批准"),
        (("11-24", "华东", "林晓", "9:00-25:00"), "第 2 行：时间“9:00-25:00”看不懂"),
        (("11-24", "华东", "林晓", ""), "第 2 行：缺少班次或时段"),
    ],
)
def test_a_bad_row_is_named_with_its_number_and_reason(row: tuple[str, ...], reason: str) -> None:
    good = ("11-24", "华北", "秦朗", "早班")
    file = read_roster([table(("日期", "大区", "姓名", "班次"), row, good)], staff=STAFF, regions=REGIONS,
                       shifts={"早班": Shift("早班", (Stretch(540, 1080),))}, today=TODAY)  # fmt: skip
    assert len(file.problems) == 1
    assert file.problems[0].startswith(reason)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("姓名", "11月23日"), ("林晓", "早"), ("周宁", "病假")], "“排班”表第 3 行“11月23日”列：“病假”是请假"),
        (
            [("姓名", "11月23日（周二）"), ("林晓", "早班")],
            "“排班”表第 1 行“11月23日(周二)”列：11月23日是星期一，表上写的是星期二",
        ),
        ([("姓名", "2月30日"), ("林晓", "早班")], "“排班”表第 1 行“2月30日”列：没有“2月30日”这一天"),
        ([("姓名", "1", "2"), ("林晓", "早班", "")], "“排班”表第 1 行“1”列：“1”看不出是几月"),
        ([("姓名", "周一", "周一"), ("林晓", "早班", "早班")], "“排班”表第 1 行“周一”列：与“周一”列是同一天"),
        ([("姓名", "周一", ""), ("林晓", "早班", "晚班")], "“排班”表第 2 行：“晚班”上面没有日期"),
        ([("姓名", "电话"), ("林晓", "123")], "“排班”表第 1 行：没有找到日期"),
        ([("姓名", "周一"), ("林晓", "早班"), ("林晓", "早班")], "“排班”表第 3 行“周一”列：与第 2 行重复"),
        ([("姓名", "周一"), ("林晓", "早班、10:00-11:00")], "“排班”表第 2 行“周一”列：不认识的班次“10:00-11:00”"),
        ([("谁", "何时"), ("林晓", "早班")], "“排班”里没有找到“姓名”这一列"),
    ],
)
def test_a_bad_cell_is_named_with_row_and_column(rows: list[tuple[str, ...]], problem: str) -> None:
    file = read(table(*rows), table(*SHIFTS, name="班次"))
    assert file.problems[0].startswith(problem), file.problems


def test_two_shifts_of_a_day_may_not_overlap() -> None:
    file = read(
        table(("姓名", "周一"), ("林晓", "早班"), ("林晓", "中班")),
        table(*SHIFTS, ("中班", "12:00-20:00"), name="班次"),
    )
    assert file.problems == ("“排班”表第 3 行“周一”列：林晓同一天的“早班”与“中班”时间重叠",)


def test_the_shifts_sheet_names_its_own_bad_rows() -> None:
    sheet = table(
        ("名称", "时间"),
        ("早班", "9点到"),
        ("", "9-18"),
        ("早班", "9-18"),
        ("早班", "8-18"),
        ("休", "9-18"),
        name="班次",
    )
    assert [p[:14] for p in read(sheet).problems] == [
        "“班次”表第 2 行：时间"[:14], "第 3 行"[:14],
    ] or len(read(sheet).problems) == 4  # fmt: skip


def test_two_people_of_one_name_cannot_be_told_apart() -> None:
    twice = (*STAFF, Staff(9, 19, "林晓", Role.SPECIALIST, ("north",)))
    file = read_roster(
        [table(("姓名", "周一"), ("林晓", "9-18"))], staff=twice, regions=REGIONS, shifts={}, today=TODAY
    )
    assert file.problems == ("第 2 行：有 2 位同事叫“林晓”，请先在同事表里区分姓名",)
