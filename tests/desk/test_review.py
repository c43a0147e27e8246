"""The arithmetic of a review: weights, shares, what too small a sample does to the rest."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.review import Criterion, Evidence, Review, ReviewTerms, review, spread

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
WEIGHTS = dict(zip(Criterion, (15, 15, 15, 20, 15, 10, 10), strict=True))
TERMS = ReviewTerms(WEIGHTS, min_sample=5)


def things(good: int, of: int, half: int = 0) -> list[Evidence]:
    """So many that earned all, some that earned half, the rest nothing."""
    earned = [1.0] * good + [0.5] * half + [0.0] * (of - good - half)
    return [Evidence(AT, e, "in_time", case_id=n + 1) for n, e in enumerate(earned)]


def reviewed(terms: ReviewTerms = TERMS, **found: list[Evidence]) -> Review:
    return review({Criterion(name): given for name, given in found.items()}, terms)


def everything(good: int, of: int, **other: list[Evidence]) -> dict[str, list[Evidence]]:
    return {**{c.value: things(good, of) for c in Criterion}, **other}


@pytest.mark.parametrize(("good", "of", "total"), [(10, 10, 100.0), (9, 10, 90.0), (0, 10, 0.0), (1, 3, None)])
def test_the_same_share_everywhere_is_the_total(good: int, of: int, total: float | None) -> None:
    assert reviewed(**everything(good, of)).total == total


TABLE: list[tuple[dict[str, list[Evidence]], Mapping[str, tuple[float, float]], float | None]] = [
    # found, what each counted criterion counts and earns, the total
    (everything(10, 10, quality=things(4, 8)), {"quality": (15.0, 7.5), "satisfaction": (20.0, 20.0)}, 92.5),
    (everything(10, 10, quality=things(2, 4)), {"quality": (0, 0), "satisfaction": (23.5, 23.5)}, 100.0),
    (everything(10, 10, quality=[]), {"quality": (0, 0), "first_response": (17.7, 17.7), "on_time": (17.6, 17.6)},
     100.0),
    ({"promises": things(3, 6), "attendance": things(8, 10, half=1)}, {"promises": (50.0, 25.0),
     "attendance": (50.0, 42.5), "on_time": (0, 0)}, 67.5),
    ({"on_time": things(5, 5)}, {"on_time": (100.0, 100.0)}, 100.0),
    ({"on_time": things(4, 4)}, {"on_time": (0, 0)}, None),
    ({}, {"on_time": (0, 0), "attendance": (0, 0)}, None),
]  # fmt: skip


@pytest.mark.parametrize(("found", "counted", "total"), TABLE)
def test_too_small_a_sample_is_not_counted_and_its_weight_is_spread(
    found: dict[str, list[Evidence]], counted: Mapping[str, tuple[float, float]], total: float | None
) -> None:
    told = reviewed(**found)
    assert told.total == total
    for name, (counts, points) in counted.items():
        point = told.point(Criterion(name))
        assert point is not None
        assert (point.counts, point.points) == (counts, points)
        assert point.is_enough is (counts > 0)


def test_what_has_no_weight_is_not_reviewed() -> None:
    weights = {**WEIGHTS, Criterion.ATTENDANCE: 0, Criterion.QUALITY: 25}
    told = reviewed(ReviewTerms(weights), **everything(9, 10))
    assert [p.criterion for p in told.points] == [c for c in Criterion if c is not Criterion.ATTENDANCE]
    assert told.total == 90.0
    assert told.point(Criterion.ATTENDANCE) is None


def test_a_sample_of_nothing_is_never_enough() -> None:
    assert reviewed(ReviewTerms(WEIGHTS, min_sample=0)).total is None


@given(st.dictionaries(st.sampled_from(list(Criterion)), st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_the_total_is_the_sum_of_what_is_shown_and_within_the_whole(counts: dict[Criterion, tuple[int, int]]) -> None:
    told = review({c: things(min(pair), max(pair)) for c, pair in counts.items()}, TERMS)
    counted = [p for p in told.points if p.is_enough]
    assert (told.total is None) is (not counted)
    if told.total is not None:
        assert told.total == round(sum(p.points for p in told.points), 1)
        assert 0 <= told.total <= 100.4, "roundings to a tenth"
        assert round(sum(p.counts for p in counted), 1) == 100
    assert all(p.points == p.counts == 0 for p in told.too_small)


@pytest.mark.parametrize(
    ("weights", "shares"),
    [([100], [100.0]), ([1, 1, 1], [33.4, 33.3, 33.3]),
     ([15, 15, 15, 20, 10, 10], [17.7, 17.6, 17.6, 23.5, 11.8, 11.8]), ([1, 99], [1.0, 99.0]), ([], [])],
)  # fmt: skip
def test_the_whole_is_shared_out_to_the_tenth(weights: list[int], shares: list[float]) -> None:
    assert spread(weights) == shares
