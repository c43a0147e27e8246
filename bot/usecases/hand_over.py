"""Put a case into other hands: handler, group and topic change together, the first owner never does."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk import case as moves
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.silence import TOLD
from bot.desk.transfer import OfferState
from bot.usecases.at_hand import franchisee_of
from bot.usecases.first_owner import show_button
from bot.usecases.groups import group_of
from bot.usecases.office import Office
from bot.usecases.place import move
from bot.usecases.ports import Work
from bot.usecases.promise_rows import rehand
from bot.usecases.recap import recap
from bot.usecases.say import say
from bot.usecases.topics import show_card
from bot.usecases.upstairs import tell_leaders

ACCEPTED = "accepted"
LEFT = "left"
"""How a hand-over came about: the receiver accepted it, or the handler left the company."""


@dataclass(frozen=True)
class Handing:
    """A hand-over that is settled: to whom, on whose word, why, and how it came about."""

    to: Staff
    by: Staff
    reason: str
    how: str = ACCEPTED


def hand_over(work: Work, office: Office, now: datetime, *, case: Case, handing: Handing) -> Case:
    """The case as it is in its new hands; the franchisee is told, and supervisors when it happens too often."""
    to = handing.to
    why = office.line("transferred", reason=handing.reason)
    after = replace(case, handler_id=to.id, group_id=group_for(work, office, case, to), route_reason=why)
    data = {"from": str(case.handler_id), "to": str(to.id), "by": handing.by.name, "name": to.name,
            "reason": handing.reason, "how": handing.how, "told": TOLD}  # fmt: skip
    work.events.add(Event(case.id, Did.CASE_TRANSFERRED, now, staff_id=handing.by.id, data=data))
    if handing.how == ACCEPTED and case.first_owner_id is None and work.cases.take(case.id, to.id):
        after = moves.claimed(after, by=to.id)  # to accept what nobody has taken yet is to take it
        work.events.add(Event(case.id, Did.CASE_CLAIMED, now, staff_id=to.id))
    work.cases.save(after)
    void_transfer(work, now, case=after)
    rehand(work, office, now, case=after)
    work.staff.save(replace(to, last_assigned_at=now))
    _move(work, office, now, case, after, to)
    _tell_franchisee(work, office, now, after, to)
    _alert_when_often(work, office, now, after)
    return after


def group_for(work: Work, office: Office, case: Case, to: Staff) -> int:
    """Where somebody works on a case: a specialist in their own region's group, a supervisor where the case is."""
    if to.role is not Role.SPECIALIST or not to.regions:
        return case.group_id
    return group_of(work, office, case.region if case.region in to.regions else to.regions[0])


def require_receiver(work: Work, case: Case, to: Staff) -> None:
    """DeskError with the reason why this person cannot be given a case."""
    if not to.is_on_duty:
        raise DeskError("notice/receiver_off_duty", name=to.name)
    count = work.cases.open_counts().get(to.id, 0) + len(work.transfers.pending_to(to.id))
    if to.role is Role.SPECIALIST and count >= to.capacity:
        raise DeskError("notice/receiver_full", name=to.name, count=str(count), capacity=str(to.capacity))


def void_transfer(work: Work, now: datetime, *, case: Case) -> None:
    """The case ended, or got another handler by another way: what was on offer is off."""
    offer = work.transfers.pending_of(case.id)
    if offer is not None:
        work.transfers.save(replace(offer, state=OfferState.VOID, answered_at=now))


def _move(work: Work, office: Office, now: datetime, before: Case, after: Case, to: Staff) -> None:
    person = franchisee_of(work, after)
    if after.group_id != before.group_id:
        region = next((r for r in office.regions if group_of(work, office, r.code) == after.group_id), None)
        where = {"case": str(after.id), "name": to.name, "region": region.name if region else ""}
        story = recap(work, office, now, case=after, script="notice/transfer_recap", values={})
        move(work, office, now, before=before, after=after, person=person, pointer="notice/transferred_away",
             where=where, recap=story)  # fmt: skip
    show_card(work, after, now)


def _tell_franchisee(work: Work, office: Office, now: datetime, case: Case, to: Staff) -> None:
    values = {"case": str(case.id), "specialist": office.called(to)}
    say(work, office, now, to=Private(franchisee_of(work, case).telegram_id), script="notice/transferred_franchisee",
        values=values, case_id=case.id)  # fmt: skip


def _alert_when_often(work: Work, office: Office, now: datetime, case: Case) -> None:
    """Handed on again and again: supervisors hear of it, once a case."""
    events = work.events.of_case(case.id)
    times = sum(e.did is Did.CASE_TRANSFERRED for e in events)
    if times < office.ownership.alert_at_transfer or any(e.did is Did.TRANSFERS_ALERTED for e in events):
        return
    work.events.add(Event(case.id, Did.TRANSFERS_ALERTED, now))
    names = [name for e in events if e.did is Did.CASE_TRANSFERRED and (name := e.data.get("name"))]
    values = {"case": str(case.id), "name": franchisee_of(work, case).name, "times": str(times),
              "people": " → ".join(names)}  # fmt: skip
    tell_leaders(work, office, now, script="notice/often_transferred", values=values, case_id=case.id,
                 buttons=show_button(office, case))  # fmt: skip
