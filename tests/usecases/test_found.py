"""What was found, in words: each thing once."""

from dataclasses import replace

from bot.desk.lint import Category, Finding, Severity
from bot.usecases.found import told
from tests.usecases.department import office

IMPATIENT = Finding(Category.IMPATIENT, Severity.BLOCK, "嫌烦", 1, 4, "烦不烦", "听着不耐烦。")
RIGID = replace(IMPATIENT, category=Category.RIGID)


def test_impatience_is_not_told_a_second_time_as_rigid() -> None:
    elsewhere = replace(RIGID, start=9, end=12, matched="随便您")
    lines = told(office(), [IMPATIENT, RIGID, elsewhere]).splitlines()
    assert ["不耐烦“烦不烦”" in line for line in lines] == [True, False]
    assert "生硬“随便您”" in lines[1]
