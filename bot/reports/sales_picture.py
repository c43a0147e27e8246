"""A period's sales as a picture: the course of it with last year's and the target, and the groups below."""

import io
from itertools import pairwise

from PIL import Image, ImageDraw

from bot.desk.pictures import Bar, SalesPicture, SalesPictureRow
from bot.reports.axis import Axis, Box, axis_over
from bot.reports.fonts import drawable, fitted, font, width

WIDE, MARGIN = 1280, 32
HEADER, TILE, PLOT, FOOT = 132, 116, 400, 84
HEAD_ROW, ROW, PAD = 54, 58, 14
TITLE, SUBTITLE, LABEL, NUMBER, CELL, TICK = 40, 26, 22, 36, 25, 20
LEAST = 15
"""The smallest letters that a long word is squeezed into."""
PAPER, CARD, INK, GREY, RULE = "#f3f5f8", "#ffffff", "#1c2733", "#6d7a87", "#dde3ea"
NOW, BEFORE, TARGET = "#1565c0", "#b9c7d6", "#c2571a"
GOOD, SHORT = "#2e7d4f", "#c2571a"
SHARES = (20, 13, 10, 10, 14, 7, 7, 11, 8)
"""How wide the columns are, relative to each other."""
FEN_OF_UNIT = 10**6
"""Fen in the plot's unit, ten thousand yuan."""
Pen = ImageDraw.ImageDraw


def axis_of(bars: tuple[Bar, ...]) -> Axis:
    """An axis for every amount of these bars."""
    return axis_over(v for bar in bars for v in (bar.amount, bar.before, bar.target))


def draw_sales(sales: SalesPicture) -> bytes:
    """The picture as PNG."""
    table = HEAD_ROW + ROW * len(sales.rows)
    image = Image.new("RGB", (WIDE, HEADER + TILE + PLOT + FOOT + table + MARGIN + PAD), PAPER)
    pen = ImageDraw.Draw(image)
    _text(pen, (MARGIN, 24), sales.title, TITLE, INK, room=WIDE - 2 * MARGIN)
    _text(pen, (MARGIN, 84), sales.span, SUBTITLE, GREY, room=WIDE - 2 * MARGIN)
    _tiles(pen, sales.tiles)
    top = HEADER + TILE + PAD
    _plot(pen, sales, (MARGIN, top, WIDE - MARGIN, top + PLOT + FOOT - PAD))
    _table(pen, sales, top + PLOT + FOOT)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _tiles(pen: Pen, tiles: tuple[tuple[str, str], ...]) -> None:
    each = (WIDE - 2 * MARGIN + PAD) / len(tiles)
    for n, (label, value) in enumerate(tiles):
        left = MARGIN + n * each
        pen.rounded_rectangle((left, HEADER, left + each - PAD, HEADER + TILE), 14, fill=CARD, outline=RULE, width=2)
        _text(pen, (left + 20, HEADER + 14), label, LABEL, GREY, room=each - PAD - 40)
        _text(pen, (left + 20, HEADER + 50), value, NUMBER, INK, room=each - PAD - 40)


def _plot(pen: Pen, sales: SalesPicture, card: Box) -> None:
    pen.rounded_rectangle(card, 14, fill=CARD, outline=RULE, width=2)
    box = (card[0] + 96, card[1] + 70, card[2] - 20, card[3] - 46)
    axis = axis_of(sales.bars)
    _text(pen, (card[0] + 20, card[1] + 18), sales.unit, TICK, GREY, room=200)
    _legend(pen, sales.legend, card)
    for amount in axis.ticks():
        y = axis.y(amount, box)
        pen.line((box[0], y, box[2], y), fill=RULE, width=2)
        pen.text((box[0] - 12, y), _unit(amount), font=font(TICK), fill=GREY, anchor="rm")
    each = (box[2] - box[0]) / max(1, len(sales.bars))
    for n, bar in enumerate(sales.bars):
        _bars(pen, bar, axis, (box[0] + n * each, box[1], box[0] + (n + 1) * each, box[3]))
        if len(sales.bars) <= 16 or n % 2 == 0:
            x = box[0] + (n + 0.5) * each
            pen.text((x, box[3] + 10), drawable(bar.label), font=font(TICK), fill=GREY, anchor="mt")
    _target(pen, sales.bars, axis, box)


def _unit(amount: int) -> str:
    return f"{amount / FEN_OF_UNIT:,.2f}".rstrip("0").rstrip(".")


def _bars(pen: Pen, bar: Bar, axis: Axis, box: Box) -> None:
    """Last year's and this year's, side by side."""
    left, _, right, _ = box
    gap = (right - left) * 0.14
    half = (right - left - 2 * gap) / 2
    zero = axis.y(0, box)
    for n, (amount, colour) in enumerate(((bar.before, BEFORE), (bar.amount, NOW))):
        x, y = left + gap + n * half, axis.y(amount, box)
        if amount:
            pen.rectangle((x, min(y, zero), x + half - 1, max(y, zero)), fill=colour)


def _target(pen: Pen, bars: tuple[Bar, ...], axis: Axis, box: Box) -> None:
    """The target as a line from step to step."""
    each = (box[2] - box[0]) / max(1, len(bars))
    points = [(box[0] + (n + 0.5) * each, axis.y(b.target, box)) for n, b in enumerate(bars) if b.target]
    for start, end in pairwise(points):
        pen.line((*start, *end), fill=TARGET, width=4)
    for x, y in points:
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=TARGET)


def _legend(pen: Pen, words: tuple[str, str, str], card: Box) -> None:
    x = card[2] - 24
    for text, colour in reversed(list(zip(words, (NOW, BEFORE, TARGET), strict=True))):
        text = drawable(text)
        x -= width(text, TICK)
        pen.text((x, card[1] + 32), text, font=font(TICK), fill=INK, anchor="lm")
        x -= 30
        pen.rectangle((x, card[1] + 24, x + 22, card[1] + 40), fill=colour)
        x -= 26


def _table(pen: Pen, sales: SalesPicture, top: float) -> None:
    bottom = top + HEAD_ROW + ROW * len(sales.rows)
    edges = _edges()
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, bottom), 14, fill=CARD)
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, top + HEAD_ROW), 14, fill=INK,
                          corners=(True, True, False, False))  # fmt: skip
    for n, name in enumerate(sales.columns):
        _cell(pen, name, (edges[n], top, edges[n + 1], top + HEAD_ROW), "#ffffff", is_first=n == 0)
    for n, row in enumerate(sales.rows):
        _row(pen, row, top + HEAD_ROW + n * ROW, edges)
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, bottom), 14, outline=RULE, width=2)


def _edges() -> list[float]:
    each = (WIDE - 2 * MARGIN) / sum(SHARES)
    return [MARGIN + each * sum(SHARES[:n]) for n in range(len(SHARES) + 1)]


def _row(pen: Pen, row: SalesPictureRow, y: float, edges: list[float]) -> None:
    pen.line((MARGIN, y, WIDE - MARGIN, y), fill=RULE, width=2)
    for n, text in enumerate(row.cells):
        box = (edges[n], y, edges[n + 1], y + ROW)
        if n == 4 and row.attained is not None:
            _attained(pen, row.attained, box)
            box = (box[0], box[1], box[2], box[3] - 14)
        _cell(pen, text, box, INK, is_first=n == 0)


def _attained(pen: Pen, share: float, box: Box) -> None:
    """How much of the target is reached, as a bar under the number."""
    left, right, y = box[0] + 16, box[2] - 16, box[3] - 14
    pen.rounded_rectangle((left, y, right, y + 6), 3, fill=RULE)
    end = left + (right - left) * min(1.0, max(0.0, share))
    if end - left >= 6:
        pen.rounded_rectangle((left, y, end, y + 6), 3, fill=GOOD if share >= 1 else SHORT)


def _cell(pen: Pen, text: str, box: Box, ink: str, *, is_first: bool) -> None:
    left, top, right, bottom = box
    shown, size = fitted(drawable(text), CELL, right - left - 16, least=LEAST)
    x, anchor = (left + 14, "lm") if is_first else ((left + right) / 2, "mm")
    pen.text((x, (top + bottom) / 2), shown, font=font(size), fill=ink, anchor=anchor)


def _text(pen: Pen, at: tuple[float, float], text: str, size: int, ink: str, *, room: float) -> None:
    shown, size = fitted(drawable(text), size, room, least=LEAST)
    pen.text(at, shown, font=font(size), fill=ink)
