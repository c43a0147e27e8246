"""What the use cases need of storage: what was said, and the places where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.desk.message import Message, MessageRef


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
