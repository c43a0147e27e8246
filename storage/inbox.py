"""The inbox, and the reminders: what came in, and what is to be looked at again."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.ports import InboxRow
from storage.changed import changed
from storage.conditions import is_exactly, is_one_of
from storage.prepared import Line, Prepared, given, table_of
from storage.rows import inbox_row
from storage.tables import InboxRowTable as Row
from storage.tables import ReminderRow
from storage.types import UtcDateTime

_UNHANDLED = ("new", "leased")
_IS_UNHANDLED = is_one_of(col(Row.state), *_UNHANDLED)
_IS_WAITING = text("NOT reminder.is_fired")
"""Spelled as the index is, for the same reason as in `conditions.py`."""


def insert_or_ignore(session: Session, table: Any, rows: list[dict[str, Any]], key: list[str]) -> int:
    """Insert what is not there yet; how many rows were new."""
    line = Line.of(session)
    return sum(line.change(_or_ignore(table, tuple(values), tuple(key)), **values) for values in rows)


@cache
def _or_ignore(row: type[SQLModel], names: tuple[str, ...], key: tuple[str, ...]) -> Prepared:
    table = table_of(row)
    values = {name: given(table.c[name]) for name in names}
    sqlite, postgresql = (
        insert(table).values(values).on_conflict_do_nothing(index_elements=key) for insert in (sqlite_insert, pg_insert)
    )
    return Prepared(sqlite, postgresql=postgresql)


def _first() -> Select[Any]:
    """The first unfinished update of each chat, unless somebody has it in hand."""
    ahead = aliased(Row)
    earlier = exists().where(
        col(ahead.chat_key) == col(Row.chat_key),
        col(ahead.id) < col(Row.id),
        is_one_of(col(ahead.state), *_UNHANDLED),
    )
    now = bindparam("now", type_=UtcDateTime())
    free = or_(col(Row.state) == "new", col(Row.leased_until) < now)
    columns: list[Any] = [
        Row.id, Row.update_id, Row.chat_key, Row.raw, Row.attempts, Row.received_at, Row.error,
    ]  # fmt: skip
    return (
        select(*columns)
        .where(_IS_UNHANDLED, free, col(Row.not_before) <= now, ~earlier)
        .order_by(col(Row.id) + 0)  # not by the key itself: SQLite would read the whole table in its order
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


_FIRST = Prepared(_first())
_TABLE = table_of(Row)
_LEASE = Prepared(
    update(_TABLE)
    .where(_TABLE.c.id == given(Row.id))
    .values(state="leased", leased_by=given(Row.leased_by), leased_until=given(Row.leased_until))
)
_MINE = _TABLE.c.update_id == given(Row.update_id)
_DONE = Prepared(
    update(_TABLE).where(_MINE).values(state="done", finished_at=given(Row.finished_at), leased_until=None)
)
_STATE = Prepared(select(_TABLE.c.state).where(_MINE).with_for_update())
"""Asked all day long: to put it together anew each time took longer than to answer it."""


class SqlInbox:
    """The inbox of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._line = Line.of(session)
        self.added = False

    def store(self, updates: Sequence[tuple[int, str, str]], *, at: datetime) -> int:
        """Store raw updates; one that is known already changes nothing."""
        rows = [
            {"update_id": i, "chat_key": chat, "raw": raw, "state": "new", "attempts": 0, "received_at": at,
             "not_before": at, "error": ""}
            for i, chat, raw in updates
        ]  # fmt: skip
        new = insert_or_ignore(self._session, Row, rows, ["update_id"])
        self.added = self.added or new > 0
        return new

    def lease(self, now: datetime, *, by: str, until: datetime, limit: int = 50) -> Sequence[InboxRow]:
        """Take the first unfinished update of each chat; one whose lease ran out may be taken over."""
        rows = self._line.rows(_FIRST, now=now, most=limit)
        for number, *_ in rows:
            self._line.change(_LEASE, id=number, leased_by=by, leased_until=until)
        return [InboxRow(*row) for _, *row in rows]

    def release(self) -> int:
        """Free what is leased: its effect is all or nothing, so it is handled again or found done."""
        done = self._session.execute(update(Row).where(_IS_UNHANDLED, col(Row.state) == "leased").values(state="new"))
        return changed(done)

    def done(self, update_id: int, *, at: datetime) -> None:
        """Handled."""
        self._line.change(_DONE, update_id=update_id, finished_at=at)

    def failed(self, update_id: int, *, error: str, not_before: datetime | None, at: datetime) -> None:
        """Again later, or set aside; what is done already stays done."""
        if self.is_done(update_id):
            return
        state = (
            {"state": "dead", "finished_at": at} if not_before is None else {"state": "new", "not_before": not_before}
        )
        self._set(update_id, error=error, attempts=Row.attempts + 1, leased_until=None, **state)

    def is_done(self, update_id: int) -> bool:
        """Whether it has taken effect."""
        return bool(self._line.value(_STATE, update_id=update_id) == "done")

    def dead(self, *, limit: int = 50) -> Sequence[InboxRow]:
        """Set aside, newest first."""
        query = select(Row).where(is_exactly(col(Row.state), "dead")).order_by(col(Row.id).desc()).limit(limit)
        return [inbox_row(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def revive(self, update_id: int, *, at: datetime) -> bool:
        """Try a dead one again."""
        dead = and_(col(Row.update_id) == update_id, col(Row.state) == "dead")
        done = self._session.execute(update(Row).where(dead).values(state="new", attempts=0, not_before=at))
        self.added = True
        return changed(done) == 1

    def waiting(self) -> int:
        """How many are not finished."""
        query = select(func.count()).select_from(Row).where(_IS_UNHANDLED)
        return int(self._session.scalar(query) or 0)

    def next_due(self) -> datetime | None:
        """The earliest not_before of those that wait."""
        return self._session.scalar(select(func.min(Row.not_before)).where(_IS_UNHANDLED))

    def _set(self, update_id: int, **values: Any) -> None:
        self._session.execute(update(Row).where(col(Row.update_id) == update_id).values(**values))


_COLUMNS: list[Any] = [ReminderRow.id, ReminderRow.kind, ReminderRow.case_id, ReminderRow.due_at]
_ALL_DUE = (
    select(*_COLUMNS)
    .where(_IS_WAITING, col(ReminderRow.due_at) <= bindparam("now", type_=UtcDateTime()))
    .order_by(col(ReminderRow.due_at), col(ReminderRow.id))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_DUE = Prepared(_ALL_DUE)
_DUE_OF_KIND = Prepared(_ALL_DUE.where(col(ReminderRow.kind) == given(ReminderRow.kind)))
_FIRE = (
    update(table_of(ReminderRow)).where(col(ReminderRow.id).in_(bindparam("ids", expanding=True))).values(is_fired=True)
)


class SqlReminders:
    """The reminders of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._line = Line.of(session)
        self.added = False

    def add(self, reminder: Reminder) -> None:
        """Store; the same (kind, case, due) twice makes one."""
        values = {
            "kind": reminder.kind.value,
            "case_id": reminder.case_id,
            "due_at": reminder.due_at,
            "is_fired": False,
        }
        insert_or_ignore(self._session, ReminderRow, [values], ["kind", "case_id", "due_at"])
        self.added = True

    def due(self, now: datetime, *, limit: int = 50, kind: ReminderKind | None = None) -> Sequence[Reminder]:
        """Claim what is due (of one kind): each comes back to one caller only, the oldest first."""
        values: dict[str, Any] = {"now": now, "most": limit}
        if kind is None:
            rows = self._line.rows(_DUE, **values)
        else:
            rows = self._line.rows(_DUE_OF_KIND, **values, kind=kind.value)
        if rows:
            self._line.connection.execute(_FIRE, {"ids": [row[0] for row in rows]})
        return [Reminder(ReminderKind(kind_), case_id, due_at, number) for number, kind_, case_id, due_at in rows]

    def next_due(self) -> datetime | None:
        """The earliest that waits."""
        return self._session.scalar(select(func.min(ReminderRow.due_at)).where(_IS_WAITING))
