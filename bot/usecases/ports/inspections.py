"""What the use cases need of storage: quality inspections, the draws that they came from, and what a review reads."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.desk.case import Case
from bot.desk.draw import Draw
from bot.desk.inspection import Inspection, InspectionStep


class Inspections(Protocol):
    """Inspections, one a case at most, with their append-only steps, draws and score cards."""

    def begin(self, draw: Draw) -> bool:
        """Keep a day's draw: True for the one of all callers that made it."""

    def draw(self, day: date) -> Draw | None:
        """A day's draw, as it was made."""

    def last_draw(self) -> Draw | None:
        """The newest draw."""

    def keep_card(self, version: str, source: str) -> None:
        """Keep a version of the score card (the same twice makes one)."""

    def card(self, version: str) -> str | None:
        """The text of a version of the score card."""

    def add(self, item: Inspection) -> Inspection | None:
        """Store one (its id is given here); None when the case has one already."""

    def of_case(self, case_id: int) -> Inspection | None:
        """The one of a case, locked until the unit of work ends."""

    def save(self, item: Inspection) -> None:
        """Write one back; LookupError when it is not there."""

    def waiting(self) -> Sequence[Inspection]:
        """Those that wait for an inspector, appeals first, then the oldest draw."""

    def of_staff(self, staff_id: int, *, limit: int = 20) -> Sequence[Inspection]:
        """What somebody was scored for, the newest first."""

    def of_day(self, day: date) -> Sequence[Inspection]:
        """What a day's draw led to, in order of cases."""

    def scored(self, since: datetime, until: datetime) -> Sequence[Inspection]:
        """Those whose first score was given then (UTC, until excluded), in order."""

    def note(self, *steps: InspectionStep) -> None:
        """Append to the history."""

    def steps(self, inspection_id: int) -> Sequence[InspectionStep]:
        """What happened to one, in order."""

    def ended(self, since: datetime, until: datetime) -> Sequence[int]:
        """The cases whose work ended then (UTC, since excluded) and that were never drawn, in order."""

    def cases(self, case_ids: Collection[int]) -> Mapping[int, Case]:
        """Cases by number, to be read only: nothing is locked."""

    def complaints(self, case_ids: Collection[int]) -> Collection[int]:
        """Which of these cases are complaints."""

    def first_on(self) -> Mapping[int, datetime]:
        """When each of the staff signed on for the first time (UTC)."""

    def found_in(self, case_id: int, staff_id: int) -> Sequence[tuple[str, str]]:
        """What the lint found in somebody's words in a case, false alarms left out: (category, outcome)."""
