"""The score card: what its file may say, how a card is marked and what it comes to."""

from pathlib import Path

import pytest

import bot
from bot.desk.score_card import Fact, Level, ScoreCardError, read_score_card

FILE = Path(bot.__file__).parent / "scripts" / "scorecard.toml"
TWO = """
[[items]]
name = "问声"
points = 60
fact = "greeting"
[[items]]
name = "正确"
points = 40
[[fatal]]
name = "辱骂"
[[fatal]]
name = "泄露"
"""
CARD = read_score_card(TWO)


def test_the_card_that_comes_with_the_program_holds_what_the_manual_names() -> None:
    card = read_score_card(FILE.read_text(encoding="utf-8"))
    assert {item.fact for item in card.items} == {*Fact, None}
    assert {"问声", "应声", "送声", "三要", "三不", "答复正确", "限时处理", "首问负责"} == {i.name for i in card.items}
    assert card.score(card.begin()) == 100
    assert len(f"do:qm:{10**10}:1{card.begin().code()}") <= 64


@pytest.mark.parametrize(
    ("code", "score"),
    [("ff.00", 100.0), ("hf.00", 70.0), ("nf.00", 40.0), ("fn.00", 60.0), ("fx.00", 100.0), ("hx.00", 50.0),
     ("hh.00", 50.0), ("xx.00", None), ("ff.10", 0.0), ("ff.01", 0.0), ("xx.01", 0.0), ("nn.00", 0.0)],
)  # fmt: skip
def test_what_a_card_comes_to(code: str, score: float | None) -> None:
    marks = CARD.read_marks(code)
    assert marks is not None
    assert marks.code() == code
    assert CARD.score(marks) == score


@pytest.mark.parametrize("code", ["", "ff", "fff.00", "ff.0", "ff.02", "fq.00", "f.00", "ff.000", "FF.00", "ff.00.0"])
def test_marks_of_another_card_are_none(code: str) -> None:
    assert CARD.read_marks(code) is None


def test_a_card_begins_with_what_the_record_says() -> None:
    marks = CARD.begin([Fact.GREETING, Fact.KINDNESS])
    assert marks.levels == (Level.HALF, Level.FULL)
    assert CARD.score(marks) == 70


def test_a_mark_changes_one_thing() -> None:
    marks = CARD.begin().with_level(1, Level.NONE).with_fatal(0, happened=True)
    assert marks.code() == "fn.10"


BROKEN = [
    ("[[items", "写法有误"),
    ("", "须有 1 到 12 个"),
    ("rest = 1", "不认识 rest"),
    ("items = 5", "须写成一节一节"),
    (TWO.replace("points = 40", "points = 30"), "之和须是 100，现在是 90"),
    (TWO.replace("points = 40", "points = 0"), "第 2 个 [[items]] 的 points"),
    (TWO.replace("points = 40", "points = true"), "points 须是正整数"),
    (TWO.replace("points = 40", "points = 40.0"), "points 须是正整数"),
    (TWO.replace('"正确"', '"问声"'), "“问声”出现了两次"),
    (TWO.replace('"辱骂"', '"正确"'), "“正确”出现了两次"),
    (TWO.replace('"正确"', '"正 确"'), "name 须是"),
    (TWO.replace('"正确"', '"正确正确正确正确正确正确正"'), "12 字以内"),
    (TWO.replace('"greeting"', '"luck"'), "“luck”不认识；可用的有：greeting"),
    (TWO.replace('name = "泄露"', "about = 5"), "第 2 个 [[fatal]]"),
    (TWO.replace("points = 40", "points = 40\nabout = 5"), "about 须是文字"),
    (TWO.replace("points = 40", "points = 40\npoint = 4"), "不认识 point"),
    (TWO + "".join(f'[[fatal]]\nname = "红{n}"\n' for n in range(7)), "至多 8 个"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_a_card_that_is_not_well_made_is_told_what_to_mend(text: str, told: str) -> None:
    with pytest.raises(ScoreCardError, match=r"^scorecard\.toml：") as refusal:
        read_score_card(text)
    assert told in str(refusal.value)


def test_another_text_is_another_version() -> None:
    assert read_score_card(TWO + "\n").version != CARD.version
