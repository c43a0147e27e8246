"""`report`: the summary, and workbook, document and picture in a folder; progress is told beside."""

from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from tests.cli.rig import Desk


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    opened = Desk(tmp_path, capsys)
    opened.run("migrate")
    return opened


def test_three_files_of_a_month_and_its_progress(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "reports" / "十月"
    told = desk.run("report", "--period", "2025-10", "--out", str(out))
    assert told.code == 0
    lines = told.out.splitlines()
    assert lines[:3] == ["首问客服月报 · 2025年10月", "2025年10月1日至2025年10月31日", "· 新增 0（环比 —，同比 —）"]
    assert told.err.splitlines() == [
        "正在统计 2025-10……",
        "正在统计 2025-09……",
        "正在统计 2024-10……",
        "正在清点期内事件……",
    ]
    names = ("report-2025-10.png", "月报-2025-10.docx", "月报-2025-10.xlsx")
    assert lines[-3:] == [f"已写入 {out / name}" for name in names]
    assert Image.open(out / names[0]).format == "PNG"
    assert "2025年10月" in docx.Document(str(out / names[1])).paragraphs[0].text
    assert openpyxl.load_workbook(out / names[2]).sheetnames == [
        "总览", "大区", "人员", "大区对比", "走势", "用语", "普查", "口径",
    ]  # fmt: skip


def test_what_is_no_period_and_what_is_no_folder(desk: Desk, tmp_path: Path) -> None:
    told = desk.run("report", "--period", "火星")
    assert told.code == 1 and told.err.startswith("没有看懂 --period “火星”：请写") and "/report" not in told.err
    (tmp_path / "file").write_text("")
    told = desk.run("report", "--period", "2025", "--out", str(tmp_path / "file"))
    assert told.code == 1 and "不能用作文件夹" in told.err
