"""The digest's picture: no glyph is missing, it is one that Telegram takes, and the bars are as high as the counts."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.app.office import make_office
from bot.config import Settings
from bot.desk.pictures import CountPlot, DigestPicture, DigestRow, Tile, WordBar
from bot.desk.script import Rendered
from bot.reports.digest_picture import AXIS, BEFORE, DONE, MARGIN, NEW, PLOT_FOOT, PLOT_HEAD, scale_of
from bot.reports.fonts import has_glyph
from bot.reports.printer import print_report

LABELS = tuple(f"{h}点" for h in range(8, 21))
BARS = ((0, 4, *[1] * 11), (0, 2, *[0] * 11))
HOURS = CountPlot("今日每小时", LABELS, BARS, (3,) * 13, ("新增", "办结", "昨日新增"))
DAY = DigestPicture(
    "digest-2026-11-25.png", "半亩禾 · 日报", "截至 18:00",
    tuple(Tile("新增", "22", "较昨 +3", n > 3) for n in range(8)),
    (HOURS, replace(HOURS, line=())), "各大区", ("大区", *["三声不全"] * 10),
    tuple(DigestRow(("华东", *["·"] * 10), frozenset({5})) for _ in range(8)), "大家在写什么",
    (WordBar("芋泥·断货", 4, 0.5, "4 件，平时 0.5 件"),), Rendered("", ""),
)  # fmt: skip


def drawn(day: DigestPicture) -> Image.Image:
    return Image.open(io.BytesIO(print_report(day).data))


def test_the_font_has_every_character_of_the_digests_words() -> None:
    office = make_office(Settings())
    words = "".join([*office.labels.daily.values(), *(r.name for r in office.regions), "0123456789+−·:：；，“”%"])
    assert [c for c in sorted(set(words)) if not has_glyph(c)] == []


@pytest.mark.parametrize(
    "day", [DAY, replace(DAY, words=(), rows=DAY.rows * 3), replace(DAY, tiles=(), plots=(), words=DAY.words * 10)]
)
def test_it_is_one_that_telegram_takes_and_a_phone_shows(day: DigestPicture) -> None:
    image = drawn(day)
    assert image.format == "PNG" and image.width == 1080
    assert image.width + image.height <= 10_000 and max(image.size) / min(image.size) <= 20, "Bot API, sendPhoto"
    assert len(print_report(day).data) < 1_000_000


def test_the_bars_are_as_high_as_the_counts() -> None:
    image = drawn(replace(DAY, tiles=(), plots=(HOURS,), words=())).convert("RGB")
    top = 136
    box = (MARGIN + AXIS, top + PLOT_HEAD, 1080 - MARGIN - 20, top + 330 - PLOT_FOOT)
    each, scale = (box[2] - box[0]) / 13, scale_of((4, 3, 2))
    x = round(box[0] + each * 1.2)
    blue = [y for y in range(image.height) if image.getpixel((x, y)) == _rgb(NEW)]
    green = [y for y in range(image.height) if image.getpixel((round(box[0] + each * 1.8), y)) == _rgb(DONE)]
    assert abs(min(blue) - scale.y(4, box)) <= 1 and abs(min(green) - scale.y(2, box)) <= 1
    grey = [
        y for y in range(top + PLOT_HEAD, image.height) if image.getpixel((round(box[0] + each * 5), y)) == _rgb(BEFORE)
    ]
    assert grey and abs(sum(grey) / len(grey) - scale.y(3, box)) <= 3


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**6), max_size=6))
def test_the_scale_is_round_and_holds_every_count(counts: list[int]) -> None:
    scale = scale_of(tuple(counts))
    assert scale.most >= max([1, *counts]) and scale.most % scale.step == 0 and 1 <= scale.most // scale.step <= 5
    assert int(str(scale.step).rstrip("0")) in (1, 2, 5)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
