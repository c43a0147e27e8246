"""The sales picture: no glyph is missing, it is one that Telegram takes, and the plot's heights are the amounts."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

import bot
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.pictures import Bar, SalesPicture, SalesPictureRow
from bot.desk.script import Rendered
from bot.reports.fonts import drawable, has_glyph
from bot.reports.printer import print_report
from bot.reports.sales_picture import NOW, Axis, axis_of

BARS = tuple(Bar(str(n), n * 1_000_000, (n % 5) * 900_000, 2_000_000) for n in range(1, 32))
ROW = SalesPictureRow(("春熙路店", "28.04万", "+15.0%", "−0.5%", "95.4%", "3", "1", "4 分钟", "100%"), 0.954)
OVER = replace(ROW, attained=9.9)
LONG = replace(ROW, cells=("店名特别特别长的一家门店" * 3, *ROW.cells[1:]))
PICTURE = SalesPicture(
    "sales-2026-10.png", "全部门店 · 2026年10月销售", "数据齐至期末", (("销售额", "1.23亿"), ("同比", "无可比")), BARS,
    ("本期", "上年同期", "目标"), "单位：万元",
    ("名称", "销售额", "同比", "环比", "目标达成", "工单", "投诉", "首答中位", "首问办结"), (ROW,) * 12,
    Rendered("", ""),
)  # fmt: skip


def drawn(picture: SalesPicture) -> Image.Image:
    return Image.open(io.BytesIO(print_report(picture).data))


def test_every_word_of_it_has_its_glyphs() -> None:
    labels = make_office(Settings()).labels.sales
    ours = {c for word in labels.values() for c in word} | set("0123456789,.+−%元万亿—·●")
    assert [c for c in sorted(ours - set("●")) if not has_glyph(c)] == []
    assert "\ufffd" not in (Path(bot.__file__).parent / "scripts" / "labels.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "picture",
    [
        PICTURE,
        replace(PICTURE, bars=(Bar("7月", 0, 0, 0),) * 3, rows=(replace(ROW, attained=None),)),
        replace(PICTURE, bars=tuple(Bar("退", -5_000_000 * n, 1, 0) for n in range(12)), rows=(OVER,)),
        replace(PICTURE, title="𠮷野🌸" * 30, rows=(LONG,)),
    ],
    ids=["a month", "nothing", "refunds", "long names"],
)  # fmt: skip
def test_telegram_takes_it_whatever_the_figures(picture: SalesPicture) -> None:
    printed = print_report(picture)
    image = Image.open(io.BytesIO(printed.data))
    assert (printed.is_picture, image.format) == (True, "PNG")
    assert image.width + image.height <= 10_000 and max(image.size) / min(image.size) <= 20, "Bot API, sendPhoto"
    assert len(printed.data) < 1_000_000


def test_the_heights_of_the_bars_are_the_amounts() -> None:
    two = replace(PICTURE, bars=(Bar("1月", 3_000_000, 0, 0), Bar("2月", 1_500_000, 0, 0)), tiles=(("", ""),))
    image = drawn(two).convert("RGB")
    blue = tuple(bytes.fromhex(NOW[1:]))
    columns = [sum(image.getpixel((x, y)) == blue for y in range(330, 720)) for x in range(image.width)]
    tall, short = max(columns), max(c for c in columns if c < max(columns) * 0.8)
    assert tall / short == pytest.approx(2, abs=0.05)


@pytest.mark.parametrize(
    ("amounts", "axis"),
    [((0,), Axis(0, 1, 1)), ((399,), Axis(0, 400, 100)), ((401,), Axis(0, 600, 200)),
     ((-150, 900), Axis(-500, 1000, 500)),
     ((99_999_999,), Axis(0, 100_000_000, 50_000_000))],
)  # fmt: skip
def test_the_axis_has_round_steps(amounts: tuple[int, ...], axis: Axis) -> None:
    assert axis_of(tuple(Bar("", a, 0, 0) for a in amounts)) == axis
    assert len(axis.ticks()) <= 7
    assert drawable("−") == "−"
