"""`review --period --out DIR`: the workbook of a period, and what is told when it cannot be written."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from bot.desk.people import Role, Staff
from bot.desk.rating import Rating, RatingState
from tests.cli.rig import Desk

AT = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    opened = Desk(tmp_path, capsys, review={"min_sample": 3})
    opened.run("migrate")
    opened.work(lambda work: work.staff.put_all([Staff(0, 5001, "林晓", Role.SPECIALIST, ("east",))]))
    for n, score in enumerate((5, 4, 1), start=1):
        rating = Rating(0, n, n, 1, 1, "east", AT, RatingState.RATED, score=score, rated_at=AT)
        opened.work(lambda work, rating=rating: work.ratings.add(rating))
    return opened


def test_the_workbook_of_a_month_is_written_into_a_folder(desk: Desk) -> None:
    told = desk.run("review", "--period", "2026-10", "--out", desk.folder / "考核")
    file = desk.folder / "考核" / "业绩考核-2026-10-01至2026-10-31.xlsx"
    assert (told.code, told.out) == (0, f"已写入 {file}：1 人。\n")
    book = openpyxl.load_workbook(file)
    assert [c.value for c in book["总表"][2]] == [
        "林晓", 66.7, None, None, None, 66.7, None, None, None, "首答及时、按时办结、首问办结、质检、承诺兑现、考勤",
    ]  # fmt: skip
    assert [c.value for c in book["依据"][4]][:6] == ["林晓", "满意度", 3, "2026-10-12 10:00", 0, "评 1 分"]
    assert desk.run("review", "--period", "2026Q4", "--out", desk.folder).code == 0


def test_wrong_use_is_told(desk: Desk) -> None:
    assert "时段“火星”看不懂" in desk.run("review", "--period", "火星", "--out", desk.folder).err
    assert "不能用作文件夹" in desk.run("review", "--out", desk.config).err
    assert desk.run("review").code == 2
