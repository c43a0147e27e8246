"""A week of the roster as it is shown: days by regions, who has which shift, who is away, where nobody is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.desk.roster import WHOLE_DESK, Roster, Shift, Watch


@dataclass(frozen=True)
class Entry:
    """One person in a cell."""

    name: str
    shift: Shift
    is_off: bool = False
    stands_in_for: str = ""


@dataclass(frozen=True)
class Day:
    """One day: its cells in the order of the week's columns; an empty one is a hole."""

    day: date
    cells: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True)
class Week:
    """Seven days from `first_day`; `columns` are codes of regions, `shifts` all that occur."""

    first_day: date
    columns: tuple[str, ...]
    days: tuple[Day, ...]
    shifts: tuple[Shift, ...]

    @property
    def is_empty(self) -> bool:
        """Nobody is rostered at all."""
        return not self.shifts

    def holes(self) -> list[tuple[date, list[str]]]:
        """The days with regions in which nobody is to be on duty; a leader's day may be empty."""
        found = [(d.day, [c for c, cell in self._columns_of(d) if is_hole(c, cell)]) for d in self.days]
        return [(day, codes) for day, codes in found if codes]

    def _columns_of(self, day: Day) -> Iterable[tuple[str, tuple[Entry, ...]]]:
        return zip(self.columns, day.cells, strict=True)


def is_hole(column: str, cell: Sequence[Entry]) -> bool:
    """A region in which nobody is to be on duty."""
    return column != WHOLE_DESK and all(entry.is_off for entry in cell)


def week_of(roster: Roster, first_day: date, *, regions: Sequence[str], names: Mapping[int, str]) -> Week:
    """The week from a date; leaders get a column when one of them is rostered."""
    days = [first_day + timedelta(days=n) for n in range(7)]
    watches = {day: roster.watches(day) for day in days}
    leads = any(t.region == WHOLE_DESK for found in watches.values() for t in found)
    columns = (*([WHOLE_DESK] if leads else []), *regions)
    shifts = {t.shift.name: t.shift for found in watches.values() for t in found}
    ordered = sorted(shifts.values(), key=lambda s: (s.spans[0].start, s.name))
    return Week(
        first_day,
        columns,
        tuple(Day(day, tuple(_cell(watches[day], column, names) for column in columns)) for day in days),
        tuple(ordered),
    )


def _cell(watches: Sequence[Watch], column: str, names: Mapping[int, str]) -> tuple[Entry, ...]:
    return tuple(_entry(t, names) for t in watches if t.region == column)


def _entry(watch: Watch, names: Mapping[int, str]) -> Entry:
    stands_for = names.get(watch.for_id, "") if watch.for_id is not None else ""
    return Entry(names.get(watch.staff_id, "?"), watch.shift, watch.is_off, stands_for)
