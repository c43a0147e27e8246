"""What the use cases need of storage: the roster, what is asked of it, and the record of who was on duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.desk.attendance import DutyEvent
from bot.desk.duty_request import DutyRequest, Stage
from bot.desk.roster import DayDuty, Roster, Shift, ShiftVersion, WeekDuty
from bot.usecases.ports.people import Changes


@dataclass(frozen=True)
class Handover:
    """A note that somebody's shift ends with (交接); `taken_by` (staff id) acknowledged it. Instants are UTC."""

    id: int
    staff_id: int
    region: str
    day: date
    shift: str
    posted_at: datetime
    take_by: datetime
    cases: int
    taken_by: int | None = None
    taken_at: datetime | None = None


class Rosters(Protocol):
    """Shifts, the week's pattern, exceptions by date, and the requests that change them."""

    def roster(self, *, since: date | None = None) -> Roster:
        """Everything that decides who is rostered on `since` (None: ever) and later, approved requests included."""

    def put(
        self, *, shifts: Sequence[Shift], weekly: Sequence[WeekDuty], dated: Sequence[DayDuty], today: date
    ) -> Changes:
        """Take over an import: new times and a new week hold from `today`; what is written for a person's date, or
        for a person's week, replaces what was written before. Counted are shifts, weeks and dates of a person.
        """

    def shifts(self) -> Sequence[ShiftVersion]:
        """Every version of every shift."""

    def ask(self, request: DutyRequest) -> DutyRequest:
        """Store a request (its id is given here)."""

    def request(self, request_id: int) -> DutyRequest | None:
        """One request."""

    def requests(
        self, *, stages: Sequence[Stage] = (), staff_id: int | None = None, since: date | None = None
    ) -> Sequence[DutyRequest]:
        """Requests in these stages (none: all), of or with a person, ending on `since` or later; the oldest first."""

    def decide(self, request: DutyRequest, *, was: Stage) -> bool:
        """Write a request back in one conditional UPDATE; False when it no longer stands where it stood."""


class Attendance(Protocol):
    """The append-only record of duty, what the sweep has done, and the notes of handing over."""

    def add(self, *events: DutyEvent) -> None:
        """Append."""

    def events(self, *, since: datetime | None = None, staff_id: int | None = None) -> Sequence[DutyEvent]:
        """What happened, in order."""

    def step(self, key: str, at: datetime) -> bool:
        """Whether this step is ours to do: True once, however many ask and however often."""

    def hand_over(self, note: Handover) -> Handover:
        """Store a note (its id is given here)."""

    def handover(self, handover_id: int) -> Handover | None:
        """One note."""

    def untaken(self) -> Sequence[Handover]:
        """Notes that nobody has acknowledged, the oldest first."""

    def take_over(self, handover_id: int, staff_id: int, at: datetime) -> bool:
        """Acknowledge in one conditional UPDATE; False when somebody else did."""
