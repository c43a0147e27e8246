"""Attendance (考勤): sign-in and sign-out against the shift, with grace; instants are UTC.

The manual asks for 考勤 and 值班在岗 and names no figure; the defaults are conventions of like documents (late after
five minutes, handing over ten minutes ahead), all in `[attendance]` of the settings.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

NO_TIME: Final = timedelta(0)


@dataclass(frozen=True)
class AttendanceTerms:
    """The times of `[attendance]`; `closes_after` zero: the desk signs nobody off by itself."""

    late_grace: timedelta = timedelta(minutes=5)
    early_grace: timedelta = timedelta(minutes=5)
    absent_after: timedelta = timedelta(minutes=30)
    announce_lead: timedelta = timedelta(minutes=10)
    handover_lead: timedelta = timedelta(minutes=10)
    handover_within: timedelta = timedelta(minutes=15)
    closes_after: timedelta = timedelta(hours=1)
    leave_approver: str = "manager"


CONVENTIONS: Final = AttendanceTerms()


class DutyDid(StrEnum):
    """What happened around duty, in the past tense; append-only, so that every sheet can be computed anew."""

    SIGNED_ON = "SignedOn"
    SIGNED_OFF = "SignedOff"
    CLOSED = "ClosedByDesk"
    LATE_TOLD = "LateTold"
    ABSENCE_TOLD = "AbsenceTold"
    HOLE_TOLD = "HoleTold"
    ROSTER_IMPORTED = "RosterImported"
    LEAVE_ASKED = "LeaveAsked"
    SWAP_ASKED = "SwapAsked"
    STAND_IN_ASKED = "StandInAsked"
    AGREED = "Agreed"
    APPROVED = "Approved"
    REFUSED = "Refused"
    CANCELLED = "Cancelled"
    HANDED_OVER = "HandedOver"
    TAKEN_OVER = "TakenOver"
    NOT_TAKEN_TOLD = "NotTakenTold"


@dataclass(frozen=True)
class DutyEvent:
    """One thing that happened: to whom (staff id; None: the whole desk), when (UTC), by whom (None: the desk)."""

    did: DutyDid
    at: datetime
    staff_id: int | None = None
    by_id: int | None = None
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Presence:
    """On duty from `start` to `end` (None: still); `is_closed` when not the person but the desk ended it."""

    start: datetime
    end: datetime | None = None
    is_closed: bool = False


def presences(events: Iterable[DutyEvent]) -> tuple[Presence, ...]:
    """One person's times on duty; signing on while on, or off while off, changes nothing."""
    found: list[Presence] = []
    since: datetime | None = None
    for event in events:
        match event.did:
            case DutyDid.SIGNED_ON if since is None:
                since = event.at
            case DutyDid.SIGNED_OFF | DutyDid.CLOSED if since is not None:
                found.append(Presence(since, event.at, is_closed=event.did is DutyDid.CLOSED))
                since = None
            case _:
                pass
    return (*found, Presence(since)) if since is not None else tuple(found)


class Standing(StrEnum):
    """What a watch came to; the most serious first."""

    ABSENT = "absent"
    ON_LEAVE = "on_leave"
    LATE = "late"
    EARLY = "early"
    LATE_AND_EARLY = "late_and_early"
    PRESENT = "present"
    EXTRA = "extra"
    AWAITED = "awaited"


@dataclass(frozen=True)
class Attended:
    """A watch as it was attended; `late` and `early` are zero within grace, `is_unsigned` when nobody signed off."""

    standing: Standing
    signed_on_at: datetime | None = None
    signed_off_at: datetime | None = None
    late: timedelta = NO_TIME
    early: timedelta = NO_TIME
    worked: timedelta = NO_TIME
    is_unsigned: bool = False


Spans = Sequence[tuple[datetime, datetime]]


def attended(spans: Spans, times: Sequence[Presence], *, terms: AttendanceTerms, now: datetime) -> Attended:
    """One watch (its stretches that were to be worked; none: leave) against a person's times on duty."""
    if not spans:
        return Attended(Standing.ON_LEAVE)
    first, last = spans[0][0], spans[-1][1]
    mine = [p for p in times if p.start < last and (p.end is None or p.end > first)]
    if not mine:
        return Attended(Standing.ABSENT if now >= first + terms.absent_after else Standing.AWAITED)
    late, early = _gaps(spans, mine, terms, now)
    return Attended(
        standing=_standing(late, early),
        signed_on_at=mine[0].start,
        signed_off_at=None if mine[-1].is_closed else mine[-1].end,
        late=late,
        early=early,
        worked=sum((_overlap(span, p, now) for span in spans for p in mine), NO_TIME),
        is_unsigned=mine[-1].is_closed,
    )


def _gaps(
    spans: Spans, times: Sequence[Presence], terms: AttendanceTerms, now: datetime
) -> tuple[timedelta, timedelta]:
    """Lateness after each stretch's start and earliness before its end; a stretch missed altogether is one of both."""
    late = early = NO_TIME
    came = False
    for start, end in spans:
        there = [p for p in times if p.start < end and (p.end is None or p.end > start)]
        if not there:
            missed = max(NO_TIME, min(end, now) - start)
            late, early = (late, early + missed) if came else (late + missed, early)
            continue
        came = True
        late += _beyond(there[0].start - start, terms.late_grace)
        left = there[-1].end
        early += _beyond(end - left, terms.early_grace) if left is not None and (now >= end or left <= now) else NO_TIME
    return late, early


def _beyond(gap: timedelta, grace: timedelta) -> timedelta:
    """The whole gap once it is longer than the grace."""
    return gap if gap > grace else NO_TIME


def _overlap(span: tuple[datetime, datetime], presence: Presence, now: datetime) -> timedelta:
    until = min(span[1], presence.end or now)
    return max(NO_TIME, until - max(span[0], presence.start))


def _standing(late: timedelta, early: timedelta) -> Standing:
    if late and early:
        return Standing.LATE_AND_EARLY
    return Standing.LATE if late else Standing.EARLY if early else Standing.PRESENT


def extra(times: Sequence[Presence], planned: Spans) -> tuple[Presence, ...]:
    """Times on duty that touch no watch at all: sign-ins without a shift (加班)."""
    return tuple(p for p in times if not any(p.start < b and (p.end is None or p.end > a) for a, b in planned))
