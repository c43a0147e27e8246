"""The draw: all complaints, more of newcomers, the same for whoever computes it again."""

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.draw import Candidate, DrawShares, Pick, Why, drawn, is_newcomer

AT = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
SHARES = DrawShares(15, 50)


def pool(person: int, count: int, first: int = 1, *, is_newcomer: bool = False, complaints: int = 0) -> list[Candidate]:
    return [Candidate(first + n, person, n < complaints, is_newcomer) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "is_new", "wanted"),
    [(0, False, 0), (1, False, 1), (6, False, 1), (7, False, 2), (100, False, 15), (1, True, 1), (2, True, 1),
     (3, True, 2), (100, True, 50)],
)  # fmt: skip
def test_the_share_is_rounded_up_so_that_whoever_ended_a_case_is_looked_at(
    count: int, is_new: bool, wanted: int
) -> None:
    picks = drawn(pool(1, count, is_newcomer=is_new), seed="s", shares=SHARES)
    assert len(picks) == wanted
    assert {p.why for p in picks} <= {Why.NEWCOMER if is_new else Why.CHANCE}


def test_every_complaint_is_drawn_and_counts_for_no_share() -> None:
    picks = drawn(pool(1, 12, complaints=5), seed="s", shares=DrawShares(0, 0))
    assert picks == [Pick(n, 1, Why.COMPLAINT) for n in range(1, 6)]


@given(st.text(max_size=9), st.permutations(range(40)))
def test_the_order_of_the_pool_changes_nothing(seed: str, order: list[int]) -> None:
    cases = [*pool(1, 20, 1), *pool(2, 20, 21, is_newcomer=True, complaints=2)]
    assert drawn([cases[n] for n in order], seed=seed, shares=SHARES) == drawn(cases, seed=seed, shares=SHARES)


def test_it_can_be_computed_by_hand() -> None:
    """The lowest hashes of `seed:case`, as docs/review.md says."""
    cases = pool(7, 20, 100)
    lowest = sorted(range(100, 120), key=lambda n: hashlib.sha256(f"abc:{n}".encode()).hexdigest())[:3]
    assert [p.case_id for p in drawn(cases, seed="abc", shares=SHARES)] == sorted(lowest)


def test_every_case_has_the_same_chance() -> None:
    hits = Counter(p.case_id for n in range(2000) for p in drawn(pool(1, 10), seed=str(n), shares=DrawShares(20, 0)))
    assert set(hits) == set(range(1, 11))
    assert all(330 < count < 470 for count in hits.values()), hits


@pytest.mark.parametrize(("days", "is_new"), [(None, True), (0, True), (89, True), (90, False), (200, False)])
def test_who_is_new(days: int | None, is_new: bool) -> None:
    first = AT - timedelta(days=days) if days is not None else None
    assert is_newcomer(first, AT, timedelta(days=90)) is is_new
