"""The State Council's yearly decree on holidays and make-up workdays (放假安排), as `chinesecalendar` keeps it."""

from datetime import date
from functools import cache

from chinese_calendar.constants import Holiday, holidays, workdays

from bot.desk.calendar import DayKind, SpecialDay

_NAMES = {
    Holiday.new_years_day: "元旦",
    Holiday.spring_festival: "春节",
    Holiday.tomb_sweeping_day: "清明节",
    Holiday.labour_day: "劳动节",
    Holiday.dragon_boat_festival: "端午节",
    Holiday.mid_autumn_festival: "中秋节",
    Holiday.national_day: "国庆节",
}
_BY_ENGLISH_NAME = {holiday.value: name for holiday, name in _NAMES.items()}


@cache
def decreed_days() -> tuple[SpecialDay, ...]:
    """Every day of every decree that the package knows; a year that it does not know is simply not among them."""
    off = [SpecialDay(day, DayKind.HOLIDAY, _name(title)) for day, title in _by_date(holidays)]
    made_up = [SpecialDay(day, DayKind.WORKDAY, f"{_name(title)}调休") for day, title in _by_date(workdays)]
    return (*off, *made_up)


def _by_date(days: dict[date, str]) -> list[tuple[date, str]]:
    return sorted(days.items())


def _name(title: str) -> str:
    """The festival in Chinese; a day granted once only (2015-09-03) keeps the package's name for it."""
    return _BY_ENGLISH_NAME.get(title, title)
