"""Meetings (例会): on certain weekdays at a certain time; their agenda goes out ahead, on working days only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.desk.people import Role
from bot.desk.wall import instant


@dataclass(frozen=True)
class Meeting:
    """A meeting of the settings: weekdays (Monday 0), the time on the desk's clock, and for whom: a chat, or in private
    everybody of these roles and (when there are any) regions. `lead`: how long ahead the agenda is sent.
    """

    name: str
    weekdays: tuple[int, ...]
    at: time
    roles: tuple[Role, ...] = ()
    regions: tuple[str, ...] = ()
    chat_id: int = 0
    lead: timedelta = timedelta(minutes=30)


@dataclass(frozen=True)
class Session:
    """A meeting on a date: when it begins and when its agenda goes out (UTC)."""

    meeting: Meeting
    day: date
    starts_at: datetime
    sent_at: datetime

    @property
    def key(self) -> str:
        """Names it for ever: its agenda goes out once."""
        return f"meeting:{self.meeting.name}:{self.day}"


def sessions(
    meetings: Iterable[Meeting], first: date, zone: ZoneInfo, *, days: int, is_workday: Callable[[date], bool]
) -> list[Session]:
    """The sessions of so many dates from `first` on, in the order in which their agendas go out."""
    found = [
        _session(meeting, day, zone)
        for meeting in meetings
        for day in (first + timedelta(days=n) for n in range(days))
        if day.weekday() in meeting.weekdays and is_workday(day)
    ]
    return sorted(found, key=lambda s: (s.sent_at, s.meeting.name))


def _session(meeting: Meeting, day: date, zone: ZoneInfo) -> Session:
    starts = instant(day, meeting.at.hour * 60 + meeting.at.minute, zone)
    return Session(meeting, day, starts, starts - meeting.lead)


class NoteKind(StrEnum):
    """What people write down for a meeting: a point for its agenda, or what was said in it."""

    POINT = "point"
    MINUTES = "minutes"


@dataclass(frozen=True)
class MeetingNote:
    """A point or minutes of a meeting (by its name); `at` is UTC."""

    id: int
    meeting: str
    state: NoteKind
    staff_id: int
    at: datetime
    words: str
