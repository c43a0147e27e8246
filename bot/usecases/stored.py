"""Keep what a franchisee wrote, with the event of it."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.message import Direction, Incoming, Message
from bot.usecases.ports import Work


def store(work: Work, now: datetime, case: Case, message: Incoming) -> Message:
    """Keep a franchisee's message and the event of it."""
    kept = work.messages.add(
        Message(0, case.id, Direction.IN, message.ref, message.content, staff_id=None, at=message.sent_at)
    )
    work.events.add(Event(case.id, Did.FRANCHISEE_WROTE, now, data={"message": str(kept.id)}))
    return kept
