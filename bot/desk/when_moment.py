"""A moment or a stretch that a phrase names: a day, a part of it, a time of it, and 前, 内 or 后 behind."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.day_hours import Around, wall
from bot.desk.hours import DAY_MINUTES
from bot.desk.numerals import NUMBER, number
from bot.desk.reading import Ask, Window
from bot.desk.when_clock import CLOCK, PART, UNTIL, in_part, minutes_of, next_time, on_day, part_of
from bot.desk.when_days import DAY, GAP, Named, days_of
from bot.desk.when_feasts import NOT_TIME, WORK, work_of

_SIDE: Final = rf"""(?:
  (?P<about>左右|前后|上下|许(?!可|多))?
  (?:之?前{GAP}(?P<ahead>半个?小时|一刻钟|{NUMBER}{GAP}(?:分钟|个?小时))(?!内|后|之内|以内)
  |(?P<before>之前|以前|前(?!台|往|来|面|提|期|端|段|后|天|去|几|[一二两三]|厅|景|辈|任|线|途|脚|半)|截止)
  |(?P<inside>之内|以内|内(?!容|部|存|勤|衣|购)|里(?!面|程|边)|当中)
  |(?P<after>之后|以后|过后|后(?!续|台|面|厨|期|天|门|方|来|勤|半|者|悔|果))
  |期间|那天|当天|全天|一整天|的时候)?)"""
MOMENT: Final = rf"""
  (?=[^\s])(?P<whole_day>{DAY})?(?:{GAP}\([^()]{{1,8}}\))?{GAP}
  (?P<rest_of>的?(?:{PART}{GAP}的?)?{GAP}(?P<clock>{CLOCK}(?P<until>{UNTIL})?)
   |{PART.replace("<part>", "<lone_part>")}
   |(?P<work>{WORK}){NOT_TIME})?
  {GAP}{_SIDE}
"""
"""A moment in a pattern (verbose); see `is_moment` for what it matches besides."""
_POINTS: Final = re.compile(r"[有这那以几共下述第上各另余其点]")
"""A character before 三点 that makes it three points to be made."""


def is_moment(match: re.Match[str], *, is_head: bool) -> bool:
    """Whether a match of `MOMENT` is a time at all: 三点说明 in the midst of a text is not, nor a mere 营业."""
    if match["whole_day"] is None and match["rest_of"] is None:
        return False
    if match["whole_day"] is not None:
        return True
    if match["lone_part"]:
        return len(match["lone_part"]) > 1
    if match["work"]:
        return is_head or (bool(match["work_side"]) and match["opens"] != "营业")
    return match["clock"] is None or is_head or _is_time_of_day(match)


def _is_time_of_day(match: re.Match[str]) -> bool:
    """Whether an hour without a day is one: it has a part, minutes, 钟, 前 or the like, or no 这 or 有 before it."""
    if match["part"] or match["before"] or match["after"] or match["about"] or match["until"] or match["h1"]:
        return True
    if match["hour1"] is None or re.search("[钟整半刻分差]|点.", match["clock"]):
        return True
    return match["hour1"] != "一" and not _POINTS.fullmatch(match.string[max(0, match.start() - 1) : match.start()])


def moment_of(match: re.Match[str], around: Around, named: Named | None = None) -> Window | Ask:
    """What a match of `MOMENT` means, seen from now; `named`: the day, where other words before have named it."""
    days = days_of(match, around) if match["whole_day"] else named
    if isinstance(days, Ask):
        return days
    if match["work"]:
        return _ahead(work_of(match, days, around), match)
    if match["clock"]:
        return _ahead(_with_side(_clock(match, days, around), match, around), match)
    if match["lone_part"]:
        return _part(match, days, around)
    return _days(match, days, around) if days is not None else Ask.VAGUE


def _ahead(window: Window | Ask, match: re.Match[str]) -> Window | Ask:
    """下班前半小时, 三点前十分钟: so long before it."""
    if isinstance(window, Ask) or not match["ahead"]:
        return window
    amount = number(match["ahead"].rstrip("分钟个小时刻 \t"))
    unit = 15 if "刻" in match["ahead"] else 60 if "小时" in match["ahead"] else 1
    at = window.begin - timedelta(minutes=unit * (amount or 0))
    return Window(at, at) if amount else Ask.IMPOSSIBLE


def _clock(match: re.Match[str], days: Named | None, around: Around) -> Window | Ask:
    face = minutes_of(match)
    if face is None:
        return Ask.IMPOSSIBLE
    begin = _instant(face, match["part"], days, around)
    if days is not None and days.is_loose and days.first == around.today and _was_today(face, match, around):
        return Ask.WHICH_WEEK
    if isinstance(begin, Ask):
        return begin
    return Window(begin, _end_of_range(match, begin))


def _was_today(face: tuple[int, bool], match: re.Match[str], around: Around) -> bool:
    """Whether the hour, or the morning's of two that it may be, is over today."""
    minutes = face[0] if match["part"] is None else in_part(face[0], part_of(match["part"]))
    is_noon_meant = match["part"] is None and not face[1] and around.is_worked(around.today, face[0] + 12 * 60)
    return minutes is not None and wall(around.today, minutes + 12 * 60 * is_noon_meant) <= around.now


def _instant(face: tuple[int, bool], part: str | None, days: Named | None, around: Around) -> datetime | Ask:
    if part is None:
        return on_day(face, days.first, around) if days is not None else next_time(face, around)
    minutes = in_part(face[0], part_of(part))
    if minutes is None:
        return Ask.IMPOSSIBLE
    at = wall(days.first if days is not None else around.today, minutes)
    return at + timedelta(days=1) if days is None and at <= around.now else at


def _end_of_range(match: re.Match[str], begin: datetime) -> datetime:
    """下午2点到4点 ends at four; an end that no clock has, or that lies before, leaves the beginning."""
    face = minutes_of(match, "2") if match["until"] else None
    if face is None:
        return begin
    ends = (wall(begin.date(), m) for m in (face[0], face[0] + DAY_MINUTES // 2, face[0] + DAY_MINUTES))
    return next((end for end in ends if end > begin), begin)


def _with_side(window: Window | Ask, match: re.Match[str], around: Around) -> Window | Ask:
    """三点前 has only an end; 三点后 lasts until the day's closing."""
    if isinstance(window, Ask):
        return window
    if match["before"]:
        return Window(window.begin, window.begin, is_deadline=True)
    if match["after"]:
        return Window(window.begin, max(window.end, around.closing(window.begin.date())))
    return window


def _part(match: re.Match[str], days: Named | None, around: Around) -> Window | Ask:
    day, name = (days.first if days is not None else around.today), part_of(match["lone_part"])
    begin, end = around.part(day, name)
    if match["before"] and name not in ("早", "上午"):
        begin = end = 12 * 60 if name == "下午" else begin
    if wall(day, end) <= around.now and days is not None and days.is_loose:
        return Ask.WHICH_WEEK
    if match["before"] or match["inside"]:
        return Window(wall(day, end), wall(day, end), is_deadline=True)
    return Window(max(wall(day, begin), around.now), wall(day, end))


def _days(match: re.Match[str], days: Named, around: Around) -> Window | Ask:
    if match["after"]:
        return Ask.VAGUE
    if match["before"] and days.is_period:
        closing = around.closing(around.workday_before(days.first))
        return Window(closing, closing, is_deadline=True)
    first, last = around.worked_part(days.first, days.last)
    begin, end = max(around.opening(first), around.now), _end_of(days, last, around)
    if end <= around.now and days.is_loose:
        return Ask.WHICH_WEEK
    if match["before"] or match["inside"]:
        return Window(end, end, is_deadline=True)
    return Window(begin, end)


def _end_of(days: Named, last: date, around: Around) -> datetime:
    """The closing of the last day; once that is over, the midnight; but not of 周五, which may be the next."""
    closing = around.closing(last)
    if closing > around.now or days.is_loose or days.last < around.today:
        return closing
    return wall(days.last, DAY_MINUTES)
