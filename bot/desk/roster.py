"""The roster (排班): who is to be on duty when. A week's pattern, exceptions by date; swaps, stand-ins, leave over it.

Dates and minutes are those of the desk's own time zone; instants (`Watch.instants`) are UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from typing import Final
from zoneinfo import ZoneInfo

DAY: Final = 24 * 60
WHOLE_DESK: Final = ""
"""The region of a watch that serves the whole desk: a supervisor or manager on duty."""
NO_SHIFT: Final = ""
"""The shift of a date on which somebody is off (休), whatever their week says."""


@dataclass(frozen=True)
class Stretch:
    """From `start` to `end` in minutes since the shift's own midnight; after 1440 it is the next morning."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < 2 * DAY or not self.start < self.end <= self.start + DAY:
            raise ValueError(f"a stretch runs forward, for a day at most: {self.start}–{self.end}")


@dataclass(frozen=True)
class Shift:
    """A shift (班次): its name and its stretches of work, in order (a lunch break lies between two)."""

    name: str
    spans: tuple[Stretch, ...]

    def __post_init__(self) -> None:
        ends = [0, *(s.end for s in self.spans)]
        if not self.spans or any(s.start < end for s, end in zip(self.spans, ends, strict=False)):
            raise ValueError(f"the stretches of {self.name} must be in order and apart")


@dataclass(frozen=True)
class ShiftVersion:
    """A shift as it is from a date on: new times leave what was attended before as it was."""

    shift: Shift
    from_day: date


@dataclass(frozen=True)
class WeekDuty:
    """The pattern: on this weekday (0: Monday) from `from_day` to `until_day` (None: until further notice)."""

    staff_id: int
    weekday: int
    region: str
    shift: str
    from_day: date
    until_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is about this date."""
        return self.weekday == day.weekday() and self.from_day <= day and (not self.until_day or day <= self.until_day)


@dataclass(frozen=True)
class DayDuty:
    """An exception: what is written for a person's date counts instead of their week (NO_SHIFT: off)."""

    staff_id: int
    day: date
    region: str
    shift: str


@dataclass(frozen=True)
class Move:
    """On this date `to_id` serves what `from_id` was to serve."""

    day: date
    from_id: int
    to_id: int


@dataclass(frozen=True)
class Change:
    """A swap (two moves at once) or a stand-in (one), as agreed; later ones start from what earlier ones made."""

    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Leave:
    """Approved leave for whole dates; with `from_at` (UTC), on the first only from then on: the post was left."""

    staff_id: int
    first_day: date
    last_day: date
    from_at: datetime | None = None

    def covers(self, staff_id: int, day: date) -> bool:
        """Whether this person's date falls under it, be it for a part."""
        return self.staff_id == staff_id and self.first_day <= day <= self.last_day

    def on(self, day: date) -> "Leave":
        """As it is on one of its dates."""
        return self if day == self.first_day else replace(self, from_at=None)


@dataclass(frozen=True)
class Watch:
    """One person's shift on one date; `for_id`: whose watch it was before a swap or stand-in; `leave` lies over it."""

    day: date
    staff_id: int
    region: str
    shift: Shift
    for_id: int | None = None
    leave: Leave | None = None

    @property
    def is_off(self) -> bool:
        """On leave for the whole of it."""
        return self.leave is not None and self.leave.from_at is None

    def instants(self, zone: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
        """Start and end (UTC) of each stretch that is to be worked: nothing on leave, the rest until the leave."""
        whole = [(_instant(self.day, s.start, zone), _instant(self.day, s.end, zone)) for s in self.shift.spans]
        if self.leave is None:
            return tuple(whole)
        until = self.leave.from_at
        return tuple((a, min(b, until)) for a, b in whole if until is not None and a < until)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """When the shift begins (UTC), leave or not."""
        return _instant(self.day, self.shift.spans[0].start, zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """When the shift ends (UTC), leave or not."""
        return _instant(self.day, self.shift.spans[-1].end, zone)


@dataclass(frozen=True)
class Roster:
    """Everything that decides who is rostered; the order of `changes` is that of their agreement."""

    shifts: Sequence[ShiftVersion] = ()
    weekly: Sequence[WeekDuty] = ()
    dated: Sequence[DayDuty] = ()
    changes: Sequence[Change] = ()
    leaves: Sequence[Leave] = ()

    def shift(self, name: str, day: date) -> Shift | None:
        """A shift as it is on a date; before its first version, as that one."""
        versions = sorted((v for v in self.shifts if v.shift.name == name), key=lambda v: v.from_day)
        valid = [v for v in versions if v.from_day <= day] or versions[:1]
        return valid[-1].shift if valid else None

    def watches(self, day: date) -> tuple[Watch, ...]:
        """Who is rostered on a date, those on leave included, by region, start and person."""
        moved = list(self._written(day))
        for change in self.changes:
            moved = _moved(moved, [m for m in change.moves if m.day == day], self.leaves)
        watches = [replace(t, leave=t.leave or self._leave(t)) for t in moved]
        return tuple(sorted(watches, key=lambda t: (t.region, t.shift.spans[0].start, t.shift.name, t.staff_id)))

    def watches_of(self, staff_id: int, day: date) -> tuple[Watch, ...]:
        """One person's watches on a date."""
        return tuple(t for t in self.watches(day) if t.staff_id == staff_id)

    def around(self, now: datetime, zone: ZoneInfo) -> tuple[Watch, ...]:
        """The watches of yesterday, today and tomorrow: all that can be going on, ending or about to begin."""
        today = now.astimezone(zone).date()
        return tuple(t for ahead in (-1, 0, 1) for t in self.watches(today + timedelta(days=ahead)))

    def _written(self, day: date) -> Iterable[Watch]:
        dated = [d for d in self.dated if d.day == day]
        excepted = {d.staff_id for d in dated}
        weekly = [w for w in self.weekly if w.holds_on(day) and w.staff_id not in excepted]
        written: list[DayDuty | WeekDuty] = [*dated, *weekly]
        for duty in written:
            shift = self.shift(duty.shift, day)
            if shift is not None:
                yield Watch(day, duty.staff_id, duty.region, shift)

    def _leave(self, watch: Watch) -> Leave | None:
        mine = [leave.on(watch.day) for leave in self.leaves if leave.covers(watch.staff_id, watch.day)]
        whole = next((leave for leave in mine if leave.from_at is None), None)
        return whole or min(mine, key=lambda leave: leave.from_at or datetime.max.replace(tzinfo=UTC), default=None)


def _moved(watches: list[Watch], moves: Sequence[Move], leaves: Sequence[Leave]) -> list[Watch]:
    """All moves of one change at once, so that two who swap don't get their own watch back; leave stays to be seen."""
    to = {m.from_id: m.to_id for m in moves}
    result = []
    for watch in watches:
        if watch.staff_id not in to or watch.leave is not None:
            result.append(watch)
            continue
        theirs = (v.on(watch.day) for v in leaves if v.covers(watch.staff_id, watch.day))
        leave = next((v for v in theirs if v.from_at is None), None)
        if leave is not None:
            result.append(replace(watch, leave=leave))
        result.append(replace(watch, staff_id=to[watch.staff_id], for_id=watch.for_id or watch.staff_id))
    return result


def on_duty_at(watches: Iterable[Watch], at: datetime, zone: ZoneInfo) -> tuple[Watch, ...]:
    """The watches in which somebody is to be working at an instant."""
    return tuple(t for t in watches if any(start <= at < end for start, end in t.instants(zone)))


def current_or_next(watches: Iterable[Watch], at: datetime, zone: ZoneInfo) -> Watch | None:
    """The watch (breaks included) that an instant falls into, else the next to begin; leave does not count."""
    mine = sorted((t for t in watches if t.instants(zone)), key=lambda t: t.starts_at(zone))
    return next((t for t in mine if t.instants(zone)[-1][1] > at), None)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """A minute of a local day as an instant (UTC): wall-clock time, so that daylight saving is the zone's affair."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def clashes(watches: Iterable[Watch], zone: ZoneInfo) -> bool:
    """Whether one person would have to be in two watches at once."""
    spans: dict[int, list[tuple[datetime, datetime, str]]] = {}
    for watch in watches:
        for start, end in watch.instants(zone):
            spans.setdefault(watch.staff_id, []).append((start, end, watch.shift.name))
    return any(_overlap(one, other) for found in spans.values() for one, other in combinations(found, 2))


def _overlap(one: tuple[datetime, datetime, str], other: tuple[datetime, datetime, str]) -> bool:
    """The same shift in two regions is one watch of work."""
    return one != other and one[0] < other[1] and other[0] < one[1]
