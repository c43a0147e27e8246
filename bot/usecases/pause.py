"""Wait for the franchisee (待加盟商), or go on: WAITING stops the case's clock."""

from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case, State, Step
from bot.desk.events import Did, Event
from bot.usecases.at_hand import Spot, staff_and_case
from bot.usecases.await_word import await_word
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.resume import resume
from bot.usecases.topics import show_card


def pause_or_resume(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int) -> str:
    """The card's button with its two faces: the words that answer the press."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    if case.state is not State.WAITING:
        return _pause(work, office, now, case, by=who.id)
    after = resume(work, office, now, case=moves.moved(case, Step.RESUME), by=who.id)
    work.cases.save(after)
    show_card(work, after, now)
    return office.say("notice/you_resumed", case=str(case.id)).text


def press_pause(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button under a warning, which only pauses: pressed twice, the case waits still."""
    who, case = staff_and_case(work, staff_telegram_id, subject)
    if case.state is State.WAITING:
        return office.say("notice/you_paused", case=str(case.id)).text
    return _pause(work, office, now, case, by=who.id)


def _pause(work: Work, office: Office, now: datetime, case: Case, *, by: int) -> str:
    after = moves.paused(case, now)
    work.events.add(Event(case.id, Did.CASE_PAUSED, now, staff_id=by))
    work.cases.save(after)
    await_word(work, office, now, case=after)
    show_card(work, after, now)
    return office.say("notice/you_paused", case=str(case.id)).text
