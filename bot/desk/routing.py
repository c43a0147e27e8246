"""Who gets a case, and why: a pure choice among the people, so that it can be explained then and afterwards."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from bot.desk.people import Role, Staff

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Reason(StrEnum):
    """Why this person: the rungs of the ladder, from the top; the words for the card stand in `labels.toml`."""

    PREVIOUS_OWNER = "previous_owner"
    FIRST_OWNER = "first_owner"
    PROVINCIAL = "provincial"
    LEAST_LOADED = "least_loaded"
    STAND_IN = "stand_in"
    SUPERVISOR_ON_DUTY = "supervisor_on_duty"
    MANAGER_ON_DUTY = "manager_on_duty"
    OVERFLOW = "overflow"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ANYBODY = "anybody"
    UNKNOWN_PLACE = "unknown_place"


FALLBACKS = frozenset(
    {Reason.STAND_IN, Reason.SUPERVISOR_ON_DUTY, Reason.MANAGER_ON_DUTY, Reason.SUPERVISOR, Reason.MANAGER,
     Reason.ANYBODY}
)  # fmt: skip
"""Reasons of somebody who answers for a case only until one of the region's own people is there."""


class Judgement(StrEnum):
    """What spoke for or against a candidate; its words stand in `labels.toml`."""

    CHOSEN = "chosen"
    ELSEWHERE = "elsewhere"
    OTHER_PROVINCE = "other_province"
    OFF_DUTY = "off_duty"
    PASSED = "passed"
    FULL = "full"
    BUSIER = "busier"
    NEWER = "newer"
    LATER = "later"


@dataclass(frozen=True)
class Candidate:
    """A member of staff with the number of unfinished cases that are theirs now."""

    staff: Staff
    open_cases: int

    @property
    def has_room(self) -> bool:
        """Below capacity."""
        return self.open_cases < self.staff.capacity

    @property
    def idle_since(self) -> datetime:
        """When they last got a case (UTC); long ago for who never got one."""
        return self.staff.last_assigned_at or _LONG_AGO


@dataclass(frozen=True)
class Judged:
    """A candidate as the choice saw them."""

    staff_id: int
    judgement: Judgement
    open_cases: int
    capacity: int


@dataclass(frozen=True)
class Assignment:
    """The outcome: who, and why; `judged` says it of everybody."""

    staff_id: int
    reason: Reason
    judged: tuple[Judged, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Matter:
    """What of a case decides who gets it. `stand_ins`: regions that help out, in order; `passed`: who has lost it by
    silence.
    """

    region: str | None
    province: str | None
    previous_owner_id: int | None = None
    first_owner_id: int | None = None
    stand_ins: Sequence[str] = ()
    passed: Collection[int] = ()


def route(
    candidates: Sequence[Candidate],
    *,
    region: str | None,
    province: str | None,
    previous_owner_id: int | None = None,
    first_owner_id: int | None = None,
    stand_ins: Sequence[str] = (),
    passed: Collection[int] = (),
) -> Assignment | None:
    """Choose the responsible person; None only when the department has nobody at all.

    Order (domain §2): previous or first owner on duty, provincial specialist, the region's specialist with the fewest
    open cases and then the longest idle, stand-in regions, a supervisor or the manager on duty; with none of these, the
    same of who has lost it; then the region's specialists beyond capacity, the supervisor, the manager, anybody, though
    off duty. Whoever waits for somebody who has not had it looks whether the chosen one is among `passed`.
    """
    matter = Matter(region, province, previous_owner_id, first_owner_id, stand_ins, passed)
    people = [c for c in candidates if c.staff.is_active]
    for rung in _ladder(matter):
        chosen = min((c for c in people if rung.fits(c)), key=_turn, default=None)
        if chosen is not None:
            judged = tuple(_judged(c, chosen, rung, matter) for c in people)
            return Assignment(chosen.staff.id, _worded(rung.reason, region), judged)
    return None


def with_room(candidates: Sequence[Candidate], matter: Matter) -> Candidate | None:
    """Whose turn it would be of the province's and the region's own people on duty who have room."""
    own = (c for c in candidates if c.staff.is_active and (_is_provincial(c, matter) or _is_regional(c, matter.region)))
    return min((c for c in own if _may_take(c, matter)), key=_turn, default=None)


def _turn(c: Candidate) -> tuple[int, datetime, int]:
    """Fewest unfinished cases, then longest without a new one, then the lowest id: a choice can be repeated."""
    return (c.open_cases, c.idle_since, c.staff.id)


def _worded(reason: Reason, region: str | None) -> Reason:
    supervised = reason in (Reason.SUPERVISOR_ON_DUTY, Reason.SUPERVISOR)
    return Reason.UNKNOWN_PLACE if region is None and supervised else reason


@dataclass(frozen=True)
class _Rung:
    reason: Reason
    fits: Callable[[Candidate], bool]


def _ladder(m: Matter) -> Iterator[_Rung]:
    turns = [m, replace(m, passed=())] if m.passed else [m]
    for turn in turns:
        yield from _with_room(turn)
    for turn in turns:
        yield _overflow(turn)
    yield _Rung(Reason.SUPERVISOR, lambda c: c.staff.role is Role.SUPERVISOR)
    yield _Rung(Reason.MANAGER, lambda c: c.staff.role is Role.MANAGER)
    yield _Rung(Reason.ANYBODY, lambda c: True)


def _overflow(m: Matter) -> _Rung:
    return _Rung(Reason.OVERFLOW, lambda c: _serves(c, m) and _is_there(c, m))


def _stand_in(m: Matter, code: str) -> _Rung:
    return _Rung(Reason.STAND_IN, lambda c: _is_regional(c, code) and _may_take(c, m))


def _with_room(m: Matter) -> Iterator[_Rung]:
    """Those on duty who may take one more."""
    yield _Rung(Reason.PREVIOUS_OWNER, lambda c: c.staff.id == m.previous_owner_id and _may_take(c, m))
    yield _Rung(Reason.FIRST_OWNER, lambda c: c.staff.id == m.first_owner_id and _may_take(c, m))
    yield _Rung(Reason.PROVINCIAL, lambda c: _is_provincial(c, m) and _may_take(c, m))
    yield _Rung(Reason.LEAST_LOADED, lambda c: _is_regional(c, m.region) and _may_take(c, m))
    for code in m.stand_ins:
        yield _stand_in(m, code)
    yield _Rung(Reason.SUPERVISOR_ON_DUTY, lambda c: c.staff.role is Role.SUPERVISOR and _may_take(c, m))
    yield _Rung(Reason.MANAGER_ON_DUTY, lambda c: c.staff.role is Role.MANAGER and _may_take(c, m))


def _is_there(c: Candidate, m: Matter) -> bool:
    return c.staff.is_on_duty and c.staff.id not in m.passed


def _may_take(c: Candidate, m: Matter) -> bool:
    """On duty and not passed over; only a specialist's hands can be full."""
    return _is_there(c, m) and (c.has_room or c.staff.role is not Role.SPECIALIST)


def _is_provincial(c: Candidate, m: Matter) -> bool:
    return c.staff.role is Role.SPECIALIST and m.province is not None and m.province in c.staff.provinces


def _is_regional(c: Candidate, region: str | None) -> bool:
    is_general = c.staff.role is Role.SPECIALIST and not c.staff.provinces
    return is_general and region is not None and region in c.staff.regions


def _serves(c: Candidate, m: Matter) -> bool:
    return _is_provincial(c, m) or any(_is_regional(c, code) for code in (m.region, *m.stand_ins))


def _judged(c: Candidate, chosen: Candidate, rung: _Rung, m: Matter) -> Judged:
    return Judged(c.staff.id, _judgement(c, chosen, rung, m), c.open_cases, c.staff.capacity)


def _judgement(c: Candidate, chosen: Candidate, rung: _Rung, m: Matter) -> Judgement:
    """Why not: what bars a person at all is told before who was merely ahead of them."""
    if c is chosen:
        return Judgement.CHOSEN
    if rung.fits(c):
        return Judgement.BUSIER if c.open_cases > chosen.open_cases else Judgement.NEWER
    is_owner = c.staff.id in (m.previous_owner_id, m.first_owner_id)
    if c.staff.role is Role.SPECIALIST and not is_owner and not _serves(c, m):
        return Judgement.OTHER_PROVINCE if c.staff.provinces else Judgement.ELSEWHERE
    if c.staff.id in m.passed:
        return Judgement.PASSED
    if not c.staff.is_on_duty:
        return Judgement.OFF_DUTY
    return Judgement.LATER if _may_take(c, m) else Judgement.FULL
