"""The first owner (or, in their place, a supervisor) says whether a case may be closed."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.closing import Closing, ClosingState
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.message import MessageRef
from bot.desk.people import Role, Staff
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import staff_and_case
from bot.usecases.closing_ask import confirmer_name, franchisee_said_settled, put_question
from bot.usecases.concerned import tell_concerned
from bot.usecases.finding import require_finding
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.resolve import end_case
from bot.usecases.say import answered, say
from bot.usecases.topics import place_of, show_card


def confirm_closing(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    pressed: MessageRef | None = None,
) -> str:
    """确认结案: the case ends with its goodbye, as if whoever asked had ended it."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    closing = _waiting(work, office, case, who)
    if _wrote_again(work, office, case, closing):
        raise DeskError("notice/closing_wrote_again", case=str(case.id))
    require_finding(work, office, case)
    _answer(work, now, closing, ClosingState.CONFIRMED, who)
    work.events.add(Event(case.id, Did.CLOSING_CONFIRMED, now, staff_id=who.id))
    values = {"case": str(case.id), "name": who.name}
    say(work, office, now, to=place_of(case), script="notice/closing_confirmed", values=values, case_id=case.id)
    end_case(work, office, now, case=case, by=staff_of(work, closing.asked_by), told=(who.id,))
    return answered(work, office, now, pressed=pressed, script="notice/you_confirmed", case_id=case.id)


def refuse_closing(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    reason: str = "",
    pressed: MessageRef | None = None,
) -> str:
    """还没解决: the case goes on with its handler."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    closing = _waiting(work, office, case, who)
    _answer(work, now, closing, ClosingState.REFUSED, who)
    said = reason or office.label("closing_no")
    work.events.add(Event(case.id, Did.CLOSING_REFUSED, now, staff_id=who.id, data={"reason": said}))
    asker = staff_of(work, closing.asked_by)
    values = {"case": str(case.id), "by": who.name, "reason": said, "name": asker.name}
    tell_concerned(work, office, now, case=case, people=(asker,), script="notice/closing_refused", values=values)
    show_card(work, case, now)
    what = office.line("step_closing_refused", by=who.name, reason=said)
    tell_first_owner(work, office, now, case=case, what=what, told=(who.id, asker.id))
    return answered(work, office, now, pressed=pressed, script="notice/closing_not_agreed", case_id=case.id)


def lapse_closing(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """The first owner was silent too long: the supervisors decide."""
    closing = work.closings.pending_of(case.id)
    if closing is None or closing.answer_by is None or now < closing.answer_by:
        return
    pass_up(work, office, now, case=case, closing=closing)


def pass_up(work: Work, office: Office, now: datetime, *, case: Case, closing: Closing) -> None:
    """Put the question to the supervisors; the topic and the first owner hear of it."""
    passed = replace(closing, confirmer_id=None, answer_by=None)
    work.closings.save(passed)
    work.events.add(Event(case.id, Did.CLOSING_PASSED_UP, now))
    put_question(work, office, now, case=case, closing=passed)
    say(work, office, now, to=place_of(case), script="notice/closing_passed_up", values={"case": str(case.id)},
        case_id=case.id)  # fmt: skip
    show_card(work, case, now)
    tell_first_owner(work, office, now, case=case, what=office.line("step_closing_up"))


def _waiting(work: Work, office: Office, case: Case, who: Staff) -> Closing:
    """The closing that waits for this person's word; leaders may always decide."""
    closing = work.closings.pending_of(case.id)
    if closing is None or not case.is_unfinished:
        raise DeskError("notice/no_closing", case=str(case.id))
    if who.role is Role.SPECIALIST and who.id != closing.confirmer_id:
        name = confirmer_name(work, office, closing)
        raise NotAllowed("notice/closing_of_another", case=str(case.id), name=name)
    return closing


def _wrote_again(work: Work, office: Office, case: Case, closing: Closing) -> bool:
    """The franchisee said something since, and not that it is settled: that is to be answered first."""
    since = case.unanswered_since
    return since is not None and since >= closing.asked_at and not franchisee_said_settled(work, office, case)


def _answer(work: Work, now: datetime, closing: Closing, state: ClosingState, who: Staff) -> None:
    work.closings.save(replace(closing, state=state, answered_at=now, answered_by=who.id))
