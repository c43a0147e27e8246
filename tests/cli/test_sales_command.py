"""`import sales` and `sales`: all of a table or nothing, twice is as good as once, text, workbook and picture."""

import io
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from tests.cli.rig import Desk
from tests.cli.test_import import workbook

STORES = "门店编号,门店名称,省份\nCD001,春熙路店,四川\nSH001,麦垄街店,上海\n"
SALES = """门店编号,日期,销售额,单量,目标
CD001,2026-10-01,"¥1,234.50",12,
SH001,2026/10/2,0.5万,40,
CD001,2026-10,,,3.1万
"""


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    opened = Desk(tmp_path, capsys)
    opened.run("migrate")
    opened.run("import", "stores", opened.file("stores.csv", STORES))
    return opened


def test_twice_is_once_and_a_correction_is_a_version(desk: Desk) -> None:
    file = desk.file("十月.csv", SALES.encode("gb18030"))
    assert desk.run("import", "sales", file).out == "导入完成：新增 32，更新 0，未变 0。\n"
    assert desk.run("import", "sales", file).out == "导入完成：新增 0，更新 0，未变 32。\n"
    new = desk.file("更正.xlsx", workbook([["store", "date", "amount"], ["CD001", "2026-10-01", 1300.25]]))
    assert desk.run("import", "sales", new, "--by", "王芳").out == "导入完成：新增 0，更新 1，未变 0。\n"
    told = desk.run("sales", "--period", "2026-10")
    assert "销售额 6,300.25元，单量 52，门店 2 家" in told.out
    assert "全期目标 3.10万元" in told.out


def test_any_bad_row_and_nothing_is_imported(desk: Desk) -> None:
    bad = SALES + "XX,2026-10-01,1,,\nCD001,2026-10-03,1.005,,\nCD001,2026-10-32,1,,\n"
    told = desk.run("import", "sales", desk.file("bad.csv", bad))
    assert told.code == 1
    assert [line.split("：")[0] for line in told.err.splitlines()] == [
        "第 5 行",
        "第 6 行",
        "第 7 行",
        "共 3 处有误，未导入任何内容。",
    ]
    assert "还没有销售数据" in desk.run("sales", "--period", "2026-10").out


def test_workbook_and_picture(desk: Desk) -> None:
    desk.run("import", "sales", desk.file("s.csv", SALES))
    book, picture = desk.folder / "q.xlsx", desk.folder / "q.png"
    assert desk.run("sales", "--period", "2026Q4", "--out", book, "--out", picture).code == 0
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["口径", "汇总", "大区", "省份", "门店", "走势", "更正记录"]
    assert [c.value for c in sheets["门店"]["C"]] == ["销售额", 5000, 1234.5]
    assert Image.open(io.BytesIO(picture.read_bytes())).format == "PNG"


def test_wrong_use_is_told(desk: Desk) -> None:
    assert desk.run("sales", "--scope", "火星").err.startswith("没有看懂 --scope “火星”：请写")
    told = desk.run("sales", "--period", "2026-13")
    assert told.code == 1 and told.err.startswith("没有看懂 --period “2026-13”：请写") and "/sales" not in told.err
    assert desk.run("sales", "--out", "x.pdf").code == 2
    assert "写不了" in desk.run("sales", "--out", desk.folder / "no" / "x.png").err
