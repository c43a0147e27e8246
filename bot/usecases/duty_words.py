"""Shifts, dates and durations in the words that people read."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.desk.clock_face import clock
from bot.desk.duty_labels import WEEKDAY_NAMES
from bot.desk.roster import WHOLE_DESK, Shift, Watch
from bot.usecases.office import Office
from bot.usecases.ports import Work


def day_words(office: Office, day: date) -> str:
    """11月23日 周一."""
    return office.duty("day", month=day.month, day=day.day, weekday=WEEKDAY_NAMES[day.weekday()])


def days_words(office: Office, first: date, last: date) -> str:
    """One date, or from one to another."""
    if first == last:
        return day_words(office, first)
    return office.duty("span", first=day_words(office, first), last=day_words(office, last))


def hours_words(office: Office, shift: Shift) -> str:
    """09:00-12:00、13:00-18:00."""
    tomorrow = office.duty("next_day")
    return "、".join(f"{clock(s.start)}-{clock(s.end, next_day=tomorrow)}" for s in shift.spans)


def shift_words(office: Office, shift: Shift) -> str:
    """早班（09:00-18:00）; a shift that is named for its hours says them once."""
    hours = hours_words(office, shift)
    return hours if shift.name == hours else office.duty("shift", shift=shift.name, hours=hours)


def minutes_of(gap: timedelta) -> int:
    """Whole minutes, rounded down."""
    return int(gap.total_seconds() // 60)


def length_words(office: Office, gap: timedelta) -> str:
    """12 分钟, 3 小时 5 分钟."""
    minutes = minutes_of(gap)
    if minutes < 120:
        return office.duty("minutes", count=minutes)
    if minutes % 60 == 0:
        return office.duty("whole_hours", count=minutes // 60)
    return office.duty("hours", hours=minutes // 60, minutes=minutes % 60)


def time_words(office: Office, at: datetime) -> str:
    """A time of day, with its date when that is another than today's would not help: 18:00."""
    return office.local(at, "%H:%M")


def region_words(office: Office, code: str) -> str:
    """A region's name; leaders serve the whole desk."""
    region = office.region(code)
    return office.duty("whole_desk") if code == WHOLE_DESK else region.name if region else code


def names_of(work: Work) -> dict[int, str]:
    """Everybody's name, those who left included."""
    return {s.id: s.name for s in work.staff.all()}


def people_words(office: Office, names: dict[int, str], watches: Iterable[Watch]) -> str:
    """林晓、周宁（代林晓）、何静（请假）."""
    told = []
    for watch in watches:
        name = names.get(watch.staff_id, "?")
        if watch.is_off:
            told.append(office.duty("leave_mark", name=name))
        elif watch.for_id is not None:
            told.append(office.duty("stands_in_for", name=name, other=names.get(watch.for_id, "?")))
        else:
            told.append(name)
    return "、".join(dict.fromkeys(told))
