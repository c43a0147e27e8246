"""Three voices complete (三声): greeting 问声, answers 应声 and goodbye 送声 of a case, read from its events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.desk.events import Did, Event

Worked = Callable[[datetime, datetime], timedelta]
"""The working time between two instants."""


class Voice(StrEnum):
    """The three voices."""

    GREETING = "greeting"
    ANSWER = "answer"
    GOODBYE = "goodbye"


class Lack(StrEnum):
    """What is wrong with a voice; MADE_UP: the person's last words held no 再见 and the script made up for it."""

    MISSING = "missing"
    LATE = "late"
    UNANSWERED = "unanswered"
    MADE_UP = "made_up"


@dataclass(frozen=True)
class VoiceTerms:
    """The greeting is due within natural time, an answer or acknowledgement within working time."""

    greet_within: timedelta
    answer_within: timedelta


@dataclass(frozen=True)
class Missing:
    """A voice that is not complete, since when (UTC), and how long it took (None: it never came)."""

    voice: Voice
    lack: Lack
    at: datetime
    took: timedelta | None = None


@dataclass(frozen=True)
class ThreeVoices:
    """What a case's events say: `missing` is empty when all three are complete; `remarks` do not count against it."""

    missing: tuple[Missing, ...] = ()
    remarks: tuple[Missing, ...] = ()
    ended_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """All three voices, in time."""
        return not self.missing

    def lacks(self, voice: Voice) -> bool:
        """Whether this voice is not complete."""
        return any(each.voice is voice for each in self.missing)


_ANSWERS: Final = (Did.ACKNOWLEDGED, Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)
_ENDS: Final = (Did.CASE_RESOLVED, Did.CASE_CLOSED)
VOICE_EVENTS: Final = (
    Did.CASE_OPENED, Did.CASE_CLAIMED, Did.GREETED, Did.FRANCHISEE_WROTE, *_ANSWERS, Did.SAID_GOODBYE,
    Did.GOODBYE_MISSED, *_ENDS, Did.CASE_REOPENED,
)  # fmt: skip
"""All that `three_voices` reads."""


def three_voices(events: Iterable[Event], *, terms: VoiceTerms, worked: Worked) -> ThreeVoices:
    """The voices of one case, whose events are given in order. One that still goes on lacks no goodbye yet."""
    told = [e for e in events if e.did in VOICE_EVENTS]
    missing = [*_greeting(told, terms), *_answers(told, terms, worked), *_goodbye(told)]
    made_up = tuple(Missing(Voice.GOODBYE, Lack.MADE_UP, e.at) for e in told if e.did is Did.GOODBYE_MISSED)
    return ThreeVoices(tuple(missing), made_up, _ended(told))


def _ended(told: Sequence[Event]) -> datetime | None:
    """When work ended, unless it was taken up again."""
    ended: datetime | None = None
    for event in told:
        if event.did in _ENDS:
            ended = ended or event.at
        elif event.did is Did.CASE_REOPENED:
            ended = None
    return ended


def _greeting(told: Sequence[Event], terms: VoiceTerms) -> list[Missing]:
    """A case that staff opened themselves begins with their own words, and needs no other greeting."""
    heard = next((_sent(e) for e in told if e.did is Did.FRANCHISEE_WROTE), None)
    first = next((e.did for e in told if e.did in (Did.CASE_CLAIMED, Did.FRANCHISEE_WROTE)), None)
    if heard is None or first is Did.CASE_CLAIMED:
        return []
    greeted = next((e.at for e in told if e.did is Did.GREETED), None)
    if greeted is None:
        return [Missing(Voice.GREETING, Lack.MISSING, heard)]
    took = greeted - heard
    return [Missing(Voice.GREETING, Lack.LATE, heard, took)] if took > terms.greet_within else []


def _sent(event: Event) -> datetime:
    """When the franchisee wrote: what an outage held up was waiting before the desk could hear of it."""
    sent = event.data.get("sent")
    return datetime.fromisoformat(sent) if sent else event.at


def _answers(told: Sequence[Event], terms: VoiceTerms, worked: Worked) -> list[Missing]:
    """Each time the franchisee waits, from their first word on: an acknowledgement or an answer within the term."""
    found: list[Missing] = []
    since: datetime | None = None
    is_over = False
    for event in told:
        match event.did:
            case Did.FRANCHISEE_WROTE if not is_over:
                since = since or _sent(event)
            case did if did in _ANSWERS and since is not None:
                found += _late(since, event.at, terms, worked)
                since = None
            case Did.CASE_RESOLVED | Did.CASE_CLOSED:
                found += _cut_off(since, event, terms, worked)
                since, is_over = None, True
            case Did.CASE_REOPENED:
                is_over = False
    return found


def _late(since: datetime, until: datetime, terms: VoiceTerms, worked: Worked) -> list[Missing]:
    took = worked(since, until)
    return [Missing(Voice.ANSWER, Lack.LATE, since, took)] if took > terms.answer_within else []


def _cut_off(since: datetime | None, end: Event, terms: VoiceTerms, worked: Worked) -> list[Missing]:
    """The case ended while they waited; within the term the goodbye answers their last word (谢谢, 好的)."""
    if since is None or worked(since, end.at) <= terms.answer_within:
        return []
    return [Missing(Voice.ANSWER, Lack.UNANSWERED, since)]


def _goodbye(told: Sequence[Event]) -> list[Missing]:
    """Said since the work began or began anew."""
    ended = _ended(told)
    if ended is None:
        return []
    begun = max((n for n, e in enumerate(told) if e.did is Did.CASE_REOPENED), default=0)
    said = any(e.did is Did.SAID_GOODBYE for e in told[begun:])
    return [] if said else [Missing(Voice.GOODBYE, Lack.MISSING, ended)]
