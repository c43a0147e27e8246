"""The outbox: strict order within a lane, claimed as procrastinate claims jobs (a row waits for every earlier one)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.desk.message import MessageRef
from bot.desk.outgoing import CopyAlbum, Outgoing, Priority, ShowCard
from bot.usecases.ports import Head, OutboxRow
from storage.changed import changed
from storage.conditions import is_exactly, is_one_of
from storage.mapping import to_payload
from storage.prepared import Line, Prepared, given, table_of
from storage.rows import outbox_row
from storage.tables import OutboxRowTable as Row
from storage.types import UtcDateTime

_UNFINISHED = ("queued", "leased")
_IS_UNFINISHED = is_one_of(col(Row.state), *_UNFINISHED)
_STEP = 1024.0
"""Between the ranks of two rows: room for ten halvings, and a repair goes in as a block."""

_OF_A_CHAT = 20
"""Heads of one chat that are looked at: its share of a minute; hundreds that wait there would hide all other chats."""


def _is_head() -> ColumnElement[bool]:
    """Queued, and nothing unfinished is ahead of it in its lane."""
    ahead = aliased(Row)
    earlier = exists().where(
        col(ahead.lane) == col(Row.lane), col(ahead.rank) < col(Row.rank), is_one_of(col(ahead.state), *_UNFINISHED)
    )
    return and_(_IS_UNFINISHED, col(Row.state) == "queued", ~earlier)


def _heads() -> Select[Any]:
    order = (col(Row.priority), col(Row.id))
    nth = func.row_number().over(partition_by=col(Row.chat_id), order_by=order).label("nth")
    columns: list[Any] = [Row.id, Row.chat_id, Row.priority, Row.act, nth]
    mine = select(*columns).where(_is_head(), col(Row.not_before) <= bindparam("now", type_=UtcDateTime())).subquery()
    return (
        select(mine.c.id, mine.c.chat_id, mine.c.priority, mine.c.act)
        .where(mine.c.nth <= _OF_A_CHAT)
        .order_by(mine.c.priority, mine.c.id)
        .limit(bindparam("most"))
    )


_COLUMNS = [
    table_of(Row).c[name]
    for name in (
        "id", "payload", "priority", "case_id", "state", "queued_at", "not_before", "attempts", "is_plain",
        "maybe_twice", "reason", "leased_by",
    )
]  # fmt: skip
"""What an OutboxRow is made of, in the order in which `outbox_row` takes it."""
_HEADS = Prepared(_heads())
_LOCKED = (
    select(col(Row.id))
    .where(col(Row.id).in_(bindparam("ids", expanding=True)), _is_head())
    .with_for_update(skip_locked=True)
)
_ID, _LANE, _RANK = (column == given(column) for column in (col(Row.id), col(Row.lane), col(Row.rank)))
_BY_ID = Prepared(select(*_COLUMNS).where(_ID))
_BEHIND = Prepared(
    select(*_COLUMNS)
    .where(_LANE, col(Row.rank) > given(Row.rank), _IS_UNFINISHED)
    .order_by(col(Row.rank))
    .limit(bindparam("most"))
)
_LANE_AND_RANK = Prepared(select(col(Row.lane), col(Row.rank)).where(_ID))
_EARLIER = Prepared(select(func.max(Row.rank)).where(_LANE, col(Row.rank) < given(Row.rank), _IS_UNFINISHED))
_ALBUMS = Prepared(
    select(*_COLUMNS)
    .where(_LANE, is_exactly(col(Row.act), "CopyAlbum"), _IS_UNFINISHED, is_exactly(col(Row.state), "queued"))
    .order_by(col(Row.rank).desc())
    .with_for_update()
)
_CARD = Prepared(
    select(col(Row.id))
    .where(
        _LANE,
        is_exactly(col(Row.act), "ShowCard"),
        col(Row.case_id) == given(Row.case_id),
        _IS_UNFINISHED,
        is_exactly(col(Row.state), "queued"),
    )
    .limit(1)
)
_NEW = ("lane", "rank", "chat_id", "priority", "act", "payload", "case_id", "queued_at", "not_before")
_AT_THE_END = select(func.coalesce(func.max(Row.rank), 0.0) + _STEP).where(_LANE, _IS_UNFINISHED).scalar_subquery()


def _queue(**values: Any) -> Prepared:
    """A new row of what is given, but for these values."""
    free = {name: given(table_of(Row).c[name]) for name in _NEW}
    new = insert(table_of(Row)).values(state="queued", attempts=0, is_plain=False, maybe_twice=False, reason="")
    return Prepared(new.values({**free, **values}).returning(table_of(Row).c.id))


_QUEUE = _queue()
_QUEUE_LAST = _queue(rank=_AT_THE_END)


def _change(*names: str) -> Prepared:
    """Of one row, these columns."""
    table = table_of(Row)
    return Prepared(update(table).where(table.c.id == given(table.c.id)).values({n: given(table.c[n]) for n in names}))


_LEASE = _change("state", "leased_by", "leased_until")
_EXTEND = _change("payload", "not_before")
_PAYLOAD = _change("payload")
_DELIVERED = _change("state", "finished_at", "leased_until", "sent_chat_id", "sent_message_id")
_FINISHED = _change("state", "finished_at", "leased_until", "reason")
_MERGED = _change("state", "finished_at")
_ENDED = _change("state", "finished_at", "leased_until")
_REQUEUE = _change("state", "not_before", "attempts", "is_plain", "maybe_twice", "leased_by", "leased_until")
"""Asked all day long: to put them together anew each time took longer than to answer them."""


class SqlOutbox:
    """The outbox of a unit of work; `added` says whether the speaker is to be woken after the commit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._line = Line.of(session)
        self.added = False

    def add(self, outgoing: Outgoing, *, at: datetime, not_before: datetime | None = None) -> int:
        """Queue at the end of its lane; a card that waits there already is enough."""
        waiting = self._waiting_card(outgoing)
        if waiting is not None:
            return waiting
        return self._insert(_QUEUE_LAST, outgoing, at, not_before or at, lane=outgoing.to.lane)

    def add_before(self, row_id: int, outgoings: Sequence[Outgoing], *, at: datetime) -> None:
        """Queue just ahead of a row, in this order."""
        lane, rank = self._place(row_id)
        floor = self._line.value(_EARLIER, lane=lane, rank=rank)
        low = rank - _STEP if floor is None else floor
        step = (rank - low) / (len(outgoings) + 1)
        for number, outgoing in enumerate(outgoings, start=1):
            self._insert(_QUEUE, outgoing, at, at, lane=lane, rank=low + step * number)

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        row = self._line.first(_BY_ID, id=row_id)
        return outbox_row(row) if row is not None else None

    def heads(self, now: datetime, *, limit: int = 200) -> Sequence[Head]:
        """The first unfinished row of each lane whose time has come, by priority, then age; some of each chat."""
        found = self._line.rows(_HEADS, now=now, most=limit)
        return [Head(i, chat, Priority(p), act) for i, chat, p, act in found]

    def lease(self, row_ids: Sequence[int], *, by: str, until: datetime) -> Sequence[OutboxRow]:
        """Take rows for sending; only those that are still queued heads come back, in the order asked."""
        free = set(self._line.connection.scalars(_LOCKED, {"ids": list(row_ids)}))
        mine = [row_id for row_id in row_ids if row_id in free]
        for row_id in mine:
            self._line.change(_LEASE, id=row_id, state="leased", leased_by=by, leased_until=until)
        rows = (self._line.first(_BY_ID, id=row_id) for row_id in mine)
        return [outbox_row(row) for row in rows if row is not None]

    def behind(self, row_id: int, *, limit: int) -> Sequence[OutboxRow]:
        """What is queued in the same lane after a row, in order."""
        lane, rank = self._place(row_id)
        return [outbox_row(row) for row in self._line.rows(_BEHIND, lane=lane, rank=rank, most=limit)]

    def queued_album(self, lane: str, album: str) -> OutboxRow | None:
        """The album that is still being collected in a lane."""
        rows = [outbox_row(row) for row in self._line.rows(_ALBUMS, lane=lane)]
        return next((r for r in rows if isinstance(r.outgoing.act, CopyAlbum) and r.outgoing.act.album == album), None)

    def extend(self, row_id: int, outgoing: Outgoing, *, not_before: datetime) -> None:
        """A queued row does more than before, and waits on."""
        self._set(_EXTEND, row_id, payload=to_payload(outgoing), not_before=not_before)
        self.added = True

    def absorb(self, row_id: int, others: Sequence[int], outgoing: Outgoing, *, at: datetime) -> None:
        """One row says what several did."""
        self._set(_PAYLOAD, row_id, payload=to_payload(outgoing))
        for other in others:
            self._set(_MERGED, other, state="merged", finished_at=at)

    def delivered(self, row_id: int, *, at: datetime, message: MessageRef | None) -> None:
        """Done."""
        chat, number = (message.chat_id, message.message_id) if message else (None, None)
        self._set(_DELIVERED, row_id, state="delivered", finished_at=at, leased_until=None, sent_chat_id=chat,
                  sent_message_id=number)  # fmt: skip

    def requeue(
        self, row_id: int, *, not_before: datetime, counts: bool, plain: bool = False, maybe_twice: bool = False
    ) -> None:
        """Back to the queue at its old place."""
        row = self.get(row_id)
        if row is None:
            raise LookupError(f"outbox row {row_id} is not stored")
        self._set(
            _REQUEUE,
            row_id,
            state="queued",
            not_before=not_before,
            attempts=row.attempts + int(counts),
            is_plain=row.is_plain or plain,
            maybe_twice=row.maybe_twice or maybe_twice,
            leased_by=None,
            leased_until=None,
        )
        self.added = True

    def kill(self, row_id: int, *, at: datetime, reason: str) -> None:
        """A dead letter."""
        self._set(_FINISHED, row_id, state="dead", finished_at=at, reason=reason, leased_until=None)
        self.added = True

    def drop(self, row_id: int, *, at: datetime) -> None:
        """Given up by an operator."""
        self._set(_ENDED, row_id, state="dropped", finished_at=at, leased_until=None)

    def revive(self, row_id: int, *, at: datetime) -> bool:
        """A dead letter goes back to its place, attempts at 0 (its mark stays); False when it is not dead."""
        dead = and_(col(Row.id) == row_id, col(Row.state) == "dead")
        values = {"state": "queued", "attempts": 0, "not_before": at, "finished_at": None}
        done = self._session.execute(update(Row).where(dead).values(**values))
        self.added = True
        return changed(done) == 1

    def expired(self, now: datetime) -> Sequence[OutboxRow]:
        """Leased rows whose lease ran out."""
        query = select(*_COLUMNS).where(is_exactly(col(Row.state), "leased"), col(Row.leased_until) < now)
        query = query.order_by(col(Row.leased_until), col(Row.id)).with_for_update(skip_locked=True)
        return [outbox_row(tuple(row)) for row in self._line.connection.execute(query)]

    def dead(self, *, limit: int = 50) -> Sequence[OutboxRow]:
        """Dead letters, newest first."""
        query = select(*_COLUMNS).where(is_exactly(col(Row.state), "dead"))
        query = query.order_by(col(Row.finished_at).desc()).limit(limit)
        return [outbox_row(tuple(row)) for row in self._line.connection.execute(query)]

    def waiting(self, now: datetime) -> int:
        """How many rows are not finished."""
        query = select(func.count()).select_from(Row).where(_IS_UNFINISHED)
        return int(self._session.scalar(query) or 0)

    def next_due(self) -> datetime | None:
        """The earliest not_before of queued rows."""
        return self._session.scalar(select(func.min(Row.not_before)).where(_IS_UNFINISHED, col(Row.state) == "queued"))

    def sent_since(self, since: datetime) -> Sequence[tuple[int, datetime]]:
        """(chat id, when) of deliveries, the oldest first."""
        query = (
            select(col(Row.chat_id), col(Row.finished_at))
            .where(is_exactly(col(Row.state), "delivered"), col(Row.finished_at) >= since)
            .order_by(col(Row.finished_at))
        )
        return [(chat, at) for chat, at in self._session.execute(query) if at is not None]

    def _waiting_card(self, outgoing: Outgoing) -> int | None:
        if not isinstance(outgoing.act, ShowCard):
            return None
        found: int | None = self._line.value(_CARD, lane=outgoing.to.lane, case_id=outgoing.case_id)
        return found

    def _insert(
        self, queue: Prepared, outgoing: Outgoing, at: datetime, not_before: datetime, *, lane: str, **place: float
    ) -> int:
        new: int = self._line.value(
            queue,
            **place,
            lane=lane,
            chat_id=outgoing.to.chat_id,
            priority=int(outgoing.priority),
            act=type(outgoing.act).__name__,
            payload=to_payload(outgoing),
            case_id=outgoing.case_id,
            queued_at=at,
            not_before=not_before,
        )
        self.added = True
        return new

    def _place(self, row_id: int) -> tuple[str, float]:
        row = self._line.first(_LANE_AND_RANK, id=row_id)
        if row is None:
            raise LookupError(f"outbox row {row_id} is not stored")
        return row[0], row[1]

    def _set(self, change: Prepared, row_id: int, **values: Any) -> None:
        if self._line.change(change, id=row_id, **values) != 1:
            raise LookupError(f"outbox row {row_id} is not stored")
