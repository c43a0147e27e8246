"""Plan the call back of an ended case (回访), hand the task over on its day, try again, and tell when it is late."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState, planned_times
from bot.desk.message import Direction
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import choose, staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.first_owner import first_owner_of, show_button
from bot.usecases.follow_up_words import ask_in_writing, asking_words, finish
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import in_words
from bot.usecases.say import say
from bot.usecases.serious import is_serious
from bot.usecases.upstairs import tell_leaders

EXCERPT = 120
"""Characters of the last answer that whoever calls is shown."""


def plan_follow_up(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """A case has ended: serious complaints always, the others by the share of their kind."""
    terms, serious = office.aftercare.follow_up, is_serious(work, case)
    if not (serious or terms.is_chosen(case.id, case.kind)) or work.follow_ups.open_of(case.id) is not None:
        return
    due, deadline = planned_times(now, days=terms.within(case.kind), begin_after=terms.begin_after,
                                  calendar=office.calendar, zone=office.zone)  # fmt: skip
    owner = case.first_owner_id or case.handler_id
    work.follow_ups.add(FollowUp(0, case.id, owner, serious, now, due, deadline))
    for at in (due, deadline):
        work.reminders.add(Reminder(ReminderKind.FOLLOW_UP, case.id, at))
    work.events.add(Event(case.id, Did.FOLLOW_UP_PLANNED, now, data={"until": deadline.isoformat()}))


def follow_up_due(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Look at the call back of a case; outside working hours it waits for the next opening."""
    item = work.follow_ups.open_of(case.id)
    if item is None:
        return
    if not office.calendar.is_open(now, office.zone):
        work.reminders.add(Reminder(ReminderKind.FOLLOW_UP, case.id, office.opening(now)))
        return
    if item.state is FollowUpState.ASKED:
        item = _asked(work, office, now, case, item)
    elif now >= item.due_at and (item.told_at is None or item.told_at < item.due_at):
        item = _hand_over(work, office, now, case, item)
    if item.is_late(now) and item.alerted_at is None:
        _alert(work, office, now, case, item)


def _asked(work: Work, office: Office, now: datetime, case: Case, item: FollowUp) -> FollowUp:
    """No answer in time: the desk asks once more after a pause; after the last attempt that is what is recorded."""
    terms, asked_at = office.aftercare.follow_up, item.asked_at or now
    if item.due_at > asked_at:
        return ask_in_writing(work, office, now, case=case, item=item) if now >= item.due_at else item
    if now < office.due(asked_at, terms.answer_within):
        return item
    if item.attempts >= terms.attempts:
        return finish(work, office, now, case=case, item=item, outcome=FollowUpOutcome.UNREACHED)
    later = replace(item, due_at=office.due(now, terms.retry_after))
    work.follow_ups.save(later)
    work.reminders.add(Reminder(ReminderKind.FOLLOW_UP, case.id, later.due_at))
    return later


def _hand_over(work: Work, office: Office, now: datetime, case: Case, item: FollowUp) -> FollowUp:
    """The task, with the words to be sent, to whoever does it today."""
    caller = caller_of(work, office, case, item)
    told = replace(item, told_at=now, owner_id=caller.id)
    work.follow_ups.save(told)
    say(work, office, now, to=Private(caller.telegram_id), script="notice/follow_up_task",
        values=_task(work, office, case, told), buttons=task_buttons(office, case), case_id=case.id)  # fmt: skip
    return told


def caller_of(work: Work, office: Office, case: Case, item: FollowUp) -> Staff:
    """The first owner; off duty or gone, the handler, else whoever routing chooses; a leader when it is serious."""
    if item.is_serious and (leader := _leader(work)) is not None:
        return leader
    for person in (first_owner_of(work, case), work.staff.get(case.handler_id)):
        if person is not None and person.is_active and person.is_on_duty:
            return person
    return staff_of(work, choose(work, office, region=case.region, province=case.province).staff_id)


def _leader(work: Work) -> Staff | None:
    people = [s for s in work.staff.all() if s.is_active and s.role is not Role.SPECIALIST]
    return min(people, key=lambda s: (not s.is_on_duty, s.role is not Role.SUPERVISOR, s.id), default=None)


def _task(work: Work, office: Office, case: Case, item: FollowUp) -> dict[str, str]:
    person = franchisee_of(work, case)
    store = work.stores.get(case.store_number) if case.store_number else None
    said = [m for m in work.messages.of_case(case.id) if m.direction is Direction.OUT]
    return {
        **case_values(work, office, case, person),
        "kind": office.kind_name(case.kind) + (office.after("serious") if item.is_serious else ""),
        "ended": office.local(case.ended_at),
        "last": in_words(office, said[-1])[:EXCERPT] if said else office.word("none"),
        "phone": person.phone or (store.phone if store else "") or office.after("no_phone"),
        "until": office.local(item.deadline_at),
        "words": asking_words(work, office, case).text,
        "times": str(item.attempts + 1),
        "most": str(office.aftercare.follow_up.attempts),
    }


def task_buttons(office: Office, case: Case) -> Buttons:
    """What whoever calls may press; `/followup` does the same."""

    def called(key: str, choice: str) -> tuple[Button]:
        return (Button(office.after(key), Press(Verb.FOLLOW_CALLED, case.id, choice)),)

    send = (Button(office.after("send"), Press(Verb.FOLLOW_SEND, case.id)),)
    return (send, called("called_yes", "y"), called("called_no", "n"), called("called_missed", "x"),
            *show_button(office, case))  # fmt: skip


def _alert(work: Work, office: Office, now: datetime, case: Case, item: FollowUp) -> None:
    """Late: the supervisors hear of it, once."""
    work.follow_ups.save(replace(item, alerted_at=now))
    values = {
        "case": str(case.id),
        "name": franchisee_of(work, case).name,
        "kind": office.kind_name(case.kind),
        "owner": staff_of(work, item.owner_id).name,
        "until": office.local(item.deadline_at),
    }
    tell_leaders(work, office, now, script="notice/follow_up_late", values=values, case_id=case.id,
                 buttons=show_button(office, case))  # fmt: skip
