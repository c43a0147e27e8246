"""The desk's statistics, by the standard library only: tails, tests and intervals, each named with its source."""

from collections.abc import Callable, Sequence
from math import erfc, exp, lgamma, log, sqrt
from statistics import NormalDist, fmean, variance
from typing import Final

NORMAL: Final = NormalDist()


def negative_binomial_tail(least: int, *, mean: float, spread: float) -> float:
    """P(X >= least) for a count of this mean whose variance is `spread` times it (1: Poisson)."""
    if least <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    return max(0.0, min(1.0, 1.0 - sum(exp(_log_count(k, mean, spread)) for k in range(least))))


def _log_count(k: int, mean: float, spread: float) -> float:
    if spread <= 1:
        return k * log(mean) - mean - lgamma(k + 1)
    size, p = mean / (spread - 1), 1 / spread
    return lgamma(k + size) - lgamma(size) - lgamma(k + 1) + size * log(p) + k * log(1 - p)


def predictive_tail(count: int, earlier: Sequence[int], *, weight: float = 1.0, stray: float) -> float:
    """The chance of `count` or more after these counts of as many like spans.

    The Gamma-Poisson predictive with Jeffreys' prior (Gelman et al., Bayesian Data Analysis, 2.6) for a span whose
    level is `weight` times theirs and strays by itself with the standard deviation `stray` times its mean (the usual
    quadratic overdispersion, as in Farrington et al. 1996). With weight 1 and stray 0 it is exactly that predictive.
    """
    if not earlier:
        return 1.0
    mean = weight * (sum(earlier) + 0.5) / len(earlier)
    return negative_binomial_tail(count, mean=mean, spread=1 + weight / len(earlier) + stray**2 * mean)


def binomial_tail(least: int, trials: int, p: float) -> float:
    """P(X >= least) of a binomial count."""
    if least <= 0 or p >= 1:
        return 1.0 if least <= trials else 0.0
    if p <= 0 or least > trials:
        return 0.0
    logs = [_log_choose(trials, k) + k * log(p) + (trials - k) * log(1 - p) for k in range(least, trials + 1)]
    return min(1.0, sum(exp(each) for each in logs))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def fisher_greater(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Fisher's exact test, one-sided: the chance that the first group has so many of all hits or more."""
    total, drawn = of + other_of, hits + other_hits
    if not of or not other_of or not drawn:
        return 1.0
    down = _log_choose(total, drawn)
    most = min(of, drawn)
    return min(1.0, sum(exp(_log_choose(of, k) + _log_choose(other_of, drawn - k) - down)
                        for k in range(hits, most + 1) if drawn - k <= other_of))  # fmt: skip


def clopper_pearson(hits: int, of: int, *, level: float) -> tuple[float, float]:
    """The exact interval of a share (Clopper and Pearson 1934), by halving."""
    low = 0.0 if hits == 0 else _solve(lambda p: binomial_tail(hits, of, p) - level / 2)
    high = 1.0 if hits == of else _solve(lambda p: binomial_tail(hits + 1, of, p) - (1 - level / 2))
    return low, high


def _solve(rises: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) < 0 else (low, middle)
    return (low + high) / 2


def mann_whitney(first: Sequence[float], other: Sequence[float]) -> float:
    """Two-sided chance (Mann and Whitney 1947; normal approximation, corrected for ties and continuity)."""
    n, m = len(first), len(other)
    ranks, ties = _ranks([*first, *other])
    u = sum(ranks[:n]) - n * (n + 1) / 2
    total = n + m
    spread = n * m / 12 * (total + 1 - ties / (total * (total - 1)))
    if spread <= 0:
        return 1.0
    return min(1.0, erfc(max(0.0, abs(u - n * m / 2) - 0.5) / sqrt(2 * spread)))


def _ranks(values: Sequence[float]) -> tuple[list[float], float]:
    """Middle ranks, and the sum of t³-t over ties."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, ties, start = [0.0] * len(values), 0.0, 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end + 1) / 2
        ties += (end - start) ** 3 - (end - start)
        start = end
    return ranks, ties


def kruskal_wallis(groups: Sequence[Sequence[float]]) -> float:
    """The chance of groups so unlike (Kruskal and Wallis 1952; chi-square by Wilson and Hilferty 1931)."""
    ranks, ties = _ranks([value for group in groups for value in group])
    total, free, start, raised = len(ranks), len(groups) - 1, 0, 0.0
    for group in groups:
        raised += sum(ranks[start : start + len(group)]) ** 2 / len(group)
        start += len(group)
    even = 1 - ties / (total**3 - total) if total > 1 else 0
    if free < 1 or even <= 0:
        return 1.0
    h = max(0.0, (12 / (total * (total + 1)) * raised - 3 * (total + 1)) / even)
    step = 2 / (9 * free)
    return 1 - NORMAL.cdf(((h / free) ** (1 / 3) - (1 - step)) / sqrt(step))


def mean_ratio(first: Sequence[float], other: Sequence[float], *, level: float) -> tuple[float, float, float]:
    """The ratio of geometric means of positive values, with its interval (Welch on logarithms, large samples)."""
    a, b = [log(v) for v in first], [log(v) for v in other]
    middle = fmean(a) - fmean(b)
    reach = -NORMAL.inv_cdf(level / 2) * sqrt(variance(a) / len(a) + variance(b) / len(b))
    return exp(middle), exp(middle - reach), exp(middle + reach)


def share_ratio(hits: int, of: int, other: int, other_of: int, *, level: float) -> tuple[float, float, float]:
    """The ratio of two shares with its interval (Katz et al. 1978; half a hit added, so that none is no trouble)."""
    a, n, b, m = hits + 0.5, of + 0.5, other + 0.5, other_of + 0.5
    ratio = (a / n) / (b / m)
    reach = -NORMAL.inv_cdf(level / 2) * sqrt(max(0.0, 1 / a - 1 / n + 1 / b - 1 / m))
    return ratio, ratio * exp(-reach), ratio * exp(reach)


def rate_ratio(hits: int, of: int, other: int, other_of: int, *, level: float) -> tuple[float, float, float]:
    """The ratio of two rates of counts with its interval (logarithm, half a hit added, so that none is no trouble)."""
    ratio = (hits + 0.5) / of / ((other + 0.5) / other_of)
    reach = -NORMAL.inv_cdf(level / 2) * sqrt(1 / (hits + 0.5) + 1 / (other + 0.5))
    return ratio, ratio * exp(-reach), ratio * exp(reach)


def holm(chances: Sequence[float], *, level: float) -> list[bool]:
    """Which differences stand when all are looked at together (Holm 1979)."""
    found, order = [False] * len(chances), sorted(range(len(chances)), key=chances.__getitem__)
    for place, index in enumerate(order):
        if chances[index] > level / (len(chances) - place):
            break
        found[index] = True
    return found


def two_shares(hits: int, of: int, p: float) -> float:
    """A binomial count's exact two-sided chance, by doubling the smaller tail."""
    return min(1.0, 2 * min(binomial_tail(hits, of, p), 1 - binomial_tail(hits + 1, of, p)))


def fisher_both(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Fisher's exact test, two-sided by doubling the smaller tail."""
    more = fisher_greater(hits, of, other_hits, other_of)
    less = fisher_greater(other_hits, other_of, hits, of)
    return min(1.0, 2 * min(more, less))
