"""`import roster` and `attendance`: workbooks in, workbooks out."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from bot.desk.attendance import DutyDid, DutyEvent
from bot.usecases.ports import Work
from tests.cli.rig import Desk, Told

STAFF = "Telegram 编号,姓名,角色,大区,负责省份\n5001,林晓,专员,西南,\n5002,何静,专员,华北,\n5003,王芳,主管,,\n"


@pytest.fixture
def staffed(desk: Desk) -> Desk:
    desk.run("import", "staff", desk.file("staff.csv", STAFF))
    return desk


def book(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rostered(work: Work) -> list[tuple[int, str, str]]:
    roster = work.rosters.roster()
    weekly = [(w.staff_id, str(w.weekday), w.shift) for w in roster.weekly if w.until_day is None]
    return [*weekly, *((d.staff_id, d.day.isoformat(), d.shift) for d in roster.dated)]


def test_a_workbook_with_real_dates_and_a_sheet_of_shifts(staffed: Desk) -> None:
    file = staffed.file("roster.xlsx", book(
        排班=[
            ["2026年11月值班表"], ["姓名", date(2026, 11, 23), date(2026, 11, 24), "备注"],
            ["林晓", "早班", "休", "新人"], ["何静", "早", "早班、晚班", None],
        ],
        班次=[["名称", "开始", "结束"], ["早班", "9:00", "18:00"], ["晚班", "18:00", "22:00"]],
    ))  # fmt: skip
    told = staffed.run("import", "roster", file)
    assert (told.code, told.out) == (0, "导入完成：新增 6，更新 0，未变 0。\n")
    assert told.err == "未用到的列：备注\n"
    assert staffed.work(rostered) == [
        (1, "2026-11-23", "早班"), (1, "2026-11-24", ""), (2, "2026-11-23", "早班"), (2, "2026-11-24", "早班"),
        (2, "2026-11-24", "晚班"),
    ]  # fmt: skip
    assert staffed.run("import", "roster", file).out == "导入完成：新增 0，更新 0，未变 6。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_the_week(staffed: Desk, encoding: str) -> None:
    text = "星期,姓名,时段\n周一至周五,林晓,9:00-18:00\n每天,何静,22:00-次日6:00\n"
    told = staffed.run("import", "roster", staffed.file("week.csv", text.encode(encoding)))
    assert told.code == 0
    assert len(staffed.work(rostered)) == 12


def test_every_bad_row_and_cell_is_named_and_nothing_is_imported(staffed: Desk) -> None:
    file = staffed.file("roster.xlsx", book(
        排班=[["姓名", "周一", "周二"], ["林晓", "早班", "年假"], ["林大", "早班", ""], ["何静", "大夜", "早班"]],
        班次=[["名称", "时间"], ["早班", "9-18"], ["晚班", "18点"]],
    ))  # fmt: skip
    told = staffed.run("import", "roster", file)
    assert told.code == 1
    assert [line.partition("：")[0] for line in told.err.splitlines()] == [
        "“班次”表第 3 行", "“排班”表第 2 行“周二”列", "“排班”表第 3 行", "“排班”表第 4 行“周一”列",
        "共 4 处有误，未导入任何内容。",
    ]  # fmt: skip
    assert staffed.work(rostered) == []


def test_the_template_is_refused_until_its_examples_are_gone_and_leaders_stand_as_leaders(
    staffed: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "example.xlsx"
    assert staffed.run("import", "roster", "--template", file).code == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["排班", "班次", "说明"]
    assert [cell.value for cell in book["排班"]["A"]] == ["大区", "华东", "值班主管", "西南", "华北", "值班主管"]
    told = staffed.run("import", "roster", file)
    assert [line.partition("，")[0] for line in told.err.splitlines()] == [
        "“排班”表第 2 行：这是样表里的示例", "“排班”表第 3 行：这是样表里的示例", "共 2 处有误",
    ]  # fmt: skip
    assert staffed.work(rostered) == []
    book["排班"].delete_rows(2, 2)
    book.save(file)
    told = staffed.run("import", "roster", file)
    assert (told.code, told.err) == (0, "")
    assert len(staffed.work(rostered)) == 21


@pytest.mark.parametrize(
    "arguments", [("roster",), ("staff", "--template", "x.csv"), ("roster", "a.csv", "--template", "x")]
)
def test_what_a_template_is_not_for(desk: Desk, arguments: tuple[str, ...]) -> None:
    told = desk.run("import", *arguments)
    assert told.code == 2 and "样表" in told.err


def signed(work: Work) -> None:
    begins = datetime(2026, 10, 12, 1, 7, tzinfo=UTC)  # Monday, 9:07 in Shanghai
    for n, did in ((0, DutyDid.SIGNED_ON), (8, DutyDid.SIGNED_OFF)):
        work.attendance.add(DutyEvent(did, begins + timedelta(hours=n), staff_id=1, by_id=1))


def test_a_months_attendance_is_a_row_a_person_and_day_and_a_summary(staffed: Desk, tmp_path: Path) -> None:
    dates = "\n".join(f"2026-10-{d:02d},{name},9:00-18:00" for d in (12, 13) for name in ("林晓", "何静"))
    staffed.run("import", "roster", staffed.file("r.csv", f"日期,姓名,时段\n{dates}\n"))
    staffed.work(signed)
    out = tmp_path / "october.xlsx"
    told = staffed.run("attendance", "2026-10", "--out", out)
    assert (told.code, told.out) == (0, f"已写入 {out}：2 人，62 行。\n")
    days, summary = openpyxl.load_workbook(out).worksheets
    rows = [[cell.value for cell in row] for row in days.iter_rows()]
    assert rows[0][:3] == ["日期", "星期", "姓名"]
    assert rows[12][:6] == ["2026-10-12", "周一", "林晓", "西南", "09:00-18:00", None]
    assert rows[12][6:] == ["09:07", "17:07", "迟到、早退", 7, 53, 8, None]
    assert [row[8] for row in rows[13:15]] == ["缺勤", "休"]
    assert [[cell.value for cell in row] for row in summary.iter_rows(min_row=2)] == [
        ["林晓", 2, 1, "50.0%", 1, 1, 1, 0, 0, 8, 0], ["何静", 2, 0, "0.0%", 0, 0, 2, 0, 0, 0, 0],
    ]  # fmt: skip


@pytest.mark.parametrize(("month", "words"), [("十月", "看不懂"), ("2026-13", "看不懂")])
def test_a_month_that_is_none(staffed: Desk, month: str, words: str) -> None:
    told = staffed.run("attendance", month, "--out", "x.xlsx")
    assert told.code == 1 and words in told.err


def test_attendance_is_written_into_no_file_that_would_be_taken_for_another_kind(desk: Desk) -> None:
    out = desk.folder / "x.csv"
    told = desk.run("attendance", "2026-10", "--out", out)
    assert told == Told(2, "", f"{out}：写出的是 .xlsx 文件，请把 --out 写成以 .xlsx 结尾的名称\n")
    assert not out.exists()


def test_a_file_that_cannot_be_written_is_told(staffed: Desk, tmp_path: Path) -> None:
    told = staffed.run("attendance", "2026-10", "--out", tmp_path / "no" / "x.xlsx")
    assert told.code == 1 and "写不了" in told.err
