"""The outbox: strict order within a lane, claimed as procrastinate claims jobs (a row waits for every earlier one)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from bot.desk.message import MessageRef
from bot.desk.outgoing import CopyAlbum, Outgoing, Priority, ShowCard
from bot.usecases.ports import Head, OutboxRow
from storage.changed import changed
from storage.conditions import is_exactly, is_one_of
from storage.mapping import to_payload
from storage.rows import outbox_row
from storage.tables import OutboxRowTable as Row

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
    mine = select(*columns).where(_is_head(), col(Row.not_before) <= bindparam("now")).subquery()
    return (
        select(mine.c.id, mine.c.chat_id, mine.c.priority, mine.c.act)
        .where(mine.c.nth <= _OF_A_CHAT)
        .order_by(mine.c.priority, mine.c.id)
        .limit(bindparam("most"))
    )


_HEADS = _heads()
_HEADS_OF = (
    select(Row)
    .where(col(Row.id).in_(bindparam("ids", expanding=True)), _is_head())
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)
"""Asked all day long: to put them together anew each time took longer than to answer them."""


class SqlOutbox:
    """The outbox of a unit of work; `added` says whether the speaker is to be woken after the commit."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.added = False

    def add(self, outgoing: Outgoing, *, at: datetime, not_before: datetime | None = None) -> int:
        """Queue at the end of its lane; a card that waits there already is enough."""
        waiting = self._waiting_card(outgoing)
        if waiting is not None:
            return waiting
        last = select(func.max(Row.rank)).where(col(Row.lane) == outgoing.to.lane, _IS_UNFINISHED)
        rank = (self._session.scalar(last) or 0.0) + _STEP
        return self._insert(outgoing, rank, at, not_before or at)

    def add_before(self, row_id: int, outgoings: Sequence[Outgoing], *, at: datetime) -> None:
        """Queue just ahead of a row, in this order."""
        row = self._row(row_id)
        earlier = select(func.max(Row.rank)).where(col(Row.lane) == row.lane, col(Row.rank) < row.rank, _IS_UNFINISHED)
        floor = self._session.scalar(earlier)
        low = row.rank - _STEP if floor is None else floor
        step = (row.rank - low) / (len(outgoings) + 1)
        for number, outgoing in enumerate(outgoings, start=1):
            self._insert(outgoing, low + step * number, at, at, lane=row.lane)

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""
        row = self._session.get(Row, row_id, populate_existing=True)
        return outbox_row(row) if row is not None else None

    def heads(self, now: datetime, *, limit: int = 200) -> Sequence[Head]:
        """The first unfinished row of each lane whose time has come, by priority, then age; some of each chat."""
        found = self._session.execute(_HEADS, {"now": now, "most": limit})
        return [Head(i or 0, chat, Priority(p), act) for i, chat, p, act in found]

    def lease(self, row_ids: Sequence[int], *, by: str, until: datetime) -> Sequence[OutboxRow]:
        """Take rows for sending; only those that are still queued heads come back, in the order asked."""
        rows = {row.id: row for row in self._session.scalars(_HEADS_OF, {"ids": list(row_ids)})}
        for row in rows.values():
            row.state, row.leased_by, row.leased_until = "leased", by, until
        self._session.flush()
        return [outbox_row(rows[i]) for i in row_ids if i in rows]

    def behind(self, row_id: int, *, limit: int) -> Sequence[OutboxRow]:
        """What is queued in the same lane after a row, in order."""
        row = self._row(row_id)
        after = and_(col(Row.lane) == row.lane, col(Row.rank) > row.rank, _IS_UNFINISHED)
        found = self._session.scalars(select(Row).where(after).order_by(col(Row.rank)).limit(limit))
        return [outbox_row(r) for r in found]

    def queued_album(self, lane: str, album: str) -> OutboxRow | None:
        """The album that is still being collected in a lane."""
        mine = and_(col(Row.lane) == lane, col(Row.act) == "CopyAlbum", _IS_UNFINISHED, col(Row.state) == "queued")
        found = self._session.scalars(select(Row).where(mine).order_by(col(Row.rank).desc()).with_for_update())
        rows = (outbox_row(row) for row in found)
        return next((r for r in rows if isinstance(r.outgoing.act, CopyAlbum) and r.outgoing.act.album == album), None)

    def extend(self, row_id: int, outgoing: Outgoing, *, not_before: datetime) -> None:
        """A queued row does more than before, and waits on."""
        self._set(row_id, payload=to_payload(outgoing), not_before=not_before)
        self.added = True

    def absorb(self, row_id: int, others: Sequence[int], outgoing: Outgoing, *, at: datetime) -> None:
        """One row says what several did."""
        self._set(row_id, payload=to_payload(outgoing))
        for other in others:
            self._set(other, state="merged", finished_at=at)

    def delivered(self, row_id: int, *, at: datetime, message: MessageRef | None) -> None:
        """Done."""
        place = {"sent_chat_id": message.chat_id, "sent_message_id": message.message_id} if message else {}
        self._set(row_id, state="delivered", finished_at=at, leased_until=None, **place)

    def requeue(
        self, row_id: int, *, not_before: datetime, counts: bool, plain: bool = False, maybe_twice: bool = False
    ) -> None:
        """Back to the queue at its old place."""
        row = self._row(row_id)
        self._set(
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
        self._set(row_id, state="dead", finished_at=at, reason=reason, leased_until=None)
        self.added = True

    def drop(self, row_id: int, *, at: datetime) -> None:
        """Given up by an operator."""
        self._set(row_id, state="dropped", finished_at=at, leased_until=None)

    def revive(self, row_id: int, *, at: datetime) -> bool:
        """A dead letter goes back to its place, attempts at 0 (its mark stays); False when it is not dead."""
        dead = and_(col(Row.id) == row_id, col(Row.state) == "dead")
        values = {"state": "queued", "attempts": 0, "not_before": at, "finished_at": None}
        done = self._session.execute(update(Row).where(dead).values(**values))
        self.added = True
        return changed(done) == 1

    def expired(self, now: datetime) -> Sequence[OutboxRow]:
        """Leased rows whose lease ran out."""
        query = select(Row).where(is_exactly(col(Row.state), "leased"), col(Row.leased_until) < now)
        query = query.order_by(col(Row.leased_until), col(Row.id)).with_for_update(skip_locked=True)
        rows = self._session.scalars(query)
        return [outbox_row(row) for row in rows]

    def dead(self, *, limit: int = 50) -> Sequence[OutboxRow]:
        """Dead letters, newest first."""
        query = select(Row).where(is_exactly(col(Row.state), "dead")).order_by(col(Row.finished_at).desc()).limit(limit)
        return [outbox_row(row) for row in self._session.scalars(query)]

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
        same = and_(
            col(Row.lane) == outgoing.to.lane,
            col(Row.act) == "ShowCard",
            col(Row.case_id) == outgoing.case_id,
            _IS_UNFINISHED,
            col(Row.state) == "queued",
        )
        return self._session.scalar(select(col(Row.id)).where(same).limit(1))

    def _insert(
        self, outgoing: Outgoing, rank: float, at: datetime, not_before: datetime, lane: str | None = None
    ) -> int:
        row = Row(
            lane=lane or outgoing.to.lane,
            rank=rank,
            chat_id=outgoing.to.chat_id,
            priority=int(outgoing.priority),
            act=type(outgoing.act).__name__,
            payload=to_payload(outgoing),
            case_id=outgoing.case_id,
            state="queued",
            queued_at=at,
            not_before=not_before,
        )
        self._session.add(row)
        self._session.flush()
        self.added = True
        return row.id or 0

    def _row(self, row_id: int) -> Row:
        row = self._session.get(Row, row_id, populate_existing=True)
        if row is None:
            raise LookupError(f"outbox row {row_id} is not stored")
        return row

    def _set(self, row_id: int, **values: Any) -> None:
        row = self._row(row_id)
        for name, value in values.items():
            setattr(row, name, value)
        self._session.flush()
