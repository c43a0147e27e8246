"""Keep what a franchisee wrote, with the event of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.message import Direction, Incoming, Message
from bot.usecases.ports import Work

HELD_UP = timedelta(seconds=10)
"""A message that comes later than that was held up (by an outage, say): when it was sent is kept with its event."""

OFFERS = "offers"
"""With the event of a message of a case without a place: ids of ready answers, for the region's people."""


def store(work: Work, now: datetime, case: Case, message: Incoming, *, offers: Sequence[str] = ()) -> Message:
    """Keep a franchisee's message and the event of it; `offers`: the ready answers that fit, should it move on."""
    kept = work.messages.add(
        Message(0, case.id, Direction.IN, message.ref, message.content, staff_id=None, at=message.sent_at)
    )
    data = {"message": str(kept.id)}
    if now - message.sent_at > HELD_UP:
        data["sent"] = message.sent_at.isoformat()
    if offers:
        data[OFFERS] = " ".join(offers)
    work.events.add(Event(case.id, Did.FRANCHISEE_WROTE, now, data=data))
    return kept


def offers_kept(work: Work, case_id: int) -> Mapping[int, Sequence[str]]:
    """The ready answers that were kept with a case's messages, by the messages' ids."""
    events = (e for e in work.events.of_case(case_id) if e.did is Did.FRANCHISEE_WROTE and e.data.get(OFFERS))
    return {int(e.data["message"]): e.data[OFFERS].split() for e in events}
