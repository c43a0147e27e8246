"""What the events of a case say of silence: who has lost it, and which name the franchisee has heard since."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final

from bot.desk.events import Did, Event

SILENT: Final = "silent"
"""Why a case was passed on: whoever had it said nothing in time."""
TOLD, HERE, UNTOLD = "yes", "here", "no"
"""Who heard that a case was passed on: the franchisee and the group, the group alone, nobody."""
_ANSWERS: Final = (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)
_AFRESH: Final = (*_ANSWERS, Did.CASE_REOPENED)


def lost_by_silence(events: Iterable[Event], *, since: datetime) -> frozenset[int]:
    """Who has lost the case by silence since then (UTC)."""
    lost = (e for e in events if e.did is Did.CASE_PASSED_ON and e.data["reason"] == SILENT and e.at >= since)
    return frozenset(int(e.data["from"]) for e in lost)


def known(events: Iterable[Event], *, by: Collection[str] = (TOLD,)) -> int | None:
    """Who has the case as far as these know (`by`: of `TOLD`, `HERE`) who were told of it last."""
    found, is_told = None, True
    for event in events:
        match event.did:
            case Did.CASE_PASSED_ON:
                is_told = event.data["told"] in by
            case Did.CASE_ASSIGNED | Did.CASE_TRANSFERRED:
                found = int(event.data["to"]) if is_told and event.data.get("told", TOLD) in by else found
                is_told = True
    return found


def is_new_name(events: Iterable[Event], staff_id: int) -> bool:
    """Whether the franchisee is to hear that this person goes on: not when they know, nor when they have heard another
    name since a person answered last. `events`: those of the case before it changes hands.
    """
    kept = list(events)
    return staff_id != known(kept) and not _has_heard_a_name(kept)


def _has_heard_a_name(events: Iterable[Event]) -> bool:
    has_heard = False
    for event in events:
        match event.did:
            case Did.CASE_PASSED_ON | Did.CASE_TRANSFERRED:
                has_heard |= event.data.get("told", TOLD) == TOLD
            case did if did in _AFRESH:
                has_heard = False
    return has_heard
