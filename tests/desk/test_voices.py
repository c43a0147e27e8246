"""The three voices of a case, from its events alone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.events import Did, Event
from bot.desk.voices import Lack, Voice, VoiceTerms, three_voices

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TERMS = VoiceTerms(timedelta(minutes=1), timedelta(minutes=10))
NAMES = {
    "write": Did.FRANCHISEE_WROTE, "greet": Did.GREETED, "ack": Did.ACKNOWLEDGED, "answer": Did.SPECIALIST_ANSWERED,
    "bye": Did.SAID_GOODBYE, "resolve": Did.CASE_RESOLVED, "close": Did.CASE_CLOSED, "reopen": Did.CASE_REOPENED,
    "claim": Did.CASE_CLAIMED, "open": Did.CASE_OPENED, "nobye": Did.GOODBYE_MISSED, "ready": Did.READY_ANSWER_USED,
}  # fmt: skip


def told(story: str) -> list[Event]:
    """`write 0, greet 0, answer 5`: what happened, at which minute."""
    pairs = [step.split() for step in story.split(",")]
    return [Event(1, NAMES[name], TEN + timedelta(minutes=float(minute))) for name, minute in pairs]


@pytest.mark.parametrize(
    ("story", "lacks"),
    [
        ("open 0, write 0, greet 0, answer 5, resolve 9, bye 9", []),
        ("open 0, write 0, greet 0, answer 10, resolve 19, bye 19", []),
        ("write 0, greet 0, answer 10.1, resolve 19, bye 19", [(Voice.ANSWER, Lack.LATE)]),
        ("write 0, greet 0, ack 3, answer 60, resolve 90, bye 90", []),
        ("write 0, greet 0, ready 2, resolve 3, bye 3", []),
        ("write 0, answer 5, resolve 9, bye 9", [(Voice.GREETING, Lack.MISSING)]),
        ("write 0, greet 2, answer 5, resolve 9, bye 9", [(Voice.GREETING, Lack.LATE)]),
        ("write 0, greet 0, answer 5, resolve 9", [(Voice.GOODBYE, Lack.MISSING)]),
        ("write 0, greet 0, answer 5, write 20, answer 40, resolve 50, bye 50", [(Voice.ANSWER, Lack.LATE)]),
        ("write 0, greet 0, answer 5, write 20, write 28, answer 29, resolve 50, bye 50", []),
        ("write 0, greet 0, resolve 50, bye 50", [(Voice.ANSWER, Lack.UNANSWERED)]),
        ("write 0, greet 0, answer 5, write 20, resolve 21, bye 21", []),
        ("write 0, greet 0, answer 5, resolve 9, bye 9, write 20, close 99", []),
        ("write 0, greet 0, answer 5, resolve 9, bye 9, reopen 20, write 20, answer 25, resolve 30",
         [(Voice.GOODBYE, Lack.MISSING)]),
        ("write 0, greet 0, answer 5, resolve 9, bye 9, reopen 20, write 20, answer 25, resolve 30, bye 30", []),
        ("write 0, greet 0, answer 5", []),
        ("write 0", [(Voice.GREETING, Lack.MISSING)]),
        ("open 0, claim 0, answer 0, write 5, answer 6, resolve 9, bye 9", []),
        ("write 0, greet 0, answer 5, close 9, bye 9", []),
        ("write 0, greet 0, answer 5, nobye 9, resolve 9, bye 9", []),
    ],
)  # fmt: skip
def test_what_is_not_complete(story: str, lacks: list[tuple[Voice, Lack]]) -> None:
    found = three_voices(told(story), terms=TERMS, worked=lambda a, b: b - a)
    assert [(m.voice, m.lack) for m in found.missing] == lacks
    assert found.is_complete is not bool(lacks)


def test_the_time_of_an_answer_is_working_time_and_of_a_greeting_natural() -> None:
    found = three_voices(told("write 0, greet 2, answer 900"), terms=TERMS, worked=lambda a, b: timedelta(minutes=9))
    assert [(m.voice, m.took) for m in found.missing] == [(Voice.GREETING, timedelta(minutes=2))]


def test_a_goodbye_that_the_script_made_up_for_is_remarked() -> None:
    found = three_voices(told("write 0, greet 0, answer 1, nobye 9, resolve 9, bye 9"), terms=TERMS,
                         worked=lambda a, b: b - a)  # fmt: skip
    assert [m.lack for m in found.remarks] == [Lack.MADE_UP]
    assert found.ended_at == TEN + timedelta(minutes=9)


def test_what_an_outage_held_up_was_waiting_since_it_was_sent() -> None:
    events = told("write 0, greet 0, answer 5, resolve 9, bye 9")
    events[0] = Event(1, Did.FRANCHISEE_WROTE, TEN, data={"sent": (TEN - timedelta(minutes=30)).isoformat()})
    found = three_voices(events, terms=TERMS, worked=lambda a, b: b - a)
    assert [(m.voice, m.lack) for m in found.missing] == [(Voice.GREETING, Lack.LATE), (Voice.ANSWER, Lack.LATE)]
