"""`complaint N --out FILE`: the document on disk, opened and read back."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from docx import Document

from bot.desk.case import Case, State
from bot.desk.complaint import Complaint, Grade, Measure
from bot.desk.events import Did, Event
from bot.desk.message import Content, ContentKind, Direction, Message
from bot.desk.people import Franchisee
from bot.usecases.ports import Work
from tests.cli.rig import Desk

STAFF = "Telegram 编号,姓名,角色,大区,负责省份\n5001,林晓,专员,西南,\n5003,王芳,主管,,\n"
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ENTRY = Complaint(1, Grade.MAJOR, NOON, NOON, "货全坏了", "order", "food", cause="logistics", handled="补发",
                  prevention="检查", found_at=NOON, found_by=1)  # fmt: skip


def fill(work: Work) -> None:
    work.franchisees.add(Franchisee(0, 3001, "小陈", None, None, None, None, True, NOON))
    case = work.cases.add(Case(0, 1, State.OPEN, 1, NOON, -1, first_owner_id=1, kind="complaint", resolve_by=NOON))
    work.complaints.add(ENTRY)
    content = Content(ContentKind.TEXT, "货全\x00坏了\x0b！<b>")
    work.messages.add(Message(0, case.id, Direction.IN, None, content, staff_id=None, at=NOON))
    work.events.add(Event(case.id, Did.COMPLAINT_MARKED, NOON, data={"grade": "重大", "reason": "货全坏了"}))
    work.measures.add(Measure(0, case.id, "检查", 2, NOON, NOON, done_at=NOON, done_by=2, done_words="装好了"))
    plain = work.cases.add(replace(case, franchisee_id=2, state=State.NEW))
    work.complaints.add(replace(ENTRY, case_id=plain.id, void_at=NOON))


def test_the_document_is_written_and_can_be_read(desk: Desk) -> None:
    desk.run("import", "staff", desk.file("staff.csv", STAFF))
    desk.work(fill)
    out = desk.folder / "1.docx"
    assert "已写入" in desk.run("complaint", "1", "--out", out).out
    text = words_of(out)
    people = ("林晓（专员）", "王芳（主管）")
    for words in ("#1", "重大", "食品安全", "货全坏了！<b>", *people, "装好了", "物流配送", "决定："):
        assert words in text, words


def test_what_is_no_complaint_or_cannot_be_written_is_told(desk: Desk) -> None:
    desk.run("import", "staff", desk.file("staff.csv", STAFF))
    desk.work(fill)
    for number in ("2", "77"):
        told = desk.run("complaint", number, "--out", desk.folder / "x.docx")
        assert (told.code, told.err) == (1, f"工单 #{number} 不存在，或不是投诉。\n")
    assert "写不了" in desk.run("complaint", "1", "--out", desk.folder / "no" / "x.docx").err


def words_of(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))
    cells = (c.text for t in document.tables for r in t.rows for c in r.cells)
    return "\n".join([*(p.text for p in document.paragraphs), *cells])
