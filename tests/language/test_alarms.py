"""Danger in franchisees' words: every sentence of the tables, and how many of those that were only scored."""

from pathlib import Path

import pytest

from bot.desk.alarms import Danger
from bot.language.alarms import Alarms, AlarmsError

DATA = Path(__file__).parents[1] / "data"
READER = Alarms()


def lines(name: str) -> list[tuple[str, str]]:
    """(the danger, or `-`; the sentence)."""
    rows = (DATA / f"alarms_{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(label, text) for label, _, text in (row.partition("\t") for row in rows)]


@pytest.mark.parametrize("name", ["tuned", "scored", "fresh", "held", "second"])
def test_sentences_that_it_was_made_with(name: str) -> None:
    wrong = [(want, text) for want, text in lines(name) if (READER.read(text) is None) is not (want == "-")]
    assert wrong == []


def test_sentences_that_were_only_scored() -> None:
    """Never tuned on, nor read when the classes were made: what is measured in docs/warnings.md."""
    rows = lines("second_scored")
    false = sum(READER.read(text) is not None for want, text in rows if want == "-")
    told = [text for want, text in rows if want != "-"]
    assert false <= 2
    assert sum(READER.read(text) is not None for text in told) >= len(told) * 4 // 5


@pytest.mark.parametrize(
    ("text", "dangers"),
    [
        ("客人喝出 虫 子，我要找记者曝光你们", {Danger.FOOD, Danger.MEDIA}),
        ("顧客喝出蟑螂", {Danger.FOOD}),
        ("如果今天不退钱，我就起诉你们", {Danger.LAW}),
        ("员工说要去12315举报", None),
        ("没有人受伤", None),
        ("客人 喝了两杯就 直吐", {Danger.FOOD}),
        ("如果客人喝了之后进医院该怎么办", None),
        ("仓库里没有发现蟑螂爬出来", None),
        ("高铁站里能不能开店", None),
        ("今天忙炸了", None),
        ("", None),
        ("\u0000\ud800" * 3, None),
        ("货" * 50_000, None),
    ],
)
def test_what_it_finds(text: str, dangers: set[Danger] | None) -> None:
    found = READER.read(text)
    assert (set(found.dangers) if found else None) == dangers


@pytest.mark.parametrize(
    "text", ["x = ", "[macros]", "[[dangers]]\ncode = 'fire'\npatterns = ['(']\npairs = []\nframes = []"]
)
def test_a_data_file_that_cannot_be_used_says_so(text: str) -> None:
    with pytest.raises(AlarmsError, match=r"alarms\.toml"):
        Alarms(text)
