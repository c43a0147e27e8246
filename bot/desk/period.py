"""Spans of days as people name them: 今天, 上周, 本月, 本季, 2026-10, 10月, 2026年."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Period:
    """Whole days of the desk's own calendar: from the first up to, not including, `end`."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)


_DATE = re.compile(r"(\d{4})[-/.年](?:(\d{1,2})(?:[-/.月](\d{1,2})日?|月)?)?|(\d{4})|(\d{1,2})月(?:(\d{1,2})[日号])?")


WORDS = ("今天", "昨天", "本周", "上周", "本月", "上月", "本季", "上季", "今年", "去年")
"""What may be said, beside a day, a month (2026-11) and a year (2026年)."""


def parse_period(words: str, today: date) -> Period | None:
    """What somebody means by these words on a day; None when they name no period (or no day that exists)."""
    plain = unicodedata.normalize("NFKC", words).strip()
    named = _named(plain, today)
    if named is not None:
        return named
    found = _DATE.fullmatch(plain)
    if found is None:
        return None
    numbers = [int(g) if g else None for g in found.groups()]
    year, month, day = (_given(numbers[i], numbers[i + 3]) for i in range(3))
    try:
        return _dated(year, month, day, today)
    except (ValueError, OverflowError):
        return None


def _given(one: int | None, other: int | None) -> int | None:
    return one if one is not None else other


def _named(words: str, today: date) -> Period | None:
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    match words.removesuffix("份").replace("这", "本").replace("个", ""):
        case "今天" | "今日" | "当天":
            return Period(today, today + timedelta(days=1))
        case "昨天" | "昨日":
            return Period(today - timedelta(days=1), today)
        case "本周" | "本星期" | "本礼拜":
            return Period(monday, monday + timedelta(days=7))
        case "上周" | "上星期" | "上礼拜":
            return Period(monday - timedelta(days=7), monday)
        case "本月":
            return month_of(first)
        case "上月":
            return month_of(first - timedelta(days=1))
        case "本季":
            return _quarter(first)
        case "上季":
            return _quarter(_quarter(first).first - timedelta(days=1))
        case "今年" | "本年":
            return _year(today.year)
        case "去年":
            return _year(today.year - 1)
        case _:
            return None


def _dated(year: int | None, month: int | None, day: int | None, today: date) -> Period:
    """A month without a year is the last one that has begun."""
    if month is None:
        return _year(today.year if year is None else year)
    asked = (month, 1 if day is None else day)
    if year is None:
        year = today.year if asked <= (today.month, today.day) else today.year - 1
    first = date(year, *asked)
    return month_of(first) if day is None else Period(first, first + timedelta(days=1))


def month_of(day: date) -> Period:
    """The month that a day belongs to."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=32)).replace(day=1))


def _quarter(day: date) -> Period:
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, month_of(first.replace(month=first.month + 2)).end)


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year + 1, 1, 1))
