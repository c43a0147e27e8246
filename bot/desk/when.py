"""When a Chinese phrase means: 明早9点, 周五下午3点, 3个工作日内, 月底前; or the question that has to be asked instead."""

from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class At:
    """A phrase that was understood. Both instants are UTC and never before the `now` that was given.

    `at` is when a reminder for it should fire: when what was named begins (明天: the opening, 周五下午: 13:00).
    `by` is when a promise of it falls due: when what was named is over (明天: the closing, 周五下午: the closing).
    For an exact time (下午三点, 2小时后) both are the same. `is_deadline`: 前 or 内 was said; then `at` is `by`.
    `length`: so long from now was said, in natural time (2小时); whoever reckons in working time takes it from there.
    """

    at: datetime
    by: datetime
    span: tuple[int, int]
    is_deadline: bool = False
    length: timedelta | None = None


@dataclass(frozen=True)
class Unclear:
    """A phrase that must be answered with a question; nobody may guess. `span`: where in the text it stands."""

    why: Ask
    span: tuple[int, int] = field(default=(0, 0))


Reading = At | Unclear | None


def read_when(text: str, now: datetime, hours: DeskHours) -> Reading:
    """The time that a text begins with (spaces and 请在/最晚/大概 before it are passed over); None when with none.

    `now` is aware. What remains of the text is `text[reading.span[1]:]`. Never raises, whatever the text.
    """
    raise NotImplementedError


def find_whens(text: str, now: datetime, hours: DeskHours) -> tuple[At | Unclear, ...]:
    """Every time in a text, in order; the spans do not overlap. `now` is aware. Never raises, whatever the text."""
    raise NotImplementedError
