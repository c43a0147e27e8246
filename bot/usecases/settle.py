"""Settle what became of an outbox row: the consequences of each verdict (design §2), all in one transaction."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.message import MessageRef
from bot.desk.outgoing import (
    CloseTopic,
    CopyAlbum,
    CopyMessage,
    OpenTopic,
    Outgoing,
    Pin,
    Priority,
    Private,
    React,
    ReopenTopic,
    SayText,
    SendReport,
    ShowCard,
    TakeBack,
    Topic,
)
from bot.desk.script import ScriptError
from bot.desk.verdict import (
    Blocked,
    Delivered,
    Halt,
    Later,
    Moved,
    NoRights,
    NotForum,
    NotSent,
    Refused,
    SendPlain,
    TopicGone,
    Unknown,
    Verdict,
)
from bot.usecases.album import map_album
from bot.usecases.change import catch_up
from bot.usecases.doubt import backoff, settle_unknown
from bot.usecases.groups import room, state_of
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, RowState, TopicState, Work
from bot.usecases.promise_heard import heard
from bot.usecases.recall import not_recalled, recalled
from bot.usecases.reports import say_instead
from bot.usecases.say import say
from bot.usecases.topic_gone import make_topic_anew
from bot.usecases.topics import place_of
from bot.usecases.undelivered import group_refused, tell_blocked, tell_undelivered

log = logging.getLogger(__name__)

DELIVERED = "👌"
"""The reaction on a specialist's message that says: delivered. One of those that every chat allows by default."""
WAIT_FOR_RIGHTS = timedelta(minutes=1)
SET_ASIDE = "defect"
DEFECTS = (LookupError, ValueError, TypeError, ScriptError)
"""What a row that contradicts the rest of the desk makes the code raise: one row's trouble, never the database's."""
_ABANDONED = Unknown("the lease ran out", died=True)


def settle(work: Work, office: Office, now: datetime, *, row_id: int, verdict: Verdict, by: str = "") -> None:
    """Write down what became of a leased row, with all that follows from it; a row settled already is left alone, and
    so is one that another speaker took over (`by`: who settles).
    """
    row = work.outbox.get(row_id)
    if row is None or row.state is not RowState.LEASED or (by and row.leased_by != by):
        return
    match verdict:
        case Delivered() as what:
            _delivered(work, office, now, row, what)
            _own_up(work, office, now, row)
            if row.reason:
                catch_up(work, office, now, row=row)
        case Later(seconds):
            work.outbox.requeue(row.id, not_before=now + timedelta(seconds=seconds), counts=False)
        case Moved(chat_id):
            work.groups.migrated(row.outgoing.to.chat_id, chat_id)
            work.outbox.requeue(row.id, not_before=now, counts=False)
        case Blocked(reason):
            _blocked(work, office, now, row, office.refusal(reason))
        case NoRights(reason):
            _no_rights(work, office, now, row, office.refusal(reason))
        case TopicGone(is_closed):
            make_topic_anew(work, office, now, row=row, is_closed=is_closed)
        case NotForum():
            _not_forum(work, now, row)
        case SendPlain():
            _plain(work, office, now, row)
        case Refused(reason):
            _refused(work, office, now, row, office.refusal(reason))
        case NotSent():
            work.outbox.requeue(row.id, not_before=now + backoff(row.attempts), counts=True)
        case Unknown(died=died):
            settle_unknown(work, office, now, row=row, died=died)
        case Halt():
            work.outbox.requeue(row.id, not_before=now, counts=False)


def set_aside(work: Work, office: Office, now: datetime, *, row_id: int, verdict: Verdict, by: str = "") -> None:
    """When the consequences cannot be written down: the row alone, so that it is neither said again nor in the way."""
    row = work.outbox.get(row_id)
    if row is None or row.state is not RowState.LEASED or (by and row.leased_by != by):
        return
    if isinstance(verdict, Delivered):
        work.outbox.delivered(row.id, at=now, message=None)
    else:
        work.outbox.kill(row.id, at=now, reason=office.refusal(SET_ASIDE))


def sent_lately(work: Work, office: Office, now: datetime, *, span: timedelta) -> Sequence[tuple[int, datetime]]:
    """What was sent within a span, for the pace of a speaker that just started."""
    return work.outbox.sent_since(now - span)


def settle_expired(
    work: Work,
    office: Office,
    now: datetime,
    *,
    except_rows: frozenset[int] = frozenset(),
    ahead: timedelta = timedelta(0),
) -> int:
    """Rows whose lease ran out (a speaker died with them in hand): their outcome is unknown; how many.

    `ahead` counts leases as run out that much earlier: a speaker that starts takes over from the one before it.
    """
    expired = [row for row in work.outbox.expired(now + ahead) if row.id not in except_rows]
    for row in expired:
        try:
            settle(work, office, now, row_id=row.id, verdict=_ABANDONED)
        except DEFECTS:
            log.exception("outbox row %s could not be settled and is set aside", row.id)
            set_aside(work, office, now, row_id=row.id, verdict=_ABANDONED)
    return len(expired)


def _delivered(work: Work, office: Office, now: datetime, row: OutboxRow, what: Delivered) -> None:
    to, message_id = row.outgoing.to, what.message_id
    chat_id = to.chat_id if isinstance(to, Private) else work.groups.current(to.chat_id)
    sent = MessageRef(chat_id, message_id) if message_id else None
    work.outbox.delivered(row.id, at=now, message=sent)
    if isinstance(to, Topic):
        _topic_changed(work, now, row, to, what.thread_id, sent)
    if what.album:
        map_album(work, office, now, row=row, sent=[MessageRef(chat_id, i) for i in what.album])
    elif sent is not None:
        _map(work, row, sent)
    for message_id in (row.outgoing.carries, *row.outgoing.also):
        if isinstance(to, Private) and message_id is not None and not isinstance(row.outgoing.act, TakeBack):
            heard(work, office, now, message_id=message_id)
    if isinstance(row.outgoing.act, TakeBack):
        recalled(work, office, now, row=row)
    elif row.outgoing.receipt is not None:
        _mark_delivered(work, now, row)


def _map(work: Work, row: OutboxRow, sent: MessageRef) -> None:
    """What stands in that message; an album of one item is one too."""
    is_new = isinstance(row.outgoing.act, SayText | CopyMessage | CopyAlbum | ShowCard)
    if is_new and row.outgoing.case_id is not None:
        for part, stored_id in enumerate((row.outgoing.carries, *row.outgoing.also)):
            work.messages.place(sent, case_id=row.outgoing.case_id, message_id=stored_id, part=part)


def _mark_delivered(work: Work, now: datetime, row: OutboxRow) -> None:
    receipt = row.outgoing.receipt
    if receipt is not None:
        mark = Outgoing(room(receipt.chat_id, None), React(receipt, DELIVERED), priority=Priority.RECEIPT)
        work.outbox.add(mark, at=now)


def _own_up(work: Work, office: Office, now: datetime, row: OutboxRow) -> None:
    """A resend to a franchisee that may be a repeat is told to whoever answers (in a group the words are marked)."""
    to, case_id = row.outgoing.to, row.outgoing.case_id
    case = work.cases.get(case_id) if case_id is not None else None
    if row.maybe_twice and isinstance(to, Private) and case is not None:
        say(work, office, now, to=place_of(case), script="notice/maybe_twice", values={},
            reply_to=row.outgoing.receipt, case_id=case.id)  # fmt: skip


def _topic_changed(
    work: Work, now: datetime, row: OutboxRow, to: Topic, thread_id: int | None, sent: MessageRef | None
) -> None:
    chat_id = work.groups.current(to.chat_id)
    topic = work.topics.get(chat_id, to.franchisee_id) or TopicState(chat_id, to.franchisee_id)
    match row.outgoing.act:
        case OpenTopic() if thread_id is not None:
            work.topics.save(replace(topic, thread_id=thread_id))
        case ShowCard(case_id) if sent is not None and _is_new_card(topic, case_id):
            work.topics.save(replace(topic, card_case_id=case_id, card_message_id=sent.message_id))
            pin = Outgoing(to, Pin(sent), priority=Priority.RECEIPT, case_id=case_id)
            if state_of(work, chat_id).is_forum:
                work.outbox.add(pin, at=now)
        case _:
            pass


def _is_new_card(topic: TopicState, case_id: int) -> bool:
    return topic.card_message_id is None or topic.card_case_id != case_id


def _blocked(work: Work, office: Office, now: datetime, row: OutboxRow, reason: str) -> None:
    if isinstance(row.outgoing.to, Private):
        work.outbox.kill(row.id, at=now, reason=reason)
        tell_blocked(work, office, now, row=row, reason=reason)
    else:
        _wait_for_group(work, office, now, row, reason)


def _no_rights(work: Work, office: Office, now: datetime, row: OutboxRow, reason: str) -> None:
    """A mark or a pin is given up, a picture is said in words; words wait until somebody gives the right back."""
    if isinstance(row.outgoing.act, SendReport):
        _refused(work, office, now, row, reason)
    elif isinstance(row.outgoing.act, React | Pin | CloseTopic):
        work.outbox.kill(row.id, at=now, reason=reason)
        group_refused(work, office, now, chat_id=row.outgoing.to.chat_id, reason=reason)
    else:
        _wait_for_group(work, office, now, row, reason)


def _wait_for_group(work: Work, office: Office, now: datetime, row: OutboxRow, reason: str) -> None:
    work.outbox.requeue(row.id, not_before=now + WAIT_FOR_RIGHTS, counts=False)
    group_refused(work, office, now, chat_id=row.outgoing.to.chat_id, reason=reason)


def _not_forum(work: Work, now: datetime, row: OutboxRow) -> None:
    chat_id = work.groups.current(row.outgoing.to.chat_id)
    work.groups.save(replace(state_of(work, chat_id), is_forum=False))
    if isinstance(row.outgoing.act, OpenTopic | CloseTopic | ReopenTopic):
        work.outbox.delivered(row.id, at=now, message=None)
    else:
        work.outbox.requeue(row.id, not_before=now, counts=False)


def _plain(work: Work, office: Office, now: datetime, row: OutboxRow) -> None:
    if row.is_plain:
        _refused(work, office, now, row, office.refusal("format"))
    else:
        work.outbox.requeue(row.id, not_before=now, counts=False, plain=True)


def _refused(work: Work, office: Office, now: datetime, row: OutboxRow, reason: str) -> None:
    is_topic = isinstance(row.outgoing.act, OpenTopic)
    if is_topic and row.is_plain:  # given up, it would be asked for again at once by the words behind it, for ever
        _wait_for_group(work, office, now, row, reason)
        return
    if is_topic or (isinstance(row.outgoing.act, ShowCard) and _card_lost(work, row)):
        work.outbox.requeue(row.id, not_before=now, counts=False, plain=is_topic)
        return
    work.outbox.kill(row.id, at=now, reason=reason)
    if isinstance(row.outgoing.act, SendReport):
        say_instead(work, office, now, row=row, act=row.outgoing.act, reason=reason)
    elif isinstance(row.outgoing.act, TakeBack):
        not_recalled(work, office, now, row=row, reason=reason)
    else:
        tell_undelivered(work, office, now, row=row, reason=reason)


def _card_lost(work: Work, row: OutboxRow) -> bool:
    """The card's message is gone (somebody deleted it): forget it once, and it is posted anew."""
    to = row.outgoing.to
    topic = work.topics.get(work.groups.current(to.chat_id), to.franchisee_id) if isinstance(to, Topic) else None
    if topic is None or topic.card_message_id is None:
        return False
    work.topics.save(replace(topic, card_case_id=None, card_message_id=None))
    return True
