"""A span of days as people name it: 今天, 上周, 本月, 2026-11, 2026年."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MONTH: Final = re.compile(r"(20\d\d)[-/年.](\d{1,2})月?")
_YEAR: Final = re.compile(r"(20\d\d)年")
WORDS: Final = ("今天", "昨天", "本周", "上周", "本月", "上月", "本季", "上季", "今年", "去年")
"""What may be said, beside a month (2026-11) and a year (2026年)."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included, under the name that was asked for."""

    name: str
    first: date
    last: date


def read_period(text: str, today: date) -> Period | None:
    """The period that a text names; None for what is none."""
    if text in WORDS:
        return Period(text, *_named(text, today))
    try:
        if found := _MONTH.fullmatch(text):
            return Period(text, *_month(date(int(found[1]), int(found[2]), 1)))
        if found := _YEAR.fullmatch(text):
            return Period(text, date(int(found[1]), 1, 1), date(int(found[1]), 12, 31))
    except ValueError:
        return None
    return None


def _named(text: str, today: date) -> tuple[date, date]:
    day, monday = timedelta(days=1), today - timedelta(days=today.weekday())
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    match text:
        case "今天":
            return today, today
        case "昨天":
            return today - day, today - day
        case "本周":
            return monday, monday + 6 * day
        case "上周":
            return monday - 7 * day, monday - day
        case "本月":
            return _month(today)
        case "上月":
            return _month(today.replace(day=1) - day)
        case "本季":
            return _quarter(quarter)
        case "上季":
            return _quarter(quarter - day)
        case "今年":
            return date(today.year, 1, 1), date(today.year, 12, 31)
        case _:
            return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _quarter(day: date) -> tuple[date, date]:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, _month(first.replace(month=first.month + 2))[1]
