"""What the use cases need of storage: reminders of people, promises, tasks, notes of meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.desk.meeting import MeetingNote, NoteKind
from bot.desk.memo import Memo
from bot.desk.promise import Promise
from bot.desk.task import Task


class Memos(Protocol):
    """Reminders of people (提醒)."""

    def add(self, memo: Memo) -> Memo:
        """Store one (its id is given here)."""

    def save(self, memo: Memo) -> None:
        """Write one back."""

    def get(self, memo_id: int) -> Memo | None:
        """One."""

    def claim(self, now: datetime, *, limit: int) -> Sequence[Memo]:
        """What is due, and whatever else is due for the same people, marked fired by compare-and-set: each comes back
        to one caller only.
        """

    def open_of(self, staff_id: int) -> Sequence[Memo]:
        """Whatever is neither done nor void, the earliest first."""

    def open_of_case(self, case_id: int) -> Sequence[Memo]:
        """The same of a case."""

    def void_about(self, about: str, subject: int, at: datetime) -> None:
        """What was reminded of (a promise, a task) is settled: nobody need be told any more."""


class Promises(Protocol):
    """Promises (承诺)."""

    def add(self, promise: Promise) -> Promise:
        """Store one (its id is given here)."""

    def save(self, promise: Promise) -> None:
        """Write one back."""

    def get(self, promise_id: int) -> Promise | None:
        """One."""

    def case_of(self, promise_id: int) -> int | None:
        """The case of a promise, without locking either."""

    def of_message(self, message_id: int) -> Sequence[Promise]:
        """All that a message made, the oldest first."""

    def open_of_case(self, case_id: int) -> Sequence[Promise]:
        """Those of a case that wait to be kept, the earliest due first."""

    def open_of(self, staff_id: int) -> Sequence[Promise]:
        """Those of the cases that are in this person's hands, the earliest due first."""

    def due(self, since: datetime, until: datetime) -> Sequence[Promise]:
        """Those that wait to be kept and fall due in that time, the earliest first."""

    def settled(self, since: datetime, until: datetime) -> Sequence[Promise]:
        """What was settled in that time, in order."""


class Tasks(Protocol):
    """Tasks (交办)."""

    def add(self, task: Task) -> Task:
        """Store one (its id is given here)."""

    def save(self, task: Task) -> None:
        """Write one back."""

    def get(self, task_id: int) -> Task | None:
        """One."""

    def open_to(self, staff_id: int) -> Sequence[Task]:
        """What this person is to do, the earliest due first."""

    def open_from(self, staff_id: int) -> Sequence[Task]:
        """What this person gave and is not done, the earliest due first."""

    def open(self, *, limit: int) -> Sequence[Task]:
        """Whatever is not done, the earliest due first."""


class MeetingNotes(Protocol):
    """What people write down for meetings (例会)."""

    def add(self, note: MeetingNote) -> MeetingNote:
        """Store one (its id is given here)."""

    def last(self, meeting: str, kind: NoteKind, *, limit: int) -> Sequence[MeetingNote]:
        """The newest of a kind, the newest first."""
