"""The day's random draw for quality inspection: every complaint, more of newcomers' cases, some of everybody else's.

The draw follows from its seed, its terms and the cases that could be drawn; all three are kept, so that anybody can
compute it again. Ranks are hashes, which are the same in every version and language.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Why(StrEnum):
    """Why a case was drawn."""

    COMPLAINT = "complaint"
    NEWCOMER = "newcomer"
    CHANCE = "chance"


@dataclass(frozen=True)
class DrawShares:
    """Per cent of a person's cases that are drawn, complaints aside, rounded up: whoever ended one is looked at."""

    share: int
    newcomer_share: int


@dataclass(frozen=True)
class Candidate:
    """A case that could be drawn, and who is inspected by it."""

    case_id: int
    staff_id: int
    is_complaint: bool = False
    is_newcomer: bool = False


@dataclass(frozen=True)
class Pick:
    """A case that was drawn."""

    case_id: int
    staff_id: int
    why: Why


@dataclass(frozen=True)
class Draw:
    """A day's draw with all that it followed from. `since`, `until` (UTC): when the cases of `pool` ended."""

    day: date
    at: datetime
    since: datetime
    until: datetime
    seed: str
    shares: DrawShares
    pool: tuple[Candidate, ...]

    def picks(self) -> list[Pick]:
        """What follows from it: the same for whoever computes it, whenever."""
        return drawn(self.pool, seed=self.seed, shares=self.shares)


def drawn(pool: Iterable[Candidate], *, seed: str, shares: DrawShares) -> list[Pick]:
    """The cases to be inspected, in order of their numbers."""
    found: list[Pick] = []
    by_person: dict[int, list[Candidate]] = {}
    for each in pool:
        if each.is_complaint:
            found.append(Pick(each.case_id, each.staff_id, Why.COMPLAINT))
        else:
            by_person.setdefault(each.staff_id, []).append(each)
    for mine in by_person.values():
        found += _of_person(mine, seed, shares)
    return sorted(found, key=lambda pick: pick.case_id)


def _of_person(mine: Sequence[Candidate], seed: str, shares: DrawShares) -> list[Pick]:
    is_new = mine[0].is_newcomer
    per_cent = shares.newcomer_share if is_new else shares.share
    wanted = -(-len(mine) * per_cent // 100)
    ranked = sorted(mine, key=lambda each: _rank(seed, each.case_id))
    return [Pick(c.case_id, c.staff_id, Why.NEWCOMER if is_new else Why.CHANCE) for c in ranked[:wanted]]


def _rank(seed: str, case_id: int) -> str:
    return hashlib.sha256(f"{seed}:{case_id}".encode()).hexdigest()


def is_newcomer(first_on_at: datetime | None, at: datetime, newcomer_for: timedelta) -> bool:
    """Whether somebody signed on for the first time so shortly ago (or never, by the record)."""
    return first_on_at is None or at < first_on_at + newcomer_for
