"""What the desk says and does in the messenger, as values: written in the case's own transaction, carried out later."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from bot.desk.buttons import Buttons
from bot.desk.message import ContentKind, MessageRef


@dataclass(frozen=True)
class Private:
    """A person's private chat with the bot."""

    telegram_id: int

    @property
    def chat_id(self) -> int:
        """The chat that a call goes to."""
        return self.telegram_id

    @property
    def lane(self) -> str:
        """Within a lane nothing overtakes."""
        return f"p:{self.telegram_id}"


@dataclass(frozen=True)
class Topic:
    """A franchisee's place in a group: a forum topic, or in a group without topics, the replies under their card."""

    chat_id: int
    franchisee_id: int
    is_card: bool = False

    @property
    def lane(self) -> str:
        """Within a lane nothing overtakes; a card that stands already is edited beside the words, and holds up none."""
        return f"{'c' if self.is_card else 't'}:{self.chat_id}:{self.franchisee_id}"


@dataclass(frozen=True)
class Group:
    """A group's common room; `thread_id` answers where a command was given (None: General, which must go unnamed)."""

    chat_id: int
    thread_id: int | None = None

    @property
    def lane(self) -> str:
        """Within a lane nothing overtakes."""
        return f"g:{self.chat_id}"


Address = Private | Topic | Group


class Priority(IntEnum):
    """What goes first when a chat's allowance is short (lower first)."""

    CARD = 10
    TALK = 20
    REPLY = 30
    CARD_EDIT = 50
    RECEIPT = 60
    DIGEST = 80
    SURVEY = 90


@dataclass(frozen=True)
class SayText:
    """A text. `html` is our own words with people's values escaped; `entities` are a person's own formatting (JSON)."""

    text: str
    html: str = ""
    entities: str = "[]"
    buttons: Buttons = ()
    reply_to: MessageRef | None = None
    quote: str = ""
    asks_contact: str = ""
    drops_keyboard: bool = False
    is_quiet: bool = False


@dataclass(frozen=True)
class CopyMessage:
    """A person's message, carried over as it is (copyMessage).

    `is_captioned`: `caption` stands under it, even an empty one, whatever stands under the source by now.
    """

    source: MessageRef
    kind: ContentKind
    caption: str = ""
    caption_entities: str = "[]"
    buttons: Buttons = ()
    reply_to: MessageRef | None = None
    quote: str = ""
    is_captioned: bool = False


@dataclass(frozen=True)
class CopyAlbum:
    """Pictures sent as one, carried over as one (copyMessages); `album` is the messenger's own id of it."""

    sources: tuple[MessageRef, ...]
    album: str


@dataclass(frozen=True)
class TakeBack:
    """Delete the copies of a stored message; `targets` are known when the row's turn comes."""

    message: int
    targets: tuple[MessageRef, ...] = ()


@dataclass(frozen=True)
class ShowCard:
    """The case's card as it stands when the row's turn comes: posted and pinned once, edited in place ever after."""

    case_id: int


@dataclass(frozen=True)
class EditText:
    """New words in a message that the bot sent."""

    target: MessageRef
    text: str
    html: str = ""
    entities: str = "[]"
    buttons: Buttons = ()
    is_caption: bool = False


@dataclass(frozen=True)
class EditCopy:
    """New words for (a part of) a stored message where its copy stands; which that is, is known when its turn comes."""

    message: int
    part: int
    text: str
    entities: str = "[]"
    is_caption: bool = False


@dataclass(frozen=True)
class EditButtons:
    """New buttons (or none) under a message that the bot sent."""

    target: MessageRef
    buttons: Buttons = ()


@dataclass(frozen=True)
class OpenTopic:
    """Make the franchisee's forum topic."""

    name: str


@dataclass(frozen=True)
class CloseTopic:
    """Close the franchisee's forum topic."""


@dataclass(frozen=True)
class ReopenTopic:
    """Open the franchisee's forum topic again."""


@dataclass(frozen=True)
class Pin:
    """Pin a message quietly."""

    target: MessageRef


@dataclass(frozen=True)
class React:
    """Put a reaction on a message: the sign that a reply was delivered, or what the other side feels (empty: none)."""

    target: MessageRef
    emoji: str


@dataclass(frozen=True)
class LeaveChat:
    """Leave a group where the desk has no business."""


class ReportKind(StrEnum):
    """What can be sent as a picture or a file."""

    ROSTER = "roster"
    ATTENDANCE = "attendance"
    COMPLAINT = "complaint"
    """`about`: the case's number."""
    SURVEY = "survey"
    SURVEY_BOOK = "survey_book"
    SALES = "sales"
    REVIEW = "review"
    """`about`: the period's code."""
    DIGEST = "digest"
    """`about`: the instant at which the day's span ends."""
    PERIOD = "period"
    """`about`: its form, the period's code, the instant that it is of."""


@dataclass(frozen=True)
class SendReport:
    """A picture or file, made when its turn comes; `about`: which week (its Monday), month, survey or sales."""

    report: ReportKind
    about: str
    reply_to: MessageRef | None = None


Act = (
    SayText
    | CopyMessage
    | CopyAlbum
    | TakeBack
    | ShowCard
    | SendReport
    | EditText
    | EditCopy
    | EditButtons
    | OpenTopic
    | CloseTopic
    | ReopenTopic
    | Pin
    | React
    | LeaveChat
)

REPEATABLE = (TakeBack, EditText, EditCopy, EditButtons, CloseTopic, ReopenTopic, Pin, React, LeaveChat)
"""Acts that do no harm when done twice: after an unknown outcome they are simply done again."""


@dataclass(frozen=True)
class Outgoing:
    """One thing to do in the messenger.

    `carries` is the stored message whose words these are (its copy is mapped when delivered), `also` the further ones
    that became one with it (words said in one message, or the other items of an album). `receipt` is the staff message
    that gets the delivered mark, or under which a failure is told.
    """

    to: Address
    act: Act
    priority: Priority = Priority.REPLY
    case_id: int | None = None
    carries: int | None = None
    also: tuple[int, ...] = ()
    receipt: MessageRef | None = None
