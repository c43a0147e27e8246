"""What came of a survey as a picture: question by question, a bar for each option, to be read on a phone."""

import io

from PIL import Image, ImageDraw

from bot.desk.pictures import ResultBlock, ResultPicture, ResultRow
from bot.reports.fonts import drawable, fitted, font, width

WIDE, MARGIN, PAD = 1080, 28, 24
TITLE, SUBTITLE, HEAD, LABEL, NOTE = 42, 26, 30, 26, 26
LEAST = 20
"""The smallest letters that a long label is squeezed into."""
HEADER, LINE, ROW, GAP, BAR = 178, 42, 52, 20, 30
AIR = 12
"""Between a question and its bars, where no note stands between them."""
LABELS, FIGURES = 300, 150
"""Room for what a bar stands for, and for its figure."""
PAPER, CARD, INK, GREY, RULE, TRACK, FILL = "#f3f5f8", "#ffffff", "#1c2733", "#5f6d7a", "#dde3ea", "#edf1f5", "#1565c0"
INNER = WIDE - 2 * MARGIN - 2 * PAD


def draw_result(result: ResultPicture) -> bytes:
    """The picture as PNG."""
    heads = [wrapped(block.head, HEAD, INNER) for block in result.blocks]
    heights = [_height(block, head) for block, head in zip(result.blocks, heads, strict=True)]
    image = Image.new("RGB", (WIDE, HEADER + sum(heights) + GAP * len(heights) + MARGIN), PAPER)
    pen = ImageDraw.Draw(image)
    _header(pen, result)
    top = HEADER
    for block, head, height in zip(result.blocks, heads, heights, strict=True):
        _block(pen, block, head, (MARGIN, top, WIDE - MARGIN, top + height))
        top += height + GAP
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def wrapped(text: str, size: int, room: float) -> list[str]:
    """The text in as many lines as it needs."""
    lines = [""]
    for char in drawable(text.replace("\n", " ")):
        if lines[-1] and width(lines[-1] + char, size) > room:
            lines.append("")
        lines[-1] += char
    return lines


def _height(block: ResultBlock, head: list[str]) -> int:
    return 2 * PAD + len(head) * LINE + (LINE if block.note else AIR) + len(block.rows) * ROW


def _header(pen: ImageDraw.ImageDraw, result: ResultPicture) -> None:
    room = WIDE - 2 * MARGIN
    for y, text, size, ink in (
        (24, result.title, TITLE, INK),
        (86, result.span, SUBTITLE, GREY),
        (126, result.people, SUBTITLE, INK),
    ):
        shown, size = fitted(drawable(text), size, room, least=LEAST)
        pen.text((MARGIN, y), shown, font=font(size), fill=ink)


def _block(pen: ImageDraw.ImageDraw, block: ResultBlock, head: list[str], box: tuple[int, int, int, int]) -> None:
    left, top, _, _ = box
    pen.rounded_rectangle(box, 14, fill=CARD, outline=RULE, width=2)
    y = top + PAD
    for line in head:
        pen.text((left + PAD, y), line, font=font(HEAD), fill=INK)
        y += LINE
    if block.note:
        shown, size = fitted(drawable(block.note), NOTE, INNER, least=LEAST)
        pen.text((left + PAD, y), shown, font=font(size), fill=GREY)
        y += LINE
    else:
        y += AIR
    for row in block.rows:
        _row(pen, row, left + PAD, y + ROW // 2)
        y += ROW


def _row(pen: ImageDraw.ImageDraw, row: ResultRow, left: int, middle: int) -> None:
    label, size = fitted(drawable(row.label), LABEL, LABELS - 12, least=LEAST)
    pen.text((left, middle), label, font=font(size), fill=INK, anchor="lm")
    start, room = left + LABELS, INNER - LABELS - FIGURES
    track = (start, middle - BAR // 2, start + room, middle + BAR // 2)
    pen.rounded_rectangle(track, 8, fill=TRACK)
    if row.share > 0:
        long = max(16, round(room * min(1.0, row.share)))
        pen.rounded_rectangle((start, track[1], start + long, track[3]), 8, fill=FILL)
    figure, size = fitted(drawable(row.figure), LABEL, FIGURES - 14, least=LEAST)
    pen.text((left + INNER, middle), figure, font=font(size), fill=INK, anchor="rm")
