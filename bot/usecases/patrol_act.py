"""What a supervisor does about a complaint on the patrol: 催办, 批示, 已阅; each is kept with who and when."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.complaint import GRADE_NAMES
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.patrol import Looked
from bot.desk.people import Staff
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, franchisee_of, require_case, require_supervisor
from bot.usecases.case_named import case_named
from bot.usecases.complaint_words import standing_complaint
from bot.usecases.first_owner import show_button
from bot.usecases.greet import case_values
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of

LONGEST = 500


def chase(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """催办: the handler is told, at most once in `chase_every`."""
    who, case = _about(work, staff_telegram_id, subject)
    last = max((e.at for e in work.events.of_case(case.id) if e.did is Did.COMPLAINT_CHASED), default=None)
    handler = staff_of(work, case.handler_id)
    if last is not None and now < last + office.complaints.chase_every:
        return office.say("notice/chased_already", case=str(case.id), name=handler.name, at=office.local(last)).text
    if not case.is_unfinished:
        raise DeskError("notice/case_is_over", case=str(case.id))
    _look(work, office, now, case, who, Looked.CHASED, Event(case.id, Did.COMPLAINT_CHASED, now, staff_id=who.id))
    values = {**_values(work, office, case), "by": who.name}
    for place in (place_of(case), Private(handler.telegram_id)):
        say(work, office, now, to=place, script="notice/complaint_chased", values=values, case_id=case.id,
            buttons=show_button(office, case) if isinstance(place, Private) else ())  # fmt: skip
    return office.say("notice/you_chased", case=str(case.id), name=handler.name).text


def looked(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """已阅: kept, once a person and day."""
    who, case = _about(work, staff_telegram_id, subject)
    today = office.today(now)
    mine = (e for e in work.events.of_case(case.id) if e.did is Did.COMPLAINT_SEEN and e.staff_id == who.id)
    if not any(office.today(e.at) == today for e in mine):
        _look(work, office, now, case, who, Looked.SEEN, Event(case.id, Did.COMPLAINT_SEEN, now, staff_id=who.id))
    return office.say("notice/you_looked", case=str(case.id)).text


def how_to_instruct(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 批示: words are written, not pressed."""
    _about(work, staff_telegram_id, subject)
    return office.say("notice/instruct_how_button", case=str(subject)).text


def instruct_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/instruct [编号] 内容`, or as a reply to a message about the case: the handler reads it, it stays on record."""
    require_supervisor(work, staff_telegram_id)
    named, words = case_named(work, spot, query)
    if named is None or not words.strip():
        raise DeskError("notice/how_instruct")
    who, case = _about(work, staff_telegram_id, named.id)
    said = words.strip()[:LONGEST]
    event = Event(case.id, Did.COMPLAINT_INSTRUCTED, now, staff_id=who.id, data={"reason": said})
    _look(work, office, now, case, who, Looked.INSTRUCTED, event)
    handler = staff_of(work, case.handler_id)
    values = {**_values(work, office, case), "by": office.called(who), "words": said}
    for place in (place_of(case), Private(handler.telegram_id)):
        say(work, office, now, to=place, script="notice/complaint_instructed", values=values, case_id=case.id,
            buttons=show_button(office, case) if isinstance(place, Private) else ())  # fmt: skip
    told = office.say("notice/you_instructed", case=str(case.id), name=handler.name).text
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/told", values={"words": told},
        reply_to=spot.ref)  # fmt: skip


def _about(work: Work, staff_telegram_id: int, case_id: int) -> tuple[Staff, Case]:
    who = require_supervisor(work, staff_telegram_id)
    case = require_case(work, case_id)
    if standing_complaint(work, case.id) is None:
        raise DeskError("notice/no_complaint", case=str(case.id))
    return who, case


def _look(work: Work, office: Office, now: datetime, case: Case, who: Staff, how: Looked, event: Event) -> None:
    work.events.add(event)
    work.patrols.look(case.id, day=office.today(now), by=who.id, at=now, how=how)


def _values(work: Work, office: Office, case: Case) -> dict[str, str]:
    complaint = standing_complaint(work, case.id)
    grade = GRADE_NAMES[complaint.grade] if complaint is not None else ""
    return {**case_values(work, office, case, franchisee_of(work, case)), "grade": grade}
