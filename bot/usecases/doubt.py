"""A call whose outcome nobody knows: what is done again, how often, and how its readers are told."""

from datetime import datetime, timedelta

from bot.desk.outgoing import REPEATABLE, CopyAlbum, CopyMessage, Outgoing, SayText, ShowCard, Topic
from bot.usecases.header import takes_header
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.undelivered import tell_undelivered

COPIES = (CopyMessage, CopyAlbum)
UNKNOWN_TWICE = "unknown_twice"
DEATHS = 5
"""So many speakers may die over the same words before those are given up as perhaps the cause of it."""


def backoff(attempts: int) -> timedelta:
    """1, 2, 4 … 60 seconds."""
    return timedelta(seconds=min(60, 2 ** min(attempts, 6)))


def settle_unknown(work: Work, office: Office, now: datetime, *, row: OutboxRow, died: bool) -> None:
    """Done again without harm, or said again once, marked; after that a person decides."""
    harmless = isinstance(row.outgoing.act, REPEATABLE) or _is_card_edit(work, row)
    if harmless or not row.maybe_twice or (died and row.attempts < DEATHS):
        pause = now + backoff(row.attempts)
        if not row.maybe_twice and _is_bare_copy(work, row):
            _mark_ahead(work, office, now, row)
        work.outbox.requeue(row.id, not_before=pause, counts=True, maybe_twice=not harmless)
        return
    reason = office.refusal(UNKNOWN_TWICE)
    work.outbox.kill(row.id, at=now, reason=reason)
    tell_undelivered(work, office, now, row=row, reason=reason)


def _is_bare_copy(work: Work, row: OutboxRow) -> bool:
    is_copy = isinstance(row.outgoing.act, COPIES) and isinstance(row.outgoing.to, Topic)
    return is_copy and not takes_header(work, row)


def _mark_ahead(work: Work, office: Office, now: datetime, row: OutboxRow) -> None:
    """What can carry no header (an album, a sticker, a full caption) gets its mark in a line ahead of it."""
    mark = Outgoing(row.outgoing.to, SayText(office.word("maybe_twice")), case_id=row.outgoing.case_id)
    work.outbox.add_before(row.id, [mark], at=now)


def _is_card_edit(work: Work, row: OutboxRow) -> bool:
    to, act = row.outgoing.to, row.outgoing.act
    if not isinstance(to, Topic) or not isinstance(act, ShowCard):
        return False
    topic = work.topics.get(work.groups.current(to.chat_id), to.franchisee_id)
    return topic is not None and topic.card_case_id == act.case_id
