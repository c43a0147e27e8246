"""A period's report on a page: headlines with what they are against, the course, the regions; read on a phone."""

import io
import itertools
import re
from collections.abc import Sequence

from PIL import Image, ImageDraw

from bot.desk.pictures import CourseStep, PeriodPicture, PeriodTile
from bot.reports.axis import Axis, Box, axis_over
from bot.reports.fonts import drawable, fitted, font, width

WIDE, MARGIN, PAD = 1280, 32, 14
HEADER, TILE, PLOT, FOOT = 132, 138, 380, 64
HEAD_ROW, ROW = 60, 54
PER_ROW = 4
"""Tiles side by side."""
TITLE, SUBTITLE, LABEL, NUMBER, SMALL, CELL, TICK = 40, 26, 24, 40, 20, 25, 20
LEAST = 15
"""The smallest letters that a long word is squeezed into."""
FIRST = 1.5
"""How much wider the first column is than the others."""
BESIDE = 8
"""Free on each side of what stands in a column."""
MOST_TICKS = 16
PAPER, CARD, INK, GREY, RULE, STRIPE = "#f3f5f8", "#ffffff", "#1c2733", "#5f6d7a", "#dde3ea", "#f6f8fa"
OPENED, RESOLVED = "#1565c0", "#2e7d4f"
Pen = ImageDraw.ImageDraw


def draw_period(report: PeriodPicture) -> bytes:
    """The picture as PNG."""
    tiles = -(-len(report.tiles) // PER_ROW) * (TILE + PAD)
    plot, table = HEADER + tiles, HEADER + tiles + PLOT + PAD
    bottom = table + HEAD_ROW + ROW * len(report.rows)
    image = Image.new("RGB", (WIDE, bottom + FOOT), PAPER)
    pen = ImageDraw.Draw(image)
    room = WIDE - 2 * MARGIN
    _text(pen, (MARGIN, 24), report.title, TITLE, INK, room)
    _text(pen, (MARGIN, 84), report.span, SUBTITLE, GREY, room)
    for n, tile in enumerate(report.tiles):
        _tile(pen, tile, n)
    _plot(pen, report, (MARGIN, plot, WIDE - MARGIN, plot + PLOT))
    _table(pen, report, table)
    _text(pen, (MARGIN, bottom + 20), report.foot, SMALL, GREY, room)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _tile(pen: Pen, tile: PeriodTile, number: int) -> None:
    each = (WIDE - 2 * MARGIN + PAD) / PER_ROW
    left, top = MARGIN + number % PER_ROW * each, HEADER + number // PER_ROW * (TILE + PAD)
    room = each - PAD - 40
    pen.rounded_rectangle((left, top, left + each - PAD, top + TILE), 14, fill=CARD, outline=RULE, width=2)
    _text(pen, (left + 20, top + 12), tile.label, LABEL, GREY, room)
    _text(pen, (left + 20, top + 42), tile.value, NUMBER, INK, room)
    _text(pen, (left + 20, top + 96), tile.changes, SMALL, GREY, room)


def _plot(pen: Pen, report: PeriodPicture, card: Box) -> None:
    pen.rounded_rectangle(card, 14, fill=CARD, outline=RULE, width=2)
    _text(pen, (card[0] + 20, card[1] + 16), report.course_title, LABEL, INK, 500)
    _legend(pen, report.legend, card)
    box = (card[0] + 76, card[1] + 68, card[2] - 24, card[3] - 44)
    axis = axis_over(v for step in report.course for v in (step.opened, step.resolved))
    for amount in axis.ticks():
        y = axis.y(amount, box)
        pen.line((box[0], y, box[2], y), fill=RULE, width=2)
        pen.text((box[0] - 12, y), f"{amount:,}", font=font(TICK), fill=GREY, anchor="rm")
    each = (box[2] - box[0]) / max(1, len(report.course))
    every = -(-len(report.course) // MOST_TICKS)
    for n, step in enumerate(report.course):
        left = box[0] + n * each
        _columns(pen, step, axis, (left, box[1], left + each, box[3]))
        if n % every == 0:
            label, size = fitted(drawable(step.label), TICK, every * each, least=LEAST)
            pen.text((left + each / 2, box[3] + 10), label, font=font(size), fill=GREY, anchor="mt")


def _columns(pen: Pen, step: CourseStep, axis: Axis, box: Box) -> None:
    """What was opened and what was resolved, side by side."""
    gap = min(12.0, (box[2] - box[0]) * 0.16)
    half = min(48.0, (box[2] - box[0] - 2 * gap) / 2)
    left, zero = (box[0] + box[2]) / 2 - half, axis.y(0, box)
    for n, (amount, colour) in enumerate(((step.opened, OPENED), (step.resolved, RESOLVED))):
        if amount:
            x = left + n * half
            pen.rectangle((x, axis.y(amount, box), x + half - 1, zero), fill=colour)


def _legend(pen: Pen, words: tuple[str, str], card: Box) -> None:
    x = card[2] - 24
    for text, colour in reversed(list(zip(words, (OPENED, RESOLVED), strict=True))):
        text = drawable(text)
        x -= width(text, TICK)
        pen.text((x, card[1] + 30), text, font=font(TICK), fill=INK, anchor="lm")
        pen.rectangle((x - 30, card[1] + 22, x - 8, card[1] + 38), fill=colour)
        x -= 56


def _table(pen: Pen, report: PeriodPicture, top: float) -> None:
    edges = _edges(len(report.columns))
    bottom = top + HEAD_ROW + ROW * len(report.rows)
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, bottom), 14, fill=CARD)
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, top + HEAD_ROW), 14, fill=INK,
                          corners=(True, True, False, False))  # fmt: skip
    _heads(pen, report.columns, edges, top)
    for number, row in enumerate(report.rows):
        y = top + HEAD_ROW + number * ROW
        if number == len(report.rows) - 1:
            pen.rectangle((MARGIN, y, WIDE - MARGIN, y + ROW), fill=STRIPE)
        pen.line((MARGIN, y, WIDE - MARGIN, y), fill=RULE, width=2)
        for n, text in enumerate(row):
            _cell(pen, text, (edges[n], y, edges[n + 1], y + ROW), INK, is_first=n == 0)
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, bottom), 14, outline=RULE, width=2)


def _heads(pen: Pen, columns: Sequence[str], edges: Sequence[float], top: float) -> None:
    """All of one size; what stands in brackets has a line of its own."""
    heads = [[part for part in re.split(r"(?=（)", name) if part] for name in columns]
    rooms = [right - left - 2 * BESIDE for left, right in itertools.pairwise(edges)]
    size = min(
        fitted(drawable(line), CELL, room, least=LEAST)[1]
        for lines, room in zip(heads, rooms, strict=True)
        for line in lines
    )
    for n, lines in enumerate(heads):
        each = (HEAD_ROW - 8) / len(lines)
        for k, line in enumerate(lines):
            y = top + 4 + k * each
            _cell(pen, line, (edges[n], y, edges[n + 1], y + each), "#ffffff", is_first=n == 0, size=size)


def _edges(columns: int) -> list[float]:
    each = (WIDE - 2 * MARGIN) / (columns - 1 + FIRST)
    return [float(MARGIN), *(MARGIN + each * (FIRST + n) for n in range(columns))]


def _cell(pen: Pen, text: str, box: Box, ink: str, *, is_first: bool, size: int = CELL) -> None:
    left, top, right, bottom = box
    shown, size = fitted(drawable(text), size, right - left - 2 * BESIDE, least=LEAST)
    x, anchor = (left + 14, "lm") if is_first else ((left + right) / 2, "mm")
    pen.text((x, (top + bottom) / 2), shown, font=font(size), fill=ink, anchor=anchor)


def _text(pen: Pen, at: tuple[float, float], text: str, size: int, ink: str, room: float) -> None:
    shown, size = fitted(drawable(text), size, room, least=LEAST)
    pen.text(at, shown, font=font(size), fill=ink)
