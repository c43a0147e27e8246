"""A draft (草稿): a reply, or an edit, that the lint held back; and the record of what was found in anybody's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.desk.lint import Category, Courtesy, Finding, Severity
from bot.desk.message import Content, MessageRef


class DraftState(StrEnum):
    """Where a draft stands; HELD, ASKED and REFUSED can still become an answer, the others are the end."""

    HELD = "held"
    ASKED = "asked"
    REFUSED = "refused"
    ADOPTED = "adopted"
    CHANGED = "changed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


LIVING = (DraftState.HELD, DraftState.ASKED, DraftState.REFUSED)


class Outcome(StrEnum):
    """What became of a finding: nothing yet, the words were changed, the suggestion taken, released or refused by
    those who lead, sent all the same (warn, hint), given up with the draft, or made up for by the goodbye.
    """

    OPEN = "open"
    CHANGED = "changed"
    ADOPTED = "adopted"
    RELEASED = "released"
    REFUSED = "refused"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    MADE_UP = "made_up"


OUTCOME_OF: Mapping[DraftState, Outcome] = MappingProxyType(
    {
        DraftState.HELD: Outcome.OPEN,
        DraftState.ASKED: Outcome.OPEN,
        DraftState.REFUSED: Outcome.REFUSED,
        DraftState.ADOPTED: Outcome.ADOPTED,
        DraftState.CHANGED: Outcome.CHANGED,
        DraftState.RELEASED: Outcome.RELEASED,
        DraftState.WITHDRAWN: Outcome.WITHDRAWN,
    }
)
"""What a draft's state means for what was found in it."""

COURTESY = ("qing", "nin", "zaijian")
"""三要 as kinds of record, beside the lint's categories."""
RECORDED = (*(c.value for c in Category), *COURTESY)
"""Everything that a record can be about, in the order of lists."""


@dataclass(frozen=True)
class DraftItem:
    """One message of a draft: what it holds, where it was written (None: by a button), a better wording (or "")."""

    content: Content
    ref: MessageRef | None = None
    better: str = ""


@dataclass(frozen=True)
class Draft:
    """A reply held back. `items` is one message, or an album's; `version` counts how often its words were changed,
    `versions` are the earlier ones.

    `edits` is the delivered message whose words would change, `sent` the message that the draft became. Instants: UTC.
    """

    id: int
    case_id: int
    staff_id: int
    state: DraftState
    at: datetime
    items: tuple[DraftItem, ...]
    version: int = 0
    thread_id: int | None = None
    reply_to: MessageRef | None = None
    quote: str = ""
    script_id: str | None = None
    edits: int | None = None
    sent: int | None = None
    asked_why: str = ""
    settled_at: datetime | None = None
    settled_by: int | None = None
    versions: tuple[str, ...] = ()

    @property
    def is_living(self) -> bool:
        """Whether it can still become an answer."""
        return self.state in LIVING

    @property
    def text(self) -> str:
        """All its words."""
        return "\n".join(i.content.text for i in self.items if i.content.text)

    @property
    def better(self) -> str:
        """The whole in kinder words; empty when one of its parts has none."""
        spoken = [i for i in self.items if i.content.text]
        return "\n".join(i.better for i in spoken) if all(i.better for i in spoken) else ""

    @property
    def ref(self) -> MessageRef | None:
        """Where its (first) words stand, to answer below them."""
        spoken = [i.ref for i in self.items if i.content.text and i.ref is not None]
        return spoken[0] if spoken else None

    def rewritten(self, items: tuple[DraftItem, ...]) -> "Draft":
        """The draft with new words: held anew; what it said before stays on record."""
        versions = (*self.versions, self.text)
        return replace(self, items=items, version=self.version + 1, versions=versions, state=DraftState.HELD)

    def settled(self, state: DraftState, at: datetime, by: int | None, sent: int | None = None) -> "Draft":
        """The draft at its end (or refused)."""
        return replace(self, state=state, settled_at=at, settled_by=by, sent=sent)


@dataclass(frozen=True)
class Found:
    """One finding as it is kept. `category` is one of RECORDED; `start` and `end` count characters of version
    `version` of the text, `context` is the clause around; `message_id` is the sent message, `draft_id` the held one.
    """

    id: int
    case_id: int
    staff_id: int
    category: str
    severity: Severity
    rule: str
    start: int
    end: int
    matched: str
    context: str
    at: datetime
    outcome: Outcome
    draft_id: int | None = None
    message_id: int | None = None
    version: int = 0
    is_suspected: bool = False
    doubted_at: datetime | None = None
    doubted_by: int | None = None
    doubt: str = ""


DOUBT_OPEN, DOUBT_EXCEPTED, DOUBT_KEPT = "open", "excepted", "kept"
"""A false alarm (误报): waits for a supervisor, became an exception, or the rule stands."""

_ENDS = "，。！？；：、,.!?;:\n…“”\"「」"


def clause(text: str, start: int, end: int) -> str:
    """The words around a span, as far as the next mark on either side."""
    first = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    last = min((found for mark in _ENDS if (found := text.find(mark, end)) >= 0), default=len(text))
    return text[first:last].strip()


def missing(courtesy: Courtesy) -> tuple[str, ...]:
    """Which of 请 and 您 a reply lacks."""
    return tuple(key for key, is_there in (("qing", courtesy.qing), ("nin", courtesy.nin)) if not is_there)


def spans(findings: Iterable[Finding]) -> list[tuple[int, int]]:
    """What is to be marked, in order and without overlaps (characters)."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((f.start, f.end) for f in findings):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
