"""What the use cases need of storage: what a period's report is counted from, streamed or summed up, never all at once.

Spans are UTC, `until` excluded. A case counts for its first owner, else for whoever has it in hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.desk.events import Did, Event
from bot.desk.survey import Standing


class Whose(NamedTuple):
    """The region of a case (None: unknown) and the person whom it counts for."""

    region: str | None
    person: int


@dataclass(frozen=True)
class OpenedCase:
    """A case that was opened, as far as its first answer is concerned."""

    whose: Whose
    kind: str
    urgency: str
    opened_at: datetime
    first_answer_at: datetime | None


@dataclass(frozen=True)
class TurnedCase:
    """A case that ended, went on or changed hands; `events` are all that its custody and its ends are read from.

    `complained_at`: when it became a complaint (None: it is none).
    """

    whose: Whose
    opened_at: datetime
    complained_at: datetime | None
    events: Sequence[Event]


@dataclass(frozen=True)
class PromiseSum:
    """So many promises were settled in a state."""

    region: str | None
    staff_id: int
    state: str
    count: int


@dataclass(frozen=True)
class CallSum:
    """So many calls back were done with an outcome; `is_late`: after their deadline."""

    region: str | None
    owner_id: int
    outcome: str
    is_late: bool
    count: int


@dataclass(frozen=True)
class RatingSum:
    """So many ratings were asked for; `score` None: not given."""

    region: str | None
    first_owner_id: int | None
    handler_id: int
    state: str
    score: int | None
    count: int


@dataclass(frozen=True)
class FoundSum:
    """So many findings of a category; `held` of them held words back."""

    region: str | None
    staff_id: int
    category: str
    count: int
    held: int


@dataclass(frozen=True)
class SurveySum:
    """A round of a survey that began in the span, and how far its people are."""

    title: str
    started_at: datetime
    standings: Mapping[Standing, int]


class PeriodFigures(Protocol):
    """The raw material of reports."""

    def begun_at(self) -> datetime | None:
        """When the first case was opened; None while there is none."""

    def opened(self, since: datetime, until: datetime) -> Iterator[OpenedCase]:
        """The cases that were opened in a span."""

    def open_at(self, at: datetime) -> Mapping[Whose, int]:
        """How many cases were unfinished at an instant."""

    def turned(self, since: datetime, until: datetime) -> Iterator[TurnedCase]:
        """The cases that ended, went on or changed hands in a span, each with its events up to `until`."""

    def overdue(self, since: datetime, until: datetime) -> Mapping[Whose, int]:
        """How many cases passed a deadline in a span."""

    def complaints(self, since: datetime, until: datetime) -> Mapping[Whose, int]:
        """How many cases became complaints in a span."""

    def promises(self, since: datetime, until: datetime) -> Sequence[PromiseSum]:
        """Promises that were settled in a span."""

    def call_backs(self, since: datetime, until: datetime) -> Sequence[CallSum]:
        """Calls back that were done in a span."""

    def ratings(self, since: datetime, until: datetime) -> Sequence[RatingSum]:
        """Ratings that were asked for in a span."""

    def found(self, since: datetime, until: datetime) -> Sequence[FoundSum]:
        """What the lint found in a span."""

    def surveys(self, since: datetime, until: datetime) -> Sequence[SurveySum]:
        """Rounds that began in a span."""

    def events(self, since: datetime, until: datetime) -> Mapping[Did, int]:
        """How often each thing happened in a span."""
