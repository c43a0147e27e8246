"""What people ask of the roster: leave, a swap, a stand-in; who has to say yes, and where each request stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.desk.people import Role, Staff
from bot.desk.roster import Change, Leave, Move


class Wish(StrEnum):
    """What is asked for."""

    LEAVE = "leave"
    SWAP = "swap"
    STAND_IN = "stand_in"


class Stage(StrEnum):
    """Where a request stands: asked → (the colleague) agreed → approved, or refused, or cancelled."""

    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    REFUSED = "refused"
    CANCELLED = "cancelled"


OPEN: Final = (Stage.ASKED, Stage.AGREED)
"""Stages in which somebody has yet to answer."""


@dataclass(frozen=True)
class DutyRequest:
    """A request. For leave `colleague_id` is None; for a swap `their_day` is the date that the asker takes in return.

    `from_at` (UTC): leaving the post at once, until the shift's end. Instants are UTC, dates the desk's own.
    """

    id: int
    wish: Wish
    asker_id: int
    first_day: date
    last_day: date
    reason: str
    stage: Stage
    asked_at: datetime
    colleague_id: int | None = None
    their_day: date | None = None
    from_at: datetime | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to answer."""
        return self.stage in OPEN

    @property
    def waits_for_colleague(self) -> bool:
        """Whether the colleague has yet to agree."""
        return self.stage is Stage.ASKED and self.colleague_id is not None

    def touches(self, first: date, last: date) -> bool:
        """Whether it is about any of these dates."""
        return self.first_day <= last and first <= self.last_day

    def is_same(self, other: "DutyRequest") -> bool:
        """Whether both ask for the same."""
        return (self.wish, self.asker_id, self.first_day, self.last_day, self.colleague_id, self.their_day) == (
            other.wish, other.asker_id, other.first_day, other.last_day, other.colleague_id, other.their_day
        ) and (self.from_at is None) == (other.from_at is None)  # fmt: skip


def leave_of(request: DutyRequest) -> Leave:
    """What approved leave means for the roster."""
    return Leave(request.asker_id, request.first_day, request.last_day, request.from_at)


def change_of(request: DutyRequest) -> Change:
    """What an approved swap or stand-in means for the roster."""
    asker, colleague = request.asker_id, request.colleague_id or 0
    there = Move(request.first_day, asker, colleague)
    if request.wish is Wish.STAND_IN:
        return Change((there,))
    return Change((there, Move(request.their_day or request.first_day, colleague, asker)))


_LEAVE_APPROVERS: Final = MappingProxyType({"manager": (Role.MANAGER,), "supervisor": (Role.SUPERVISOR, Role.MANAGER)})
"""Manual, 岗位制度 5: 未经经理批准不得擅离职守; the setting may delegate it to the supervisors."""


def may_approve(who: Staff, request: DutyRequest, *, leave_approver: str) -> bool:
    """Whether this person's yes or no counts: leave is the manager's (or as delegated), changes are the supervisors'.

    Nobody decides on what they asked for themselves, but the manager, above whom there is nobody.
    """
    roles = _LEAVE_APPROVERS[leave_approver] if request.wish is Wish.LEAVE else (Role.SUPERVISOR, Role.MANAGER)
    if who.role not in roles:
        return False
    return who.role is Role.MANAGER or who.id not in (request.asker_id, request.colleague_id)
