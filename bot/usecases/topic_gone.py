"""A topic was deleted or closed by hand: it is made anew, with card and recap, ahead of the message that found out."""

from datetime import datetime

from bot.desk.message import Message
from bot.desk.outgoing import (
    Act,
    CloseTopic,
    EditButtons,
    EditCopy,
    EditText,
    OpenTopic,
    Outgoing,
    Pin,
    Priority,
    React,
    ReopenTopic,
    SayText,
    ShowCard,
    Topic,
)
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, TopicState, Work
from bot.usecases.relay import WHO_SAID, in_words
from bot.usecases.topics import topic_name

RECAP = 6
"""Messages in a recap: enough to go on, little enough to read."""
_POINTLESS = (CloseTopic, ReopenTopic, EditText, EditCopy, EditButtons, Pin, React)
"""Acts that lose their meaning with the topic."""


def make_topic_anew(work: Work, office: Office, now: datetime, *, row: OutboxRow, is_closed: bool) -> None:
    """Queue what is needed ahead of the row, and the row again at its old place."""
    to = row.outgoing.to
    if not isinstance(to, Topic):
        work.outbox.kill(row.id, at=now, reason=office.refusal("topic_gone"))
        return
    if is_closed:
        reopen = Outgoing(to, ReopenTopic(), priority=Priority.CARD, case_id=row.outgoing.case_id)
        work.outbox.add_before(row.id, [reopen], at=now)
        work.outbox.requeue(row.id, not_before=now, counts=False)
        return
    chat_id = work.groups.current(to.chat_id)
    work.topics.save(TopicState(chat_id, to.franchisee_id))
    if isinstance(row.outgoing.act, _POINTLESS):
        work.outbox.kill(row.id, at=now, reason=office.refusal("topic_deleted"))
        return
    work.outbox.add_before(row.id, _anew(work, office, row, to), at=now)
    work.outbox.requeue(row.id, not_before=now, counts=False)


def _anew(work: Work, office: Office, row: OutboxRow, to: Topic) -> list[Outgoing]:
    case = work.cases.last_of(to.franchisee_id)
    if case is None:
        raise LookupError(f"a topic of franchisee {to.franchisee_id} is used, and they have no case")
    person = franchisee_of(work, case)
    store = work.stores.get(person.store_number) if person.store_number else None
    acts: list[Act] = [OpenTopic(topic_name(person, store)), ShowCard(case.id), *_recap(work, office, case.id, row)]
    return [Outgoing(to, act, priority=Priority.CARD, case_id=case.id) for act in acts]


def _recap(work: Work, office: Office, case_id: int, row: OutboxRow) -> list[Act]:
    messages = [m for m in work.messages.of_case(case_id, limit=RECAP + 1) if m.id != row.outgoing.carries]
    lines = [_line(office, m) for m in messages[-RECAP:]]
    if not lines:
        return []
    words = office.say("notice/recap", case=str(case_id), lines="\n".join(lines))
    return [SayText(words.text, html=words.html)]


def _line(office: Office, message: Message) -> str:
    who = office.word(WHO_SAID[message.direction])
    return office.line("said", at=office.local(message.at), who=who, words=in_words(office, message)[:200])
