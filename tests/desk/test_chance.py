"""The desk's statistics against values that stand in textbooks, or that follow by hand."""

from math import exp, sqrt

import pytest

from bot.desk.chance import (
    binomial_tail,
    clopper_pearson,
    fisher_both,
    fisher_greater,
    holm,
    kruskal_wallis,
    mann_whitney,
    mean_ratio,
    negative_binomial_tail,
    predictive_tail,
    share_ratio,
    two_shares,
)


def test_tails() -> None:
    assert negative_binomial_tail(5, mean=2, spread=1) == pytest.approx(0.05265, abs=1e-5)  # Poisson table
    assert binomial_tail(8, 10, 0.5) == pytest.approx(56 / 1024)
    assert two_shares(8, 10, 0.5) == pytest.approx(112 / 1024)
    assert negative_binomial_tail(0, mean=2, spread=1) == 1
    assert negative_binomial_tail(3, mean=0, spread=1) == 0


def test_the_predictive_after_four_empty_weeks_is_jeffreys() -> None:
    assert predictive_tail(1, (0, 0, 0, 0), stray=0) == pytest.approx(1 - sqrt(0.8))
    assert predictive_tail(9, (), stray=0) == 1


def test_a_wider_spread_makes_a_count_less_strange() -> None:
    chances = [predictive_tail(12, (4, 5, 6, 5), stray=s) for s in (0, 0.2, 0.5)]
    assert chances == sorted(chances)


def test_the_lady_tasting_tea() -> None:
    assert fisher_greater(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert fisher_greater(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert fisher_both(4, 4, 0, 4) == pytest.approx(2 / 70)


@pytest.mark.parametrize(("hits", "of", "low", "high"), [
    (0, 10, 0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1),
])  # fmt: skip
def test_exact_intervals(hits: int, of: int, low: float, high: float) -> None:
    assert clopper_pearson(hits, of, level=0.05) == pytest.approx((low, high), abs=1e-4)


def test_ranks() -> None:
    assert mann_whitney([1, 2, 3, 4], [5, 6, 7, 8]) == pytest.approx(0.0304, abs=1e-4)
    assert mann_whitney([1, 1], [1, 1]) == 1
    assert kruskal_wallis([[1, 2, 3], [4, 5, 6], [7, 8, 9]]) == pytest.approx(exp(-3.6), abs=2e-3)


def test_ratios() -> None:
    ratio, low, high = mean_ratio([2, 8], [1, 4], level=0.05)
    assert (ratio, low < 2 < high) == (pytest.approx(2), True)
    ratio, low, high = share_ratio(40, 100, 20, 100, level=0.05)
    assert ratio == pytest.approx(1.98, abs=0.01)
    assert (low, high) == pytest.approx((1.25, 3.12), abs=0.05)


def test_holm() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005], level=0.05) == [True, False, False, True]
