"""Settings: the weekly table of working hours."""

import re
from itertools import pairwise

from pydantic import field_validator, model_validator

from bot.config_models.parts import Part, Texts
from bot.desk.hours import DAY_MINUTES, Span

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


_EVERY_DAY = ("09:00-18:00",)


class Hours(Part):
    """One weekly table of working hours; an empty list is a closed day."""

    monday: Texts = _EVERY_DAY
    tuesday: Texts = _EVERY_DAY
    wednesday: Texts = _EVERY_DAY
    thursday: Texts = _EVERY_DAY
    friday: Texts = _EVERY_DAY
    saturday: Texts = _EVERY_DAY
    sunday: Texts = _EVERY_DAY

    @field_validator(*WEEK)
    @classmethod
    def _in_order(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        spans_of(value)
        return value

    @model_validator(mode="after")
    def _some(self) -> "Hours":
        if not any(getattr(self, day) for day in WEEK):
            raise ValueError("一周里至少要有一段工作时间")
        return self


def spans_of(texts: tuple[str, ...]) -> tuple[Span, ...]:
    """`("09:00-12:00", "13:00-18:00")` as spans; ValueError in the operator's language."""
    spans = [_span(text) for text in texts]
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise ValueError("时段须从早到晚，且不重叠")
    return tuple(spans)


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}”须形如 09:00-18:00")
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if minute > 59 or last_minute > 59 or not start < end <= DAY_MINUTES:
        raise ValueError(f"“{text}”须从早到晚，在 00:00 与 24:00 之间")
    return Span(start, end)
