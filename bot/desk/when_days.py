"""Which day or days a phrase names: 后天, 下周三, 这个月底, 12月3日, 周末, 下个工作日."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.desk.day_hours import HORIZON, Around
from bot.desk.numerals import NUMBER, whole
from bot.desk.reading import Ask

GAP: Final = r"[ \t]{0,3}"
_WEEKDAYS: Final = "一二三四五六日"
_UNIT: Final = "(?:周|星期|礼拜)"
_NOT_WEEKDAY: Final = "(?!定|直|般|起|样|共|次|些|下(?!午|班)|旦|边|常|程|记|个)"
"""周一定: it is 一定 that follows."""
_THING: Final = "(?![店机线楼门台柜仓库窗桌员铺厅馆房位桶箱包色字])"
"""3号店 and 2号机 are no dates."""
_TIMES: Final = rf"(?=前|之前|以前|之后|内|[ \t]{{0,3}}(?:上午|下午|中午|晚|早|凌晨|{NUMBER}[点:])|[\s,。;!?、]|$)"
"""What follows 12.3 where it is a date and no amount."""
_MONTH_PART: Final = "上旬|中旬|下旬|初|中(?!午|秋)|底|末"
DAY: Final = rf"""(?:
  (?P<near>大后天|大前天|(?<![以之目])前天|昨天|昨日|昨儿|今天|今日|今儿个?|本日|明天|明日|明儿个?|次日(?!达)|翌日|(?<![然以之最今先])后[天日](?!天)|今明[两2二]?天|明后[两2二]?天)
 |(?P<bound>[今明昨])(?={GAP}(?:早|晚|夜|晨))
 |(?P<week>下下|上上|上|下|本|这|当)(?:个|一)?{_UNIT}(?:(?P<of_week>[一二三四五六日天末]|[1-7](?![\d:.点])){_NOT_WEEKDAY})?
 |(?<![每隔双单上\d一两几]){_UNIT}(?P<weekday>[一二三四五六日天末]|[1-7](?![\d:.点])){_NOT_WEEKDAY}
 |(?<!\d)(?P<year>20\d\d){GAP}[-/.年]{GAP}(?P<month>\d{{1,2}}){GAP}[-/.月]{GAP}(?P<day>\d{{1,2}})(?!\d){GAP}[日号]?
 |(?:(?P<rel_year>今年|明年|去年|后年)的?)?(?P<month_>{NUMBER}){GAP}月(?:份)?(?:{GAP}(?P<day_>{NUMBER})(?:{GAP}[日号]|(?!\d){_TIMES})|的?(?P<month_part>{_MONTH_PART}))?
 |(?<![\d.\-/a-z])(?P<short>\d{{1,2}}[-/.]\d{{1,2}})(?:[日号]|{_TIMES})
 |(?P<rel_month>下下|上上|上|下|本|这|当)个?月的?(?:(?P<rel_part>{_MONTH_PART})|(?P<rel_day>{NUMBER}){GAP}[日号])?
 |(?<![个\d])月(?P<bare_part>初|底|末|中旬|下旬|上旬)
 |(?<![a-z\d第.\-月单店编号档位])(?P<dom>{NUMBER})[日号](?!内|之内|以内|后|之后|以后|左右){_THING}
 |(?P<of_year>今|明|去|本)?年(?P<year_part>底|末|初|内|之内|以内)
 |(?P<quarter>本|这个?|下个?)?季度?(?P<quarter_part>底|末|初)
 |(?P<next_workday>下一?个?工作日|次一?个?工作日|最近的?一?个?工作日)
)"""
"""A day in a pattern (verbose); every way to name one has groups of its own."""


@dataclass(frozen=True)
class Named:
    """The days that were named, first and last. `is_loose`: a bare weekday, which comes again in a week.
    `is_period`: a stretch (下周, 周末) before the beginning of which 前 means; before a single day it includes the day.
    """

    first: date
    last: date
    is_loose: bool = False
    is_period: bool = False


Found = Named | Ask


def days_of(match: re.Match[str], around: Around) -> Found | None:
    """The days that a match of `DAY` names, None when it has none; Ask when no calendar has them. They may be over."""
    for group, read in _READERS.items():
        if match[group] is not None:
            return _kept(read(match, around), around)
    return None


def _kept(found: Found, around: Around) -> Found:
    if isinstance(found, Ask):
        return found
    return Ask.FAR if found.last > around.today + HORIZON else found


def _one(day: date | None) -> Found:
    return Named(day, day) if day is not None else Ask.IMPOSSIBLE


def real(year: int, month: int | None, day: int | None) -> date | None:
    """A date, or None when no calendar has it."""
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


_NEAR: Final = {"大后": 3, "大前": -3, "前": -2, "昨": -1, "今": 0, "本": 0, "明": 1, "次": 1, "翌": 1, "后": 2}


def _near(match: re.Match[str], around: Around) -> Found:
    word = match["near"] or match["bound"]
    if word[:2] in ("今明", "明后"):
        first = around.today + timedelta(days=_NEAR[word[0]])
        return Named(first, first + timedelta(days=1))
    days = _NEAR[word[:2]] if word[:2] in _NEAR else _NEAR[word[0]]
    return _one(around.today + timedelta(days=days))


_WEEKS: Final = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}


def _week(match: re.Match[str], around: Around) -> Found:
    """下周三 is of next week, whatever day it is; a week begins on Monday."""
    monday = around.today - timedelta(days=around.today.weekday()) + timedelta(weeks=_WEEKS[match["week"]])
    if match["of_week"] is None:
        return Named(monday, monday + timedelta(days=6), is_period=True)
    return _in_week(monday, match["of_week"])


def _in_week(monday: date, sign: str) -> Named:
    if sign == "末":
        return Named(monday + timedelta(days=5), monday + timedelta(days=6), is_period=True)
    day = monday + timedelta(days=_weekday(sign))
    return Named(day, day)


def _weekday(sign: str) -> int:
    return int(sign) - 1 if sign.isdecimal() else _WEEKDAYS.index(sign.replace("天", "日"))


def _bare_weekday(match: re.Match[str], around: Around) -> Found:
    """周三 is the next such day, today included."""
    if match["weekday"] == "末":
        return _in_week(around.today - timedelta(days=around.today.weekday()), "末")
    day = around.today + timedelta(days=(_weekday(match["weekday"]) - around.today.weekday()) % 7)
    return Named(day, day, is_loose=True)


def _full_date(match: re.Match[str], around: Around) -> Found:
    return _one(real(int(match["year"]), int(match["month"]), int(match["day"])))


def _short_date(match: re.Match[str], around: Around) -> Found:
    month, day = re.split(r"[-/.]", match["short"])
    return _nearest(int(month), int(day), around)


_YEARS: Final = {"去年": -1, "今年": 0, "明年": 1, "后年": 2}


def _month_day(match: re.Match[str], around: Around) -> Found:
    month = whole(match["month_"])
    if month is None or not 1 <= month <= 12:
        return Ask.IMPOSSIBLE
    year = around.today.year + _YEARS[match["rel_year"]] if match["rel_year"] else None
    if match["day_"] is None:
        return _month_of(year, month, match["month_part"], around)
    day = whole(match["day_"])
    if year is None:
        return _nearest(month, day, around)
    return _one(real(year, month, day))


def _month_of(year: int | None, month: int, part: str | None, around: Around) -> Found:
    if year is None:
        year = around.today.year + (month < around.today.month)
    return _part_of_month(date(year, month, 1), part, around)


LONG_OVER: Final = timedelta(days=183)


def _nearest(month: int, day: int | None, around: Around) -> Found:
    """A date without a year is this year's; next year's when this year's is over by more than half a year."""
    found = real(around.today.year, month, day)
    if found is not None and found >= around.today - LONG_OVER:
        return _one(found)
    return _one(real(around.today.year + 1, month, day) or found)


def _month_start(around: Around, months: int) -> date:
    months += around.today.year * 12 + around.today.month - 1
    return date(months // 12, months % 12 + 1, 1)


def _relative_month(match: re.Match[str], around: Around) -> Found:
    first = _month_start(around, _WEEKS[match["rel_month"]])
    if match["rel_day"] is not None:
        return _one(real(first.year, first.month, whole(match["rel_day"])))
    return _part_of_month(first, match["rel_part"], around)


def _bare_month_part(match: re.Match[str], around: Around) -> Found:
    """月底 is this month's; 月初 is the next month's once this month's has passed."""
    found = _part_of_month(_month_start(around, 0), match["bare_part"], around)
    if isinstance(found, Named) and found.last < around.today:
        return _part_of_month(_month_start(around, 1), match["bare_part"], around)
    return found


def _part_of_month(first: date, part: str | None, around: Around) -> Found:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    match part:
        case "初":
            day = around.workday_from(first)
            return Named(day, day)
        case "底" | "末":
            day = around.workday_before(last + timedelta(days=1))
            return Named(day, day)
        case "上旬":
            return Named(first, first.replace(day=10), is_period=True)
        case "中" | "中旬":
            return Named(first.replace(day=11), first.replace(day=20), is_period=True)
        case "下旬":
            return Named(first.replace(day=21), last, is_period=True)
        case _:
            return Named(first, last, is_period=True)


def _day_of_month(match: re.Match[str], around: Around) -> Found:
    """5号 is the next such day, today included; when this month has no such day, nobody guesses."""
    day = whole(match["dom"])
    found = real(around.today.year, around.today.month, day)
    if found is not None and found < around.today:
        following = _month_start(around, 1)
        found = real(following.year, following.month, day)
    return _one(found)


def _part_of_year(match: re.Match[str], around: Around) -> Found:
    year = around.today.year + {"明": 1, "去": -1}.get(match["of_year"] or "", 0)
    match match["year_part"]:
        case "内" | "之内" | "以内":
            return Named(date(year, 1, 1), date(year, 12, 31), is_period=True)
        case "初":
            return _part_of_month(date(year + (match["of_year"] is None), 1, 1), "初", around)
        case _:
            return _part_of_month(date(year, 12, 1), "底", around)


def _part_of_quarter(match: re.Match[str], around: Around) -> Found:
    is_next = (match["quarter"] or "").startswith("下") or (match["quarter"] is None and match["quarter_part"] == "初")
    first = _month_start(around, -((around.today.month - 1) % 3) + 3 * is_next)
    if match["quarter_part"] == "初":
        return _part_of_month(first, "初", around)
    return _part_of_month(date(first.year, first.month + 2, 1), "底", around)


def _next_workday(match: re.Match[str], around: Around) -> Found:
    return _one(around.workdays[0]) if around.workdays else Ask.FAR


_READERS: Final[dict[str, Callable[[re.Match[str], Around], Found]]] = {
    "near": _near, "bound": _near, "week": _week, "weekday": _bare_weekday, "year": _full_date, "month_": _month_day,
    "short": _short_date, "rel_month": _relative_month, "bare_part": _bare_month_part, "dom": _day_of_month,
    "year_part": _part_of_year, "quarter_part": _part_of_quarter, "next_workday": _next_workday,
}  # fmt: skip
