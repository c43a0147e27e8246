"""Groups, topics, messages and where each of them stands."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from bot.desk.case import UNFINISHED
from bot.desk.events import Did, Event
from bot.desk.message import Message, MessageRef
from bot.usecases.ports import GroupState, Mapped, TopicState
from storage.changed import changed
from storage.conditions import is_one_of
from storage.rows import event_of, message_of, message_values, topic_of
from storage.tables import (
    CaseRow,
    EventRow,
    GroupAliasRow,
    GroupRow,
    MessageRow,
    OutboxRowTable,
    PlaceRow,
    TopicRow,
)

AT_ONCE = 500
"""Cases whose events are read by one statement: engines limit the number of bound values."""


class SqlTopics:
    """Franchisees' places in groups."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, chat_id: int, franchisee_id: int) -> TopicState | None:
        """One place."""
        row = self._session.get(TopicRow, (chat_id, franchisee_id), populate_existing=True)
        return topic_of(row) if row is not None else None

    def by_thread(self, chat_id: int, thread_id: int) -> TopicState | None:
        """The place that a thread is."""
        query = select(TopicRow).where(col(TopicRow.chat_id) == chat_id, col(TopicRow.thread_id) == thread_id)
        row = self._session.scalars(query).first()
        return topic_of(row) if row is not None else None

    def save(self, topic: TopicState) -> None:
        """Insert or write back."""
        self._session.merge(TopicRow(**asdict(topic)))
        self._session.flush()


class SqlGroups:
    """The agent groups."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, chat_id: int) -> GroupState | None:
        """One group."""
        row = self._session.get(GroupRow, chat_id, populate_existing=True)
        return GroupState(row.chat_id, row.is_forum, row.title, row.problem) if row is not None else None

    def all(self) -> Sequence[GroupState]:
        """Every group that is known."""
        rows = self._session.scalars(select(GroupRow).order_by(col(GroupRow.chat_id)))
        return [GroupState(r.chat_id, r.is_forum, r.title, r.problem) for r in rows]

    def save(self, group: GroupState) -> None:
        """Insert or write back."""
        self._session.merge(GroupRow(**asdict(group)))
        self._session.flush()

    def current(self, chat_id: int) -> int:
        """The id that a group has now."""
        row = self._session.get(GroupAliasRow, chat_id, populate_existing=True)
        return row.chat_id if row is not None else chat_id

    def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """Change the id everywhere; threads and cards did not come along, so topics are made anew when needed."""
        session = self._session
        session.execute(
            update(GroupAliasRow).where(col(GroupAliasRow.chat_id) == old_chat_id).values(chat_id=new_chat_id)
        )
        session.merge(GroupAliasRow(old_chat_id=old_chat_id, chat_id=new_chat_id))
        session.execute(delete(GroupAliasRow).where(col(GroupAliasRow.old_chat_id) == new_chat_id))
        session.execute(delete(TopicRow).where(col(TopicRow.chat_id) == old_chat_id))
        session.execute(update(CaseRow).where(col(CaseRow.group_id) == old_chat_id).values(group_id=new_chat_id))
        self._rename(old_chat_id, new_chat_id)
        session.flush()
        session.expire_all()

    def _rename(self, old_chat_id: int, new_chat_id: int) -> None:
        known = self.get(old_chat_id)
        if known is not None:
            self._session.execute(delete(GroupRow).where(col(GroupRow.chat_id) == old_chat_id))
            self.save(replace(known, chat_id=new_chat_id))
        waiting = is_one_of(col(OutboxRowTable.state), "queued", "leased")
        mine = waiting & (col(OutboxRowTable.chat_id) == old_chat_id)
        lane = func.replace(col(OutboxRowTable.lane), f":{old_chat_id}", f":{new_chat_id}")
        self._session.execute(update(OutboxRowTable).where(mine).values(chat_id=new_chat_id, lane=lane))


class SqlMessages:
    """What was said, and where each message and each copy of it stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message: Message) -> Message:
        """Store a message and map its own place, if it has one."""
        row = MessageRow(**message_values(message))
        self._session.add(row)
        self._session.flush()
        if message.ref is not None:
            self.place(message.ref, case_id=message.case_id, message_id=row.id)
        return message_of(row)

    def get(self, message_id: int) -> Message | None:
        """One message."""
        row = self._session.get(MessageRow, message_id, populate_existing=True)
        return message_of(row) if row is not None else None

    def save(self, message: Message) -> None:
        """Write back after an edit."""
        values = message_values(message)
        done = self._session.execute(update(MessageRow).where(col(MessageRow.id) == message.id).values(**values))
        if changed(done) != 1:
            raise LookupError(f"message {message.id} is not stored")

    def of_case(self, case_id: int, *, limit: int = 50) -> Sequence[Message]:
        """The last messages, oldest first."""
        query = select(MessageRow).where(col(MessageRow.case_id) == case_id)
        rows = self._session.scalars(query.order_by(col(MessageRow.id).desc()).limit(limit))
        return [message_of(row) for row in rows][::-1]

    def place(self, ref: MessageRef, *, case_id: int, message_id: int | None, part: int = 0) -> None:
        """Map a message in some chat to what it belongs to."""
        where = {"chat_id": ref.chat_id, "message_id": ref.message_id, "part": part}
        row = PlaceRow(**where, case_id=case_id, of_message=message_id)
        self._session.merge(row)
        self._session.flush()

    def find(self, ref: MessageRef) -> Mapped | None:
        """What a message in some chat belongs to."""
        row = self._session.get(PlaceRow, (ref.chat_id, ref.message_id, 0))
        return Mapped(row.case_id, row.of_message) if row is not None else None

    def parts_at(self, ref: MessageRef) -> Sequence[int]:
        """The stored messages in one message, in order."""
        here = (col(PlaceRow.chat_id) == ref.chat_id) & (col(PlaceRow.message_id) == ref.message_id)
        rows = self._session.scalars(select(PlaceRow).where(here).order_by(col(PlaceRow.part)))
        return [row.of_message for row in rows if row.of_message is not None]

    def copies(self, message_id: int) -> Sequence[MessageRef]:
        """Every place of a message but its own."""
        own = self.get(message_id)
        rows = self._session.scalars(select(PlaceRow).where(col(PlaceRow.of_message) == message_id))
        places = sorted((MessageRef(r.chat_id, r.message_id) for r in rows), key=lambda p: (p.chat_id, p.message_id))
        return [p for p in places if own is None or p != own.ref]


class SqlEvents:
    """The append-only record."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *events: Event) -> None:
        """Append."""
        for e in events:
            self._session.add(
                EventRow(case_id=e.case_id, did=e.did.value, at=e.at, staff_id=e.staff_id, data=dict(e.data))
            )
        self._session.flush()

    def of_case(self, case_id: int) -> Sequence[Event]:
        """All of a case, in order."""
        query = select(EventRow).where(col(EventRow.case_id) == case_id).order_by(col(EventRow.id))
        return [event_of(row) for row in self._session.scalars(query)]

    def of_active(self, since: datetime, kinds: Sequence[Did]) -> Sequence[Event]:
        """Events of these kinds, in order of cases, of those that something happened to since then or that go on."""
        happened = self._session.scalars(select(col(EventRow.case_id)).where(col(EventRow.at) >= since).distinct())
        unfinished = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))
        cases = sorted({*happened, *self._session.scalars(select(col(CaseRow.id)).where(unfinished))})
        parts = (cases[n : n + AT_ONCE] for n in range(0, len(cases), AT_ONCE))
        return [event for part in parts for event in self._of_cases(part, kinds)]

    def _of_cases(self, case_ids: Sequence[int], kinds: Sequence[Did]) -> list[Event]:
        """Core columns: an ORM object for each of a year's events would cost ten times as much."""
        columns = (EventRow.case_id, EventRow.did, EventRow.at, EventRow.staff_id, EventRow.data)
        query = (
            select(*(col(column) for column in columns))
            .where(col(EventRow.case_id).in_(case_ids), col(EventRow.did).in_([kind.value for kind in kinds]))
            .order_by(col(EventRow.case_id), col(EventRow.id))
        )
        rows = self._session.execute(query)
        return [Event(case_id, Did(did), at, staff_id, data) for case_id, did, at, staff_id, data in rows]
