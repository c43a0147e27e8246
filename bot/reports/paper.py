"""Documents (.docx) from values: a title, the table at the head, sections with pictures, lines to be signed."""

import io
import re
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.desk.report import Paper, Section
from bot.reports.period_picture import draw_period

FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not have (XML 1.0, 2.2); people's messages may hold them."""
WIDE: Final = 16.6
"""Centimetres between the margins."""
MOST_UNEVEN: Final = 4
PAIRS: Final = 2
"""Label-and-value pairs a row of the head's table."""


def write_paper(paper: Paper) -> bytes:
    """The file, A4, ready to be printed and signed."""
    document = Document()
    _set_up(document, paper)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, paper.title, size=18, font=HEAD_FONT, bold=True)
    _head(document, paper)
    for section in paper.sections:
        _section(document, section)
    for line in paper.signatures:
        _paragraph(document, line, before=18)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Any, paper: Paper) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    document.core_properties.title = _clean(paper.title)
    document.core_properties.author = ""
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(foot, paper.foot, size=8)


def _head(document: Any, paper: Paper) -> None:
    """Two pairs a row; a value that is long has the row for itself."""
    rows: list[list[tuple[str, str]]] = []
    for label, value in paper.head:
        is_long = len(value) > 24
        if is_long or not rows or len(rows[-1]) == PAIRS or len(rows[-1][0][1]) > 24:
            rows.append([])
        rows[-1].append((label, value))
    table = document.add_table(rows=len(rows), cols=2 * PAIRS)
    table.style = "Table Grid"
    for row, pairs in zip(table.rows, rows, strict=True):
        for n, (label, value) in enumerate(pairs):
            _cell(row.cells[2 * n], label, bold=True)
            _cell(row.cells[2 * n + 1], value)
        if len(pairs) < PAIRS:
            row.cells[1].merge(row.cells[2 * PAIRS - 1])


def _section(document: Any, section: Section) -> None:
    heading = _paragraph(document, section.title, size=12, font=HEAD_FONT, bold=True, before=12)
    heading.paragraph_format.keep_with_next = True
    for words in section.paragraphs:
        _paragraph(document, words)
    if section.headers:
        _table(document, section)
    if section.picture is not None:
        document.add_picture(io.BytesIO(draw_period(section.picture)), width=Cm(WIDE))


def _table(document: Any, section: Section) -> None:
    table = document.add_table(rows=1, cols=len(section.headers))
    table.style = "Table Grid"
    for cell, header in zip(table.rows[0].cells, section.headers, strict=True):
        _cell(cell, header, bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in section.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            _cell(cell, value)
    for column, width in zip(table.columns, _widths(section), strict=True):
        for cell in column.cells:
            cell.width = width


def _widths(section: Section) -> list[Any]:
    """The last column has the words, unless there are many: then all are numbers, as wide as one another; together as
    wide as the page between its margins.
    """
    if len(section.headers) > MOST_UNEVEN:
        return [Cm(WIDE / len(section.headers)) for _ in section.headers]
    narrow = 3.0 if len(section.headers) > 3 else 3.2
    return [*(Cm(narrow) for _ in section.headers[:-1]), Cm(WIDE - narrow * (len(section.headers) - 1))]


def _cell(cell: Any, words: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    _run(paragraph, words, size=9.5, bold=bold)


def _paragraph(
    document: Any, words: str, *, size: float = 10.5, font: str = FONT, bold: bool = False, before: float = 4
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    _run(paragraph, words, size=size, font=font, bold=bold)
    return paragraph


def _run(paragraph: Any, words: str, *, size: float, font: str = FONT, bold: bool = False) -> None:
    run = paragraph.add_run(_clean(words))
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _clean(words: str) -> str:
    return _ILLEGAL.sub("", words)
