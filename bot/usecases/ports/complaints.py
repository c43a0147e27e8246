"""What the use cases need of storage: complaints, their measures, and the lists of the daily patrol."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.desk.complaint import Complaint, Measure
from bot.desk.complaint_figures import Entry
from bot.desk.patrol import Looked, PatrolLine


class Complaints(Protocol):
    """The ledger of complaints: one row a case at most, void ones included."""

    def add(self, complaint: Complaint) -> None:
        """Store a new one."""

    def get(self, case_id: int) -> Complaint | None:
        """The row of a case, taken back or not; locked."""

    def save(self, complaint: Complaint) -> None:
        """Write one back; LookupError when it is not there."""

    def unfinished(self) -> Sequence[Entry]:
        """Those whose cases still go on, the oldest first; void ones are left out, here and below."""

    def to_settle(self, *, limit: int = 50) -> Sequence[Entry]:
        """Those whose cases ended and that nobody has called back about, the oldest first."""

    def opened(self, since: datetime, until: datetime) -> Sequence[Entry]:
        """Those that became complaints in a span, in order."""

    def of_store(self, case_id: int, since: datetime) -> int:
        """How many of the same store (of the same person, where no store is bound) became complaints since then,
        this case left out.
        """


class Measures(Protocol):
    """What is to prevent the next complaint."""

    def add(self, measure: Measure) -> Measure:
        """Store one (its id is given here)."""

    def get(self, measure_id: int) -> Measure | None:
        """One, locked."""

    def save(self, measure: Measure) -> None:
        """Write one back; LookupError when it is not there."""

    def of_case(self, case_id: int) -> Sequence[Measure]:
        """All of a case, in order."""

    def open(self, *, limit: int = 50) -> Sequence[Measure]:
        """What is not done yet, the soonest due first."""


class Patrols(Protocol):
    """The lists of the daily patrol; a day of the desk's own calendar has one."""

    def begin(self, day: date, at: datetime) -> bool:
        """Whether this day's patrol begins here: only one of all callers is told so."""

    def put(self, lines: Sequence[PatrolLine]) -> None:
        """Store lines; one that a day has already stays as it is."""

    def of_day(self, day: date) -> Sequence[PatrolLine]:
        """A day's lines."""

    def last_before(self, day: date) -> Sequence[PatrolLine]:
        """The lines of the newest patrol before a day."""

    def look(self, case_id: int, *, day: date, by: int, at: datetime, how: Looked) -> None:
        """Somebody looked: kept on the newest line of this case up to that day, unless somebody has already."""
