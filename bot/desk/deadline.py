"""A deadline as people write it: 2小时, 30m, 1天, 18:00, 明天10:30, 11月25日 15点."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

END_OF_DAY: Final = time(18)
"""What a bare date means."""
FARTHEST: Final = timedelta(days=60)

_GAP: Final = r"[\s,，]*"
_END: Final = r"(?:内|之内|以内|前|之前|以前)?(?=\W|$)"
_AMOUNT: Final = re.compile(r"(半|\d+(?:\.\d+)?)\s*个?\s*(分钟|分|小时|工作日|天|日|min|m|h|d)" + _END)
_DAY: Final = (
    r"(?P<word>今天|今日|明天|明日|后天)|"
    r"(?:(?P<year>20\d\d)[-/年])?(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})[日号]?"
)
_TIME: Final = r"(?P<noon>上午|中午|下午|晚上)?(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|点(?P<half>半)?)"
_AT: Final = re.compile(rf"(?:(?:{_DAY}){_GAP}(?:{_TIME})?|{_TIME.replace('?P<', '?P<only_')}){_END}")
_WORDS: Final = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_UNITS: Final = {"分钟": 60, "分": 60, "min": 60, "m": 60, "小时": 3600, "h": 3600}


@dataclass(frozen=True)
class Deadline:
    """Either so much working time from now, or an instant on the desk's own clock (naive); `rest`: the other words.

    `in_hours`: an instant that falls outside working hours means the next opening (a number of days was said, no time).
    """

    rest: str
    worked: timedelta | None = None
    at: datetime | None = None
    in_hours: bool = False


def read_deadline(text: str, now: datetime) -> Deadline | None:
    """The deadline that a text begins with; None when it begins with none, or with one that no calendar has.

    `now` is naive, on the desk's own clock. Hours and minutes are working time; days keep the time of day.
    """
    text = text.strip()
    if (amount := _AMOUNT.match(text)) is not None:
        return _amount(amount, text, now)
    found = _AT.match(text)
    at = _instant(found, now) if found is not None else None
    return Deadline(text[found.end() :].strip(), at=at) if found is not None and at is not None else None


def _amount(found: re.Match[str], text: str, now: datetime) -> Deadline | None:
    number = 0.5 if found[1] == "半" else float(found[1])
    rest, unit = text[found.end() :].strip(), found[2]
    if not 0 < number <= FARTHEST.total_seconds() / 60:
        return None
    if unit in _UNITS:
        return Deadline(rest, worked=timedelta(seconds=number * _UNITS[unit]))
    return Deadline(rest, at=now + timedelta(days=min(number, FARTHEST.days)), in_hours=True)


def _instant(found: re.Match[str], now: datetime) -> datetime | None:
    parts = found.groupdict()
    try:
        day = _date(parts, now.date())
        wall = _time(parts)
    except ValueError:
        return None
    at = datetime.combine(day, wall)
    is_bare_time = parts["only_hour"] is not None
    return at + timedelta(days=1) if is_bare_time and at <= now else at


def _date(parts: dict[str, str | None], today: date) -> date:
    if word := parts["word"]:
        return today + timedelta(days=_WORDS[word])
    if not (month := parts["month"]):
        return today
    year = int(parts["year"] or today.year)
    day = date(year, int(month), int(parts["day"] or 0))
    return day.replace(year=year + 1) if not parts["year"] and day < today else day


def _time(parts: dict[str, str | None]) -> time:
    kind = "only_" if parts["only_hour"] is not None else ""
    if (hour := parts[f"{kind}hour"]) is None:
        return END_OF_DAY
    minute = 30 if parts[f"{kind}half"] else int(parts[f"{kind}minute"] or 0)
    is_later = parts[f"{kind}noon"] in ("下午", "晚上") and int(hour) < 12
    return time(int(hour) + 12 * is_later, minute)
