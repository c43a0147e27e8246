"""Keep what a franchisee wrote, with the event of it."""

from datetime import datetime, timedelta

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.message import Direction, Incoming, Message
from bot.usecases.ports import Work

HELD_UP = timedelta(seconds=10)
"""A message that comes later than that was held up (by an outage, say): when it was sent is kept with its event."""


def store(work: Work, now: datetime, case: Case, message: Incoming) -> Message:
    """Keep a franchisee's message and the event of it."""
    kept = work.messages.add(
        Message(0, case.id, Direction.IN, message.ref, message.content, staff_id=None, at=message.sent_at)
    )
    data = {"message": str(kept.id)}
    if now - message.sent_at > HELD_UP:
        data["sent"] = message.sent_at.isoformat()
    work.events.add(Event(case.id, Did.FRANCHISEE_WROTE, now, data=data))
    return kept
