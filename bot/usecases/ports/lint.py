"""What the use cases need of storage: drafts that the lint held, what was found, and changes of the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.desk.draft import Draft, Found, Outcome
from bot.desk.message import MessageRef


class Drafts(Protocol):
    """Replies held back; what is read here is locked until the unit of work ends."""

    def add(self, draft: Draft) -> Draft:
        """Store a new draft (its id is given here)."""

    def get(self, draft_id: int) -> Draft | None:
        """One draft."""

    def save(self, draft: Draft) -> None:
        """Write a draft back, its items too."""

    def at(self, ref: MessageRef) -> Draft | None:
        """The newest draft with words that were written here."""

    def edit_of(self, message_id: int) -> Draft | None:
        """The newest living draft that would change this delivered message."""

    def living(self, case_id: int) -> Sequence[Draft]:
        """The drafts of a case that can still become an answer, oldest first."""

    def asked(self, *, limit: int = 50) -> Sequence[Draft]:
        """The drafts that wait for a release, oldest first."""

    def count_asked(self) -> int:
        """How many wait for a release."""

    def of_case(self, case_id: int) -> Sequence[Draft]:
        """Every draft of a case, oldest first."""


@dataclass(frozen=True)
class FoundCount:
    """How many findings of a person fell into a category and had an outcome; of these, `held`: held words back,
    `doubted`: called false alarms by somebody, the rule not (yet) confirmed.
    """

    staff_id: int
    category: str
    outcome: Outcome
    count: int
    held: int
    doubted: int


@dataclass(frozen=True)
class ReplyCount:
    """How many of a person's replies something was found in, whatever the number of findings: held back, or sent."""

    staff_id: int
    held: int
    noted: int


class Findings(Protocol):
    """What was found, for ever; only what became of it is written later."""

    def add(self, found: Sequence[Found]) -> Sequence[Found]:
        """Store (ids are given here)."""

    def get(self, found_id: int) -> Found | None:
        """One finding."""

    def of_draft(self, draft_id: int) -> Sequence[Found]:
        """All that was found in a draft, in order."""

    def of_message(self, message_id: int) -> Sequence[Found]:
        """All that was found in a message that was sent, in order."""

    def settle(self, draft_id: int, outcome: Outcome, *, message_id: int | None = None) -> None:
        """Write down what became of all that was found in a draft, and in which message it ended."""

    def became(self, found_ids: Sequence[int], outcome: Outcome) -> None:
        """Write down what became of single findings."""

    def has_hint(self, case_id: int) -> bool:
        """Whether a hint was given in this case (再见 apart, which is asked for at its end)."""

    def last_of(self, case_id: int, staff_id: int) -> Found | None:
        """The newest finding in a person's words in a case."""

    def doubt(self, found_id: int, doubt: str, *, at: datetime, by: int | None = None) -> None:
        """Write down what is thought of a false alarm; `by`: who called it one."""

    def doubted(self, *, limit: int = 20) -> Sequence[Found]:
        """False alarms that wait for a supervisor, oldest first."""

    def counts(self, since: datetime, until: datetime, *, staff_id: int | None = None) -> Sequence[FoundCount]:
        """By person, category and outcome, of a span of time [since, until)."""

    def replies(self, since: datetime, until: datetime, *, but_doubted: bool = False) -> Sequence[ReplyCount]:
        """By person, of a span of time [since, until); `but_doubted`: without what was called a false alarm."""


@dataclass(frozen=True)
class RuleException:
    """Words (a clause) in which a rule is not to be applied; made in chat, by whom, when (UTC)."""

    id: int
    rule: str
    words: str
    at: datetime
    staff_id: int
    found_id: int | None = None


@dataclass(frozen=True)
class RuleChange:
    """One change of the rules: who (None: found at start), when (UTC), what (`reload`, `except`, `unexcept`), which
    files or words, and the fingerprint of the rules in force afterwards.
    """

    id: int
    what: str
    at: datetime
    staff_id: int | None
    detail: str
    fingerprint: str = ""


class Rules(Protocol):
    """What was changed about the rules while the desk ran."""

    def exceptions(self) -> Sequence[RuleException]:
        """Those in force, oldest first."""

    def except_(self, exception: RuleException) -> RuleException:
        """Store an exception (its id is given here); the same rule and words twice make one."""

    def unexcept(self, exception_id: int, *, at: datetime, by: int) -> bool:
        """Take an exception out of force; False when it is not in force."""

    def changed(self, change: RuleChange) -> None:
        """Record a change."""

    def version(self) -> int:
        """The number of the last change of the files (0: none): it goes up when another process reloaded them."""

    def changes(self, *, limit: int = 5) -> Sequence[RuleChange]:
        """The last changes, newest first."""
