"""Claim what may be sent and make it ready: a card is drawn, a place is found, a header is put on."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.desk.message import ContentKind, MessageRef
from bot.desk.outgoing import (
    Act,
    CloseTopic,
    CopyAlbum,
    CopyMessage,
    EditCopy,
    EditText,
    Group,
    OpenTopic,
    Private,
    ReopenTopic,
    SayText,
    SendReport,
    ShowCard,
    TakeBack,
    Topic,
)
from bot.desk.verdict import Delivered, Parcel, Refused, TopicGone
from bot.usecases import change
from bot.usecases.card import card_of
from bot.usecases.groups import state_of
from bot.usecases.header import headed
from bot.usecases.merge import merged
from bot.usecases.office import Office
from bot.usecases.ports import Head, OutboxRow, TopicState, Work
from bot.usecases.reports import matter_of
from bot.usecases.settle import DEFECTS, set_aside, settle
from bot.usecases.topics import show_card

log = logging.getLogger(__name__)

Pick = Callable[[Sequence[Head]], Sequence[int]]
"""The pacing's choice: which of the lane heads may go now (row ids, in the order in which they should go)."""


@dataclass(frozen=True)
class _Place:
    """Where a row goes: chat, thread (None: none), and the topic's state when it is a topic."""

    chat_id: int
    thread_id: int | None
    topic: TopicState | None = None
    is_forum: bool = False


def claim(
    work: Work, office: Office, now: datetime, *, by: str, turn: str, lease: timedelta, pick: Pick
) -> Sequence[Parcel]:
    """Lease the rows that `pick` chooses and make them ready; what needs no call is settled here.

    Nothing for a speaker whose turn somebody else has taken.
    """
    if not work.leases.holds(turn, by):
        return []
    chosen = pick(work.outbox.heads(now))
    if not chosen:
        return []
    rows = work.outbox.lease(chosen, by=by, until=now + lease)
    return [p for p in (_made_ready(work, office, now, row) for row in rows) if p is not None]


def _made_ready(work: Work, office: Office, now: datetime, row: OutboxRow) -> Parcel | None:
    """A row that cannot be made ready is set aside alone: what else is waiting goes on."""
    try:
        return _parcel(work, office, now, row)
    except DEFECTS:
        log.exception("outbox row %s cannot be made ready and is set aside", row.id)
        set_aside(work, office, now, row_id=row.id, verdict=Refused("defect"))
        return None


def _parcel(work: Work, office: Office, now: datetime, row: OutboxRow) -> Parcel | None:
    place = _place(work, row)
    row = merged(work, now, row)
    act = row.outgoing.act
    if _has_no_card(row, place):
        _post_anew(work, now, row)
        return None
    if _needs_no_call(work, act, place):
        settle(work, office, now, row_id=row.id, verdict=Delivered())
        return None
    if place.is_forum and place.thread_id is None and not isinstance(act, OpenTopic):
        settle(work, office, now, row_id=row.id, verdict=TopicGone(is_closed=False))
        return None
    ready = _drawn(work, office, now, row, place)
    if place.topic is not None:
        ready = headed(work, office, row, ready, topic=place.topic, is_forum=place.is_forum)
    matter = matter_of(work, office, now, ready) if isinstance(ready, SendReport) else None
    return Parcel(row.id, place.chat_id, place.thread_id, ready, is_plain=row.is_plain, matter=matter)


def _needs_no_call(work: Work, act: Act, place: _Place) -> bool:
    """There is nothing to take back, to change, or to open."""
    match act:
        case TakeBack(message):
            return not work.messages.copies(message)
        case EditCopy():
            return change.drawn(work, act, place.chat_id) is None
        case OpenTopic() | CloseTopic() | ReopenTopic():
            return not place.is_forum
        case _:
            return False


def _has_no_card(row: OutboxRow, place: _Place) -> bool:
    """A card that was to be edited stands there no longer."""
    to, act = row.outgoing.to, row.outgoing.act
    is_edit = isinstance(to, Topic) and to.is_card and isinstance(act, ShowCard)
    return is_edit and (place.topic is None or not place.topic.shows(row.outgoing.case_id or 0))


def _post_anew(work: Work, now: datetime, row: OutboxRow) -> None:
    """In the lane of the words, where a topic that is gone is made anew first."""
    work.outbox.delivered(row.id, at=now, message=None)
    case = work.cases.get(row.outgoing.case_id or 0)
    if case is not None:
        show_card(work, case, now)


def _place(work: Work, row: OutboxRow) -> _Place:
    match row.outgoing.to:
        case Private(telegram_id):
            return _Place(telegram_id, None)
        case Group(chat_id, thread_id):
            return _Place(work.groups.current(chat_id), thread_id)
        case Topic(chat_id, franchisee_id):
            now_called = work.groups.current(chat_id)
            topic = work.topics.get(now_called, franchisee_id) or TopicState(now_called, franchisee_id)
            is_forum = state_of(work, now_called).is_forum
            return _Place(now_called, topic.thread_id if is_forum else None, topic, is_forum)


def _drawn(work: Work, office: Office, now: datetime, row: OutboxRow, place: _Place) -> Act:
    """As late as can be, so that it is what is true when the call is made."""
    match row.outgoing.act:
        case ShowCard() as act:
            return _card(work, office, now, act, place)
        case OpenTopic() if row.is_plain:  # a person's name may be none to Telegram
            return OpenTopic(f"#{row.outgoing.case_id}")
        case CopyAlbum((only,), _):
            kept = work.messages.get(row.outgoing.carries or 0)
            kind = kept.content.kind if kept else ContentKind.PHOTO
            return _captioned(work, row, CopyMessage(only, kind, is_captioned=isinstance(row.outgoing.to, Private)))
        case CopyMessage(is_captioned=True) as act:
            return _captioned(work, row, act)
        case TakeBack(message):
            copies = work.messages.copies(message)
            return TakeBack(message, tuple(c for c in copies if c.chat_id == place.chat_id))
        case EditCopy() as act:
            return change.drawn(work, act, place.chat_id) or act
        case act:
            return act


def _captioned(work: Work, row: OutboxRow, act: CopyMessage) -> CopyMessage:
    """An answer's caption is the one that was looked at last, whatever was made of the source since."""
    kept = work.messages.get(row.outgoing.carries or 0)
    if kept is None or kept.content.origin or not act.is_captioned:
        return act
    return replace(act, caption=kept.content.text, caption_entities=kept.content.entities)


def _card(work: Work, office: Office, now: datetime, act: ShowCard, place: _Place) -> Act:
    case = work.cases.get(act.case_id)
    if case is None or place.topic is None:
        raise LookupError(f"a card of case {act.case_id} is queued, and there is no such case or place")
    card = card_of(work, office, now, case=case)
    shown = place.topic.card_message_id
    if shown is None or place.topic.card_case_id != case.id:
        return SayText(card.words.text, html=card.words.html, buttons=card.buttons)
    return EditText(MessageRef(place.chat_id, shown), card.words.text, html=card.words.html, buttons=card.buttons)
