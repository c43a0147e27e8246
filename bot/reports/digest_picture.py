"""The day's digest as a picture: big numbers, the day by hours, two weeks, the regions, what people write about."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from bot.desk.pictures import CountPlot, DigestPicture, DigestRow, Tile, WordBar
from bot.reports.fonts import drawable, fitted, font, width

WIDE, MARGIN, PAD = 1080, 28, 16
HEADER, TILE, PER_ROW = 136, 152, 4
PLOT, PLOT_HEAD, PLOT_FOOT, AXIS = 330, 66, 44, 64
HEAD_ROW, ROW, TABLE_HEAD = 50, 50, 56
WORD_ROW, WORD_LABEL, WORD_NOTE = 50, 260, 250
TITLE, SUBTITLE, LABEL, NUMBER, NOTE, CELL, TICK, PART = 42, 26, 26, 48, 23, 26, 20, 28
LEAST = 15
"""The smallest letters that a long word is squeezed into."""
PAPER, CARD, INK, GREY, RULE, TRACK = "#f3f5f8", "#ffffff", "#1c2733", "#5f6d7a", "#dde3ea", "#edf1f5"
NEW, DONE, BEFORE, BAD, BAD_PAPER = "#1565c0", "#3fa37a", "#8a97a5", "#b3261e", "#fdeceb"
SHARES = (16, 9, 9, 9, 9, 9, 9, 9, 9, 12, 11)
STEPS = 4
Pen = ImageDraw.ImageDraw
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Scale:
    """From zero to a round number above all counts."""

    most: int
    step: int

    def y(self, count: float, box: Box) -> float:
        """The height of a count in a box."""
        return box[3] - count / self.most * (box[3] - box[1])


def scale_of(counts: tuple[int, ...]) -> Scale:
    """At most five steps, of 1, 2 or 5 times a power of ten."""
    most = max((1, *counts))
    power = 10 ** (len(str(-(-most // STEPS))) - 1)
    step = next(power * n for n in (1, 2, 5, 10) if power * n * STEPS >= most)
    return Scale(-(-most // step) * step, step)


def draw_digest(day: DigestPicture) -> bytes:
    """The picture as PNG."""
    tiles = -(-len(day.tiles) // PER_ROW) * (TILE + PAD)
    table = TABLE_HEAD + HEAD_ROW + ROW * len(day.rows) + 2 * PAD
    words = (TABLE_HEAD + WORD_ROW * len(day.words) + 2 * PAD) if day.words else 0
    plots = len(day.plots) * (PLOT + PAD)
    image = Image.new("RGB", (WIDE, HEADER + tiles + plots + table + words + MARGIN), PAPER)
    pen = ImageDraw.Draw(image)
    _text(pen, (MARGIN, 24), day.title, TITLE, INK, room=WIDE - 2 * MARGIN)
    _text(pen, (MARGIN, 84), day.span, SUBTITLE, GREY, room=WIDE - 2 * MARGIN)
    _tiles(pen, day.tiles)
    top = HEADER + tiles
    for plot in day.plots:
        _plot(pen, plot, (MARGIN, top, WIDE - MARGIN, top + PLOT))
        top += PLOT + PAD
    _table(pen, day, top)
    if day.words:
        _words(pen, day, (MARGIN, top + table, WIDE - MARGIN, top + table + words - PAD))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _tiles(pen: Pen, tiles: tuple[Tile, ...]) -> None:
    each = (WIDE - 2 * MARGIN + PAD) / PER_ROW
    for n, tile in enumerate(tiles):
        left, top = MARGIN + n % PER_ROW * each, HEADER + n // PER_ROW * (TILE + PAD)
        paper, ink = (BAD_PAPER, BAD) if tile.is_bad else (CARD, INK)
        pen.rounded_rectangle((left, top, left + each - PAD, top + TILE), 14, fill=paper, outline=RULE, width=2)
        _text(pen, (left + 18, top + 12), tile.label, LABEL, GREY, room=each - PAD - 36)
        _text(pen, (left + 18, top + 42), tile.value, NUMBER, ink, room=each - PAD - 36)
        _text(pen, (left + 18, top + 112), tile.note, NOTE, GREY, room=each - PAD - 36)


def _plot(pen: Pen, plot: CountPlot, card: Box) -> None:
    pen.rounded_rectangle(card, 14, fill=CARD, outline=RULE, width=2)
    box = (card[0] + AXIS, card[1] + PLOT_HEAD, card[2] - 20, card[3] - PLOT_FOOT)
    _text(pen, (card[0] + 20, card[1] + 14), plot.title, PART, INK, room=470)
    _legend(pen, plot, card)
    scale = scale_of((*plot.bars[0], *plot.bars[1], *plot.line))
    for count in range(0, scale.most + 1, scale.step):
        y = scale.y(count, box)
        pen.line((box[0], y, box[2], y), fill=RULE, width=2)
        pen.text((box[0] - 12, y), str(count), font=font(TICK), fill=GREY, anchor="rm")
    _steps(pen, plot, scale, box)


def _steps(pen: Pen, plot: CountPlot, scale: Scale, box: Box) -> None:
    each = (box[2] - box[0]) / max(1, len(plot.labels))
    every = -(-max((width(drawable(label), TICK) for label in plot.labels), default=0) // max(1.0, each - 4))
    for n, label in enumerate(plot.labels):
        left = box[0] + n * each
        for k, (counts, colour) in enumerate(zip(plot.bars, (NEW, DONE), strict=True)):
            if counts[n]:
                x, half = left + each * (0.14 + 0.36 * k), each * 0.36
                pen.rectangle((x, scale.y(counts[n], box), x + half - 2, box[3]), fill=colour)
        if (len(plot.labels) - 1 - n) % max(1, int(every)) == 0:
            pen.text((left + each / 2, box[3] + 10), drawable(label), font=font(TICK), fill=GREY, anchor="mt")
    points = [(box[0] + (n + 0.5) * each, scale.y(count, box)) for n, count in enumerate(plot.line)]
    if len(points) > 1:
        pen.line(points, fill=BEFORE, width=4, joint="curve")
    for x, y in points:
        pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=BEFORE)


def _legend(pen: Pen, plot: CountPlot, card: Box) -> None:
    x, y = card[2] - 24, card[1] + 32
    for text, colour in reversed(list(zip(plot.legend, (NEW, DONE, BEFORE), strict=False))):
        shown = drawable(text)
        x -= width(shown, TICK)
        pen.text((x, y), shown, font=font(TICK), fill=INK, anchor="lm")
        x -= 30
        is_line = colour == BEFORE
        pen.rectangle((x, y - (2 if is_line else 8), x + 22, y + (2 if is_line else 8)), fill=colour)
        x -= 24


def _table(pen: Pen, day: DigestPicture, top: float) -> None:
    _text(pen, (MARGIN + 4, top + 10), day.table, PART, INK, room=WIDE - 2 * MARGIN)
    top += TABLE_HEAD
    bottom, edges = top + HEAD_ROW + ROW * len(day.rows), _edges(len(day.columns))
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, bottom), 14, fill=CARD)
    head = (MARGIN, top, WIDE - MARGIN, top + HEAD_ROW)
    pen.rounded_rectangle(head, 14, fill=INK, corners=(True, True, False, False))
    for n, name in enumerate(day.columns):
        _cell(pen, name, (edges[n], top, edges[n + 1], top + HEAD_ROW), "#ffffff", is_first=n == 0)
    for n, row in enumerate(day.rows):
        _row(pen, row, top + HEAD_ROW + n * ROW, edges)
    pen.rounded_rectangle((MARGIN, top, WIDE - MARGIN, bottom), 14, outline=RULE, width=2)


def _edges(columns: int) -> list[float]:
    shares = SHARES[:columns]
    each = (WIDE - 2 * MARGIN) / sum(shares)
    return [MARGIN + each * sum(shares[:n]) for n in range(columns + 1)]


def _row(pen: Pen, row: DigestRow, y: float, edges: list[float]) -> None:
    pen.line((MARGIN, y, WIDE - MARGIN, y), fill=RULE, width=2)
    for n, text in enumerate(row.cells):
        if n in row.bad:
            pen.rectangle((edges[n] + 2, y + 3, edges[n + 1] - 2, y + ROW - 2), fill=BAD_PAPER)
        ink = BAD if n in row.bad else INK
        _cell(pen, text, (edges[n], y, edges[n + 1], y + ROW), ink, is_first=n == 0)


def _words(pen: Pen, day: DigestPicture, card: Box) -> None:
    """A bar for today, a mark for what is usual."""
    _text(pen, (card[0] + 4, card[1]), day.words_title, PART, INK, room=card[2] - card[0])
    top = card[1] + TABLE_HEAD - 8
    pen.rounded_rectangle((card[0], top, card[2], top + WORD_ROW * len(day.words) + PAD), 14, fill=CARD, outline=RULE,
                          width=2)  # fmt: skip
    most = max(1.0, *(max(word.count, word.usual) for word in day.words))
    for n, word in enumerate(day.words):
        _word(pen, word, most, (card[0] + 20, top + PAD / 2 + n * WORD_ROW, card[2] - 20, 0))


def _word(pen: Pen, word: WordBar, most: float, box: Box) -> None:
    middle = box[1] + WORD_ROW / 2
    shown, size = fitted(drawable(word.word), CELL, WORD_LABEL - 16, least=LEAST)
    pen.text((box[0], middle), shown, font=font(size), fill=INK, anchor="lm")
    start, end = box[0] + WORD_LABEL, box[2] - WORD_NOTE
    pen.rounded_rectangle((start, middle - 13, end, middle + 13), 6, fill=TRACK)
    long = max(8.0, (end - start) * word.count / most)
    pen.rounded_rectangle((start, middle - 13, start + long, middle + 13), 6, fill=NEW)
    mark = start + (end - start) * word.usual / most
    pen.rectangle((mark - 2, middle - 19, mark + 2, middle + 19), fill=INK)
    note, size = fitted(drawable(word.note), NOTE, WORD_NOTE - 16, least=LEAST)
    pen.text((box[2], middle), note, font=font(size), fill=GREY, anchor="rm")


def _cell(pen: Pen, text: str, box: Box, ink: str, *, is_first: bool) -> None:
    left, top, right, bottom = box
    shown, size = fitted(drawable(text), CELL, right - left - 14, least=LEAST)
    x, anchor = (left + 14, "lm") if is_first else ((left + right) / 2, "mm")
    pen.text((x, (top + bottom) / 2), shown, font=font(size), fill=ink, anchor=anchor)


def _text(pen: Pen, at: tuple[float, float], text: str, size: int, ink: str, *, room: float) -> None:
    shown, size = fitted(drawable(text), size, room, least=LEAST)
    pen.text(at, shown, font=font(size), fill=ink)
