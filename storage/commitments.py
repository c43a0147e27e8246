"""Reminders of people, promises, tasks, notes of meetings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, update
from sqlmodel import Session, col

from bot.desk.meeting import MeetingNote, NoteKind
from bot.desk.memo import OPEN_MEMO, About, Memo, MemoState
from bot.desk.promise import Promise, PromiseState
from bot.desk.task import OPEN_TASK, Task, TaskState
from storage.conditions import is_exactly, is_one_of
from storage.prepared import Prepared, given, table_of
from storage.stored import Stored
from storage.tables import CaseRow, MeetingNoteRow, MemoRow, PromiseRow, TaskRow
from storage.types import UtcDateTime

_IS_WAITING = is_exactly(col(MemoRow.state), MemoState.WAITING.value)
_IS_OPEN_MEMO = is_one_of(col(MemoRow.state), *(s.value for s in OPEN_MEMO))
_IS_OPEN_PROMISE = is_exactly(col(PromiseRow.state), PromiseState.OPEN.value)
_IS_OPEN_TASK = is_one_of(col(TaskRow.state), *(s.value for s in OPEN_TASK))
_OPEN_PROMISES_OF = Prepared(
    select(table_of(PromiseRow))
    .where(_IS_OPEN_PROMISE, col(PromiseRow.case_id) == given(PromiseRow.case_id))
    .order_by(col(PromiseRow.due_at), col(PromiseRow.id))
    .with_for_update()
)
MOST = 200
"""What is shown or claimed of one person at a time."""


def _due() -> Select[Any]:
    """Due, and in nobody else's hands at this moment."""
    due = select(table_of(MemoRow)).where(_IS_WAITING, col(MemoRow.due_at) <= bindparam("now", type_=UtcDateTime()))
    return due.order_by(col(MemoRow.due_at)).limit(bindparam("most")).with_for_update(skip_locked=True)


_OLDEST = Prepared(_due().order_by(col(MemoRow.id)))
_OF_ONE = Prepared(_due().where(col(MemoRow.staff_id) == bindparam("who")))
"""Asked on every beat: to put them together anew each time took longer than to answer them."""
_FIRE = (
    update(table_of(MemoRow))
    .where(col(MemoRow.id).in_(bindparam("ids", expanding=True)), _IS_WAITING)
    .values(state=MemoState.FIRED.value, fired_at=bindparam("now", type_=UtcDateTime()))
)


class SqlMemos(Stored[Memo]):
    """Reminders of people."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, MemoRow, Memo, MemoState, about=About)

    def claim(self, now: datetime, *, limit: int) -> Sequence[Memo]:
        """The oldest that are due; then whatever else is due for the same people.

        Both in order: without one PostgreSQL, which takes a quarter of a million for due, reads the table through.
        """
        found = self._asked(_OLDEST, now=now, most=limit + 1)
        if len(found) > limit:  # else nobody has any other
            found = found[:limit]
            theirs = [self._asked(_OF_ONE, now=now, most=MOST, who=who) for who in {memo.staff_id for memo in found}]
            found = list({memo.id: memo for memo in chain(found, *theirs)}.values())
        if not found:
            return []
        self._line.connection.execute(_FIRE, {"ids": [memo.id for memo in found], "now": now})
        return [replace(memo, state=MemoState.FIRED, fired_at=now) for memo in found]

    def open_of(self, staff_id: int) -> Sequence[Memo]:
        """Of a person, the earliest first."""
        mine = select(MemoRow).where(_IS_OPEN_MEMO, col(MemoRow.staff_id) == staff_id)
        return self._in_order(mine.order_by(col(MemoRow.due_at), col(MemoRow.id)).limit(MOST))

    def open_of_case(self, case_id: int) -> Sequence[Memo]:
        """Of a case."""
        return self._all(select(MemoRow).where(_IS_OPEN_MEMO, col(MemoRow.case_id) == case_id))

    def void_about(self, about: str, subject: int, at: datetime) -> None:
        """Of a promise or a task."""
        theirs = (_IS_OPEN_MEMO, col(MemoRow.about) == about, col(MemoRow.subject) == subject)
        self._session.execute(update(MemoRow).where(*theirs).values(state=MemoState.VOID.value, ended_at=at))


class SqlPromises(Stored[Promise]):
    """Promises."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, PromiseRow, Promise, PromiseState)

    def case_of(self, promise_id: int) -> int | None:
        """Without a lock."""
        return self._session.scalar(select(col(PromiseRow.case_id)).where(col(PromiseRow.id) == promise_id))

    def of_message(self, message_id: int) -> Sequence[Promise]:
        """All that a message made."""
        return self._all(select(PromiseRow).where(col(PromiseRow.message_id) == message_id))

    def open_of_case(self, case_id: int) -> Sequence[Promise]:
        """The earliest due first, locked."""
        return self._asked(_OPEN_PROMISES_OF, case_id=case_id)

    def open_of(self, staff_id: int) -> Sequence[Promise]:
        """By the case's handler of now: a promise goes with the case."""
        theirs = select(PromiseRow).join(CaseRow, col(CaseRow.id) == col(PromiseRow.case_id))
        mine = theirs.where(_IS_OPEN_PROMISE, col(CaseRow.handler_id) == staff_id)
        return self._in_order(mine.order_by(col(PromiseRow.due_at), col(PromiseRow.id)).limit(MOST))

    def due(self, since: datetime, until: datetime) -> Sequence[Promise]:
        """By when they fall due."""
        at = col(PromiseRow.due_at)
        ours = select(PromiseRow).where(_IS_OPEN_PROMISE, at >= since, at < until)
        return self._in_order(ours.order_by(at, col(PromiseRow.id)).limit(MOST))

    def settled(self, since: datetime, until: datetime) -> Sequence[Promise]:
        """By the instant at which they were settled."""
        at = col(PromiseRow.settled_at)
        return self._in_order(select(PromiseRow).where(at >= since, at < until).order_by(at, col(PromiseRow.id)))


class SqlTasks(Stored[Task]):
    """Tasks."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TaskRow, Task, TaskState)

    def open_to(self, staff_id: int) -> Sequence[Task]:
        """By receiver."""
        return self._listed(col(TaskRow.receiver_id) == staff_id)

    def open_from(self, staff_id: int) -> Sequence[Task]:
        """By giver."""
        return self._listed(col(TaskRow.giver_id) == staff_id)

    def open(self, *, limit: int) -> Sequence[Task]:
        """Everybody's."""
        return self._listed(limit=limit)

    def _listed(self, *conditions: ColumnElement[bool], limit: int = MOST) -> Sequence[Task]:
        query = select(TaskRow).where(_IS_OPEN_TASK, *conditions)
        return self._in_order(query.order_by(col(TaskRow.due_at), col(TaskRow.id)).limit(limit))


class SqlMeetingNotes(Stored[MeetingNote]):
    """Points and minutes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, MeetingNoteRow, MeetingNote, NoteKind)

    def last(self, meeting: str, kind: NoteKind, *, limit: int) -> Sequence[MeetingNote]:
        """The newest first."""
        mine = select(MeetingNoteRow).where(col(MeetingNoteRow.meeting) == meeting)
        ours = mine.where(col(MeetingNoteRow.state) == kind.value)
        return self._in_order(ours.order_by(col(MeetingNoteRow.id).desc()).limit(limit))
