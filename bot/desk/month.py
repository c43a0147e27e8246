"""A month's attendance (考勤表), computed from the roster and the record of sign-ins: one entry a person and day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk.attendance import (
    NO_TIME,
    AttendanceTerms,
    Attended,
    DutyEvent,
    Presence,
    Standing,
    attended,
    extra,
    presences,
)
from bot.desk.roster import Roster, Watch

MARGIN = timedelta(days=2)
"""How far before a month its events are read: who signed on before midnight is there at midnight."""


@dataclass(frozen=True)
class DayRecord:
    """One person's day: their watches with how each was attended, and the times on duty that belong to no watch."""

    staff_id: int
    day: date
    watches: tuple[tuple[Watch, Attended], ...]
    extras: tuple[Presence, ...] = ()


@dataclass(frozen=True)
class Totals:
    """A person's month; `due` are watches that were to be attended (leave and what is still to come left out)."""

    staff_id: int
    due: int = 0
    present: int = 0
    late: int = 0
    early: int = 0
    absent: int = 0
    on_leave: int = 0
    unsigned: int = 0
    worked: timedelta = NO_TIME
    extra: timedelta = NO_TIME

    @property
    def rate(self) -> float | None:
        """Share of due watches that were attended; None when none was due."""
        return self.present / self.due if self.due else None


def month_days(month: date, today: date) -> list[date]:
    """The dates of a month up to today."""
    first = month.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return [first + timedelta(days=n) for n in range((following - first).days) if first + timedelta(days=n) <= today]


def records(
    roster: Roster, events: Mapping[int, Sequence[DutyEvent]], days: Sequence[date], *, zone: ZoneInfo,
    terms: AttendanceTerms, now: datetime,
) -> list[DayRecord]:  # fmt: skip
    """Every day of everybody who was rostered or on duty in these days, by person; a day off has no watches."""
    watches = {day: roster.watches(day) for day in _with_neighbours(days)}
    times = {staff_id: presences(found) for staff_id, found in events.items()}
    people = {t.staff_id for day in days for t in watches[day]} | {
        staff_id for staff_id, found in times.items() if any(_touches(p, days, zone, now) for p in found)
    }
    return [
        _record(staff_id, day, watches, times.get(staff_id, ()), zone=zone, terms=terms, now=now)
        for staff_id in sorted(people)
        for day in days
    ]


def _with_neighbours(days: Sequence[date]) -> list[date]:
    if not days:
        return []
    return [days[0] - timedelta(days=1), *days, days[-1] + timedelta(days=1)]


def _touches(presence: Presence, days: Sequence[date], zone: ZoneInfo, now: datetime) -> bool:
    first, last = presence.start.astimezone(zone).date(), (presence.end or now).astimezone(zone).date()
    return bool(days) and first <= days[-1] and last >= days[0]


def _record(
    staff_id: int, day: date, watches: Mapping[date, Sequence[Watch]], times: Sequence[Presence], *, zone: ZoneInfo,
    terms: AttendanceTerms, now: datetime,
) -> DayRecord:  # fmt: skip
    mine = _once(t for t in watches[day] if t.staff_id == staff_id)
    around = [t for n in (-1, 0, 1) for t in watches.get(day + timedelta(days=n), ()) if t.staff_id == staff_id]
    planned = [(t.starts_at(zone), t.ends_at(zone)) for t in around]
    beside = [p for p in extra(times, planned) if p.start.astimezone(zone).date() == day]
    judged = tuple((t, attended(t.instants(zone), times, terms=terms, now=now)) for t in mine)
    return DayRecord(staff_id, day, judged, tuple(beside))


def _once(watches: Iterable[Watch]) -> list[Watch]:
    """A shift that serves two regions is worked once."""
    return list({t.shift.name: t for t in watches}.values())


def totals(found: Sequence[DayRecord]) -> list[Totals]:
    """Everybody's month."""
    people = dict.fromkeys(r.staff_id for r in found)
    return [_total(staff_id, [r for r in found if r.staff_id == staff_id]) for staff_id in people]


def _total(staff_id: int, found: Sequence[DayRecord]) -> Totals:
    judged = [a for record in found for _, a in record.watches]
    due = [a for a in judged if a.standing not in (Standing.ON_LEAVE, Standing.AWAITED)]
    return Totals(
        staff_id,
        due=len(due),
        present=sum(a.standing is not Standing.ABSENT for a in due),
        late=sum(bool(a.late) for a in due),
        early=sum(bool(a.early) for a in due),
        absent=sum(a.standing is Standing.ABSENT for a in due),
        on_leave=sum(a.standing is Standing.ON_LEAVE for a in judged),
        unsigned=sum(a.is_unsigned for a in due),
        worked=sum((a.worked for a in due), NO_TIME),
        extra=sum(_lengths(found), NO_TIME),
    )


def _lengths(found: Iterable[DayRecord]) -> Iterator[timedelta]:
    """Without a sign-out nobody knows how long it was."""
    for record in found:
        for presence in record.extras:
            yield presence.end - presence.start if presence.end is not None else NO_TIME
