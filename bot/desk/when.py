"""When a Chinese phrase means: 明早9点, 周五下午3点, 3个工作日内, 月底前; or the question that has to be asked instead.

Conventions where the words leave it open: a day is over at its closing; 周三前 and 12月3日前 include the day, 下周前
and 国庆前 end with the working day before; 3天内 and 两个工作日内 do not count today and last until the closing.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.desk.day_hours import Around
from bot.desk.one_form import one_form
from bot.desk.reading import Ask, At, DeskHours, Measure, Reading, Unclear, Window
from bot.desk.wall import instant
from bot.desk.when_days import Named
from bot.desk.when_feasts import FEAST, feast_of
from bot.desk.when_lengths import LENGTH, Length, length_of
from bot.desk.when_moment import MOMENT, is_moment, moment_of

__all__ = ["Ask", "At", "DeskHours", "Measure", "Reading", "Unclear", "find_whens", "read_when"]

_VAGUE: Final = """
  等?[一待]会儿?|等会儿?|过一?会儿?|一会儿?|过一?阵子?|等一?下(?!班|周|个|次|午|月)|稍后|稍晚一?[些点]?|稍等|稍候|[晚迟]一?[些点](?:时候)?|晚些时候
  |回头|改[天日]|择日|尽快|尽早|马上|立[刻即马]|即刻|随后|不久|很快|过[两几些][天日]|过些?日子|过些时[候日]|[这近][几两]天|近[期日]|最近
  |有空|有时间|得空|空了|抽空|忙完|下次|数[日天周]|多日|第一时间|赶紧|抓紧|到时候?|届时|这就|现在就?
"""
_NUMERALS: Final = "0123456789零〇一二两俩三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾"
_FORMS: Final = (
    ("vague", re.compile(_VAGUE, re.VERBOSE), "等一待过稍晚迟回改择尽马立即随不很这近最有得空抽忙下数多第赶抓到届现"),
    ("feast", re.compile(FEAST, re.VERBOSE), "元春过清五劳端中国十节假长放收年"),
    (
        "moment",
        re.compile(MOMENT, re.VERBOSE),
        _NUMERALS + "大前昨今本明次翌后上下这当周星礼去月年季最凌清早晨午中正晌傍晚夜深半刚开复营关打收闭吃差ap",
    ),
    ("length", re.compile(LENGTH, re.VERBOSE), _NUMERALS + "再还过等半几数若"),
)
"""The kinds of phrases: what each looks like, and the characters that it may begin with."""
_BY_CHARACTER: Final = {
    c: tuple((name, pattern) for name, pattern, first in _FORMS if c in first)
    for c in {c for *_, first in _FORMS for c in first}
}
_TRIGGER: Final = re.compile(f"[{''.join(sorted(_BY_CHARACTER))}]")
"""Most of a text is passed over by these."""
_STOP: Final = re.compile(r"[。!?;\n]")
_MOMENT: Final = _FORMS[2][1]
_LEAD: Final = re.compile(
    r"\s*(?:(?:请您?|麻烦您?)\s*)?(?:(?:在|于|到|约|大概|大约|最晚|最迟|不晚于|不迟于|截止|截至|预计|计划|争取|定在|就)\s*){0,3}"
)
"""What may stand before the time that a text begins with."""


def read_when(text: str, now: datetime, hours: DeskHours) -> Reading:
    """The time that a text begins with (spaces and 请在/最晚/大概 before it are passed over); None when with none.

    `now` is aware. What remains of the text is `text[reading.span[1]:]`. Never raises, whatever the text.
    """
    plain = one_form(text)
    lead = _LEAD.match(plain)
    return _read_at(plain, lead.end() if lead else 0, _Frame(now, hours), is_head=True)


def find_whens(text: str, now: datetime, hours: DeskHours) -> tuple[At | Unclear, ...]:
    """Every time in a text, in order; the spans do not overlap. `now` is aware. Never raises, whatever the text.

    What comes again and again (每周一, 每月5号) is no time. A time of the day is of the day that its
    sentence named before.
    """
    return tuple(_find(one_form(text), _Frame(now, hours)))


class _Frame:
    """Now, on the wall's clock and as UTC, with what the calendar says around it."""

    def __init__(self, now: datetime, hours: DeskHours) -> None:
        self.now = now.astimezone(UTC)
        self.day: date | None = None
        """The day that was named last in the sentence, from tomorrow on."""
        self.zone = hours.zone
        self.around = Around(now.astimezone(hours.zone).replace(tzinfo=None), hours.calendar, hours.zone)

    def utc(self, at: datetime) -> datetime:
        """A time on the wall's clock as UTC."""
        minutes = instant(at.date(), at.hour * 60 + at.minute, self.zone)
        return minutes + timedelta(seconds=at.second, microseconds=at.microsecond)


def _find(text: str, frame: _Frame) -> Iterator[At | Unclear]:
    at = 0
    while (trigger := _TRIGGER.search(text, at)) is not None:
        if _STOP.search(text, at, trigger.start()):
            frame.day = None
        at = trigger.start()
        found = _read_at(text, at, frame, is_head=False)
        if found is None:
            at += 1
            continue
        if isinstance(found, At) and found.measure is None:
            day = found.at.astimezone(frame.zone).date()
            frame.day = day if day > frame.around.today else frame.day
        at = found.span[1]
        if text[found.span[0] - 1 : found.span[0]] not in ("每", "逐"):
            yield found


def _read_at(text: str, start: int, frame: _Frame, *, is_head: bool) -> Reading:
    """The longest phrase that stands at a place of the text."""
    best: Reading = None
    for form, pattern in _BY_CHARACTER.get(text[start : start + 1], ()):
        match = pattern.match(text, start)
        if match is None or (best is not None and match.end() <= best.span[1]) or match.end() == start:
            continue
        best = _read(form, match, frame, is_head=is_head) or best
    return best


def _read(form: str, match: re.Match[str], frame: _Frame, *, is_head: bool) -> Reading:
    match form:
        case "vague":
            return Unclear(Ask.VAGUE, match.span())
        case "feast":
            return _feast(match, frame)
        case "moment":
            is_one = is_moment(match, is_head=is_head)
            return _built(moment_of(match, frame.around, _of_day(match, frame)), match, frame) if is_one else None
        case _:
            found = length_of(match, frame.around)
            return _measured(found, match, frame) if isinstance(found, Length) else _built(found, match, frame)


def _of_day(match: re.Match[str], frame: _Frame) -> Named | None:
    """明天上午师傅过去，下午给您回话: a time of the day is of the day that the sentence named before it."""
    if match["whole_day"] is not None or match["work"] or frame.day is None:
        return None
    return Named(frame.day, frame.day)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the phrase stands, without the spaces behind it."""
    return match.start(), match.start() + len(match.group().rstrip())


def _feast(match: re.Match[str], frame: _Frame) -> Reading:
    """A day by a holiday (节后第一个工作日), with the part or the hour of it that may follow."""
    found = feast_of(match, frame.around)
    rest = _MOMENT.match(match.string, match.end()) if isinstance(found, Window) and not found.is_deadline else None
    if isinstance(found, Window) and rest is not None and rest["rest_of"] and not rest["whole_day"]:
        day = found.begin.date()
        inner = _built(moment_of(rest, frame.around, Named(day, day)), rest, frame)
        return replace(inner, span=(match.start(), inner.span[1])) if inner is not None else None
    return _built(found, match, frame)


def _built(found: Window | Ask | None, match: re.Match[str], frame: _Frame) -> Reading:
    if found is None:
        return None
    if isinstance(found, Ask):
        return Unclear(found, _span(match))
    end = frame.utc(found.end)
    if end <= frame.now:
        return Unclear(Ask.PAST, _span(match), end)
    return At(max(frame.now, frame.utc(found.begin)), end, _span(match), found.is_deadline)


def _measured(found: Length, match: re.Match[str], frame: _Frame) -> Reading:
    window = found.window
    if found.measure is Measure.HOURS:
        begin, end = (frame.now + (at - frame.around.now) for at in (window.begin, window.end))
    else:
        begin, end = (max(frame.now, frame.utc(at)) for at in (window.begin, window.end))
    return At(begin, end, _span(match), window.is_deadline, found.measure, found.length)
