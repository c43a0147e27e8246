"""`calendar`: a year as it stands, and tables that are taken as a whole, twice as well as once."""

from datetime import date

import pytest

from bot.app.calendar import decree_missing
from bot.desk.calendar import DayKind, SpecialDay, WorkCalendar
from bot.desk.hours import WeeklyHours
from tests.cli.rig import Desk
from tests.cli.test_import import workbook

TABLE = """日期,安排,名称,时段
2027-01-01,放假,元旦,
2027/5/1,休,劳动节,
2027年10月1日,放假,国庆节,
20271002,放假,国庆节,
2027-10-03,放假,国庆节,09:00-12:00
2027-10-09,上班,国庆节调休,周三
"""


def test_a_year_is_listed_with_hours_and_source(desk: Desk) -> None:
    told = desk.run("calendar", "show", "2026").out.splitlines()
    assert told[0] == "2026 年：放假与调休安排已载入；特别日期 39 天"
    assert "2026-02-14  周六  上班  09:00-18:00  春节调休" in told
    assert "2026-02-17  周二  放假  休息  春节" in told


def test_a_year_without_a_decree_says_so(desk: Desk) -> None:
    assert desk.run("calendar", "show", "2031").out == (
        "2031 年：放假与调休安排未载入，按每周的工作时间计算；特别日期 0 天\n"
    )


@pytest.mark.parametrize("form", ["csv", "gbk", "xlsx"])
def test_a_table_is_imported_and_twice_changes_nothing(desk: Desk, form: str) -> None:
    rows = [line.split(",") for line in TABLE.splitlines()]
    content = {"csv": TABLE.encode(), "gbk": TABLE.encode("gb18030"), "xlsx": workbook(rows)}[form]
    file = desk.file("days.xlsx" if form == "xlsx" else "days.csv", content)
    assert desk.run("calendar", "import", file).out == "导入完成：新增 6，更新 0，未变 0。\n"
    assert desk.run("calendar", "import", file).out == "导入完成：新增 0，更新 0，未变 6。\n"
    assert desk.run("calendar", "show", "2027").out.splitlines() == [
        "2027 年：放假与调休安排已载入；特别日期 6 天",
        "2027-01-01  周五  放假  休息  元旦  （导入）",
        "2027-05-01  周六  放假  休息  劳动节  （导入）",
        "2027-10-01  周五  放假  休息  国庆节  （导入）",
        "2027-10-02  周六  放假  休息  国庆节  （导入）",
        "2027-10-03  周日  放假  09:00-12:00  国庆节  （导入）",
        "2027-10-09  周六  上班  09:00-18:00  国庆节调休  （导入）",
    ]


def test_a_year_of_which_only_some_days_are_known_says_which_are_lacking(desk: Desk) -> None:
    desk.run("calendar", "import", desk.file("days.csv", "日期,安排\n2031-01-01,放假\n2031-03-03,上班\n"))
    assert desk.run("calendar", "show", "2031").out.splitlines()[0] == (
        "2031 年：放假与调休安排还不完整，还缺放假 5月1日、10月1日、10月2日、10月3日，"
        "没有载入的日子按每周的工作时间计算；特别日期 2 天"
    )


def test_the_hint_of_a_year_that_is_due_is_true_of_what_was_imported() -> None:
    none = WorkCalendar(WeeklyHours(((),) * 7), follows_decree=True)
    some = none.with_imported([SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY)])
    assert "未载入" in decree_missing(none, 2027)
    assert "calendar import FILE（至少要有放假 1月1日、" in decree_missing(none, 2027)
    assert decree_missing(some, 2027).startswith(
        "2027 年的放假与调休安排还不完整：已有特别日期 1 天，还缺放假 5月1日、10月1日、10月2日、10月3日；"
    )


def test_with_one_bad_row_nothing_is_imported_and_every_bad_row_is_named(desk: Desk) -> None:
    bad = "2027-02-30,放假,,\n2027-01-01,上班,,\n2027-03-01,调休,,\n2027-03-02,上班,,九点\n"
    file = desk.file("days.csv", TABLE + bad)
    told = desk.run("calendar", "import", file)
    assert told.code == 1
    assert told.err.splitlines() == [
        "第 8 行：没有“2027-02-30”这一天",
        "第 9 行：日期 2027-01-01 与第 2 行重复",
        "第 10 行：不认识的安排“调休”：请写 放假、上班 或 照常",
        "第 11 行：“九点”须形如 09:00-18:00，跨夜写作 22:00-06:00",
        "共 4 处有误，未导入任何内容。",
    ]
    assert desk.work(lambda work: list(work.special_days.all())) == []


def test_a_day_can_be_made_as_usual_again(desk: Desk) -> None:
    desk.run("calendar", "import", desk.file("a.csv", "日期,安排\n2026-02-17,照常\n"))
    assert "2026-02-17  周二  照常  09:00-18:00  （导入）" in desk.run("calendar", "show", "2026").out
