"""The daily patrol (巡查): which complaints a supervisor has to look at, and why each is on the list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.desk.case import Case, State
from bot.desk.complaint import GRADES, Complaint
from bot.desk.events import Did, Event


class Why(StrEnum):
    """Why a complaint is on the list."""

    OPEN = "open"
    CONTACT_LATE = "contact_late"
    LATE = "late"
    STALE = "stale"
    NO_FINDING = "no_finding"
    NO_CALL_BACK = "no_call_back"
    UNSEEN = "unseen"


class Looked(StrEnum):
    """What a supervisor did about a line."""

    SEEN = "seen"
    CHASED = "chased"
    INSTRUCTED = "instructed"


@dataclass(frozen=True)
class PatrolLine:
    """A complaint on a day's list; `looked_*` is empty until somebody looked. Instants are UTC, `day` is the desk's."""

    day: date
    case_id: int
    reasons: tuple[Why, ...]
    listed_at: datetime
    looked_at: datetime | None = None
    looked_by: int | None = None
    how: Looked | None = None


_PROGRESS = (
    Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED, Did.NOTE_ADDED, Did.CASE_TRANSFERRED, Did.ASSIST_ASKED,
    Did.ASSIST_ANSWERED, Did.FINDING_MADE, Did.COMPLAINT_INSTRUCTED, Did.CASE_REOPENED,
)  # fmt: skip
"""What counts as progress: somebody did something about the matter."""


def last_progress(events: Iterable[Event], opened_at: datetime) -> datetime:
    """When something was last done about a complaint; its opening when nothing was."""
    return max((e.at for e in events if e.did in _PROGRESS and e.at >= opened_at), default=opened_at)


def is_contacted(complaint: Complaint, case: Case) -> bool:
    """Whether a person has answered since it became a complaint."""
    return case.last_answer_at is not None and case.last_answer_at >= complaint.opened_at


def is_late(case: Case, now: datetime) -> bool:
    """Unfinished past the deadline to resolve; while WAITING the clock stands."""
    return (
        case.is_unfinished and case.state is not State.WAITING and case.resolve_by is not None and now > case.resolve_by
    )


def reasons_of(
    complaint: Complaint, case: Case, now: datetime, *, idle: timedelta, stale_after: timedelta, was_unseen: bool
) -> tuple[Why, ...]:
    """Everything that speaks for looking at it; empty for one that is settled. `idle`: time without progress."""
    found: list[Why] = []
    if case.is_unfinished:
        found.append(Why.OPEN)
        if not is_contacted(complaint, case) and now > complaint.contact_by:
            found.append(Why.CONTACT_LATE)
        if is_late(case, now):
            found.append(Why.LATE)
        if idle >= stale_after:
            found.append(Why.STALE)
    else:
        found += [Why.NO_FINDING] if not complaint.has_finding else []
        found += [Why.NO_CALL_BACK] if complaint.called_back_at is None else []
    return (*found, Why.UNSEEN) if found and was_unseen else tuple(found)


def in_order(lines: Iterable[tuple[PatrolLine, Complaint]]) -> Sequence[tuple[PatrolLine, Complaint]]:
    """The gravest first, then what is late, then the oldest."""

    def rank(pair: tuple[PatrolLine, Complaint]) -> tuple[int, bool, datetime]:
        line, complaint = pair
        is_overdue = Why.LATE in line.reasons or Why.CONTACT_LATE in line.reasons
        return -GRADES.index(complaint.grade), not is_overdue, complaint.opened_at

    return sorted(lines, key=rank)
