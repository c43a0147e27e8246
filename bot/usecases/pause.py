"""Wait for the franchisee (待加盟商), or go on: WAITING stops the case's clock."""

from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import State, Step
from bot.desk.events import Did, Event
from bot.usecases.at_hand import staff_and_case
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.resume import resume
from bot.usecases.topics import show_card


def pause_or_resume(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """The button's two faces: the words that answer the press."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    if case.state is State.WAITING:
        after = resume(work, office, now, case=moves.moved(case, Step.RESUME), by=who.id)
        told = "notice/you_resumed"
    else:
        after = moves.paused(case, now)
        work.events.add(Event(case.id, Did.CASE_PAUSED, now, staff_id=who.id))
        told = "notice/you_paused"
    work.cases.save(after)
    show_card(work, after, now)
    return office.say(told, case=str(case.id)).text
