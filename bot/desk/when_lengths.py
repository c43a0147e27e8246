"""How long from now a phrase means: 两个半小时后, 一刻钟, 90分钟, 3h, 两三天内, 半个月后, 3个工作日."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk.day_hours import HORIZON, Around
from bot.desk.numerals import NUMBER, SOME, some, whole
from bot.desk.reading import Ask, Measure, Window
from bot.desk.when_days import GAP

LENGTH: Final = rf"""
  (?<![\d.第每前头近这那a-z])(?:(?:再|还)?过|再等|等|再)?{GAP}
  (?P<some>{SOME}|[一二两三四五六七八]?十?几|数|若干){GAP}(?P<odd>来|多|余)?(?P<each>个)?(?P<half_unit>半)?{GAP}
  (?:(?P<unit>工作小时|工时|小时|钟头|钟(?!头|点)|刻钟|分钟|秒钟?|工作日|天|日(?![常报用前均])
   |周(?![边一二三四五六日末到年围期])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])
   |月(?!\d|底|初|末|份)|年(?!\d|底|初|末|度|货)|分(?=[后内之以]|$)
   |(?:hours?|hrs?|h|minutes?|mins?|min|m|days?|d)(?![a-z])))
  (?P<half_after>半)?钟?(?:{GAP}(?:零|又)?(?P<more>{NUMBER}){GAP}(?P<more_unit>分钟?|刻钟?|mins?|m)(?![a-z]))?
  (?:{GAP}(?:左右|的?时间))?
  (?:{GAP}(?:(?P<within>之内|以内|内(?!容|部|存|勤)|里(?!面|程))
   |(?:之后|以后|后(?!续|台|面|厨|期|天|门|方))
   |(?P<ago>之前|以前|前(?!台|往|来|面|提|期|端|后|天))))?
"""
"""A length in a pattern (verbose)."""
_HOURS: Final = {
    "小时": 3600, "钟头": 3600, "钟": 3600, "h": 3600, "hr": 3600, "hour": 3600, "刻钟": 900, "分钟": 60, "分": 60,
    "m": 60, "min": 60, "minute": 60, "秒": 1, "秒钟": 1,
}  # fmt: skip
_DAYS: Final = {"天": 1, "日": 1, "d": 1, "day": 1, "周": 7, "星期": 7, "礼拜": 7}
_COUNTED: Final = frozenset({"小时", "钟头", "钟", "工作小时", "工作日", "月", "星期", "礼拜"})
"""Units that take 个; 月 must have it, to be no month's name."""
HALF_A_MONTH: Final = 15
"""Days."""


@dataclass(frozen=True)
class Length:
    """The window that a length leads to, and in what it was told."""

    window: Window
    measure: Measure
    length: timedelta | None = None


def length_of(match: re.Match[str], around: Around) -> Length | Ask | None:
    """What a match of `LENGTH` means from now on; None when it is no length after all (5月, 3日 as a date)."""
    unit = _unit(match["unit"])
    if (match["each"] and unit not in _COUNTED) or (unit in ("月", "钟") and not match["each"]):
        return None
    if "几" in match["some"] or match["some"] in ("数", "若干") or match["odd"]:
        return Ask.VAGUE
    found = some(match["some"])
    if found is None or found[1] <= 0:
        return Ask.IMPOSSIBLE if found else None
    if match["ago"] is not None:
        return Ask.PAST
    extra = 0.5 if match["half_unit"] or match["half_after"] else 0
    least, most = found[0] + extra, found[1] + extra
    if unit in _HOURS:
        return _hours(match, _HOURS[unit], (least, most), around)
    return _days(match, unit, (least, most), around)


def _unit(unit: str) -> str:
    return unit.rstrip("s") if unit.isascii() else unit


def _hours(match: re.Match[str], seconds: int, amount: tuple[float, float], around: Around) -> Length | Ask:
    more = whole(match["more"]) if match["more"] else 0
    if more is None:
        return Ask.IMPOSSIBLE
    more *= 900 if (match["more_unit"] or "").startswith("刻") else 60
    if amount[1] * seconds > HORIZON.total_seconds():
        return Ask.FAR
    begin, end = (timedelta(seconds=n * seconds + more) for n in amount)
    return Length(_window(match, around.now + begin, around.now + end), Measure.HOURS, end)


def _window(match: re.Match[str], begin: datetime, end: datetime) -> Window:
    is_within = match["within"] is not None
    return Window(end if is_within else begin, end, is_deadline=is_within)


def _days(match: re.Match[str], unit: str, amount: tuple[float, float], around: Around) -> Length | Ask:
    match unit:
        case "工作日":
            return _workdays(match, amount, around)
        case "工作小时" | "工时":
            return Ask.VAGUE if amount[1] > 1000 else Length(_worked(match, amount, around), Measure.WORKDAYS)
        case "天" if amount == (0.5, 0.5):
            return Length(_worked(match, (_day_in_hours(around) / 2,) * 2, around), Measure.WORKDAYS)
        case "月" | "年":
            return _months(match, amount, 12 if unit == "年" else 1, around)
        case _:
            days = _DAYS[unit]
            if amount[1] * days > HORIZON.days:
                return Ask.FAR
            begin, end = (around.now + timedelta(days=n * days) for n in amount)
            return Length(_until_closing(match, begin, end, around), Measure.DAYS)


def _until_closing(match: re.Match[str], begin: datetime, end: datetime, around: Around) -> Window:
    """A number of days keeps the time of day, and is over when that day's work is."""
    return _window(match, begin, max(end, around.closing(end.date())))


def _workdays(match: re.Match[str], amount: tuple[float, float], around: Around) -> Length | Ask:
    """The day on which it is said does not count; the last one lasts until its closing."""
    least, most = (int(-(-n // 1)) for n in amount)
    if most > len(around.workdays):
        return Ask.FAR
    first, last = around.workdays[least - 1], around.workdays[most - 1]
    opening, closing = around.opening(first), around.closing(first)
    same = datetime.combine(first, around.now.time())
    return Length(_window(match, min(max(same, opening), closing), around.closing(last)), Measure.WORKDAYS)


def _day_in_hours(around: Around) -> float:
    return sum(s.end - s.start for s in around.spans(around.today)) / 60


def _worked(match: re.Match[str], hours: tuple[float, float], around: Around) -> Window:
    begin, end = (around.after_working(timedelta(hours=n)) for n in hours)
    return _window(match, begin, end)


def _months(match: re.Match[str], amount: tuple[float, float], each: int, around: Around) -> Length | Ask:
    if amount[1] * each > HORIZON.days / 31:
        return Ask.FAR
    begin, end = (_later(around.now, n * each) for n in amount)
    return Length(_until_closing(match, begin, end, around), Measure.DAYS)


def _later(now: datetime, months: float) -> datetime:
    """The same day so many months later, or that month's last; half a month is 15 days."""
    whole_months, days = int(months), HALF_A_MONTH * (months % 1 > 0)
    count = now.year * 12 + now.month - 1 + whole_months
    year, month = count // 12, count % 12 + 1
    return now.replace(year=year, month=month, day=min(now.day, monthrange(year, month)[1])) + timedelta(days=days)
