"""Texts of one case that had to wait for a group's allowance become one message: messages are counted, not words."""

from datetime import datetime, timedelta

from bot.desk.outgoing import Outgoing, SayText, Topic
from bot.desk.rich import BETWEEN, Rich, joined
from bot.desk.split import LIMIT, units
from bot.usecases.header import ROOM
from bot.usecases.ports import OutboxRow, Work

PRESSURE = timedelta(seconds=2)
"""A text that waited longer than this stands behind a limit; without pressure one message stays one."""
MOST = 20
"""Texts in one message: as many as a reader can tell apart."""


def merged(work: Work, now: datetime, row: OutboxRow) -> OutboxRow:
    """The row, with the texts behind it that can be said in the same breath."""
    first = _mergeable(row)
    if first is None or now - row.queued_at < PRESSURE:
        return row
    parts, length = [(row, first)], units(first.text)
    for other in work.outbox.behind(row.id, limit=MOST - 1):
        act = _mergeable(other)
        if act is None or other.outgoing.case_id != row.outgoing.case_id:
            break
        length += units(BETWEEN) + units(act.text)
        if length > LIMIT - ROOM:
            break
        parts.append((other, act))
    return _as_one(work, now, row, parts) if len(parts) > 1 else row


def _mergeable(row: OutboxRow) -> SayText | None:
    """A franchisee's plain words on their way into a group, answering nothing in particular."""
    act = row.outgoing.act
    is_words = isinstance(row.outgoing.to, Topic) and row.outgoing.carries is not None
    if not is_words or row.is_plain or row.maybe_twice or row.attempts:
        return None
    return act if isinstance(act, SayText) and not act.html and act.reply_to is None else None


def _as_one(work: Work, now: datetime, row: OutboxRow, parts: list[tuple[OutboxRow, SayText]]) -> OutboxRow:
    whole = joined(Rich(act.text, act.entities) for _, act in parts)
    carried = [r.outgoing.carries or 0 for r, _ in parts]
    say = SayText(whole.text, entities=whole.entities, buttons=parts[-1][1].buttons)
    one = Outgoing(
        row.outgoing.to, say, priority=row.outgoing.priority, case_id=row.outgoing.case_id, carries=carried[0],
        also=tuple(carried[1:]),
    )  # fmt: skip
    work.outbox.absorb(row.id, [r.id for r, _ in parts[1:]], one, at=now)
    found = work.outbox.get(row.id)
    if found is None:
        raise LookupError(f"outbox row {row.id} vanished")
    return found
