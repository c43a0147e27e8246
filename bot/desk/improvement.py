"""The improvement list (改进): suggestions, prevention measures, findings, each with an owner, a date and its end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.desk.errors import DeskError

LONGEST: Final = 1000
"""Characters of what is put on the list."""


class Source(StrEnum):
    """Where it comes from."""

    SPECIALIST = "specialist"
    FRANCHISEE = "franchisee"
    COMPLAINT = "complaint"
    SURVEY = "survey"


class ImprovementState(StrEnum):
    """How it stands: 新建, 处理中, 已完成, 不采纳."""

    NEW = "new"
    DOING = "doing"
    DONE = "done"
    DECLINED = "declined"


GOING_ON: Final = (ImprovementState.NEW, ImprovementState.DOING)
TRANSITIONS: Final[Mapping[ImprovementState, tuple[ImprovementState, ...]]] = MappingProxyType({
    ImprovementState.NEW: (ImprovementState.DOING, ImprovementState.DONE, ImprovementState.DECLINED),
    ImprovementState.DOING: (ImprovementState.DONE, ImprovementState.DECLINED),
    ImprovementState.DONE: (),
    ImprovementState.DECLINED: (),
})  # fmt: skip


@dataclass(frozen=True)
class Improvement:
    """`owner_id` (staff) sees to it until `due_on` (the desk's calendar); `author` hears of its end, if they have an
    account. `reason`: why it was declined, or what was done. Times UTC.
    """

    id: int
    words: str
    source: Source
    author: str
    owner_id: int
    due_on: date
    added_at: datetime
    state: ImprovementState = ImprovementState.NEW
    author_telegram_id: int | None = None
    case_id: int | None = None
    reason: str = ""
    ended_at: datetime | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether something is still to be done."""
        return self.state in GOING_ON

    def is_late(self, today: date) -> bool:
        """Whether its date has passed."""
        return self.is_going_on and today > self.due_on


@dataclass(frozen=True)
class Step:
    """What was done about it: `did` is the new state, or `owner` / `due` for a new owner or date."""

    improvement_id: int
    did: str
    at: datetime
    staff_id: int | None
    words: str = ""


def moved(item: Improvement, to: ImprovementState, *, at: datetime, reason: str = "") -> Improvement:
    """It stands as `to` now; DeskError when it cannot, or when it is declined without a reason."""
    if to not in TRANSITIONS[item.state]:
        raise DeskError("notice/improvement_over", number=str(item.id))
    if to is ImprovementState.DECLINED and not reason:
        raise DeskError("notice/improvement_why", number=str(item.id))
    return replace(item, state=to, reason=reason, ended_at=None if to in GOING_ON else at)
