"""Answer a transfer on offer: the receiver accepts it, or it comes back (退回), by word or by silence."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.message import MessageRef
from bot.desk.people import Role, Staff
from bot.desk.transfer import OfferState, TransferOffer
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import staff_and_case
from bot.usecases.concerned import tell_concerned
from bot.usecases.first_owner import tell_first_owner
from bot.usecases.hand_over import Handing, hand_over, void_transfer
from bot.usecases.keyboard import numbered, pressed_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import answered, rebutton
from bot.usecases.topics import show_card


def accept(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    pressed: MessageRef | None = None,
) -> str:
    """接收: from now on the case is the receiver's; the words that answer the press."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    offer = _offer_to(work, case, who)
    _require_ready(work, who)
    by = staff_of(work, offer.by_id)
    work.transfers.save(replace(offer, state=OfferState.ACCEPTED, answered_at=now))
    after = hand_over(work, office, now, case=case, handing=Handing(who, by, offer.reason))
    giver = staff_of(work, offer.from_id)
    values = {"case": str(case.id), "name": who.name, "giver": giver.name, "reason": offer.reason}
    people = [person for person in (giver, by) if person.id != who.id]
    tell_concerned(work, office, now, case=after, people=people, script="notice/transfer_accepted", values=values)
    what = office.line("step_accepted", name=who.name)
    tell_first_owner(work, office, now, case=after, what=what, told=(who.id, giver.id, by.id))
    return answered(work, office, now, pressed=pressed, script="notice/you_accepted", case_id=case.id)


def ask_why_back(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, pressed: MessageRef
) -> str:
    """The button 退回: ask for the reason, under the same message."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    _offer_to(work, case, who)
    buttons = numbered(office.labels.return_reasons, Verb.SEND_BACK_WHY, case.id)
    rebutton(work, now, target=pressed, buttons=buttons)
    return office.say("notice/return_why", case=str(case.id)).text


def send_back_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, pressed: MessageRef
) -> str:
    """A reason was chosen."""
    reason = pressed_of(office.labels.return_reasons, choice)
    return send_back(work, office, now, staff_telegram_id=staff_telegram_id, case_id=case_id, reason=reason,
                     pressed=pressed)  # fmt: skip


def send_back(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    case_id: int,
    reason: str,
    pressed: MessageRef | None = None,
) -> str:
    """退回 by the receiver with a reason, or taken back by who offered it: the giver goes on answering for the case."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    pending = work.transfers.pending_of(case.id)
    if pending is not None and who.id in (pending.from_id, pending.by_id):
        come_back(work, office, now, case, replace(pending, state=OfferState.WITHDRAWN, answer=reason))
        return answered(work, office, now, pressed=pressed, script="notice/you_withdrew", case_id=case.id)
    offer = _offer_to(work, case, who)
    if not reason:
        raise DeskError("notice/how_return")
    come_back(work, office, now, case, replace(offer, state=OfferState.RETURNED, answer=reason))
    return answered(work, office, now, pressed=pressed, script="notice/you_returned", case_id=case.id)


def lapse_transfer(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Nobody answered in time: the offer comes back, with notice to both."""
    offer = work.transfers.pending_of(case.id)
    if offer is None or now < offer.answer_by:
        return
    if not case.is_unfinished or offer.from_id != case.handler_id:
        void_transfer(work, now, case=case)
        return
    come_back(work, office, now, case, replace(offer, state=OfferState.LAPSED))


def come_back(work: Work, office: Office, now: datetime, case: Case, offer: TransferOffer) -> None:
    """An offer ends without being accepted (`offer` says how): the giver goes on, and everybody concerned is told."""
    work.transfers.save(replace(offer, answered_at=now))
    giver, to = staff_of(work, offer.from_id), staff_of(work, offer.to_id)
    why = offer.answer or office.line(f"back_{offer.state.value}")
    data = {"to": str(to.id), "name": to.name, "how": offer.state.value, "reason": why}
    by = to.id if offer.state is OfferState.RETURNED else offer.by_id if offer.state is OfferState.WITHDRAWN else None
    work.events.add(Event(case.id, Did.TRANSFER_RETURNED, now, staff_id=by, data=data))
    values = {"case": str(case.id), "name": to.name, "giver": giver.name, "reason": why}
    told = [p for p in (giver, to, staff_of(work, offer.by_id)) if p.id != by]
    tell_concerned(work, office, now, case=case, people=told, script="notice/transfer_back", values=values)
    show_card(work, case, now)
    what = office.line("step_back", name=to.name, giver=giver.name, reason=why)
    tell_first_owner(work, office, now, case=case, what=what, told=(by, *(p.id for p in told)))


def _offer_to(work: Work, case: Case, who: Staff) -> TransferOffer:
    """What waits for this person's answer; DeskError says what became of it."""
    offer = work.transfers.pending_of(case.id)
    if offer is not None and offer.to_id == who.id and offer.from_id == case.handler_id and case.is_unfinished:
        return offer
    if case.handler_id == who.id:
        raise DeskError("notice/already_yours", name=who.name)
    if offer is not None and offer.to_id != who.id:
        raise NotAllowed("notice/offer_of_another", case=str(case.id), name=staff_of(work, offer.to_id).name)
    raise DeskError("notice/no_offer", case=str(case.id))


def _require_ready(work: Work, who: Staff) -> None:
    """On duty and with room, for accepting is being assigned."""
    if not who.is_on_duty:
        raise DeskError("notice/accept_off_duty")
    count = work.cases.open_counts().get(who.id, 0)
    if who.role is Role.SPECIALIST and count >= who.capacity:
        raise DeskError("notice/accept_full", count=str(count), capacity=str(who.capacity))
