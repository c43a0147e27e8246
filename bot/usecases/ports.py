"""What the use cases need from storage: one unit of work with a repository for each aggregate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.desk.case import Case, State
from bot.desk.events import Event
from bot.desk.message import Message, MessageRef
from bot.desk.outgoing import Outgoing, Priority
from bot.desk.people import Contact, Franchisee, Staff, Store
from bot.desk.reminder import Reminder


@dataclass(frozen=True)
class TopicState:
    """A franchisee's place in a group: its thread (None until made, and in groups without topics) and pinned card."""

    chat_id: int
    franchisee_id: int
    thread_id: int | None = None
    is_closed: bool = False
    card_case_id: int | None = None
    card_message_id: int | None = None

    def shows(self, case_id: int) -> bool:
        """Whether this case's card stands there."""
        return self.card_message_id is not None and self.card_case_id == case_id


@dataclass(frozen=True)
class GroupState:
    """What is known of a group: whether it has topics, and what is wrong with it (empty: nothing)."""

    chat_id: int
    is_forum: bool = True
    title: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Mapped:
    """What a message in some chat belongs to."""

    case_id: int
    message_id: int | None


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


@dataclass(frozen=True)
class RegionCount:
    """Unfinished work of a region (None: place not known yet)."""

    region: str | None
    by_state: Mapping[State, int]
    overdue: int


class Cases(Protocol):
    """Cases; what is read here is locked until the unit of work ends."""

    def add(self, case: Case) -> Case:
        """Store a new case (its id is given here)."""

    def get(self, case_id: int) -> Case | None:
        """One case."""

    def save(self, case: Case) -> None:
        """Write a case back."""

    def take(self, case_id: int, staff_id: int) -> bool:
        """Become first owner and handler in one conditional UPDATE; False when somebody else already is first owner."""

    def unfinished_of(self, franchisee_id: int) -> Case | None:
        """The one case of this franchisee that is NEW, OPEN or WAITING."""

    def last_of(self, franchisee_id: int) -> Case | None:
        """The newest case of this franchisee."""

    def open_counts(self) -> Mapping[int, int]:
        """Unfinished cases per handler (staff id)."""

    def listed(
        self, *, region: str | None = None, states: Sequence[State] = (), handler_id: int | None = None, limit: int = 20
    ) -> Sequence[Case]:
        """Cases for a list, the longest unanswered first, then the oldest."""

    def counts(self, now: datetime) -> Sequence[RegionCount]:
        """Unfinished work by region."""


class Franchisees(Protocol):
    """The people who write."""

    def by_telegram(self, telegram_id: int) -> Franchisee | None:
        """The person of a Telegram account; locked until the unit of work ends."""

    def get(self, franchisee_id: int) -> Franchisee | None:
        """One person."""

    def add(self, person: Franchisee) -> Franchisee:
        """Store a new person (the id is given here)."""

    def save(self, person: Franchisee) -> None:
        """Write a person back."""


@dataclass(frozen=True)
class Changes:
    """What an import did."""

    added: int
    changed: int
    unchanged: int


class Stores(Protocol):
    """The shops."""

    def get(self, number: str) -> Store | None:
        """By store number (case is folded)."""

    def by_code(self, code: str) -> Store | None:
        """By the code of its deep link."""

    def all(self) -> Sequence[Store]:
        """Every store."""

    def put_all(self, stores: Sequence[Store]) -> Changes:
        """Add or change by number; a store that comes without a code keeps the one it has."""


class Contacts(Protocol):
    """People on file by telephone number, before they ever wrote."""

    def by_phone(self, phone: str) -> Contact | None:
        """By normalised number."""

    def put_all(self, contacts: Sequence[Contact]) -> Changes:
        """Add or change by number."""


class StaffList(Protocol):
    """The department."""

    def all(self) -> Sequence[Staff]:
        """Everybody, those who left included."""

    def get(self, staff_id: int) -> Staff | None:
        """One person."""

    def by_telegram(self, telegram_id: int) -> Staff | None:
        """The person of a Telegram account."""

    def save(self, person: Staff) -> None:
        """Write a person back."""

    def put_all(self, people: Sequence[Staff]) -> Changes:
        """Add or change by Telegram id (ids 0 are given); duty, and when assigned last, stay as they are."""


class Topics(Protocol):
    """Franchisees' places in groups."""

    def get(self, chat_id: int, franchisee_id: int) -> TopicState | None:
        """One place."""

    def by_thread(self, chat_id: int, thread_id: int) -> TopicState | None:
        """The place that a thread is."""

    def save(self, topic: TopicState) -> None:
        """Insert or write back."""


class Groups(Protocol):
    """The agent groups."""

    def get(self, chat_id: int) -> GroupState | None:
        """One group."""

    def all(self) -> Sequence[GroupState]:
        """Every group that is known."""

    def save(self, group: GroupState) -> None:
        """Insert or write back."""

    def migrated(self, old_chat_id: int, new_chat_id: int) -> None:
        """Change a group's id everywhere: groups, topics (threads and cards are gone), cases, waiting rows, the map."""

    def current(self, chat_id: int) -> int:
        """The id that a group has now, after any number of migrations."""


class Messages(Protocol):
    """What was said, and where each message and each of its copies stands: (chat, message) is unique."""

    def add(self, message: Message) -> Message:
        """Store a message (its id is given here) and map its own place, if it has one."""

    def get(self, message_id: int) -> Message | None:
        """One message."""

    def save(self, message: Message) -> None:
        """Write back after an edit; the older texts stay in `versions`."""

    def of_case(self, case_id: int, *, limit: int = 50) -> Sequence[Message]:
        """The last messages of a case, oldest first."""

    def place(self, ref: MessageRef, *, case_id: int, message_id: int | None, part: int = 0) -> None:
        """Map a message in some chat to what it belongs to (a copy, a card, a notice; `part`: one of several in it)."""

    def parts_at(self, ref: MessageRef) -> Sequence[int]:
        """The stored messages whose words one message in some chat holds, in order."""

    def find(self, ref: MessageRef) -> Mapped | None:
        """What a message in some chat belongs to."""

    def copies(self, message_id: int) -> Sequence[MessageRef]:
        """Every place of a stored message but its own."""


class Events(Protocol):
    """The append-only record."""

    def add(self, *events: Event) -> None:
        """Append."""

    def of_case(self, case_id: int) -> Sequence[Event]:
        """All of a case, in order."""


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


class Reminders(Protocol):
    """What is to be looked at again."""

    def add(self, reminder: Reminder) -> None:
        """Store; asking for the same (kind, case, due) twice makes one."""

    def due(self, now: datetime, *, limit: int = 50) -> Sequence[Reminder]:
        """Claim what is due by compare-and-set (each is returned to one caller only), the oldest first."""

    def next_due(self) -> datetime | None:
        """The earliest that waits."""


class Leases(Protocol):
    """What only one process may do at a time."""

    def take(self, name: str, holder: str, now: datetime, *, until: datetime, over: str = "") -> bool:
        """Become or stay the holder, in one conditional UPDATE: when nobody is, when the time of the one who was is
        over, or when that one is `over` (known to be dead).
        """

    def holder(self, name: str) -> str:
        """Who holds it or held it last; empty when nobody ever did."""

    def holds(self, name: str, holder: str) -> bool:
        """Whether nobody took over from this one."""

    def free(self, name: str, holder: str) -> None:
        """Let go, for the next to take over at once; nothing when somebody else holds it."""


class Work(Protocol):
    """One transaction: all of it or nothing of it."""

    @property
    def cases(self) -> Cases:
        """Cases."""

    @property
    def franchisees(self) -> Franchisees:
        """Franchisees."""

    @property
    def stores(self) -> Stores:
        """Stores."""

    @property
    def contacts(self) -> Contacts:
        """People on file."""

    @property
    def staff(self) -> StaffList:
        """The department."""

    @property
    def topics(self) -> Topics:
        """Franchisees' places in groups."""

    @property
    def groups(self) -> Groups:
        """The agent groups."""

    @property
    def messages(self) -> Messages:
        """What was said."""

    @property
    def events(self) -> Events:
        """What happened."""

    @property
    def outbox(self) -> Outbox:
        """What is to be done."""

    @property
    def inbox(self) -> Inbox:
        """What came in."""

    @property
    def reminders(self) -> Reminders:
        """What is to be looked at again."""

    @property
    def leases(self) -> Leases:
        """What only one process may do at a time."""
