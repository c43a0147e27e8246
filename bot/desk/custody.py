"""In whose hands a case was, from when to when and why: computed from its events, which nobody can change."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.desk.events import Did, Event

_TAKERS: Final = {
    Did.CASE_ASSIGNED: "to",
    Did.CASE_TRANSFERRED: "to",
    Did.CASE_REOPENED: "handler",
}
"""Events that put a case into somebody's hands, with the datum that names them; CaseClaimed names its own staff id."""
_ENDS: Final = (Did.CASE_RESOLVED, Did.CASE_CLOSED)
_ANSWERS: Final = (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)
CUSTODY_EVENTS: Final = (*_TAKERS, Did.CASE_CLAIMED, Did.CASE_OPENED, *_ENDS, *_ANSWERS, Did.TRANSFER_RETURNED)
"""All that `custody` reads."""


@dataclass(frozen=True)
class Hand:
    """One person's time with a case (UTC; `until` None: still); `did` and `reason` are how it came to them."""

    staff_id: int
    since: datetime
    until: datetime | None
    did: Did
    reason: str


@dataclass(frozen=True)
class Given:
    """A hand-over: who gave, on whose word (a leader's, perhaps), and whether the giver had answered the franchisee."""

    at: datetime
    giver_id: int
    by_id: int | None
    was_answered: bool
    how: str


@dataclass(frozen=True)
class Ended:
    """Work ended: who had the case in hand."""

    at: datetime
    handler_id: int


@dataclass(frozen=True)
class Custody:
    """What the events of one case say of responsibility. `sent_back`: (when, whose offer came back)."""

    first_owner_id: int | None = None
    hands: tuple[Hand, ...] = ()
    given: tuple[Given, ...] = ()
    ended: tuple[Ended, ...] = ()
    sent_back: tuple[tuple[datetime, int], ...] = ()
    has_answered: bool = field(default=False, repr=False)

    @property
    def holder(self) -> Hand | None:
        """Who has the case in hand now."""
        return self.hands[-1] if self.hands and self.hands[-1].until is None else None


def custody(events: Iterable[Event]) -> Custody:
    """Read the events of one case, in order."""
    so_far = Custody()
    for event in events:
        so_far = _after(so_far, event)
    return so_far


def _after(so_far: Custody, event: Event) -> Custody:
    match event.did:
        case Did.CASE_CLAIMED if event.staff_id is not None:
            taken = _taken(so_far, event, event.staff_id)
            return replace(taken, first_owner_id=so_far.first_owner_id or event.staff_id)
        case Did.CASE_TRANSFERRED:
            return _taken(_gave(so_far, event), event, int(event.data["to"]))
        case did if did in _TAKERS:
            return _taken(so_far, event, int(event.data[_TAKERS[did]]))
        case did if did in _ENDS:
            return _ended(so_far, event)
        case did if did in _ANSWERS:
            is_theirs = so_far.holder is not None and so_far.holder.staff_id == event.staff_id
            return replace(so_far, has_answered=so_far.has_answered or is_theirs)
        case Did.TRANSFER_RETURNED if so_far.holder is not None:
            return replace(so_far, sent_back=(*so_far.sent_back, (event.at, so_far.holder.staff_id)))
    return so_far


def _taken(so_far: Custody, event: Event, staff_id: int) -> Custody:
    """The case is in these hands now; who has it already just keeps it."""
    holder = so_far.holder
    if holder is not None and holder.staff_id == staff_id:
        return so_far
    hands = _closed(so_far.hands, event.at)
    hand = Hand(staff_id, event.at, None, event.did, event.data.get("reason", ""))
    return replace(so_far, hands=(*hands, hand), has_answered=False)


def _gave(so_far: Custody, event: Event) -> Custody:
    holder = so_far.holder
    giver = holder.staff_id if holder is not None else int(event.data.get("from", "0"))
    given = Given(event.at, giver, event.staff_id, so_far.has_answered, event.data.get("how", ""))
    return replace(so_far, given=(*so_far.given, given))


def _ended(so_far: Custody, event: Event) -> Custody:
    holder = so_far.holder
    if holder is None:
        return so_far
    ended = (Ended(event.at, holder.staff_id),) if event.did is Did.CASE_RESOLVED else ()
    return replace(so_far, hands=_closed(so_far.hands, event.at), ended=(*so_far.ended, *ended))


def _closed(hands: tuple[Hand, ...], at: datetime) -> tuple[Hand, ...]:
    if not hands or hands[-1].until is not None:
        return hands
    return (*hands[:-1], replace(hands[-1], until=at))
