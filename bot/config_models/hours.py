"""Settings: the weekly table of working hours."""

from pydantic import field_validator, model_validator

from bot.config_models.parts import Part, Texts
from bot.desk.hours import read_spans

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
        read_spans(value)
        return value

    @model_validator(mode="after")
    def _some(self) -> "Hours":
        if not any(getattr(self, day) for day in WEEK):
            raise ValueError("一周里至少要有一段工作时间")
        return self
