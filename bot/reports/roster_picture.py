"""The week's roster as a picture: days down, regions across, to be read on a phone without zooming."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.desk.pictures import PictureCell, PictureLine, PictureRow, Tag, WeekPicture
from bot.reports.fonts import drawable, fitted, font, width

MARGIN, DAY_WIDTH, COLUMN = 28, 122, 150
TITLE, SUBTITLE, HEAD, NAME, SIGN, SMALL = 42, 28, 30, 30, 21, 24
LEAST = 22
"""The smallest letters that a long name is squeezed into."""
HEADER_HEIGHT, HEAD_HEIGHT, LINE, PAD = 136, 60, 44, 12
PILL, PILL_GAP = 30, 5

PAPER, CARD, INK, GREY, RULE = "#f3f5f8", "#ffffff", "#1c2733", "#7a8794", "#dde3ea"
ACCENT, TODAY, WEEKEND = "#1565c0", "#e8f1fc", "#f8fafb"
HOLE_INK, HOLE_PAPER = "#b3261e", "#fdeceb"
PLAIN_PILL = ("#e9edf2", "#4d5a67")
PILLS = (("#d6e8fd", "#0b4f9c"), ("#fde7c7", "#8a4b00"), ("#e6dcfa", "#5a2ea6"), ("#d3f1de", "#14633a"),
         ("#fbdbe6", "#97204f"), ("#d2f0f1", "#0b5c63"))  # fmt: skip
"""Paper and ink of each shift's sign: told apart by letter as well as by colour."""


@dataclass(frozen=True)
class _Grid:
    """Where things stand."""

    left: int
    top: int
    column: int
    heights: tuple[int, ...]

    def cell(self, row: int, column: int) -> tuple[int, int, int, int]:
        x = self.left + DAY_WIDTH + column * self.column
        y = self.top + HEAD_HEIGHT + sum(self.heights[:row])
        return x, y, x + self.column, y + self.heights[row]


def draw_week(week: WeekPicture) -> bytes:
    """The picture as PNG."""
    heights = tuple(_row_height(row) for row in week.rows)
    column = max(COLUMN, (1080 - 2 * MARGIN - DAY_WIDTH) // max(1, len(week.columns)))
    grid = _Grid(MARGIN, HEADER_HEIGHT, column, heights)
    wide = 2 * MARGIN + DAY_WIDTH + len(week.columns) * column
    legend = _legend_rows(week, wide)
    foot = 26 + len(legend) * 44 + 44
    image = Image.new("RGB", (wide, HEADER_HEIGHT + HEAD_HEIGHT + sum(heights) + foot), PAPER)
    pen = ImageDraw.Draw(image)
    _header(pen, week)
    _heads(pen, week, grid)
    for n, row in enumerate(week.rows):
        _row(pen, row, grid, n, today=week.today)
    bottom = HEADER_HEIGHT + HEAD_HEIGHT + sum(heights)
    pen.rounded_rectangle((MARGIN, grid.top, wide - MARGIN, bottom), 14, outline=RULE, width=2)
    _legend(pen, legend, bottom + 26)
    _text(pen, (MARGIN, bottom + 26 + len(legend) * 44), week.remark, SMALL, GREY)
    return _png(image)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _row_height(row: PictureRow) -> int:
    most = max((len(cell.lines) + bool(cell.hole) for cell in row.cells), default=1)
    return max(2, most) * LINE + 2 * PAD


def _header(pen: ImageDraw.ImageDraw, week: WeekPicture) -> None:
    _text(pen, (MARGIN, 24), week.title, TITLE, INK, bold=True)
    _text(pen, (MARGIN, 82), week.span, SUBTITLE, GREY)


def _heads(pen: ImageDraw.ImageDraw, week: WeekPicture, grid: _Grid) -> None:
    wide = grid.left + DAY_WIDTH + len(week.columns) * grid.column
    box = (grid.left, grid.top, wide, grid.top + HEAD_HEIGHT)
    pen.rounded_rectangle(box, 14, fill=INK, corners=(True, True, False, False))
    for n, name in enumerate(week.columns):
        x = grid.left + DAY_WIDTH + n * grid.column
        _centred(pen, (x, grid.top, x + grid.column, grid.top + HEAD_HEIGHT), name, HEAD, "#ffffff")


def _row(pen: ImageDraw.ImageDraw, row: PictureRow, grid: _Grid, n: int, *, today: str) -> None:
    x, y, _, bottom = grid.cell(n, 0)
    right = grid.left + DAY_WIDTH + len(row.cells) * grid.column
    pen.rectangle((grid.left, y, right, bottom), fill=TODAY if row.is_today else CARD)
    _day(pen, row, (grid.left, y, x, bottom), today)
    for column, cell in enumerate(row.cells):
        _cell(pen, cell, grid.cell(n, column))
    pen.line((grid.left, y, right, y), fill=RULE, width=2)


def _day(pen: ImageDraw.ImageDraw, row: PictureRow, box: tuple[int, int, int, int], today: str) -> None:
    left, top, right, bottom = box
    if row.is_today:
        pen.rectangle((left, top, right - 10, bottom), fill=ACCENT)
    ink, small = ("#ffffff", "#dbe9fb") if row.is_today else (INK, GREY)
    middle = (top + bottom) // 2
    _centred(pen, (left, middle - 42, right - 10, middle), today if row.is_today else row.weekday, HEAD, ink)
    _centred(pen, (left, middle, right - 10, middle + 36), row.day, SMALL, small)


def _cell(pen: ImageDraw.ImageDraw, cell: PictureCell, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    if cell.hole:
        pen.rounded_rectangle((left + 4, top + 5, right - 4, bottom - 4), 8, fill=HOLE_PAPER)
    lines = len(cell.lines) + bool(cell.hole)
    y = (top + bottom - lines * LINE) // 2
    for line in cell.lines:
        _line(pen, line, (left, y, right, y + LINE))
        y += LINE
    if cell.hole:
        text, size = fitted(drawable(cell.hole), SMALL, right - left - 16, least=LEAST)
        _centred(pen, (left, y, right, y + LINE), text, size, HOLE_INK)


def _line(pen: ImageDraw.ImageDraw, line: PictureLine, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    signs = len(line.tags) * (PILL + PILL_GAP)
    name, size = fitted(drawable(line.name), NAME, right - left - 12 - signs, least=LEAST)
    x = left + (right - left - width(name, size) - signs) / 2
    middle = (top + bottom) / 2
    pen.text((x, middle), name, font=font(size), fill=GREY if line.is_off else INK, anchor="lm")
    end = x + width(name, size)
    if line.is_off:
        pen.line((x, middle + 1, end, middle + 1), fill=GREY, width=2)
    for tag in line.tags:
        end = _pill(pen, end + PILL_GAP, middle, tag)


def _pill(pen: ImageDraw.ImageDraw, x: float, middle: float, tag: Tag) -> float:
    paper, ink = PILLS[tag.colour % len(PILLS)] if tag.colour >= 0 else PLAIN_PILL
    pen.rounded_rectangle((x, middle - PILL / 2, x + PILL, middle + PILL / 2), 7, fill=paper)
    pen.text((x + PILL / 2, middle), drawable(tag.text), font=font(SIGN), fill=ink, anchor="mm")
    return x + PILL


Legend = list[list[tuple[Tag, str]]]


def _legend_rows(week: WeekPicture, wide: int) -> Legend:
    """The shifts with their hours, as many a row as fit."""
    rows: Legend = [[]]
    used = 0.0
    for tag, words in week.legend:
        need = PILL + 10 + width(drawable(words), SMALL) + 34
        if rows[-1] and used + need > wide - 2 * MARGIN:
            rows.append([])
            used = 0.0
        rows[-1].append((tag, words))
        used += need
    return rows


def _legend(pen: ImageDraw.ImageDraw, rows: Legend, top: int) -> None:
    for n, row in enumerate(rows):
        x, middle = float(MARGIN), top + n * 44 + PILL / 2
        for tag, words in row:
            end = _pill(pen, x, middle, tag) + 10
            text = drawable(words)
            pen.text((end, middle), text, font=font(SMALL), fill=INK, anchor="lm")
            x = end + width(text, SMALL) + 34


def _text(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, ink: str, *, bold: bool = False) -> None:
    stroke = 1 if bold else 0  # the package has the regular weight only
    pen.text(at, drawable(text), font=font(size), fill=ink, stroke_width=stroke, stroke_fill=ink)


def _centred(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], text: str, size: int, ink: str) -> None:
    left, top, right, bottom = box
    shown, size = fitted(drawable(text), size, right - left - 8, least=LEAST)
    pen.text(((left + right) / 2, (top + bottom) / 2), shown, font=font(size), fill=ink, anchor="mm")
