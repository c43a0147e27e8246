"""Settings: the performance review (业绩考核) and quality inspection (质检). The manual names no figures."""

from datetime import time, timedelta

from pydantic import Field, field_validator, model_validator

from bot.config_models.parts import Duration, Part
from bot.desk.draw import DrawShares
from bot.desk.inspection import InspectionTerms
from bot.desk.review import WHOLE, Criterion, ReviewTerms


class ReviewSettings(Part):
    """The weights of the seven criteria, how many things make a sample, what a late watch earns (per cent)."""

    first_response: int = Field(15, ge=0)
    on_time: int = Field(15, ge=0)
    first_owner: int = Field(15, ge=0)
    satisfaction: int = Field(20, ge=0)
    quality: int = Field(15, ge=0)
    promises: int = Field(10, ge=0)
    attendance: int = Field(10, ge=0)
    min_sample: int = Field(5, ge=1)
    late_earns: int = Field(50, ge=0, le=100)

    @model_validator(mode="after")
    def _the_weights_are_a_whole(self) -> "ReviewSettings":
        total = sum(getattr(self, each.value) for each in Criterion)
        if total != WHOLE:
            raise ValueError(f"{'、'.join(Criterion)} 七项权重之和须是 {WHOLE}，现在是 {total}")
        return self

    def terms(self) -> ReviewTerms:
        """The same as the desk knows it."""
        weights = {each: int(getattr(self, each.value)) for each in Criterion}
        return ReviewTerms(weights, self.min_sample, self.late_earns / 100)


class InspectionSettings(Part):
    """When the day's draw is made, how much of whose cases (per cent), and how long an appeal is heard."""

    draw_at: str = "08:45"
    share: int = Field(15, ge=0, le=100)
    newcomer_share: int = Field(50, ge=0, le=100)
    newcomer_for: Duration = timedelta(days=90)
    appeal_within: Duration = timedelta(days=3)

    @field_validator("draw_at")
    @classmethod
    def _clock(cls, value: str) -> str:
        try:
            return time.fromisoformat(value).strftime("%H:%M")
        except ValueError:
            raise ValueError("须是时刻，例如 08:45") from None

    def terms(self) -> InspectionTerms:
        """The same as the desk knows it."""
        return InspectionTerms(
            draw_at=time.fromisoformat(self.draw_at),
            shares=DrawShares(self.share, self.newcomer_share),
            newcomer_for=self.newcomer_for,
            appeal_within=self.appeal_within,
        )
