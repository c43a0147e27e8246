"""How a call to the messenger ended: every failure has one of these names, and each has one consequence."""

from dataclasses import dataclass
from typing import Protocol

from bot.desk.outgoing import Act
from bot.desk.report import Matter


@dataclass(frozen=True)
class Parcel:
    """An outbox row made ready: where it goes is known, a card is drawn, a header is on, a report's values are in."""

    row_id: int
    chat_id: int
    thread_id: int | None
    act: Act
    is_plain: bool = False
    matter: Matter | None = None


@dataclass(frozen=True)
class Delivered:
    """It took effect; `message_id` of what was sent, `thread_id` of a topic that was made, `album` of its items."""

    message_id: int | None = None
    thread_id: int | None = None
    album: tuple[int, ...] = ()


@dataclass(frozen=True)
class Later:
    """Too many requests: that chat rests for so many seconds; the attempt does not count."""

    seconds: float


@dataclass(frozen=True)
class Moved:
    """The group became a supergroup and has a new id."""

    chat_id: int


@dataclass(frozen=True)
class Blocked:
    """The person (or the group) does not let the bot write: blocked, kicked, deactivated, never started."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """The messenger will not do this, however often it is asked (`reason`: a key of `[refusals]`, or its words)."""

    reason: str


@dataclass(frozen=True)
class NoRights:
    """The bot lacks a right in the group; the row waits until somebody gives it back."""

    reason: str


@dataclass(frozen=True)
class TopicGone:
    """The thread is deleted, or closed to us."""

    is_closed: bool


@dataclass(frozen=True)
class NotForum:
    """The group has no topics (any more)."""


@dataclass(frozen=True)
class SendPlain:
    """The markup was not understood: again without it."""


@dataclass(frozen=True)
class NotSent:
    """It surely never left: again without fear of a double."""

    reason: str


@dataclass(frozen=True)
class Unknown:
    """It may have taken effect: again once, marked. When it was our own speaker that died (`died`), again until so many
    have died over it: that says nothing of Telegram, and what is given up is overtaken by what follows.
    """

    reason: str
    died: bool = False


@dataclass(frozen=True)
class Halt:
    """Nothing can be sent at all: wrong token, or another program uses it."""

    reason: str


Verdict = (
    Delivered
    | Later
    | Moved
    | Blocked
    | Refused
    | NoRights
    | TopicGone
    | NotForum
    | SendPlain
    | NotSent
    | Unknown
    | Halt
)


class Courier(Protocol):
    """The seam to the messenger: one method."""

    async def deliver(self, parcel: Parcel) -> Verdict:
        """Carry a parcel out; never raises for what the messenger or the network did."""


class Probe(Protocol):
    """Asks whether the messenger can be reached, by a call that changes nothing."""

    async def is_reachable(self) -> bool:
        """Whether an answer came."""
