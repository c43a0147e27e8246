"""What the use cases need of storage: what came in and what is to go out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.desk.message import MessageRef
from bot.desk.outgoing import Outgoing, Priority, SayText


class RowState(StrEnum):
    """The life of an outbox row: queued → leased → delivered | dead (or merged into another, or dropped by hand)."""

    QUEUED = "queued"
    LEASED = "leased"
    DELIVERED = "delivered"
    DEAD = "dead"
    MERGED = "merged"
    DROPPED = "dropped"


@dataclass(frozen=True)
class OutboxRow:
    """One thing to be done in the messenger, with its history; instants are UTC."""

    id: int
    outgoing: Outgoing
    state: RowState
    queued_at: datetime
    not_before: datetime
    attempts: int = 0
    is_plain: bool = False
    maybe_twice: bool = False
    reason: str = ""
    leased_by: str = ""


@dataclass(frozen=True)
class Head:
    """The first unfinished row of a lane, as the pacing sees it."""

    id: int
    chat_id: int
    priority: Priority
    act: str


@dataclass(frozen=True)
class InboxRow:
    """One update, raw as it came."""

    update_id: int
    chat_key: str
    raw: str
    attempts: int
    received_at: datetime
    error: str = ""


class Outbox(Protocol):
    """What is to be done in the messenger: strict order within a lane."""

    def add(self, outgoing: Outgoing, *, at: datetime, not_before: datetime | None = None) -> int:
        """Queue at the end of its lane; a ShowCard that waits there is not queued twice (its id comes back)."""

    def add_before(self, row_id: int, outgoings: Sequence[Outgoing], *, at: datetime) -> None:
        """Queue in the same lane just ahead of a row, in this order."""

    def get(self, row_id: int) -> OutboxRow | None:
        """One row."""

    def heads(self, now: datetime, *, limit: int = 200) -> Sequence[Head]:
        """The first unfinished row of each lane whose time has come and that is not leased, by priority, then age."""

    def lease(self, row_ids: Sequence[int], *, by: str, until: datetime) -> Sequence[OutboxRow]:
        """Take rows for sending; only those that are still queued heads come back."""

    def behind(self, row_id: int, *, limit: int) -> Sequence[OutboxRow]:
        """What is queued in the same lane after a row, in order."""

    def queued_album(self, lane: str, album: str) -> OutboxRow | None:
        """The album that is still being collected in a lane."""

    def extend(self, row_id: int, outgoing: Outgoing, *, not_before: datetime) -> None:
        """A queued row does more than before, and waits on."""

    def absorb(self, row_id: int, others: Sequence[int], outgoing: Outgoing, *, at: datetime) -> None:
        """One row says what several did; the others are finished."""

    def delivered(self, row_id: int, *, at: datetime, message: MessageRef | None) -> None:
        """Done."""

    def requeue(
        self, row_id: int, *, not_before: datetime, counts: bool, plain: bool = False, maybe_twice: bool = False
    ) -> None:
        """Back to the queue at its old place; `counts`: this try counts as an attempt; flags are only ever set."""

    def kill(self, row_id: int, *, at: datetime, reason: str) -> None:
        """A dead letter."""

    def drop(self, row_id: int, *, at: datetime) -> None:
        """Given up by an operator."""

    def revive(self, row_id: int, *, at: datetime) -> bool:
        """A dead letter goes back to the queue, attempts at 0; False when it is not dead."""

    def expired(self, now: datetime) -> Sequence[OutboxRow]:
        """Leased rows whose lease ran out: their outcome is unknown."""

    def dead(self, *, limit: int = 50) -> Sequence[OutboxRow]:
        """Dead letters, newest first."""

    def waiting(self, now: datetime) -> int:
        """How many rows are not finished."""

    def next_due(self) -> datetime | None:
        """The earliest not_before of queued rows."""

    def sent_since(self, since: datetime) -> Sequence[tuple[int, datetime]]:
        """(chat id, when) of the deliveries since an instant: the pacing's windows are rebuilt from these at start."""


class Spoken(Protocol):
    """What the bot has said."""

    def of_case(self, case_id: int, since: datetime) -> Sequence[tuple[MessageRef, SayText]]:
        """The texts about a case that were delivered since then, and where they stand, the oldest first."""


class Inbox(Protocol):
    """Updates, written down before they are acknowledged; strict order within a chat."""

    def store(self, updates: Sequence[tuple[int, str, str]], *, at: datetime) -> int:
        """Store (update_id, chat_key, raw JSON); one that is known already changes nothing; how many were new."""

    def lease(self, now: datetime, *, by: str, until: datetime, limit: int = 50) -> Sequence[InboxRow]:
        """Take the first unfinished update of each chat (whose time has come, whose chat has nothing leased)."""

    def release(self) -> int:
        """Free what a hearer that died had in hand; only where there is one hearer at most. How many."""

    def done(self, update_id: int, *, at: datetime) -> None:
        """Handled, in the same transaction as what it changed."""

    def failed(self, update_id: int, *, error: str, not_before: datetime | None, at: datetime) -> None:
        """Tried in vain: again at `not_before`, or set aside (dead) when None."""

    def is_done(self, update_id: int) -> bool:
        """Whether it has taken effect."""

    def dead(self, *, limit: int = 50) -> Sequence[InboxRow]:
        """Updates that were set aside, newest first."""

    def revive(self, update_id: int, *, at: datetime) -> bool:
        """Try a dead one again; False when it is not dead."""

    def waiting(self) -> int:
        """How many are not finished."""

    def next_due(self) -> datetime | None:
        """The earliest not_before of those that wait."""
