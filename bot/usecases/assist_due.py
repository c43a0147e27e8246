"""A department's deadline is over: it is chased once, and when that is in vain the supervisors are told."""

from dataclasses import replace
from datetime import datetime

from bot.desk.assist import Assist
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.outgoing import Group
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.beside import department_name
from bot.usecases.first_owner import show_button, tell_first_owner
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of, show_card
from bot.usecases.upstairs import tell_leaders


def chase_departments(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Look at everything that departments still owe for a case."""
    for assist in work.assists.of_case(case.id):
        if not assist.is_open or now < assist.due_at:
            continue
        if assist.chased_at is None:
            _chase(work, office, now, case, assist)
        elif assist.alerted_at is None and now >= office.due(assist.chased_at, office.ownership.assist_alert_after):
            _alert(work, office, now, case, assist)


def _chase(work: Work, office: Office, now: datetime, case: Case, assist: Assist) -> None:
    work.assists.save(replace(assist, chased_at=now))
    work.reminders.add(Reminder(ReminderKind.ASSIST, case.id, office.due(now, office.ownership.assist_alert_after)))
    name = department_name(office, assist)
    work.events.add(Event(case.id, Did.ASSIST_CHASED, now, data={"department": name}))
    department = office.department(assist.department)
    if department is not None and department.chat_id:
        to = Group(work.groups.current(department.chat_id))
        say(work, office, now, to=to, script="notice/assist_chase",
            values={"case": str(case.id), "until": office.local(assist.due_at)}, case_id=case.id)  # fmt: skip
        say(work, office, now, to=place_of(case), script="notice/assist_chased",
            values={"case": str(case.id), "department": name}, case_id=case.id)  # fmt: skip
    else:
        contact = (department.contact if department else "") or office.word("no_contact")
        say(work, office, now, to=place_of(case), script="notice/assist_chase_self",
            values={"case": str(case.id), "department": name, "contact": contact}, case_id=case.id)  # fmt: skip
    show_card(work, case, now)


def _alert(work: Work, office: Office, now: datetime, case: Case, assist: Assist) -> None:
    work.assists.save(replace(assist, alerted_at=now))
    name = department_name(office, assist)
    work.events.add(Event(case.id, Did.ASSIST_OVERDUE, now, data={"department": name}))
    values = {
        "case": str(case.id),
        "name": franchisee_of(work, case).name,
        "department": name,
        "until": office.local(assist.due_at),
        "by": staff_of(work, assist.asked_by).name,
    }
    tell_leaders(work, office, now, script="notice/assist_overdue", values=values, case_id=case.id,
                 buttons=show_button(office, case))  # fmt: skip
    tell_first_owner(work, office, now, case=case, what=office.line("step_assist_late", department=name))
