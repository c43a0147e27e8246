"""What goes on beside a case's state: a transfer on offer, assistance, a closing that waits for a yes, promises."""

from datetime import datetime

from bot.desk.assist import Assist, AssistState
from bot.desk.case import Case
from bot.usecases.assign import staff_of
from bot.usecases.complaint_words import complaint_line
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_card import promise_lines


def beside(work: Work, office: Office, case: Case) -> list[str]:
    """One line each, for the card and for recaps."""
    return [
        *_transfer(work, office, case),
        *(assist_line(office, a) for a in work.assists.of_case(case.id) if a.state is not AssistState.VOID),
        *_closing(work, office, case),
        *promise_lines(work, office, case),
        *complaint_line(work, office, case),
    ]


def _transfer(work: Work, office: Office, case: Case) -> list[str]:
    offer = work.transfers.pending_of(case.id)
    if offer is None or offer.from_id != case.handler_id:
        return []
    name = staff_of(work, offer.to_id).name
    return [office.line("card_transfer", name=name, until=office.local(offer.answer_by))]


def _closing(work: Work, office: Office, case: Case) -> list[str]:
    closing = work.closings.pending_of(case.id)
    if closing is None:
        return []
    name = staff_of(work, closing.confirmer_id).name if closing.confirmer_id else office.word("supervisor_title")
    return [office.line("card_closing", name=name)]


def assist_line(office: Office, assist: Assist) -> str:
    """Which department, how far, until when."""
    state = {
        AssistState.RECEIVED: _stamped(office, "assist_received", assist.received_by, assist.received_at),
        AssistState.ANSWERED: _stamped(office, "assist_answered", assist.answered_by, assist.answered_at),
    }.get(assist.state, office.line("assist_asked"))
    late = office.line("assist_late") if assist.is_open and assist.chased_at is not None else ""
    return office.line("card_assist", department=department_name(office, assist), state=state + late,
                       until=office.local(assist.due_at))  # fmt: skip


def department_name(office: Office, assist: Assist) -> str:
    """What the department is called; one that the settings no longer know keeps its code."""
    found = office.department(assist.department)
    return found.name if found else assist.department


def _stamped(office: Office, line: str, by: str, at: datetime | None) -> str:
    return office.line(line, by=by, at=office.local(at))


def owing_departments(work: Work, office: Office, case: Case) -> str:
    """The departments whose receipt is still due, by name; empty when none is."""
    return "、".join(department_name(office, a) for a in work.assists.of_case(case.id) if a.is_open)
