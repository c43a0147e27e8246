"""End a case: by staff with the goodbye (送声), by the franchisee, or by nobody objecting in time."""

from collections.abc import Collection
from datetime import datetime

from bot.desk import case as moves
from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case, State, Step
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.outgoing import Outgoing, Priority, Private, SayText
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.at_hand import franchisee_of, require_case, require_unfinished, staff_and_case
from bot.usecases.beside import owing_departments
from bot.usecases.cease import cease
from bot.usecases.closing_ask import ask_first_owner, needs_yes
from bot.usecases.end_draft import withdraw_drafts
from bot.usecases.finding import require_finding
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.follow_up_plan import plan_follow_up
from bot.usecases.go_on import go_on
from bot.usecases.goodbye_missed import note_goodbye
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.promise_heard import franchisee_is_content
from bot.usecases.rating_ask import case_closed
from bot.usecases.say import say
from bot.usecases.topics import close_topic, place_of, show_card


def resolve(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """结案: without any answer to the franchisee only a supervisor may (manual 岗位制度: nobody is hung up on)."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    if case.first_answer_at is None and who.role is Role.SPECIALIST:
        raise NotAllowed("notice/unanswered_needs_supervisor", case=str(case.id))
    require_unfinished(case)
    if who.role is Role.SPECIALIST and (owing := owing_departments(work, office, case)):
        raise NotAllowed("notice/assist_owed", case=str(case.id), departments=owing)
    require_finding(work, office, case)
    if needs_yes(work, office, case, who):
        return ask_first_owner(work, office, now, case=case, who=who)
    end_case(work, office, now, case=case, by=who)
    return office.say("notice/you_resolved", case=str(case.id)).text


def end_case(
    work: Work, office: Office, now: datetime, *, case: Case, by: Staff, told: Collection[int | None] = ()
) -> None:
    """The work is done: goodbye (送声), and the franchisee may object for a while."""
    note_goodbye(work, office, now, case=case)
    after = moves.resolved(case, now)
    work.cases.save(after)
    work.events.add(Event(case.id, Did.CASE_RESOLVED, now, staff_id=by.id))
    work.reminders.add(Reminder(ReminderKind.LAPSE, case.id, now + office.terms.confirm_within))
    _goodbye(work, office, now, after, "goodbye/resolved", buttons=_objection(office, after))
    cease(work, office, now, case=after)
    what = office.line("step_resolved", by=by.name)
    tell_first_owner(work, office, now, case=after, what=what, told=(by.id, *told))
    plan_follow_up(work, office, now, case=after)
    _settle_down(work, after, now)


def confirm(work: Work, office: Office, now: datetime, *, sender: Sender, case_id: int) -> str:
    """The franchisee says that it is settled."""
    case = _own_case(work, now, sender, case_id)
    if case.state is State.CLOSED:
        return office.say("notice/thanks_confirmed").text
    after = moves.closed(case, now, Step.CONFIRM)
    work.cases.save(after)
    work.events.add(Event(case.id, Did.CASE_CONFIRMED, now))
    franchisee_is_content(work, office, now, case=after)
    work.events.add(Event(case.id, Did.CASE_CLOSED, now, data={"how": Step.CONFIRM.value}))
    _settle_down(work, after, now)
    case_closed(work, office, now, case=after, is_at_hand=True)
    return office.say("notice/thanks_confirmed").text


def object_to(work: Work, office: Office, now: datetime, *, sender: Sender, case_id: int) -> str:
    """The franchisee says that it is not settled: the case goes on with its owner."""
    case = _own_case(work, now, sender, case_id)
    person = franchisee_of(work, case)
    if not case.is_unfinished:
        if work.cases.unfinished_of(person.id) is not None:
            raise DeskError("notice/newer_case")
        go_on(work, office, now, case=case, person=person)
    return office.say("notice/reopened_short").text


def withdraw(work: Work, office: Office, now: datetime, *, sender: Sender) -> None:
    """`/close` by the franchisee."""
    person = met(work, now, sender)
    case = work.cases.last_of(person.id)
    if case is None or case.state is State.CLOSED:
        say(work, office, now, to=Private(person.telegram_id), script="notice/no_case", values={})
        return
    _close(work, office, now, case, Step.WITHDRAW, "goodbye/closed_by_franchisee")


def give_up(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """The franchisee has not answered for long: goodbye, with a word on how the case goes on; the topic is told."""
    say(work, office, now, to=place_of(case), script="notice/given_up", values={"case": str(case.id)}, case_id=case.id)
    _close(work, office, now, case, Step.GIVE_UP, "goodbye/no_word")


def lapse(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Nobody objected in time: RESOLVED becomes CLOSED, without another word (the goodbye was said)."""
    if case.state is not State.RESOLVED or case.resolved_at is None:
        return
    if now < case.resolved_at + office.terms.confirm_within:
        return
    after = moves.closed(case, now, Step.LAPSE)
    work.cases.save(after)
    work.events.add(Event(case.id, Did.CASE_CLOSED, now, data={"how": Step.LAPSE.value}))
    _settle_down(work, after, now)
    case_closed(work, office, now, case=after, is_at_hand=False)


def _close(work: Work, office: Office, now: datetime, case: Case, step: Step, script: str) -> None:
    after = moves.closed(case, now, step)
    work.cases.save(after)
    work.events.add(Event(case.id, Did.CASE_CLOSED, now, data={"how": step.value}))
    if case.state is not State.RESOLVED:
        _goodbye(work, office, now, after, script)
        cease(work, office, now, case=after)
        what = office.line("step_withdrawn" if step is Step.WITHDRAW else "step_given_up")
        tell_first_owner(work, office, now, case=after, what=what, told=(after.handler_id,))
        plan_follow_up(work, office, now, case=after)
    _settle_down(work, after, now)
    if step is not Step.GIVE_UP:  # who was asked again and again in vain is not asked once more
        case_closed(work, office, now, case=after, is_at_hand=True)


def _goodbye(work: Work, office: Office, now: datetime, case: Case, script: str, buttons: Buttons = ()) -> None:
    person = franchisee_of(work, case)
    words = office.say(script, **case_values(work, office, case, person))
    act = SayText(words.text, html=words.html, buttons=buttons)
    row = Outgoing(Private(person.telegram_id), act, priority=Priority.REPLY, case_id=case.id)
    work.outbox.add(row, at=now)
    work.events.add(Event(case.id, Did.SAID_GOODBYE, now, data={"script": script}))


def _objection(office: Office, case: Case) -> Buttons:
    settled = Button(office.label("settled"), Press(Verb.CONFIRM, case.id))
    unsettled = Button(office.label("unsettled"), Press(Verb.REOPEN, case.id))
    return ((settled,), (unsettled,))


def _settle_down(work: Work, case: Case, now: datetime) -> None:
    withdraw_drafts(work, now, case=case)
    show_card(work, case, now)
    close_topic(work, case, now)


def _own_case(work: Work, now: datetime, sender: Sender, case_id: int) -> Case:
    """A franchisee can reach no case but their own (design §4.8)."""
    person = met(work, now, sender)
    case = require_case(work, case_id)
    if case.franchisee_id != person.id:
        raise DeskError("notice/no_such_case", case=str(case_id))
    return case
