"""The franchisee says that it is not settled: an ended case goes on with its first owner, its deadlines set anew."""

from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.deadlines import expect_answer
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.open_case import reopen
from bot.usecases.ports import Work
from bot.usecases.say import say


def go_on(
    work: Work, office: Office, now: datetime, *, case: Case, person: Franchisee, script: str = "notice/reopened"
) -> Case:
    """Open it again and tell the franchisee who follows up; the case as it is then."""
    case = reopen(work, office, now, case=case, person=person)
    case = moves.heard(case, now, respond_by=office.deadlines.respond_by(case, now))
    work.cases.save(case)
    expect_answer(work, office, case=case)
    work.reminders.add(Reminder(ReminderKind.ACKNOWLEDGE, case.id, office.due(now, office.terms.acknowledge_after)))
    values = case_values(work, office, case, person)
    say(work, office, now, to=Private(person.telegram_id), script=script, values=values, case_id=case.id)
    return case
