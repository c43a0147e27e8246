"""Every key of [review] and [inspection] changes what a review counts or what a draw draws."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import load_settings
from bot.config_models import Settings, SettingsError
from bot.desk.draw import DrawShares
from bot.desk.review import Criterion, Evidence, review
from tests.cast import MONDAY_10


def written(folder: Path, section: str, **keys: Any) -> Settings:
    """The settings of a file with this section, read as at a start."""
    file = folder / "config.toml"
    lines = (f"{key} = {value!r}".replace("'", '"') for key, value in keys.items())
    file.write_text(f"[{section}]\n" + "\n".join(lines), encoding="utf-8")
    return load_settings(file, {})


def things(count: int, earned: float = 1) -> list[Evidence]:
    return [Evidence(MONDAY_10, earned, "in_time", n + 1) for n in range(count)]


@pytest.mark.parametrize("criterion", list(Criterion))
def test_a_weight_is_what_a_criterion_counts(tmp_path: Path, criterion: Criterion) -> None:
    weights = {c.value: 0 for c in Criterion} | {criterion.value: 30}
    other = next(c for c in Criterion if c is not criterion)
    terms = written(tmp_path, "review", **{**weights, other.value: 70}).review.terms()
    told = review({criterion: things(5), other: things(5, 0)}, terms)
    assert (told.total, len(told.points)) == (30, 2)


@pytest.mark.parametrize(("weights", "total"), [({"quality": 14}, 99), ({"quality": 16, "promises": 12}, 103)])
def test_weights_that_are_no_whole_refuse_the_start(tmp_path: Path, weights: dict[str, int], total: int) -> None:
    with pytest.raises(SettingsError) as refused:
        written(tmp_path, "review", **weights)
    assert f"七项权重之和须是 100，现在是 {total}" in str(refused.value)
    assert "config.toml：review" in str(refused.value)


@pytest.mark.parametrize(("least", "is_enough"), [(3, True), (4, False)])
def test_how_many_things_are_a_sample(tmp_path: Path, least: int, is_enough: bool) -> None:
    terms = written(tmp_path, "review", min_sample=least).review.terms()
    assert (review({Criterion.PROMISES: things(3)}, terms).total is not None) is is_enough


@pytest.mark.parametrize("percent", [0, 50, 80])
def test_what_a_late_watch_earns(tmp_path: Path, percent: int) -> None:
    """`tests/usecases/test_review.py` shows the point that comes of it."""
    assert written(tmp_path, "review", late_earns=percent).review.terms().late_earns == percent / 100


def test_when_how_much_and_of_whom_is_drawn(tmp_path: Path) -> None:
    """`tests/usecases/test_inspection.py` shows the draws and the appeals that come of it."""
    given = {"draw_at": "07:30", "share": 20, "newcomer_share": 80, "newcomer_for": "30d", "appeal_within": "5d"}
    terms = written(tmp_path, "inspection", **given).inspection.terms()
    assert (f"{terms.draw_at:%H:%M}", terms.shares) == ("07:30", DrawShares(20, 80))
    assert (terms.newcomer_for.days, terms.appeal_within.days) == (30, 5)


@pytest.mark.parametrize(
    ("section", "keys", "told"),
    [("inspection", {"draw_at": "25:00"}, "须是时刻"), ("inspection", {"share": 101}, "不能大于 100"),
     ("review", {"min_sample": 0}, "不能小于 1"), ("review", {"qualty": 1}, "是不是 quality？")],
)  # fmt: skip
def test_what_cannot_be_is_told(tmp_path: Path, section: str, keys: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        written(tmp_path, section, **keys)
