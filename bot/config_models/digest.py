"""Settings: the daily digest (日报)."""

from datetime import time

from pydantic import Field, field_validator

from bot.config_models.parts import Part
from bot.desk.digest import DigestTerms


class DigestSettings(Part):
    """When the digest comes, in the desk's time zone, and how many delayed cases it names."""

    at: str = "18:00"
    every_day: bool = True
    top: int = Field(5, ge=0, le=10)

    @field_validator("at")
    @classmethod
    def _clock(cls, value: str) -> str:
        try:
            return time.fromisoformat(value).strftime("%H:%M")
        except ValueError:
            raise ValueError("须是时刻，例如 18:00") from None

    def terms(self) -> DigestTerms:
        """The same as the desk knows it."""
        return DigestTerms(time.fromisoformat(self.at), self.every_day, self.top)
