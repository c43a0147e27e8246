"""Settings: holidays and make-up workdays beside the weekly table."""

from typing import Literal

from pydantic import field_validator, model_validator

from bot.config_models.hours import WEEK
from bot.config_models.parts import Part, Texts
from bot.desk.calendar import DayKind, Days, SpecialDay, by_date
from bot.desk.calendar_rows import read_day
from bot.desk.hours import read_spans


class CalendarSettings(Part):
    """Which decree is followed, what corrects it, and the hours of special days."""

    decree: Literal["china", "none"] = "china"
    holidays: Texts = ()
    workdays: Texts = ()
    holiday_hours: Texts = ()
    workday_like: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"

    @field_validator("holidays", "workdays")
    @classmethod
    def _days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        days = [read_day(text, DayKind.HOLIDAY).day for text in value]
        twice = next((day for day in days if days.count(day) > 1), None)
        if twice is not None:
            raise ValueError(f"{twice} 写了不止一次")
        return value

    @field_validator("holiday_hours")
    @classmethod
    def _in_order(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        read_spans(value)
        return value

    @model_validator(mode="after")
    def _apart(self) -> "CalendarSettings":
        both = {read_day(t, DayKind.HOLIDAY).day for t in self.holidays} & {
            read_day(t, DayKind.WORKDAY).day for t in self.workdays
        }
        if both:
            raise ValueError(f"{min(both)} 既在 holidays 又在 workdays")
        return self

    def own_days(self) -> Days:
        """The days of both tables as the desk knows them."""
        off: list[SpecialDay] = [read_day(text, DayKind.HOLIDAY) for text in self.holidays]
        return by_date([*off, *(read_day(text, DayKind.WORKDAY) for text in self.workdays)])

    def make_up_like(self) -> int:
        """The weekday (Monday 0) whose hours make-up workdays have."""
        return WEEK.index(self.workday_like)
