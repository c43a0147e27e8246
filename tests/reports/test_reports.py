"""Pictures and workbooks: no glyph is missing, whatever people are called, and no name becomes a formula."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import bot
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.people import PROVINCES
from bot.desk.report import SheetTable, Workbook
from bot.desk.roster import Change, Leave, Move, Roster, Shift, ShiftVersion, Stretch, WeekDuty
from bot.desk.script import Rendered
from bot.desk.week import week_of
from bot.reports.fonts import MISSING, drawable, fitted, has_glyph, width
from bot.reports.printer import print_report
from bot.usecases.roster_picture import picture_of

SCRIPTS = Path(bot.__file__).parent / "scripts"
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
EARLY = Shift("早班", (Stretch(540, 1080),))
NIGHT = Shift("夜班", (Stretch(1320, 1800),))
SHIFTS = (ShiftVersion(EARLY, MONDAY), ShiftVersion(NIGHT, MONDAY))
NAMES = {1: "林晓", 2: "欧阳修远", 3: "阿卜杜拉·买买提江", 4: "𠮷野"}


def picture(roster: Roster, names: dict[int, str] = NAMES, regions: int = 7):
    office = make_office(Settings())
    codes = [r.code for r in office.regions][:regions]
    return picture_of(office, week_of(roster, MONDAY, regions=codes, names=names), NOW)


def rostered(*people: tuple[int, str, str], **more: object) -> Roster:
    weekly = [WeekDuty(i, d, region, shift, date(2026, 1, 1)) for i, region, shift in people for d in range(7)]
    return Roster(SHIFTS, weekly, **more)  # type: ignore[arg-type]


def test_the_font_has_every_character_that_the_desk_itself_writes() -> None:
    words = "".join(p.read_text(encoding="utf-8") for p in (SCRIPTS / "labels.toml", *SCRIPTS.rglob("*.md")))
    office = make_office(Settings())
    ours = {*"".join(office.labels.duty.values()), *"".join(PROVINCES), *"".join(r.name for r in office.regions)}
    assert [c for c in sorted(ours) if not has_glyph(c)] == []
    assert {c for c in words if "\u4e00" <= c <= "\u9fff" and not has_glyph(c)} == set()


def test_the_font_has_the_characters_of_names() -> None:
    """GB 2312's first level and the surnames that go beyond it."""
    level_one = {bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFA)}
    rare = "亓仝仉佟俞冼卞卜厍吕喻嵇嵩昝晁瞿禤綦缪臧芮荀蒯蔺虞褚谌谯赟逄郗郜鄢闫隗霭龚旻玥玟珺璟甯翀芃骁"
    assert [c for c in (*level_one, *rare) if not has_glyph(c)] == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [("林晓🌸", "林晓"), ("𠮷野", f"{MISSING}野"), ("林\u200b晓\ufe0f", "林晓"), ("José", "José"), ("林 晓", "林 晓"),
     ("\u202e反", "反"), ("ꦏ", MISSING), ("一\u2029店", "一 店"), ("\u2028", " ")],
)  # fmt: skip
def test_what_the_font_lacks_is_no_empty_box(name: str, shown: str) -> None:
    assert drawable(name) == shown


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), st.integers(40, 200))
def test_a_text_fits_its_room_or_is_cut(text: str, room: int) -> None:
    shown, size = fitted(drawable(text), 30, room, least=22)
    assert width(shown, size) <= room or shown == "…"


def test_the_picture_names_everybody_and_says_where_nobody_is() -> None:
    away = {"leaves": (Leave(1, MONDAY, MONDAY),), "changes": (Change((Move(MONDAY, 1, 2),)),)}
    week = picture(rostered((1, "east", "早班"), (2, "east", "夜班"), (3, "", "早班"), **away))
    assert week.columns[:2] == ("值班主管", "华东")
    monday, tuesday = week.rows[0].cells[1], week.rows[1].cells[1]
    assert [(line.name, "".join(t.text for t in line.tags), line.is_off) for line in monday.lines] == [
        ("林晓", "假", True), ("欧阳修远", "早代", False), ("欧阳修远", "夜", False),
    ]  # fmt: skip
    assert [line.name for line in tuesday.lines] == ["林晓", "欧阳修远"]
    assert {cell.hole for cell in week.rows[2].cells[2:]} == {"无人值班"}
    assert {cell.hole for cell in week.rows[0].cells[2:]} == {""}, "Monday is over: nobody can be sent there now"
    assert week.rows[2].cells[0].hole == "", "leaders need not be there every day"
    assert [row.is_today for row in week.rows] == [False, False, True, False, False, False, False]
    assert [words for _, words in week.legend] == ["早班 09:00-18:00", "夜班 22:00-次日06:00"]
    assert "11月25日 周三：华南、西南、华中、东北、西北、华北" in week.caption.text
    assert "11月23日 周一：" not in week.caption.text


def test_shifts_of_one_first_letter_are_told_apart_by_number() -> None:
    twin = (*SHIFTS, ShiftVersion(Shift("早晚班", (Stretch(480, 1200),)), MONDAY))
    roster = replace(rostered((1, "east", "早班"), (2, "east", "早晚班")), shifts=twin)
    assert [tag.text for tag, _ in picture(roster).legend] == ["1", "2"]


@pytest.mark.parametrize("regions", [1, 3, 7])
def test_the_picture_is_one_that_telegram_takes_and_a_phone_shows(regions: int) -> None:
    week = picture(rostered((1, "east", "早班"), (3, "east", "夜班"), (4, "south", "早班")), regions=regions)
    printed = print_report(week)
    image = Image.open(io.BytesIO(printed.data))
    assert (printed.is_picture, printed.name, image.format) == (True, "roster-2026-11-23.png", "PNG")
    assert image.width + image.height <= 10_000 and max(image.size) / min(image.size) <= 20, "Bot API, sendPhoto"
    assert image.width <= 1440 and len(printed.data) < 1_000_000
    assert len(image.getcolors(1 << 24) or ()) > 20, "there is something on it"


def test_a_workbook_holds_what_it_was_given_and_no_formula() -> None:
    rows = (("=1+1", 3, 0.5), ("+86", -1, 2.0), ("林晓", 0, 0.0))
    book = Workbook("x.xlsx", (SheetTable("每日考勤", ("姓名", "迟到", "在岗"), rows),), Rendered("", ""))
    sheet = openpyxl.load_workbook(io.BytesIO(print_report(book).data))["每日考勤"]
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows()] == [("姓名", "迟到", "在岗"), *rows]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet.freeze_panes == "A2"
