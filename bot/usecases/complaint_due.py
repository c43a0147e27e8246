"""Nobody has been in contact with who complains in time: told once a deadline. Resolution is every case's (warn.py)."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.complaint import GRADE_NAMES, Complaint
from bot.desk.events import Did, Event
from bot.desk.patrol import Why, is_contacted
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.complaint_alert import tell_alert
from bot.usecases.complaint_words import standing_complaint
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of


def look_at_complaint(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Look whether the first contact was made in time."""
    complaint = standing_complaint(work, case.id)
    if complaint is None or not case.is_unfinished:
        return
    if now >= complaint.contact_by and not is_contacted(complaint, case):
        _tell_late(work, office, now, case, complaint, Why.CONTACT_LATE, complaint.contact_by)


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
    tell_alert(work, office, now, case=case, grade=complaint.grade, words=words)
