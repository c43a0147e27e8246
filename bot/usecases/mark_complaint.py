"""`/complaint`: staff mark a case as a complaint, change its grade, or (a supervisor) take the mark back."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import Case, Urgency
from bot.desk.complaint import GRADE_NAMES, Complaint, Grade, grade_named, is_graver
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import Spot, require_case, require_in_charge, require_staff, require_supervisor
from bot.usecases.case_named import case_named
from bot.usecases.complain import announce, enter
from bot.usecases.complaint_words import standing_complaint
from bot.usecases.deadlines import set_kind, set_urgency
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import edit, say
from bot.usecases.topics import place_of, show_card

LONGEST: Final = 300
_TAKE_BACK: Final = ("撤销", "取消", "不是", "误标", "unmark")


def complaint_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/complaint [编号] [普通|重大|紧急] [原因]`, `/complaint [编号] 撤销 原因`."""
    who = require_staff(work, staff_telegram_id)
    case, words = case_named(work, spot, query)
    if case is None:
        raise DeskError("notice/how_complaint")
    first, _, rest = words.partition(" ")
    if first in _TAKE_BACK:
        told = unmark(work, office, now, staff_telegram_id=staff_telegram_id, case=case, reason=rest.strip())
    else:
        grade = grade_named(first) if first else None
        reason = rest.strip() if grade else words
        told = mark(work, office, now, who=who, case=case, grade=grade, reason=reason)
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/told", values={"words": told},
        reply_to=spot.ref)  # fmt: skip


def mark(work: Work, office: Office, now: datetime, *, who: Staff, case: Case, grade: Grade | None, reason: str) -> str:
    """Mark it, or change its grade: up by whoever has the case, down by a supervisor with a reason."""
    require_in_charge(case, who)
    standing = standing_complaint(work, case.id)
    wanted = grade or (standing.grade if standing else Grade.NORMAL)
    if standing is not None:
        if wanted is standing.grade:
            raise DeskError("notice/already_complaint", case=str(case.id), grade=GRADE_NAMES[standing.grade])
        if is_graver(standing.grade, wanted):
            _require_lowering(who, case, standing, reason)
    case, raised = enter(work, office, now, case=case, grade=wanted, why=reason[:LONGEST], by=who)
    announce(work, office, now, case=case, raised=raised, by=who)
    return office.say("notice/you_marked", case=str(case.id), grade=GRADE_NAMES[wanted]).text


def _require_lowering(who: Staff, case: Case, standing: Complaint, reason: str) -> None:
    values = {"case": str(case.id), "grade": GRADE_NAMES[standing.grade]}
    if who.role is Role.SPECIALIST:
        raise NotAllowed("notice/lowering_by_supervisor", **values)
    if not reason:
        raise DeskError("notice/lowering_needs_reason", **values)


def unmark(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, reason: str) -> str:
    """A supervisor says that it is none: the case is again of the kind that its matter is."""
    who = require_supervisor(work, staff_telegram_id)
    standing = standing_complaint(work, case.id)
    if standing is None:
        raise DeskError("notice/no_complaint", case=str(case.id))
    if not reason:
        raise DeskError("notice/unmark_needs_reason", case=str(case.id))
    work.complaints.save(replace(standing, void_at=now, void_why=reason[:LONGEST]))
    after = set_kind(work, office, now, case=case, kind=standing.matter)
    work.cases.save(after)
    after = set_urgency(work, office, now, case=after, urgency=Urgency.NORMAL, by=who.id)
    data = {"kind": standing.matter, "reason": reason[:LONGEST]}
    work.events.add(Event(case.id, Did.COMPLAINT_UNMARKED, now, staff_id=who.id, data=data))
    values = {"case": str(case.id), "by": who.name, "reason": reason[:LONGEST]}
    say(work, office, now, to=place_of(case), script="notice/complaint_unmarked", values=values, case_id=case.id)
    show_card(work, after, now)
    return office.say("notice/you_unmarked", case=str(case.id)).text


def ask_grade(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 标为投诉: ask for the grade."""
    who = require_staff(work, staff_telegram_id)
    case = require_case(work, subject)
    require_in_charge(case, who)
    standing = standing_complaint(work, case.id)
    if standing is not None:
        raise DeskError("notice/already_complaint", case=str(case.id), grade=GRADE_NAMES[standing.grade])
    label = office.label("complain_as")
    buttons = (tuple(Button(label.format(grade=GRADE_NAMES[g]), Press(Verb.COMPLAIN_AS, case.id, g.value))
                     for g in Grade),)  # fmt: skip
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/complaint_grade",
        values={"case": str(case.id)}, buttons=buttons, case_id=case.id)  # fmt: skip
    return ""


def mark_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A grade was chosen."""
    grade = next((g for g in Grade if g.value == choice), None)
    if grade is None:
        raise DeskError("notice/button_outdated")
    who = require_staff(work, staff_telegram_id)
    case = require_case(work, subject)
    told = mark(work, office, now, who=who, case=case, grade=grade, reason="")
    edit(work, now, target=spot.ref, words=office.say("notice/you_marked", case=str(case.id),
                                                      grade=GRADE_NAMES[grade]))  # fmt: skip
    return told
