"""Make a case a complaint (投诉): recognised in the franchisee's words or marked by staff; who must know is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk.alarms import Alarm
from bot.desk.case import Case, Urgency
from bot.desk.complaint import GRADE_NAMES, Complaint, Grade, grade_for, is_graver
from bot.desk.events import Did, Event
from bot.desk.outgoing import Priority
from bot.desk.people import Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.warnings import EarlyWarning
from bot.usecases.at_hand import franchisee_of
from bot.usecases.classify import COMPLAINT, UNKNOWN, classify
from bot.usecases.complaint_alert import tell_alert
from bot.usecases.complaint_words import danger_names
from bot.usecases.deadlines import set_kind, set_urgency
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of, show_card
from bot.usecases.warning_words import warning_line

EXCERPT: Final = 300
"""Characters of the words that made it a complaint."""


@dataclass(frozen=True)
class Raised:
    """A complaint that is new, or graver than before, and the words that say why."""

    complaint: Complaint
    words: str


@dataclass(frozen=True)
class Heard:
    """What a message says for the ledger: whether it complains, danger, what matter it is about, and its words."""

    is_complaint: bool
    alarm: Alarm | None
    matter: str
    words: str
    reasons: Sequence[str] = ()


def recognise(work: Work, office: Office, now: datetime, *, case: Case, heard: Heard) -> tuple[Case, Raised | None]:
    """The case after a message, saved when it became a complaint or a graver one; nobody is told yet.

    What a supervisor took back becomes a complaint again by danger only, not by a tone.
    """
    if not heard.is_complaint and heard.alarm is None:
        return case, None
    standing = work.complaints.get(case.id)
    if standing is not None and (standing.is_void or not is_graver(Grade.URGENT, standing.grade)) and not heard.alarm:
        return case, None
    earlier = work.complaints.of_store(case.id, now - office.complaints.repeat_within)
    grade = grade_for(heard.alarm, earlier=earlier, terms=office.complaints)
    if standing is not None and not standing.is_void and not is_graver(grade, standing.grade):
        work.complaints.save(replace(standing, dangers=_dangers(standing, heard.alarm)))
        return case, None
    signs = heard.alarm.words if heard.alarm else ()
    matter = case.kind if case.kind not in (COMPLAINT, UNKNOWN) else heard.matter
    case = classify(work, office, now, case=case, kind=COMPLAINT, reasons=(*heard.reasons, *signs))
    dangers = _dangers(standing, heard.alarm)
    why = heard.words.strip()[:EXCERPT]
    return enter(work, office, now, case=case, grade=grade, why=why, dangers=dangers, matter=matter)


def enter(
    work: Work,
    office: Office,
    now: datetime,
    *,
    case: Case,
    grade: Grade,
    why: str,
    by: Staff | None = None,
    dangers: str = "",
    matter: str = "",
) -> tuple[Case, Raised]:
    """Write it into the ledger, or change its grade there; contact is due from when it became a complaint."""
    standing = work.complaints.get(case.id)
    is_new = standing is None or standing.is_void
    opened = now if is_new or standing is None else standing.opened_at
    complaint = Complaint(
        case_id=case.id,
        grade=grade,
        opened_at=opened,
        contact_by=due(office, grade, opened, office.complaints.contact[grade]),
        why=why,
        matter=_matter(standing, case, matter),
        dangers=dangers or (standing.dangers if standing is not None else ""),
        marked_by=by.id if by else None,
    )
    _store(work, standing, complaint)
    case = set_kind(work, office, now, case=case, kind=COMPLAINT)
    work.cases.save(case)
    case = set_urgency(work, office, now, case=case, urgency=Urgency(grade.value), by=by.id if by else None)
    did = Did.COMPLAINT_MARKED if is_new else Did.COMPLAINT_GRADED
    data = {"grade": GRADE_NAMES[grade], "reason": why, "dangers": danger_names(office, complaint)}
    work.events.add(Event(case.id, did, now, staff_id=by.id if by else None, data=data))
    work.reminders.add(Reminder(ReminderKind.COMPLAINT, case.id, complaint.contact_by))
    return case, Raised(complaint, why)


def _dangers(standing: Complaint | None, alarm: Alarm | None) -> str:
    """Every danger that was told of, each once."""
    known = standing.dangers.split() if standing is not None and not standing.is_void else []
    heard = [danger.value for danger in alarm.dangers] if alarm is not None else []
    return " ".join(dict.fromkeys((*known, *heard)))


def due(office: Office, grade: Grade, start: datetime, length: timedelta) -> datetime:
    """A deadline: urgent ones run through nights and holidays, the others in working time."""
    return start + length if grade is Grade.URGENT else office.due(start, length)


def _matter(standing: Complaint | None, case: Case, heard: str) -> str:
    known = (standing.matter if standing is not None else "", case.kind, heard)
    return next((kind for kind in known if kind not in ("", "other", COMPLAINT)), "other")


def _store(work: Work, standing: Complaint | None, complaint: Complaint) -> None:
    if standing is None:
        work.complaints.add(complaint)
        return
    kept = replace(
        complaint,
        cause=standing.cause,
        details=standing.details,
        handled=standing.handled,
        prevention=standing.prevention,
        product=standing.product,
        found_at=standing.found_at,
        found_by=standing.found_by,
        marked_by=complaint.marked_by or standing.marked_by,
    )
    work.complaints.save(kept)


def announce(
    work: Work, office: Office, now: datetime, *, case: Case, raised: Raised, by: Staff | None = None,
    warning: EarlyWarning | None = None,
) -> None:  # fmt: skip
    """The topic hears of the deadlines; a major one reaches the supervisors at once, an urgent one the manager too.

    `warning`: what the same words raised; whoever leads hears of both in one message.
    """
    values = alert_values(work, office, case, raised)
    values["by"] = by.name if by else office.word("by_desk")
    say(work, office, now, to=place_of(case), script="notice/complaint_here", values=values, case_id=case.id,
        priority=Priority.TALK)  # fmt: skip
    if raised.complaint.grade is not Grade.NORMAL:
        alert = values | {"warning": warning_line(office, warning) if warning else ""}
        tell_alert(work, office, now, case=case, grade=raised.complaint.grade, but=by, warning=warning,
                   words=office.say("notice/complaint_alert", **alert))  # fmt: skip
    show_card(work, case, now)
    what = office.line("step_complaint", by=values["by"], grade=values["grade"], reason=raised.words[:60])
    told = (by.id if by else None, case.handler_id)
    tell_first_owner(work, office, now, case=case, what=what, told=told)


def alert_values(work: Work, office: Office, case: Case, raised: Raised) -> dict[str, str]:
    """What the notices about a complaint may use."""
    complaint = raised.complaint
    names = danger_names(office, complaint)
    return {
        **case_values(work, office, case, franchisee_of(work, case)),
        "grade": GRADE_NAMES[complaint.grade],
        "dangers": office.line("card_dangers", names=names) if names else "",
        "words": raised.words or "—",
        "contact_by": office.local(complaint.contact_by),
        "resolve_by": office.local(case.resolve_by),
    }
