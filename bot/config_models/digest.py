"""Settings: the daily digest (日报)."""

from datetime import time
from typing import Literal

from pydantic import Field, field_validator

from bot.config_models.parts import Part
from bot.desk.digest import DigestTerms, Receivers


class DigestSettings(Part):
    """When the digest comes, in the desk's time zone, to whom, and how much of it there is."""

    at: str = "18:00"
    every_day: bool = True
    to: Literal["each", "chat", "both", "nobody"] = "each"
    for_specialists: bool = True
    has_picture: bool = True
    top: int = Field(5, ge=0, le=10)
    words: int = Field(6, ge=0, le=10)

    @field_validator("at")
    @classmethod
    def _clock(cls, value: str) -> str:
        try:
            return time.fromisoformat(value).strftime("%H:%M")
        except ValueError:
            raise ValueError("须是时刻，例如 18:00") from None

    def terms(self) -> DigestTerms:
        """The same as the desk knows it."""
        return DigestTerms(
            at=time.fromisoformat(self.at),
            every_day=self.every_day,
            to=Receivers(self.to),
            for_specialists=self.for_specialists,
            has_picture=self.has_picture,
            top=self.top,
            words=self.words,
        )
