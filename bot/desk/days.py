"""Dates as people write them: 今天, 周三, 下周一, 25日, 11月25日, 11-25, 2026/11/25, and spans of them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = "一二三四五六日"
LONGEST: Final = 366
"""Days of the longest span that is taken seriously."""
_NEAR: Final = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "本日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
         "today": 0, "tomorrow": 1, "yesterday": -1}  # fmt: skip
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY: Final = re.compile(r"(上|下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_FULL: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[t ]00:00(?::00)?)?")
_SHORT: Final = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_DAY_ONLY: Final = re.compile(r"(\d{1,2})\s*[日号]")
_COMPACT: Final = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_REMARK: Final = re.compile(r"[(（].*?[)）]")
_TO: Final = re.compile(r"\s*(?:~|～|至|到|—|–|--)\s*")


def day_from(text: str, today: date) -> date | None:
    """The date that a text names, seen from `today`; None when it names none, or one that does not exist.

    A month and day without a year is the nearest such date: in December, 1月3日 is next year's.
    """
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", text)).strip().casefold()
    if plain in _NEAR:
        return today + timedelta(days=_NEAR[plain])
    if found := _WEEKDAY.fullmatch(plain):
        return _by_weekday(found, today)
    for pattern in (_FULL, _COMPACT):
        if found := pattern.fullmatch(plain):
            return _real(*map(int, found.groups()))
    if found := _SHORT.fullmatch(plain):
        return _nearest(int(found[1]), int(found[2]), today)
    if found := _DAY_ONLY.fullmatch(plain):
        return _real(today.year, today.month, int(found[1]))
    return None


def days_from(text: str, today: date) -> tuple[date, date] | None:
    """A date, or a span of dates (`11月25日至27日`): first and last, or None."""
    whole = day_from(text, today)
    if whole is not None:
        return whole, whole
    parts = _TO.split(unicodedata.normalize("NFKC", text).strip())
    if len(parts) != 2:
        return None
    first = day_from(parts[0], today)
    last = _last_of_span(parts[1], first) if first else None
    if first is None or last is None or not first <= last <= first + timedelta(days=LONGEST):
        return None
    return first, last


def _last_of_span(text: str, first: date) -> date | None:
    bare = text.strip()
    if bare.isdecimal() and len(bare) <= 2:
        return _real(first.year, first.month, int(bare))
    found = _WEEKDAY.fullmatch(bare)
    if found and not found[1]:
        return first + timedelta(days=(_weekday_of(found[2]) - first.weekday()) % 7)
    return day_from(bare, first)


def weekdays_from(text: str) -> tuple[int, ...] | None:
    """周一 · 周一至周五 · 一、三、五 · 每天 · 工作日 · Mon-Fri as weekdays (0: Monday), or None."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    named = {
        "每天": range(7),
        "每日": range(7),
        "daily": range(7),
        "工作日": range(5),
        "平日": range(5),
        "周末": (5, 6),
    }
    if plain in named:
        return tuple(named[plain])
    days: list[int] = []
    for part in re.split(r"[、,;/\s]+", plain):
        found = _weekday_span(part)
        if found is None:
            return None
        days.extend(d for d in found if d not in days)
    return tuple(days) or None


def _weekday_span(text: str) -> Sequence[int] | None:
    ends = [_weekday(part) for part in re.split(r"[-~—–至到]", text)]
    if any(day is None for day in ends) or not 1 <= len(ends) <= 2:
        return None
    first, last = ends[0] or 0, ends[-1] or 0
    return [(first + n) % 7 for n in range((last - first) % 7 + 1)]


def _weekday(text: str) -> int | None:
    word = text.strip()
    if word[:3] in _ENGLISH and word.isalpha():
        return _ENGLISH.index(word[:3])
    found = re.fullmatch(r"(?:周|星期|礼拜)?([一二三四五六日天1-7])", word)
    return _weekday_of(found[1]) if found else None


def _weekday_of(sign: str) -> int:
    return int(sign) - 1 if sign.isdecimal() else WEEKDAYS.index(sign.replace("天", "日"))


def monday_of(day: date) -> date:
    """The Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def _by_weekday(found: re.Match[str], today: date) -> date:
    """周三 alone is the next such day, today included; with 本、下、上 it is of that week."""
    day = _weekday_of(found[2])
    weeks = {"上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
    if found[1] is None:
        return today + timedelta(days=(day - today.weekday()) % 7)
    return monday_of(today) + timedelta(weeks=weeks[found[1]], days=day)


def _nearest(month: int, day: int, today: date) -> date | None:
    found = [d for d in (_real(today.year + n, month, day) for n in (-1, 0, 1)) if d is not None]
    return min(found, key=lambda d: abs(d - today), default=None)


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
