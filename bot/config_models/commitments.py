"""Settings: promises (承诺), tasks (交办) and meetings (例会); times in working time, all of them conventions."""

from datetime import time, timedelta
from typing import Literal

from pydantic import Field, field_validator

from bot.config_models.hours import WEEK
from bot.config_models.parts import LARGEST_ID, Duration, Part, Texts
from bot.desk.meeting import Meeting
from bot.desk.people import Role


class Promises(Part):
    """What was promised to a franchisee."""

    remind_before: Duration = timedelta(minutes=30)
    grace: Duration = timedelta(minutes=30)
    breath: Duration = timedelta(minutes=3)
    untimed: Duration = timedelta(hours=2)


class Tasks(Part):
    """What those who lead give to do."""

    remind_before: Duration = timedelta(hours=4)
    overdue_after: Duration = timedelta(hours=1)


class MeetingSettings(Part):
    """A meeting, and for whom its agenda is: a chat, or in private whoever has these roles (and regions)."""

    name: str = Field(min_length=1, max_length=20)
    weekdays: Texts = ("monday",)
    at: str = Field("09:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    roles: tuple[Literal["specialist", "supervisor", "manager"], ...] = Field(("supervisor", "manager"), strict=False)
    regions: Texts = ()
    chat_id: int = Field(0, ge=-LARGEST_ID, le=0)
    lead: Duration = timedelta(minutes=30)

    @field_validator("weekdays")
    @classmethod
    def _days(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for day in value:
            if day not in WEEK:
                raise ValueError(f"weekdays 里的“{day}”不是星期；可用的有：{'、'.join(WEEK)}")
        if not value:
            raise ValueError("weekdays 至少要有一天")
        return value

    def meeting(self) -> Meeting:
        """The meeting as the desk knows it."""
        days = tuple(WEEK.index(day) for day in self.weekdays)
        roles = tuple(Role(role) for role in self.roles)
        return Meeting(self.name, days, time.fromisoformat(self.at), roles, self.regions, self.chat_id, self.lead)
