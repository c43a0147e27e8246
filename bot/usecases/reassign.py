"""Pass a case on (改派): who signs off or stays silent loses it to the next; who comes to work gets back what waited.

The first owner never changes. A case goes on being somebody's at every instant: it changes hands in one UPDATE.
"""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case, State
from bot.desk.events import Did, Event
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.routing import FALLBACKS, Assignment, Reason
from bot.desk.silence import SILENT
from bot.usecases.assign import choose_next, note_assignment, silent_before, staff_of, workplace
from bot.usecases.hand_over import void_transfer
from bot.usecases.office import Office
from bot.usecases.passed_word import tell_leaders, tell_passed
from bot.usecases.ports import Work
from bot.usecases.promise_rows import rehand

SIGNED_OFF, SIGNED_ON = "signed_off", "signed_on"
"""Why a case changed hands (or SILENT); the words stand in `labels.toml` under `reasons`."""
_IN_HAND = (Did.CASE_CLAIMED, Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED, Did.CASE_TRANSFERRED)
_NEW_HANDS = (Did.CASE_ASSIGNED, Did.CASE_CLAIMED, Did.CASE_TRANSFERRED, Did.CASE_REOPENED)
_NOT_THEIR_OWN = {*FALLBACKS, Reason.OVERFLOW, Reason.UNKNOWN_PLACE}


def duty_changed(work: Work, office: Office, now: datetime, *, who: Staff) -> list[Case]:
    """To be called whenever `is_on_duty` was changed and saved, however it came about; the cases that changed hands."""
    if who.is_on_duty:
        return signed_on(work, office, now)
    return signed_off(work, office, now, who=who)


def signed_off(work: Work, office: Office, now: datetime, *, who: Staff) -> list[Case]:
    """`who` is off duty from now: whoever comes next gets each of their cases; those that changed hands.

    With nobody on duty a specialist's cases are the supervisor's until morning; a leader keeps their own.
    """
    mine = [case for case in work.cases.unfinished() if case.handler_id == who.id]
    passed = [after for case in mine if (after := _after_sign_off(work, office, now, case, who))]
    tell_leaders(work, office, now, cases=passed, by=who, why=SIGNED_OFF)
    return passed


def _after_sign_off(work: Work, office: Office, now: datetime, case: Case, who: Staff) -> Case | None:
    chosen = choose_next(work, office, case=case)
    if who.role is not Role.SPECIALIST and not staff_of(work, chosen.staff_id).is_on_duty:
        return None
    return pass_case(work, office, now, case=case, to=chosen, why=SIGNED_OFF)


def signed_on(work: Work, office: Office, now: datetime) -> list[Case]:
    """Somebody came to work: what waits with a stand-in or with somebody who went home is routed anew.

    What a stand-in has taken up in the meantime stays theirs.
    """
    return [after for case in work.cases.unfinished() if (after := _after_sign_on(work, office, now, case))]


def _after_sign_on(work: Work, office: Office, now: datetime, case: Case) -> Case | None:
    holder = staff_of(work, case.handler_id)
    if not _waits(work, case, holder):
        return None
    chosen = choose_next(work, office, case=case)
    is_their_own = chosen.reason not in _NOT_THEIR_OWN and chosen.staff_id not in silent_before(work, case)
    is_better = is_their_own or not holder.is_on_duty
    if not is_better or not staff_of(work, chosen.staff_id).is_on_duty:
        return None
    return pass_case(work, office, now, case=case, to=chosen, why=SIGNED_ON)


def _waits(work: Work, case: Case, holder: Staff) -> bool:
    """Whether a case is with somebody who went home, or with a stand-in who has not taken it up."""
    if holder.role is Role.SPECIALIST and (not holder.is_on_duty or case.region in holder.regions):
        return not holder.is_on_duty
    since = [e for e in work.events.of_case(case.id) if e.did in (*_IN_HAND, Did.CASE_ASSIGNED)]
    if not since or since[-1].did is not Did.CASE_ASSIGNED:
        return False
    return Reason(since[-1].data["reason"]) in {*FALLBACKS, Reason.UNKNOWN_PLACE}


def look_for_silence(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Whoever has had the case for too long without a first answer loses it to somebody who is on duty and has not been
    silent about it; when nobody is left, it stays, and the supervisors are told.
    """
    if not case.is_unfinished or case.first_answer_at is not None or not office.terms.reassign_after:
        return
    due = office.due(_since(work, case), office.terms.reassign_after)
    if case.state is State.WAITING:
        due = office.due(now, office.terms.reassign_after)
    if now < due:  # other hands since, or the franchisee is waited for
        work.reminders.add(Reminder(ReminderKind.SILENCE, case.id, due))
        return
    _pass_on_silent(work, office, now, case)


def _pass_on_silent(work: Work, office: Office, now: datetime, case: Case) -> None:
    holder = staff_of(work, case.handler_id)
    chosen, passed = choose_next(work, office, case=case, passed=[holder.id]), silent_before(work, case)
    to = staff_of(work, chosen.staff_id)
    if to.id in (holder.id, *passed) or not to.is_on_duty or chosen.reason is Reason.OVERFLOW:
        tell_leaders(work, office, now, cases=[case], by=holder, why=SILENT)
        return
    after = pass_case(work, office, now, case=case, to=chosen, why=SILENT)
    tell_leaders(work, office, now, cases=[after] if after else [], by=holder, why=SILENT)


def _since(work: Work, case: Case) -> datetime:
    """When the case came into the hands that it is in."""
    times = [e.at for e in work.events.of_case(case.id) if e.did in _NEW_HANDS]
    return max(times, default=case.opened_at)


def pass_case(work: Work, office: Office, now: datetime, *, case: Case, to: Assignment, why: str) -> Case | None:
    """Give an unfinished case to other hands; None when it is theirs already, or somebody else was quicker."""
    if to.staff_id == case.handler_id or not work.cases.hand(case.id, giver=case.handler_id, taker=to.staff_id):
        return None
    giver, taker = staff_of(work, case.handler_id), staff_of(work, to.staff_id)
    is_leader = taker.role is not Role.SPECIALIST
    place = case.group_id if is_leader else workplace(work, office, region=case.region, who=taker)
    after = replace(case, handler_id=taker.id, group_id=place, route_reason=office.reason(to.reason))
    work.cases.save(after)
    told = tell_passed(work, office, now, before=case, after=after, giver=giver, taker=taker, why=why)
    void_transfer(work, now, case=after)
    rehand(work, office, now, case=after)
    data = {"from": str(giver.id), "to": str(taker.id), "name": giver.name, "reason": why, "told": told}
    work.events.add(Event(case.id, Did.CASE_PASSED_ON, now, data=data))
    note_assignment(work, office, now, case=after, assignment=to)
    return after
