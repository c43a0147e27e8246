"""The figures of promises: how many of each outcome somebody has, and the share kept."""

from collections import Counter
from collections.abc import Iterable, Mapping

from bot.desk.promise import JUDGED, Promise, PromiseState


def tally(promises: Iterable[Promise]) -> Mapping[int, Counter[PromiseState]]:
    """Outcomes by staff id."""
    found: dict[int, Counter[PromiseState]] = {}
    for promise in promises:
        found.setdefault(promise.staff_id, Counter())[promise.state] += 1
    return found


def share_kept(counts: Mapping[PromiseState, int]) -> float | None:
    """Kept of kept, late and broken; None when nothing was judged. Postponed and dismissed ones are not judged."""
    judged = sum(counts.get(state, 0) for state in JUDGED)
    return counts.get(PromiseState.KEPT, 0) / judged if judged else None
