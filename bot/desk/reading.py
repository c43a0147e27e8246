"""What a time phrase turned out to mean (At), or why it has to be asked about (Unclear); the hours it is read by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.desk.calendar import WorkCalendar


@dataclass(frozen=True)
class DeskHours:
    """The desk's work calendar and the time zone that its phrases are meant in."""

    calendar: WorkCalendar
    zone: ZoneInfo


class Ask(StrEnum):
    """Why a phrase can't be taken as it stands: what has to be asked back."""

    VAGUE = "vague"
    """一会儿, 尽快, 过两天, 春节后: no time that could be kept."""
    PAST = "past"
    """昨天, 今天上午 in the afternoon: over already."""
    IMPOSSIBLE = "impossible"
    """13月, 2月30日, 25点, 上午15点: no calendar or clock has it."""
    AM_OR_PM = "am_or_pm"
    """8点: working hours don't tell whether in the morning or in the evening."""
    WHICH_WEEK = "which_week"
    """周五, said on a Friday when the hour is over: today, or in a week?"""
    UNKNOWN_HOLIDAY = "unknown_holiday"
    """清明节前 of a year whose decree is not at hand."""
    FAR = "far"
    """More than two years ahead."""


class Measure(StrEnum):
    """In what a length (2小时, 3天, 两个工作日) was told."""

    HOURS = "hours"
    DAYS = "days"
    WORKDAYS = "workdays"


@dataclass(frozen=True)
class At:
    """A phrase that was understood. Both instants are UTC and never before the `now` that was given.

    `at` is when a reminder for it should fire: when what was named begins (明天: the opening, 周五下午: 13:00).
    `by` is when a promise of it falls due: when what was named is over (明天: the closing, 周五下午: the closing).
    For an exact time (下午三点, 2小时后) both are the same. `is_deadline`: 前 or 内 was said; then `at` is `by`.
    `measure`: a length from now was said, and in what; `length` is it for hours and minutes, in natural time, so that
    whoever reckons in working time can take it from there.
    """

    at: datetime
    by: datetime
    span: tuple[int, int]
    is_deadline: bool = False
    measure: Measure | None = None
    length: timedelta | None = None


@dataclass(frozen=True)
class Unclear:
    """A phrase that must be answered with a question; nobody may guess. `span`: where in the text it stands; `at`: the
    instant (UTC) that is over, of one that is over and has any.
    """

    why: Ask
    span: tuple[int, int]
    at: datetime | None = None


Reading = At | Unclear | None


@dataclass(frozen=True)
class Window:
    """From when to when, on the wall's clock of the desk (naive); `is_deadline`: only the end was named."""

    begin: datetime
    end: datetime
    is_deadline: bool = False
