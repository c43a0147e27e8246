"""Working hours: spans of a local day, and one weekly table of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

DAY_MINUTES = 24 * 60
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class Span:
    """From `start` to `end`, in minutes of the local day; an `end` beyond 1440 is on the following day (night shift).

    ValueError when it starts outside of its day, runs backward, or takes longer than a day.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY_MINUTES and self.start < self.end <= self.start + DAY_MINUTES):
            raise ValueError(f"a span runs forward, and no longer than a day: {self.start}–{self.end}")

    def __str__(self) -> str:
        return f"{_clock(self.start)}-{_clock(self.end if self.end <= DAY_MINUTES else self.end - DAY_MINUTES)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@dataclass(frozen=True)
class WeeklyHours:
    """Spans for Monday … Sunday; each day's spans are in order and do not overlap."""

    days: tuple[tuple[Span, ...], ...]

    def day_spans(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on a date, by its weekday."""
        return self.days[day.weekday()]


def read_spans(texts: Sequence[str]) -> tuple[Span, ...]:
    """`("09:00-12:00", "22:00-06:00")` as spans; ValueError in the operator's language.

    What ends no later than it starts ends on the following day.
    """
    spans = [_span(text) for text in texts]
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise ValueError("时段须从早到晚，且不重叠")
    return tuple(spans)


def is_span(text: str) -> bool:
    """Whether a text has the shape of a span, right or wrong."""
    return _SPAN.fullmatch(text.strip()) is not None


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}”须形如 09:00-18:00，跨夜写作 22:00-06:00")
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or start == end or not (start < DAY_MINUTES and end <= DAY_MINUTES):
        raise ValueError(f"“{text}”须从早到晚，在 00:00 与 24:00 之间；跨夜写作 22:00-06:00")
    return Span(start, end if end > start else end + DAY_MINUTES)
