"""What is to be done around a shift, and when: announce it, miss people, hand over, see them off."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.desk.attendance import AttendanceTerms
from bot.desk.roster import WHOLE_DESK, Watch


class Todo(StrEnum):
    """The kinds of step."""

    ANNOUNCE = "announce"
    LATE = "late"
    HOLE = "hole"
    ABSENT = "absent"
    HAND_OVER = "hand_over"
    SEE_OFF = "see_off"
    CLOSE = "close"


@dataclass(frozen=True)
class Step:
    """To be done once (`key`) from `at` on; after `until` it is too late to be of use. Instants are UTC."""

    todo: Todo
    at: datetime
    until: datetime
    key: str
    watches: tuple[Watch, ...]
    start: datetime
    end: datetime


ASIDE = timedelta(hours=1)
"""How long after a shift's end it still makes sense to hand over or to ask for the sign-out."""


def steps(
    watches: Sequence[Watch], zone: ZoneInfo, terms: AttendanceTerms, *, room_of: Callable[[str], int]
) -> list[Step]:
    """All steps of these watches, the earliest first; `room_of` a region: the chat in which its shift is announced."""
    found = [
        *_announcements(watches, zone, terms, room_of),
        *_holes(watches, zone, terms),
        *(step for watch in watches for step in _of_person(watch, zone, terms)),
    ]
    return sorted(found, key=lambda s: (s.at, s.key))


def _announcements(
    watches: Iterable[Watch], zone: ZoneInfo, terms: AttendanceTerms, room_of: Callable[[str], int]
) -> Iterator[Step]:
    """One a room and start, however many regions and people it is for."""
    rooms: dict[tuple[int, datetime, str], list[Watch]] = {}
    for watch in watches:
        if watch.instants(zone):
            rooms.setdefault((room_of(watch.region), watch.starts_at(zone), watch.shift.name), []).append(watch)
    for (room, start, shift), group in rooms.items():
        end = max(t.ends_at(zone) for t in group)
        until = start + terms.absent_after
        key = f"{Todo.ANNOUNCE}:{room}:{start.isoformat()}:{shift}"
        yield Step(Todo.ANNOUNCE, start - terms.announce_lead, until, key, tuple(group), start, end)


def _holes(watches: Iterable[Watch], zone: ZoneInfo, terms: AttendanceTerms) -> Iterator[Step]:
    """At each stretch's start, leave or not: that everybody of a region is away is what is to be found."""
    regions: dict[tuple[str, datetime], list[tuple[Watch, datetime]]] = {}
    for watch in watches:
        whole = Watch(watch.day, watch.staff_id, watch.region, watch.shift).instants(zone)
        for start, end in whole if watch.region != WHOLE_DESK else ():
            regions.setdefault((watch.region, start), []).append((watch, end))
    for (region, start), group in regions.items():
        end = max(e for _, e in group)
        key = f"{Todo.HOLE}:{region}:{start.isoformat()}"
        yield Step(Todo.HOLE, start + terms.late_grace, end, key, tuple(t for t, _ in group), start, end)


def _of_person(watch: Watch, zone: ZoneInfo, terms: AttendanceTerms) -> Iterator[Step]:
    spans = watch.instants(zone)
    if not spans:
        return
    for start, end in spans:
        yield _step(Todo.LATE, start + terms.late_grace, end, watch, start, end)
    first, last = spans[0][0], spans[-1][1]
    yield _step(Todo.ABSENT, first + terms.absent_after, last, watch, first, last)
    yield _step(Todo.HAND_OVER, last - terms.handover_lead, last + ASIDE, watch, first, last)
    yield _step(Todo.SEE_OFF, last, last + ASIDE, watch, first, last)
    if terms.closes_after:
        closes = last + terms.closes_after
        yield _step(Todo.CLOSE, closes, closes + timedelta(days=1), watch, first, last)


def _step(todo: Todo, at: datetime, until: datetime, watch: Watch, start: datetime, end: datetime) -> Step:
    """Somebody who serves two regions in one shift is one person: the region is not part of the key."""
    moment = start if todo is Todo.LATE else end
    return Step(todo, at, until, f"{todo}:{watch.staff_id}:{moment.isoformat()}", (watch,), start, end)
