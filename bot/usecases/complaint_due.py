"""A complaint's deadline is over: nobody has been in contact, or it is not resolved; each is told once a deadline."""

from datetime import datetime

from bot.desk.case import Case, State
from bot.desk.complaint import GRADE_NAMES, Complaint
from bot.desk.events import Did, Event
from bot.desk.outgoing import Outgoing, Priority, SayText
from bot.desk.patrol import Why, is_contacted, is_late
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.complain import alert_buttons, alert_places
from bot.usecases.complaint_words import standing_complaint
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of


def look_at_complaint(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Look at both deadlines; the one to resolve may have moved meanwhile, or its clock may stand."""
    complaint = standing_complaint(work, case.id)
    if complaint is None or not case.is_unfinished:
        return
    if now >= complaint.contact_by and not is_contacted(complaint, case):
        _tell_late(work, office, now, case, complaint, Why.CONTACT_LATE, complaint.contact_by)
    if case.resolve_by is not None and now >= case.resolve_by and case.state is not State.WAITING:
        _tell_late(work, office, now, case, complaint, Why.LATE, case.resolve_by)
    elif not is_late(case, now):
        _look_again(work, office, now, case)


def _look_again(work: Work, office: Office, now: datetime, case: Case) -> None:
    """While we wait for the franchisee the clock stands, and nobody knows yet where the deadline will be."""
    if case.state is State.WAITING:
        at = office.due(now, office.complaints.stale_after)
    elif case.resolve_by is not None and case.resolve_by > now:
        at = case.resolve_by
    else:
        return
    work.reminders.add(Reminder(ReminderKind.COMPLAINT, case.id, at))


def _tell_late(
    work: Work, office: Office, now: datetime, case: Case, complaint: Complaint, why: Why, deadline: datetime
) -> None:
    told = {"what": why.value, "deadline": deadline.isoformat()}
    if any(e.did is Did.COMPLAINT_LATE and dict(e.data, reason="") == {**told, "reason": ""}
           for e in work.events.of_case(case.id)):  # fmt: skip
        return
    what = office.labels.patrol[why.value]
    work.events.add(Event(case.id, Did.COMPLAINT_LATE, now, data={**told, "reason": what}))
    values = {
        **case_values(work, office, case, franchisee_of(work, case)),
        "grade": GRADE_NAMES[complaint.grade],
        "what": what,
        "deadline": office.local(deadline),
        "handler": staff_of(work, case.handler_id).name,
    }
    say(work, office, now, to=place_of(case), script="notice/complaint_late", values=values, case_id=case.id)
    words = office.say("notice/complaint_late_up", **values)
    for place in alert_places(work, office, case=case, grade=complaint.grade):
        act = SayText(words.text, html=words.html, buttons=alert_buttons(office, case))
        work.outbox.add(Outgoing(place, act, priority=Priority.CARD, case_id=case.id), at=now)
