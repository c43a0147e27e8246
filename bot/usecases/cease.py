"""A case ended: whatever still waited beside it (a transfer, a closing, assistance) waits no more."""

from dataclasses import replace
from datetime import datetime

from bot.desk.assist import AssistState
from bot.desk.case import Case
from bot.desk.closing import ClosingState
from bot.desk.outgoing import Group
from bot.usecases.hand_over import void_transfer
from bot.usecases.left_to_do import tell_what_stays
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say


def cease(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Void what is open; a department that was still asked is told that it need not go on. What somebody promised or
    wants to be reminded of outlives the case.
    """
    tell_what_stays(work, office, now, case=case)
    void_transfer(work, now, case=case)
    closing = work.closings.pending_of(case.id)
    if closing is not None:
        work.closings.save(replace(closing, state=ClosingState.VOID, answered_at=now))
    for assist in work.assists.of_case(case.id):
        if not assist.is_open:
            continue
        work.assists.save(replace(assist, state=AssistState.VOID))
        department = office.department(assist.department)
        if department is not None and department.chat_id:
            to = Group(work.groups.current(department.chat_id))
            say(work, office, now, to=to, script="notice/assist_void", values={"case": str(case.id)}, case_id=case.id)
