"""The README says what is so: the diagram is the table, the commands are the menus, the links lead somewhere."""

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.desk.case import STATE_NAMES, diagram
from bot.desk.import_template import COLUMNS, columns_told
from bot.desk.labels import parse_labels
from bot.desk.period_figures import FIGURES
from bot.language.script_files import FOLDER

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")


@pytest.fixture(params=READMES)
def text(request: pytest.FixtureRequest) -> str:
    return (ROOT / str(request.param)).read_text(encoding="utf-8")


def test_the_case_diagram_is_the_transition_table(text: str) -> None:
    assert f"```mermaid\n{diagram()}\n```" in text, "run: make pictures"


def test_every_state_stands_in_the_glossary(text: str) -> None:
    for state, name in STATE_NAMES.items():
        assert state.name in text
        assert name in text


def test_every_link_leads_to_a_file(text: str) -> None:
    for target in re.findall(r"\]\((?!https?://|#)([^)]+)\)", text):
        assert (ROOT / target).exists(), target


def test_every_command_of_the_menus_is_told(text: str) -> None:
    menus = parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8")).commands
    for name in {command for menu in menus.values() for command in menu}:
        assert f"/{name}" in text, name


def test_every_command_of_the_command_line_that_is_told_exists(text: str) -> None:
    told = set(re.findall(r"python -m bot (\w+)", text))
    assert told
    assert told <= set(COMMANDS)


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_of_a_table_that_can_be_imported_is_told(text: str, kind: str) -> None:
    assert f"- `{kind}`：{columns_told(kind)}\n" in text


def test_every_make_target_that_is_told_exists(text: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", text, flags=re.MULTILINE)) <= targets


def test_every_figure_of_a_report_stands_in_its_page_as_the_workbook_defines_it() -> None:
    words = parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8")).report
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    rows = [f"| {words[f'fig_{f.name}']} | {words[f'def_{f.name}']} |" for f in FIGURES]
    assert [row for row in rows if row not in page] == []
