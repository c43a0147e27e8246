"""A franchisee's place in a group: made when first needed, opened and closed with their cases."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.outgoing import CloseTopic, OpenTopic, Outgoing, Priority, ReopenTopic, ShowCard, Topic
from bot.desk.people import Franchisee, Store
from bot.usecases.ports import TopicState, Work

NAME_LIMIT = 128
"""Characters in a topic's name (Bot API, createForumTopic)."""
NAME_ROOM = 48


def topic_name(person: Franchisee, store: Store | None) -> str:
    """`王芳 · CD001 春熙路店`, or the person alone; a long name leaves room for the store."""
    name = person.name if store is None else f"{person.name[:NAME_ROOM]} · {store.number} {store.name}"
    return name[:NAME_LIMIT]


def place_of(case: Case) -> Topic:
    """The address of a case's franchisee in the group where the case is worked on."""
    return Topic(case.group_id, case.franchisee_id)


def ready_topic(work: Work, case: Case, person: Franchisee, now: datetime) -> None:
    """Make sure that the case's topic is there and open; the calls are queued ahead of whatever follows."""
    topic = work.topics.get(case.group_id, person.id)
    if topic is None:
        store = work.stores.get(person.store_number) if person.store_number else None
        work.topics.save(TopicState(case.group_id, person.id))
        _queue(work, case, OpenTopic(topic_name(person, store)), now)
    elif topic.is_closed:
        work.topics.save(replace(topic, is_closed=False))
        _queue(work, case, ReopenTopic(), now)


def close_topic(work: Work, case: Case, now: datetime) -> None:
    """Close the case's topic, after everything that was said before, unless a newer case goes on there."""
    topic = work.topics.get(case.group_id, case.franchisee_id)
    newest = work.cases.last_of(case.franchisee_id)
    is_free = newest is None or newest.id == case.id or not newest.is_unfinished
    if topic is not None and not topic.is_closed and is_free:
        work.topics.save(replace(topic, is_closed=True))
        _queue(work, case, CloseTopic(), now, Priority.RECEIPT)


def show_card(work: Work, case: Case, now: datetime) -> None:
    """Queue the card as it will stand when its turn comes (one that waits already is enough)."""
    topic = work.topics.get(case.group_id, case.franchisee_id)
    if topic is not None and (topic.card_case_id or 0) > case.id:
        return  # a newer case has its card there
    if topic is not None and topic.shows(case.id):
        to = Topic(case.group_id, case.franchisee_id, is_card=True)
        work.outbox.add(Outgoing(to, ShowCard(case.id), priority=Priority.CARD_EDIT, case_id=case.id), at=now)
    else:
        _queue(work, case, ShowCard(case.id), now, Priority.CARD)


def show_change(work: Work, now: datetime, *, before: Case | None, after: Case) -> None:
    """`show_card`, unless words changed nothing on it: an edit spends one of the 20 calls that a group has a minute."""
    topic = work.topics.get(after.group_id, after.franchisee_id)
    if topic is None or not topic.shows(after.id) or before is None or _as_shown(before) != _as_shown(after):
        show_card(work, after, now)


def _as_shown(case: Case) -> Case:
    """The case without the instants that its card does not tell."""
    return replace(
        case, heard_at=None, unanswered_since=None, acknowledged_at=None, first_answer_at=None, last_answer_at=None
    )


def _queue(
    work: Work, case: Case, act: OpenTopic | ReopenTopic | CloseTopic | ShowCard, now: datetime,
    priority: Priority = Priority.CARD,
) -> None:  # fmt: skip
    work.outbox.add(Outgoing(place_of(case), act, priority=priority, case_id=case.id), at=now)
