"""What a franchisee can ask about their own case."""

from datetime import datetime

from bot.desk.case import STATE_NAMES, Case, State
from bot.desk.outgoing import Private
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.say import say


def show_status(work: Work, office: Office, now: datetime, *, sender: Sender) -> None:
    """`/case`: number, state, who answers for it, and until when."""
    person = met(work, now, sender)
    case = work.cases.last_of(person.id)
    to = Private(person.telegram_id)
    if case is None or case.state is State.CLOSED:
        say(work, office, now, to=to, script="notice/no_case", values={})
        return
    values = {**case_values(work, office, case, person), "state": STATE_NAMES[case.state]}
    say(work, office, now, to=to, script=_script(case, now), values=values, case_id=case.id)


def _script(case: Case, now: datetime) -> str:
    """No time that is past is named as one to come."""
    if case.unanswered_since is None or case.respond_by is None:
        return "notice/case_status_answered"
    return "notice/case_status_late" if case.respond_by <= now else "notice/case_status"


def show_help(work: Work, office: Office, now: datetime, *, sender: Sender) -> None:
    """`/help` for a franchisee."""
    person = met(work, now, sender)
    to = Private(person.telegram_id)
    say(work, office, now, to=to, script="notice/help_franchisee", values={"name": person.name})
