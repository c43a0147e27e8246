"""Receive what a franchisee wrote: it joins the open case, reopens a recent one, or opens a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk import case as moves
from bot.desk.alarms import Alarm
from bot.desk.case import Case, State
from bot.desk.message import Content, ContentKind, Incoming, Message
from bot.desk.outgoing import Outgoing, Priority, Private, SayText
from bot.desk.people import Franchisee
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.thanks import is_thanks
from bot.usecases import relay
from bot.usecases.ask_place import answer_place
from bot.usecases.at_hand import active_staff
from bot.usecases.bind import bind_by_number
from bot.usecases.classify import COMPLAINT, UNKNOWN, classify
from bot.usecases.complain import Heard, Raised, announce, recognise
from bot.usecases.deadlines import expect_answer
from bot.usecases.early_warning import tell_warning, warn_of_danger
from bot.usecases.finding_talk import take_private_words
from bot.usecases.greet import case_values, greet
from bot.usecases.office import Office
from bot.usecases.open_case import open_case, reopen
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.resume import resume
from bot.usecases.said_after import hear_after
from bot.usecases.say import say
from bot.usecases.stored import store
from bot.usecases.topics import place_of, ready_topic, show_change


@dataclass(frozen=True)
class Hint:
    """What the language layer made of a text before the transaction: where the store is (province by short name, region
    by code), the kind of matter, why so, and ready answers that fit; the danger it tells of, what a complaint is about;
    words that may name the trouble. `may_answer`: so short and about so little that it may answer where the store is;
    `named`: the provinces that are named in it then, be it in passing.
    """

    province: str | None = None
    offers: Sequence[relay.Offer] = ()
    region: str | None = None
    kind: str = UNKNOWN
    reasons: Sequence[str] = ()
    alarm: Alarm | None = None
    matter: str = UNKNOWN
    words: Sequence[str] = ()
    named: frozenset[str] = frozenset()
    may_answer: bool = False


def receive(work: Work, office: Office, now: datetime, *, sender: Sender, message: Incoming, hint: Hint) -> int | None:
    """Store the words in a case and pass them on to the person who answers for it; the case's id.

    Staff who write to the bot in private open no case: they are told where answers are given (None).
    """
    if (who := active_staff(work, sender.telegram_id)) is not None:
        if take_private_words(work, office, now, who=who, message=message):
            return None
        say(work, office, now, to=Private(sender.telegram_id), script="notice/staff_private", values={})
        return None
    person = met(work, now, sender)
    before = work.cases.last_of(person.id)
    number_typed = bind_by_number(work, office, now, person, message.content.text)
    person = number_typed or person
    last = work.cases.last_of(person.id)
    heard = hear_after(work, office, now, person=person, last=last, message=message,
                       kind=COMPLAINT if hint.alarm else hint.kind)  # fmt: skip
    if heard.is_taken:
        return heard.case_id
    last = work.cases.last_of(person.id)  # what was said of a call back may have opened it again
    if last is not None and not last.is_unfinished and is_thanks(message.content.text):
        return _courtesy(work, office, now, last, message)
    was_over = last is not None and not last.is_unfinished
    case, is_fresh = _case_for(work, office, now, person, last, hint)
    movable = [] if case.province else [offer.script_id for offer in hint.offers]
    stored = store(work, now, case, message, offers=movable)
    said = Said(message, hint, before, is_fresh=is_fresh, was_over=was_over)
    take_up(work, office, now, case=case, person=person, stored=stored, said=said)
    return case.id


@dataclass(frozen=True)
class Said:
    """A message, what was made of it, the person's last case as it was before, and how this one came about."""

    message: Incoming
    hint: Hint
    before: Case | None
    is_fresh: bool
    was_over: bool = False


def take_up(
    work: Work, office: Office, now: datetime, *, case: Case, person: Franchisee, stored: Message, said: Said
) -> None:
    """Words that were stored in a case are read, shown to whoever answers for it, and answered by the desk."""
    message, hint = said.message, said.hint
    work.case_words.note(case.id, hint.words, at=now)
    ready_topic(work, case, person, now)  # before anything that shows a card there
    case, raised = _told(work, office, now, case, message, hint)
    case = _heard(work, office, now, case)
    show_change(work, now, before=said.before, after=case)
    _pass_on(work, office, now, case, stored, message, hint)
    if said.is_fresh:
        greet(work, office, now, case=case, person=person)
    else:
        _go_on(work, office, now, case, person, hint, was_over=said.was_over)
    _alert(work, office, now, work.cases.get(case.id) or case, raised, hint.alarm, message.content.text)


def _go_on(
    work: Work, office: Office, now: datetime, case: Case, person: Franchisee, hint: Hint, *, was_over: bool
) -> None:
    """A case that was closed says that it is open again; one without a place may learn it from these words."""
    if was_over:
        values = case_values(work, office, case, person)
        say(work, office, now, to=Private(person.telegram_id), script="notice/reopened_by_writing", values=values,
            case_id=case.id)  # fmt: skip
    elif case.province is None:
        answer_place(work, office, now, case=case, person=person, answer=_place_said(hint), may_answer=hint.may_answer)


def _place_said(hint: Hint) -> str | None:
    """While the province is asked for, one that is named at all is the answer, unless there are several."""
    return hint.province or (next(iter(hint.named)) if len(hint.named) == 1 else None)


def _alert(
    work: Work, office: Office, now: datetime, case: Case, raised: Raised | None, alarm: Alarm | None, words: str
) -> None:
    """Of a new complaint and the danger in its words those who lead hear in one message."""
    warning = warn_of_danger(work, office, now, case_id=case.id, alarm=alarm, words=words) if alarm else None
    if raised is not None:
        announce(work, office, now, case=case, raised=raised, warning=warning)
    elif warning is not None:
        tell_warning(work, office, now, warning)


def _told(
    work: Work, office: Office, now: datetime, case: Case, message: Incoming, hint: Hint
) -> tuple[Case, Raised | None]:
    """What kind of matter it is by these words, and whether they make it a complaint."""
    is_complaint = hint.kind == COMPLAINT
    if not is_complaint:
        case = classify(work, office, now, case=case, kind=hint.kind, reasons=hint.reasons)
    heard = Heard(is_complaint, hint.alarm, hint.matter, message.content.text, hint.reasons)
    return recognise(work, office, now, case=case, heard=heard)


def _case_for(
    work: Work, office: Office, now: datetime, person: Franchisee, last: Case | None, hint: Hint
) -> tuple[Case, bool]:
    if last is not None and last.is_unfinished:
        return last, False
    ended = last.ended_at if last else None
    if last is not None and ended is not None and now - ended <= office.terms.reopen_within:
        return reopen(work, office, now, case=last, person=person), False
    return open_case(work, office, now, person=person, previous=last, hinted_province=hint.province,
                     hinted_region=hint.region), True  # fmt: skip


def _heard(work: Work, office: Office, now: datetime, case: Case) -> Case:
    was_waiting = case.state is State.WAITING
    after = moves.heard(case, now, respond_by=office.deadlines.respond_by(case, now))
    if was_waiting:
        after = resume(work, office, now, case=after)
    if case.unanswered_since is None:
        due = office.due(now, office.terms.acknowledge_after)
        work.reminders.add(Reminder(ReminderKind.ACKNOWLEDGE, case.id, due))
        expect_answer(work, office, case=after)
    work.cases.save(after)
    return after


def _pass_on(
    work: Work, office: Office, now: datetime, case: Case, stored: Message, message: Incoming, hint: Hint
) -> None:
    if message.content.kind is ContentKind.OTHER:
        _tell_not_relayed(work, office, now, case, stored, message.content)
        return
    answering = relay.answering(work, case.group_id, message.reply_to, message.quote)
    relay.to_group(work, office, now, case=case, message=stored, offers=hint.offers, answering=answering)


def _tell_not_relayed(work: Work, office: Office, now: datetime, case: Case, stored: Message, content: Content) -> None:
    """Both sides hear of it: the sender that it stays here, the specialist that something came."""
    what = {"what": office.content_name(content.what)}
    if stored.ref is not None:
        to = Private(stored.ref.chat_id)
        say(work, office, now, to=to, script="notice/cannot_relay", values=what, reply_to=stored.ref)
    words = office.say("notice/came_unrelayed", **what)
    act = SayText(words.text, html=words.html)
    row = Outgoing(place_of(case), act, priority=Priority.TALK, case_id=case.id, carries=stored.id)
    work.outbox.add(row, at=now)


def _courtesy(work: Work, office: Office, now: datetime, case: Case, message: Incoming) -> int:
    """A thank-you after the goodbye is kept and shown; it reopens nothing and sets no clock (design §4.6)."""
    stored = store(work, now, case, message)
    relay.to_group(work, office, now, case=case, message=stored)
    return case.id
