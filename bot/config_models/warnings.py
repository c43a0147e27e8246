"""Settings: early warning (预警) and 四个一样. The manual names no figures: these are conventions."""

from dataclasses import fields
from datetime import timedelta

from pydantic import Field

from bot.config_models.parts import Duration, Part
from bot.desk.warnings import WarningTerms


class WarningSettings(Part):
    """Every threshold of the rules; levels are chances of a false alarm."""

    look_every: Duration = timedelta(minutes=1)
    window: Duration = timedelta(days=1)
    repeat_cases: int = Field(3, ge=2)
    repeat_within: Duration = timedelta(days=7)
    burst_window: Duration = timedelta(days=1)
    burst_stores: int = Field(5, ge=2)
    burst_level: float = Field(0.01, gt=0, lt=1)
    burst_stray: float = Field(0.25, ge=0)
    deadline_cases: int = Field(10, ge=1)
    deadline_ahead: Duration = timedelta(hours=2)
    deadline_share: float = Field(0.3, ge=0, le=1)
    low_within: Duration = timedelta(days=7)
    low_ratings: int = Field(20, ge=1)
    low_level: float = Field(0.01, gt=0, lt=1)
    words_within: Duration = timedelta(days=7)
    words_count: int = Field(5, ge=1)
    words_level: float = Field(0.01, gt=0, lt=1)
    alike_sample: int = Field(30, ge=2)
    alike_level: float = Field(0.05, gt=0, lt=1)

    def terms(self) -> WarningTerms:
        """The same as the desk knows it."""
        return WarningTerms(**{f.name: getattr(self, f.name) for f in fields(WarningTerms)})
