"""Times of day as people write them: `9:00-12:00、13:00-18:00`, `22:00-次日6:00`, and back."""

import re
import unicodedata
from typing import Final

from bot.desk.roster import DAY, Stretch

_TIME = r"(次日|翌日|第二天|\+1)?\s*(\d{1,2})(?:[:.时点](\d{1,2})?)?(?::\d{2})?分?"
_SPAN: Final = re.compile(rf"{_TIME}\s*(?:[-~—–－至到]+)\s*{_TIME}")
_BETWEEN: Final = re.compile(r"[、,;/&+\s]+(?=\d|次日|翌日|第二天)")
_DASH: Final = re.compile(r"\s*([-~—–－至到])\s*")


def spans_from(text: str) -> tuple[Stretch, ...]:
    """The stretches that a text says, in order; ValueError (with the text) when it says none, or none that can be.

    An end that is not after its start lies on the next day: 22:00-06:00.
    """
    plain = _DASH.sub(r"\1", unicodedata.normalize("NFKC", text)).strip()
    spans: list[Stretch] = []
    for part in _BETWEEN.split(plain):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            raise ValueError(text)
        spans.append(_stretch(found, text, after=spans[-1].end if spans else 0))
    return tuple(spans)


def _stretch(found: re.Match[str], text: str, *, after: int) -> Stretch:
    next_start, hour, minute, next_end, last_hour, last_minute = found.groups()
    start, end = _minutes(hour, minute, text), _minutes(last_hour, last_minute, text)
    start += DAY if next_start else 0
    end += DAY if next_end or end <= start else 0
    if not after <= start < end or end - start > DAY or (start == DAY and not next_start) or (next_start and not after):
        raise ValueError(text)
    return Stretch(start, end)


def _minutes(hour: str, minute: str | None, text: str) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or minutes > DAY:
        raise ValueError(text)
    return minutes


def looks_like_time(text: str) -> bool:
    """Whether a text means to be times, be they right or wrong."""
    return bool(re.match(r"\s*\d{1,2}\s*[:：.时点]", text)) or bool(re.match(r"\s*\d{1,2}\s*[-~—至到]\s*\d{1,2}", text))


def clock(minutes: int, *, next_day: str = "次日") -> str:
    """540 → 09:00; 1800 → 次日06:00; 1440 → 24:00."""
    mark = next_day if minutes > DAY else ""
    rest = minutes - DAY if mark else minutes
    return f"{mark}{rest // 60:02d}:{rest % 60:02d}"


def hours(spans: tuple[Stretch, ...]) -> str:
    """`09:00-12:00、13:00-18:00`."""
    return "、".join(f"{clock(s.start)}-{clock(s.end)}" for s in spans)
