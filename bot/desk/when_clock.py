"""Which time of a day a phrase names: 八点半, 下午三点一刻, 3:30pm, 差五分九点; in the morning or the evening."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.day_hours import NOON, Around, wall
from bot.desk.hours import DAY_MINUTES
from bot.desk.numerals import NUMBER, whole
from bot.desk.reading import Ask
from bot.desk.when_days import GAP

WRITTEN_FROM: Final = 6
"""From this hour on, 8:30 in digits is taken as it is written; 3:30 is as open as 三点半."""
_MEASURED: Final = f"(?!{GAP}[个家箱件份人元块台张单条袋瓶斤包盒桶%个米°度次种样天])"
_MINUTES: Final = r"(?:\d{2}(?!\d)|[一二三四五六七八九]?十[一二三四五六七八九]?|[零〇]?[一二三四五六七八九])"
_HOUR: Final = rf"(?P<hour@>{NUMBER}){GAP}(?:点|时(?![间候段效刻长光代期]))(?![儿评击名赞菜餐货位击心数歌滴])(?:钟|整)?"
_AFTER: Final = rf"""(?:{GAP}(?:
   (?P<half@>半)(?:钟)?
  |(?P<quarter@>[一三13])刻钟?
  |过?(?P<minute@>{NUMBER}){GAP}分(?!钟)|过?(?P<minutes@>{_MINUTES})(?:分(?!钟)|{_MEASURED}(?![日号月年天]))
  |(?:差|欠)(?:(?P<short@>{NUMBER})分|(?P<short_quarter@>一刻))钟?
  |整))?"""
_DIGITAL: Final = r"(?<![\d:.])(?P<h@>\d{1,2}):(?P<m@>\d{2})(?::\d{2})?(?![\d:])"
_PART_WORDS: Final = {
    "凌晨": "凌晨", "清晨": "早", "清早": "早", "早晨": "早", "早上": "早", "早间": "早", "一早": "早", "大早上": "早",
    "晨": "早", "早": "早", "上午": "上午", "午前": "上午", "中午": "中午", "正午": "中午", "晌午": "中午",
    "午间": "中午", "下午": "下午", "午后": "下午", "傍晚": "傍晚", "晚上": "晚", "晚间": "晚", "夜晚": "晚",
    "晚": "晚", "夜里": "夜", "夜间": "夜", "深夜": "夜", "半夜": "夜", "午夜": "夜", "夜": "夜", "am": "上午",
    "pm": "下午",
}  # fmt: skip
_LONG_PARTS: Final = "(?:[ap]m(?![a-z]))|" + "|".join(
    sorted((w for w in _PART_WORDS if len(w) > 1 and not w.isascii()), key=len, reverse=True)
)
_SHORT_PARTS: Final = (
    r"(?<=[今明昨])[早晚夜晨]|[早晚夜晨](?!点|些|会|一点|安|餐|饭|茶|市|就|已|于|期|班|报|日|场|高峰|到)"
)


def _clock(n: str) -> str:
    """A time of day in a pattern, with groups of its own number."""
    before = rf"差(?:(?P<lack{n}>{NUMBER})分钟?|(?P<lack_quarter{n}>一刻钟?))到?"
    western = rf"(?<![\d.a-z])(?P<western{n}>\d{{1,2}}){GAP}(?P<apm{n}>am|pm)(?![a-z])"
    return (
        rf"(?:{_DIGITAL.replace('@', n)}(?:{GAP}(?P<ap{n}>am|pm))?|{western}"
        rf"|(?:{before})?{_HOUR.replace('@', n)}{_AFTER.replace('@', n)})"
    )


PART: Final = rf"(?P<part>{_LONG_PARTS}|{_SHORT_PARTS})"
CLOCK: Final = _clock("1")
UNTIL: Final = rf"{GAP}(?:到|至|-|—|–|~){GAP}(?P<until_part>{_LONG_PARTS})?{_clock('2')}"


def part_of(word: str) -> str:
    """The part of the day that a word means."""
    return _PART_WORDS[word]


def minutes_of(match: re.Match[str], n: str = "1") -> tuple[int, bool] | None:
    """Minutes on a clock's face, and whether they can be meant in one way only (am, 08:00, 15点, 零点); None: no clock
    has them.
    """
    if match[f"western{n}"] or match[f"h{n}"]:
        hour, minute = int(match[f"western{n}"] or match[f"h{n}"]), int(match[f"m{n}"] or 0)
        return _western(hour, minute, match[f"ap{n}"] or match[f"apm{n}"], match[f"h{n}"] or "")
    spoken, minute_ = whole(match[f"hour{n}"]), _minute(match, n)
    if spoken is None or minute_ is None or spoken > 24:
        return None
    at = spoken * 60 + minute_
    return (at, spoken > 12 or spoken == 0) if 0 <= at <= DAY_MINUTES else None


def _western(hour: int, minute: int, half: str | None, digits: str) -> tuple[int, bool] | None:
    if minute > 59 or hour > 24 or (half and not 1 <= hour <= 12):
        return None
    if half:
        return (hour % 12 + 12 * (half == "pm")) * 60 + minute, True
    at = hour * 60 + minute
    return (at, hour >= WRITTEN_FROM or hour == 0 or digits.startswith("0")) if at <= DAY_MINUTES else None


def _minute(match: re.Match[str], n: str) -> int | None:
    """Minutes after the hour, negative before it (差一刻); None when no clock has them."""
    if match[f"half{n}"]:
        return 30
    if quarter := match[f"quarter{n}"]:
        return 45 if quarter in "三3" else 15
    if match[f"lack_quarter{n}"] or match[f"short_quarter{n}"]:
        return -15
    if lack := match[f"lack{n}"] or match[f"short{n}"]:
        return -found if (found := whole(lack)) is not None and found < 60 else None
    if text := match[f"minute{n}"] or match[f"minutes{n}"]:
        return found if (found := whole(text)) is not None and found < 60 else None
    return 0


def in_part(minutes: int, part: str) -> int | None:
    """Minutes said with a part of the day, from the midnight that the day begins with; None: they contradict it.

    晚上1点 is after the midnight that ends the day; 晚上12点 is that midnight.
    """
    if minutes >= 13 * 60:
        begin = {"下午": NOON, "傍晚": 16 * 60, "晚": 17 * 60, "夜": 17 * 60, "中午": NOON}.get(part)
        is_so = begin is not None and begin <= minutes and (part != "中午" or minutes < 15 * 60)
        return minutes if is_so else None
    match part:
        case "凌晨":
            at = minutes % NOON if minutes >= NOON else minutes
            return at if at < 7 * 60 else None
        case "早":
            return minutes if 4 * 60 <= minutes < NOON else None
        case "上午":
            return minutes if 5 * 60 <= minutes <= NOON else None
        case "中午":
            return minutes if minutes >= 11 * 60 else minutes + NOON if 60 <= minutes < 180 else None
        case "下午" | "傍晚":
            at = minutes if minutes >= NOON else minutes + NOON
            return at if minutes >= 60 and at < 20 * 60 else None
        case _:
            return _at_night(minutes)


def _at_night(minutes: int) -> int | None:
    if minutes < 5 * 60:
        return minutes + DAY_MINUTES
    return minutes % NOON + DAY_MINUTES if minutes >= NOON else minutes + NOON


def on_day(face: tuple[int, bool], day: date, around: Around) -> datetime | Ask:
    """A time without a part of the day, on a day that was named: in the working hours, if only one of both is."""
    minutes, is_sure = face
    if is_sure:
        return wall(day, minutes)
    left = [m for m in _both(minutes) if wall(day, m) > around.now]
    if len(left) < 2:
        return wall(day, max(_both(minutes)))
    worked = [m for m in left if around.is_worked(day, m)]
    return wall(day, worked[0]) if len(worked) == 1 else Ask.AM_OR_PM


def _both(minutes: int) -> tuple[int, int]:
    return (minutes, minutes + NOON)


def next_time(face: tuple[int, bool], around: Around) -> datetime | Ask:
    """A time alone: the next one; of morning and evening the one in working hours, if only one is."""
    minutes, is_sure = face
    if is_sure:
        return _next(minutes, around)
    both = sorted(_next(m, around) for m in _both(minutes))
    worked = [at for at in both if _is_worked_then(at, around)]
    return worked[0] if len(worked) == 1 else Ask.AM_OR_PM


def _next(minutes: int, around: Around) -> datetime:
    at = wall(around.today, minutes)
    return at if at > around.now else at + timedelta(days=1)


def _is_worked_then(at: datetime, around: Around) -> bool:
    is_workday = around.calendar.is_workday(at.date())
    return is_workday and around.is_worked(at.date(), at.hour * 60 + at.minute)
