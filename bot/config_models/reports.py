"""Settings: the reports of weeks, months, quarters and years (周报、月报、季报、年报)."""

from datetime import time
from typing import Literal

from pydantic import Field

from bot.config_models.parts import LARGEST_ID, Part
from bot.desk.fiscal import Grain, ReportTerms
from bot.desk.people import Role


class ReportSettings(Part):
    """On which working day after the end of each period its report goes out (0: never), when, to whom."""

    weekly: int = Field(1, ge=0, le=5)
    monthly: int = Field(1, ge=0, le=20)
    quarterly: int = Field(2, ge=0, le=20)
    yearly: int = Field(3, ge=0, le=20)
    at: str = Field("09:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    roles: tuple[Literal["supervisor", "manager"], ...] = Field(("supervisor", "manager"), strict=False)
    chat_id: int = Field(0, ge=-LARGEST_ID, le=0)
    fiscal_year_begins: int = Field(1, ge=1, le=12)

    def terms(self) -> ReportTerms:
        """The same as the desk knows it."""
        nth = (self.weekly, self.monthly, self.quarterly, self.yearly)
        return ReportTerms(
            nth=dict(zip(Grain, nth, strict=True)),
            at=time.fromisoformat(self.at),
            roles=tuple(Role(role) for role in self.roles),
            chat_id=self.chat_id,
            begins=self.fiscal_year_begins,
        )
