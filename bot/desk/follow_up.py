"""Calling back after closing (回访): which cases, by whom, from when on and by when; instants are UTC.

The manual names 回访流程 and no figure; the defaults are conventions of like documents: complaints all within three
days, repairs on the next working day, the rest by sample.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.calendar import WorkCalendar

LONGEST_PAUSE: Final = 400
"""Days that are looked through for the next working day."""


class FollowUpState(StrEnum):
    """PLANNED: whose turn it is to act is ours; ASKED: the franchisee was written to and may answer."""

    PLANNED = "planned"
    ASKED = "asked"
    DONE = "done"
    CANCELLED = "cancelled"


class FollowUpOutcome(StrEnum):
    """What came of it."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHED = "unreached"


class Spared(StrEnum):
    """Why a planned call became needless."""

    WROTE = "wrote"
    REOPENED = "reopened"
    RATED = "rated"


@dataclass(frozen=True)
class FollowUp:
    """One planned call: of which case, whose task, from when on (`due_at`), late after `deadline_at`.

    `told_at`: the owner has the task; `asked_at`: the franchisee was last asked in writing; `alerted_at`: the
    supervisors were told that it is late. `attempts` counts messages and calls in vain alike.
    """

    id: int
    case_id: int
    owner_id: int
    is_serious: bool
    planned_at: datetime
    due_at: datetime
    deadline_at: datetime
    state: FollowUpState = FollowUpState.PLANNED
    attempts: int = 0
    told_at: datetime | None = None
    asked_at: datetime | None = None
    alerted_at: datetime | None = None
    outcome: FollowUpOutcome | None = None
    done_at: datetime | None = None
    done_by: int | None = None
    words: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Something is still to come of it."""
        return self.state in (FollowUpState.PLANNED, FollowUpState.ASKED)

    def is_late(self, now: datetime) -> bool:
        """Open beyond its deadline."""
        return self.is_open and now >= self.deadline_at


def _shares() -> Mapping[str, float]:
    return {"complaint": 1.0, "equipment": 1.0, "consult": 0.1}


def _days() -> Mapping[str, int]:
    return {"equipment": 1}


@dataclass(frozen=True)
class FollowUpTerms:
    """`[follow_up]`: which share of each kind, within how many days; the times are working time.

    A kind that `shares` lacks is not called back; one that `days` lacks has three days.
    """

    shares: Mapping[str, float] = field(default_factory=_shares)
    days: Mapping[str, int] = field(default_factory=_days)
    salt: str = "shouwen"
    begin_after: timedelta = timedelta(hours=1)
    attempts: int = 2
    answer_within: timedelta = timedelta(hours=4)
    retry_after: timedelta = timedelta(hours=9)

    def is_chosen(self, case_id: int, kind: str) -> bool:
        """Whether a case is called back: the same answer for the same number and salt, whenever it is asked."""
        return is_sampled(case_id, share=self.shares.get(kind, 0.0), salt=self.salt)

    def within(self, kind: str) -> int:
        """Days from closing until the call is late."""
        return self.days.get(kind, 3)


def is_sampled(case_id: int, *, share: float, salt: str) -> bool:
    """A share of all numbers, spread as by chance, and recomputable: the hash of salt and number decides."""
    digest = hashlib.sha256(f"{salt}:{case_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64


def next_workday(after: datetime, calendar: WorkCalendar, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """(first, last) instant of working hours of the first working day after the local date of `after`; LookupError."""
    today = after.astimezone(zone).date()
    for ahead in range(1, LONGEST_PAUSE):
        day = today + timedelta(days=ahead)
        if spans := calendar.day_spans(day):
            midnight = datetime.combine(day, time(), zone)
            return (
                calendar.next_open(midnight + timedelta(minutes=spans[0].start), zone),
                (midnight + timedelta(minutes=spans[-1].end)).astimezone(after.tzinfo),
            )
    raise LookupError("no working day ahead")


def planned_times(
    closed_at: datetime, *, days: int, begin_after: timedelta, calendar: WorkCalendar, zone: ZoneInfo
) -> tuple[datetime, datetime]:
    """(due, deadline): the next working day, `begin_after` its opening; late after so many days, but never before the
    end of that day (over a long holiday the first working day is all that is left).
    """
    opening, evening = next_workday(closed_at, calendar, zone)
    due = calendar.add_working_time(opening, begin_after, zone)
    return due, max(closed_at + timedelta(days=days), evening, due)
