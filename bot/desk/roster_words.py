"""What stands in a roster's cells: people, regions, shifts, rest; a reason in Chinese for what can't be understood."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.desk.clock_face import hours, looks_like_time, spans_from
from bot.desk.people import Region, Role, Staff
from bot.desk.roster import NO_SHIFT, WHOLE_DESK, DayDuty, Shift, WeekDuty
from bot.desk.table_rows import EXAMPLE

REST: Final = frozenset(
    {"休", "休息", "轮休", "公休", "例休", "调休", "补休", "off", "rest", "-", "—", "–", "/", "x", "×", "无"}
)
"""Words for a day off. Leave is none of them: the manual has the manager approve it."""
LEADERS_PLACE: Final = frozenset({"值班主管", "主管", "经理"})
"""What may stand for a leader in the column of regions: they serve the whole desk."""
LONGEST_NAME: Final = 12
"""Characters of a shift's name: more fits no cell of the picture."""
PARTS: Final = re.compile(r"[、,;/+&\s]+")


class BadCell(Exception):
    """Why a cell can't be used, in the words for whoever mends the file."""


def clean(text: str) -> str:
    """Full-width digits and letters as plain ones, spaces around and doubled ones gone."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True)
class Known:
    """What a roster may name: the active staff, the regions, the shifts (those of the file over those on record)."""

    staff: Sequence[Staff]
    regions: Sequence[Region]
    shifts: Mapping[str, Shift]
    today: date

    def person(self, name: str) -> Staff:
        """The one person of this name; BadCell."""
        if name.startswith(EXAMPLE):
            raise BadCell("这是样表里的示例，请换成真实的同事，或删去这一行")
        wanted = clean(name).replace(" ", "")
        found = [s for s in self.staff if s.name.replace(" ", "") == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise BadCell(f"有 {len(found)} 位同事叫“{name}”，请先在同事表里区分姓名")
        raise BadCell(f"同事表里没有“{name}”（或已离职）")

    def people(self, text: str) -> list[Staff]:
        """Everybody whom a cell names."""
        return [self.person(part) for part in PARTS.split(clean(text)) if part]

    def region(self, text: str) -> str | None:
        """The code of a region by name or code; None when there is none."""
        wanted = clean(text).removesuffix("大区").removesuffix("区").casefold()
        return next((r.code for r in self.regions if wanted in (r.code, r.name, r.name.removesuffix("区"))), None)

    def regions_of(self, person: Staff) -> tuple[str, ...]:
        """Where a person serves when the file does not say: their regions, or their provinces'; leaders everywhere."""
        if person.role is not Role.SPECIALIST:
            return (WHOLE_DESK,)
        of_provinces = [r.code for r in self.regions if any(p in r.provinces for p in person.provinces)]
        return tuple(dict.fromkeys((*person.regions, *of_provinces)))

    def regions_in(self, text: str, person: Staff) -> tuple[str, ...]:
        """The regions that a cell names, which must be the person's own; empty: all of theirs. BadCell."""
        own = self.regions_of(person)
        if not clean(text) or (own == (WHOLE_DESK,) and clean(text) in LEADERS_PLACE):
            return own
        codes = [self._known_region(part) for part in PARTS.split(clean(text)) if part]
        if own == (WHOLE_DESK,):
            return tuple(codes)
        for code in codes:
            if code not in own:
                raise BadCell(f"{person.name}不属于{self.region_name(code)}大区，请先在同事表里调整")
        return tuple(codes)

    def _known_region(self, text: str) -> str:
        code = self.region(text)
        if code is None:
            raise BadCell(f"不认识的大区“{text}”；可用的有：{'、'.join(r.name for r in self.regions)}")
        return code

    def region_name(self, code: str) -> str:
        """A region as people call it."""
        return next((r.name for r in self.regions if r.code == code), code)

    def shifts_in(self, text: str) -> tuple[Shift, ...]:
        """The shifts that a cell names or spells out as times; none for a day off. BadCell."""
        plain = clean(text)
        if not plain or plain.casefold() in REST:
            return ()
        if plain in self.shifts:
            return (self.shifts[plain],)
        if looks_like_time(plain):
            return (timed(plain),)
        return tuple(self._shift(part) for part in PARTS.split(plain) if part)

    def _shift(self, text: str) -> Shift:
        if text in self.shifts:
            return self.shifts[text]
        bare = text.removesuffix("班")
        near = [s for name, s in self.shifts.items() if name.removesuffix("班") == bare]
        if len(near) == 1:
            return near[0]
        if text.endswith("假"):
            raise BadCell(f"“{text}”是请假，须经批准：这里请写“休”，或由本人发送 /leave 申请")
        known = f"已有的班次：{'、'.join(self.shifts)}" if self.shifts else "还没有任何班次"
        raise BadCell(f"不认识的班次“{text}”；{known}。可在“班次”表里写明时间，或直接写 09:00-18:00")


def timed(text: str, name: str = "") -> Shift:
    """A shift from its times, named for them when it has no name; BadCell."""
    try:
        spans = spans_from(text)
    except ValueError as error:
        raise BadCell(f"时间“{text}”看不懂：请写成 09:00-12:00、13:00-18:00，过夜写 22:00-次日06:00") from error
    return Shift(name or hours(spans), spans)


@dataclass(frozen=True)
class Place:
    """Where in the file something stands."""

    sheet: str
    row: int
    column: str = ""

    def __str__(self) -> str:
        sheet = f"“{self.sheet}”表" if self.sheet else ""
        column = f"“{self.column}”列" if self.column else ""
        return f"{sheet}第 {self.row} 行{column}"


@dataclass
class Draft:
    """What has been read so far, and every problem with its place."""

    weekly: dict[WeekDuty, Place] = field(default_factory=dict)
    dated: dict[DayDuty, Place] = field(default_factory=dict)
    shifts: dict[str, Shift] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def blame(self, place: Place, reason: object) -> None:
        """Note what is wrong where."""
        self.problems.append(f"{place}：{reason}")

    def on_weekdays(
        self, person: Staff, weekdays: Iterable[int], regions: Sequence[str], shifts: Sequence[Shift], *, at: Place,
        today: date,
    ) -> None:  # fmt: skip
        """Put a person's shifts on days of the week."""
        for weekday in weekdays:
            for region in regions:
                for shift in shifts:
                    self._take(self.weekly, WeekDuty(person.id, weekday, region, shift.name, today), at)
        self._use(shifts)

    def on_days(
        self, person: Staff, days: Iterable[date], regions: Sequence[str], shifts: Sequence[Shift], *, at: Place
    ) -> None:
        """Put a person's shifts (none: off) on dates."""
        for day in days:
            for shift in shifts:
                for region in regions:
                    self._take(self.dated, DayDuty(person.id, day, region, shift.name), at)
            if not shifts:
                self._take(self.dated, DayDuty(person.id, day, WHOLE_DESK, NO_SHIFT), at)
        self._use(shifts)

    def _use(self, shifts: Iterable[Shift]) -> None:
        for shift in shifts:
            self.shifts.setdefault(shift.name, shift)

    def _take(self, into: dict[WeekDuty, Place] | dict[DayDuty, Place], duty: WeekDuty | DayDuty, at: Place) -> None:
        first = into.setdefault(duty, at)  # type: ignore[arg-type]  # each kind goes into its own table
        if first is not at:
            self.blame(at, f"与第 {first.row} 行重复")
