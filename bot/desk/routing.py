"""Who gets a case, and why: a pure choice among the people, so that it can be explained afterwards."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.desk.people import Role, Staff

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Reason(StrEnum):
    """Why this person; its words for the card stand in `labels.toml`."""

    PREVIOUS_OWNER = "previous_owner"
    PROVINCIAL = "provincial"
    LEAST_LOADED = "least_loaded"
    SUPERVISOR_ON_DUTY = "supervisor_on_duty"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    ANYBODY = "anybody"
    UNKNOWN_PLACE = "unknown_place"


@dataclass(frozen=True)
class Candidate:
    """A member of staff with the number of unfinished cases that are theirs now."""

    staff: Staff
    open_cases: int

    @property
    def has_room(self) -> bool:
        """Below capacity."""
        return self.open_cases < self.staff.capacity


@dataclass(frozen=True)
class Assignment:
    """The outcome: who, and why."""

    staff_id: int
    reason: Reason


def route(
    candidates: Sequence[Candidate], *, region: str | None, province: str | None, previous_owner_id: int | None
) -> Assignment | None:
    """Choose the responsible person; None only when the department has nobody at all.

    Order (design §4.2, domain §2): previous owner on duty, provincial specialist, least loaded then longest idle of the
    region, supervisor on duty, any supervisor, manager, anybody.
    """
    people = [c for c in candidates if c.staff.is_active]
    for reason, fits in _ladder(region, province, previous_owner_id):
        chosen = _best(c for c in people if fits(c))
        if chosen is not None:
            return Assignment(chosen.staff.id, _worded(reason, region))
    return None


def _worded(reason: Reason, region: str | None) -> Reason:
    supervised = reason in (Reason.SUPERVISOR_ON_DUTY, Reason.SUPERVISOR)
    return Reason.UNKNOWN_PLACE if region is None and supervised else reason


def _ladder(
    region: str | None, province: str | None, previous_owner_id: int | None
) -> Iterable[tuple[Reason, Callable[[Candidate], bool]]]:
    def serves(c: Candidate) -> bool:
        return c.staff.role is Role.SPECIALIST and c.staff.is_on_duty and c.has_room

    def provincial(c: Candidate) -> bool:
        return serves(c) and province is not None and province in c.staff.provinces

    def regional(c: Candidate) -> bool:
        return serves(c) and region is not None and region in c.staff.regions and not c.staff.provinces

    def supervising(c: Candidate) -> bool:
        return c.staff.role is Role.SUPERVISOR

    return (
        (Reason.PREVIOUS_OWNER, lambda c: c.staff.id == previous_owner_id and c.staff.is_on_duty),
        (Reason.PROVINCIAL, provincial),
        (Reason.LEAST_LOADED, regional),
        (Reason.SUPERVISOR_ON_DUTY, lambda c: supervising(c) and c.staff.is_on_duty),
        (Reason.SUPERVISOR, supervising),
        (Reason.MANAGER, lambda c: c.staff.role is Role.MANAGER),
        (Reason.ANYBODY, lambda c: True),
    )


def _best(candidates: Iterable[Candidate]) -> Candidate | None:
    """Fewest unfinished cases, then longest without a new one, then the lowest id: a choice can be repeated."""
    return min(
        candidates,
        key=lambda c: (c.open_cases, c.staff.last_assigned_at or _LONG_AGO, c.staff.id),
        default=None,
    )
