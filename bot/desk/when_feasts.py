"""Times around holidays and around the day's work: 国庆节后第一个工作日, 元旦前, 节后上班; 明天上班, 下班前, 午休后."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.day_hours import Around, wall
from bot.desk.numerals import NUMBER, whole
from bot.desk.reading import Ask, Window
from bot.desk.when_days import GAP, Named

_FEASTS: Final = {
    "元旦": "元旦", "春节": "春节", "过年": "春节", "清明": "清明", "五一": "劳动", "劳动节": "劳动", "端午": "端午",
    "中秋": "中秋", "国庆": "国庆", "十一": "国庆",
}  # fmt: skip
"""What people call a holiday, and how its name in the calendar begins."""
_FIXED: Final = {"元旦": (1, 1), "劳动": (5, 1), "国庆": (10, 1)}
"""Month and day of holidays that no decree can move."""
_BACK: Final = "一?上班|复工|上班第一天|一?开工|回来上班"
_NTH: Final = rf"(?:的?{GAP}(?:(?:第(?P<nth>{NUMBER})个?|首个?)(?P<nth_unit>工作日|天|上班日)|(?P<back>{_BACK})))"
FEAST: Final = rf"""
  (?:(?P<feast>元旦|春节|过年|清明|五一|劳动节|端午|中秋|国庆|十一(?=假|长假|节|前|后|之|期|放))
     节?(?:小?长假|假期|放假|假)?
    |(?P<some_feast>节假日|假期|长假|放假|收假|年|节|假(?=[前后]))(?=[前后之以]))
  (?:(?P<feast_last>前(?:的)?(?:最后|最末)一?[个天](?:工作日)?)|(?P<feast_eve>前[一1]天)|(?P<feast_before>之前|以前|前)
    |(?:之后|以后|后|结束后?|回来后?|一?过完?)?{_NTH}
    |(?P<feast_later>之后|以后|后)|(?P<feast_during>期间|当天|那天)?)
"""
"""A holiday in a pattern (verbose), and the day beside it that is meant."""
WORK: Final = r"""
  (?:一早|一|刚|早上?)?
  (?:(?P<opens>上班|开门|开店|开工|复工|营业)|(?P<closes>下班|关门|打烊|收工|闭店)|(?P<rest>午休|午饭|吃完?午?饭))
  (?P<work_side>(?:结束)?(?:之前|以前|前(?![\d半一二两三四五十]{1,3}个?[小分刻])|之后|以后|后|时候?|的时候)|结束)?"""
"""Where the day's work begins, rests or ends, in a pattern (verbose)."""
NOT_TIME: Final = r"(?![时]?间|期间|族|打卡|高峰|人员|卡|制度|状态|执照|额|红)"


def feast_of(match: re.Match[str], around: Around) -> Window | Ask:
    """What a match of `FEAST` means; Ask.UNKNOWN_HOLIDAY where the decree is not at hand."""
    if match["feast_later"] is not None and match["nth_unit"] is None and match["back"] is None:
        return Ask.VAGUE
    block = _block(match, around)
    if isinstance(block, Ask):
        return block
    first, last = block
    if match["feast_before"] or match["feast_last"]:
        return _before(first, around, is_deadline=match["feast_before"] is not None)
    if match["feast_eve"]:
        return _whole(first - timedelta(days=1), around)
    if match["nth_unit"] or match["back"]:
        return Ask.UNKNOWN_HOLIDAY if last is None else _after(match, last, around)
    return _whole(first, around) if match["feast_during"] != "期间" or last is None else _over(first, last, around)


def _block(match: re.Match[str], around: Around) -> tuple[date, date | None] | Ask:
    """The first and last day of the holiday that was named; the last is None where only the date is known."""
    if match["feast"] is None:
        if match["some_feast"] != "年":
            return next(((f, t) for f, t, _ in around.holidays), Ask.UNKNOWN_HOLIDAY)
        stem = "春节"
    else:
        stem = _FEASTS[match["feast"]]
    for first, last, names in around.holidays:
        if any(name.startswith(stem) for name in names):
            return first, last
    return _fixed(stem, around)


def _fixed(stem: str, around: Around) -> tuple[date, None] | Ask:
    if stem not in _FIXED:
        return Ask.UNKNOWN_HOLIDAY
    day = date(around.today.year, *_FIXED[stem])
    return (day if day >= around.today else day.replace(year=day.year + 1)), None


def _before(first: date, around: Around, *, is_deadline: bool) -> Window:
    day = around.workday_before(first)
    closing = around.closing(day)
    return Window(closing if is_deadline else around.opening(day), closing, is_deadline)


def _whole(day: date, around: Around) -> Window:
    return Window(around.opening(day), around.closing(day))


def _over(first: date, last: date, around: Around) -> Window:
    return Window(around.opening(first), around.closing(last))


def _after(match: re.Match[str], last: date, around: Around) -> Window | Ask:
    if match["back"]:
        opening = around.opening(around.workday_from(last + timedelta(days=1)))
        return Window(opening, opening)
    nth = whole(match["nth"]) if match["nth"] else 1
    if not nth or nth > 60:
        return Ask.IMPOSSIBLE
    day = last
    for _ in range(nth):
        day += timedelta(days=1)
        day = day if match["nth_unit"] == "天" else around.workday_from(day)
    return _whole(day, around)


def work_of(match: re.Match[str], named: Named | None, around: Around) -> Window | Ask:
    """What a match of `WORK` means, on the day that was named or the next that fits."""
    if match["opens"] is not None:
        return _opening(named, around)
    if match["closes"] is not None:
        return _point(named, around, around.closing, is_deadline="前" in (match["work_side"] or ""))
    return _break(match, named, around)


def _opening(named: Named | None, around: Around) -> Window:
    """The opening of the day that was named, or of the next working day; where the day is off, of the first after."""
    if named is not None:
        day = around.workday_from(named.first)
    else:
        day = around.workday_from(around.today)
        if around.opening(day) <= around.now:
            day = around.workdays[0] if around.workdays else day + timedelta(days=1)
    opening = around.opening(day)
    return Window(opening, opening)


def _point(
    named: Named | None, around: Around, point: Callable[[date], datetime], *, is_deadline: bool
) -> Window | Ask:
    day = named.first if named is not None else around.today
    at = point(day)
    if at <= around.now and named is not None and named.is_loose:
        return Ask.WHICH_WEEK
    return Window(at, at, is_deadline)


def _break(match: re.Match[str], named: Named | None, around: Around) -> Window | Ask:
    side = match["work_side"] or ""
    is_after = "后" in side or side == "结束" or "完" in (match["rest"] or "")
    return _point(named, around, lambda day: wall(day, around.break_of(day)[is_after]), is_deadline="前" in side)
