"""Surveys (普查): a questionnaire put to all franchisees or a region, once each; instants are UTC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.questionnaire import Question, QuestionKind

JOINT: Final = ","
"""Between the numbers of several choices, as an answer is kept."""
SKIPPED: Final = ""
"""The answer of who passed over an optional question."""


class SurveyState(StrEnum):
    """CLOSED by its date, STOPPED by hand: no more is sent, no more answers are taken."""

    RUNNING = "running"
    STOPPED = "stopped"
    CLOSED = "closed"


class Standing(StrEnum):
    """How far a person is; WAITING: not written to yet."""

    WAITING = "waiting"
    SENT = "sent"
    STARTED = "started"
    ANSWERED = "answered"
    DECLINED = "declined"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Survey:
    """One round: which text (kept as it was), to whom (`region` by code; empty: everybody), until when."""

    id: int
    name: str
    title: str
    version: str
    source: str
    region: str
    started_by: int | None
    started_at: datetime
    closes_at: datetime
    state: SurveyState = SurveyState.RUNNING
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Participant:
    """One person in a round: how far, at which question (counted from 0), what is ticked, the message that they have.

    `words_until`: until when their next words are taken as the answer to the question at hand.
    """

    id: int
    survey_id: int
    franchisee_id: int
    state: Standing = Standing.WAITING
    position: int = 0
    ticked: str = ""
    message_id: int | None = None
    sent_at: datetime | None = None
    done_at: datetime | None = None
    words_until: datetime | None = None

    @property
    def may_answer(self) -> bool:
        """Who was written to and has not finished; also who said no, or blocked the bot, and thought better of it."""
        return self.state not in (Standing.WAITING, Standing.ANSWERED)


@dataclass(frozen=True)
class SurveyTerms:
    """`[survey]`: so many people a batch, a batch every so often, open so long; words are taken for so long."""

    batch: int = 20
    every: timedelta = timedelta(seconds=10)
    open_for: timedelta = timedelta(days=7)
    words_within: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class Bar:
    """How often an option was chosen; `share` of those who answered the question."""

    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Tally:
    """What came of one question: how many answered it, and how (a scale also has its average)."""

    question: Question
    answered: int
    bars: tuple[Bar, ...]
    average: float | None = None


def tally(question: Question, counts: Mapping[str, int]) -> Tally:
    """Add up the kept answers of a question (`counts`: how often each occurs); skipped ones do not count."""
    given = {value: n for value, n in counts.items() if value != SKIPPED}
    answered = sum(given.values())
    if question.kind is QuestionKind.WORDS:
        return Tally(question, answered, ())
    chosen = [0] * len(question.options)
    for value, n in given.items():
        for index in chosen_of(value, question):
            chosen[index] += n
    bars = tuple(
        Bar(label, n, n / answered if answered else 0.0) for label, n in zip(question.options, chosen, strict=True)
    )
    average = None
    if question.kind is QuestionKind.SCALE and answered:
        average = sum((index + 1) * n for index, n in enumerate(chosen)) / answered
    return Tally(question, answered, bars, average)


def chosen_of(value: str, question: Question) -> list[int]:
    """The options (counted from 0) of a kept answer; what names no option is left aside."""
    numbers = [int(part) for part in value.split(JOINT) if part.isdecimal()]
    return [n for n in numbers if n < len(question.options)]


def toggled(ticked: str, index: int) -> str:
    """Tick or untick one of several choices."""
    now = {int(part) for part in ticked.split(JOINT) if part.isdecimal()} ^ {index}
    return JOINT.join(map(str, sorted(now)))


def in_words(value: str, question: Question) -> str:
    """A kept answer as people read it."""
    if question.kind is QuestionKind.WORDS:
        return value
    return "、".join(question.options[n] for n in chosen_of(value, question))


def options_named(text: str, question: Question) -> str | None:
    """An answer by command: numbers from 1, or the options' own words; None when it names none, or too many."""
    parts: Sequence[str] = [p for p in text.replace("，", " ").replace("、", " ").replace(",", " ").split() if p]
    found = []
    for part in parts:
        if part in question.options:
            found.append(question.options.index(part))
        elif part.isdecimal() and 1 <= int(part) <= len(question.options):
            found.append(int(part) - 1)
        else:
            return None
    if not found or (len(set(found)) > 1 and question.kind is not QuestionKind.SEVERAL):
        return None
    return JOINT.join(map(str, sorted(set(found))))
