"""Settings: complaints (投诉) and the three voices (三声). The manual names no figures: these are conventions."""

from datetime import time, timedelta

from pydantic import Field, field_validator

from bot.config_models.parts import Duration, Part
from bot.desk.complaint import ComplaintTerms, Grade
from bot.desk.voices import VoiceTerms


class ComplaintSettings(Part):
    """First contact by grade, the patrol, the measures. Working time, but natural time for urgent ones and in days.

    How long the resolution may take stands in [[sla.kinds]].
    """

    contact_normal: Duration = timedelta(hours=9)
    contact_major: Duration = timedelta(hours=4)
    contact_urgent: Duration = timedelta(hours=2)
    repeat_times: int = Field(3, ge=2)
    repeat_within: Duration = timedelta(days=7)
    patrol_at: str = "09:30"
    stale_after: Duration = timedelta(hours=18)
    chase_every: Duration = timedelta(hours=1)
    measure_within: Duration = timedelta(days=30)
    measure_warning: Duration = timedelta(days=1)
    words_within: Duration = timedelta(minutes=10)

    @field_validator("patrol_at")
    @classmethod
    def _clock(cls, value: str) -> str:
        try:
            return time.fromisoformat(value).strftime("%H:%M")
        except ValueError:
            raise ValueError("须是时刻，例如 09:30") from None

    def terms(self) -> ComplaintTerms:
        """The same as the desk knows it."""
        contact = (self.contact_normal, self.contact_major, self.contact_urgent)
        return ComplaintTerms(
            contact=dict(zip(Grade, contact, strict=True)),
            repeat_times=self.repeat_times,
            repeat_within=self.repeat_within,
            patrol_at=time.fromisoformat(self.patrol_at),
            stale_after=self.stale_after,
            chase_every=self.chase_every,
            measure_within=self.measure_within,
            measure_warning=self.measure_warning,
            words_within=self.words_within,
        )


class VoiceSettings(Part):
    """When a greeting, and an answer or acknowledgement, counts as being in time."""

    greet_within: Duration = timedelta(minutes=1)
    answer_within: Duration = timedelta(minutes=10)

    def terms(self) -> VoiceTerms:
        """The same as the desk knows it."""
        return VoiceTerms(self.greet_within, self.answer_within)
