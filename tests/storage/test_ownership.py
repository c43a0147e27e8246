"""Transfers, assistance and closings on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.desk.assist import Assist, AssistState
from bot.desk.case import State
from bot.desk.closing import Closing, ClosingState
from bot.desk.events import Did, Event
from bot.desk.transfer import OfferState, TransferOffer
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from tests.storage.made import NOON, case, later

OFFER = TransferOffer(0, 1, 2, 3, 4, "班次交接 ' \" \u202e", NOON, later(1800))
ASSIST = Assist(0, 1, "logistics", 2, NOON, later(7200), "核对出库")
CLOSING = Closing(0, 1, 2, 3, NOON, later(14400))


def test_an_offer_comes_back_as_it_was_stored_and_one_waits_at_a_time(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept = work.transfers.add(OFFER)
        assert work.transfers.pending_of(1) == kept == replace(OFFER, id=kept.id)
        assert work.transfers.pending_to(3) == [kept]
        done = replace(kept, state=OfferState.RETURNED, answered_at=later(9), answer="已满")
        work.transfers.save(done)
        assert (work.transfers.pending_of(1), work.transfers.pending_to(3)) == (None, [])
        again = work.transfers.add(OFFER)
        assert work.transfers.last_of(1) == again
        assert work.transfers.last_of(2) is None

    storage.run_now(told)
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.transfers.add(OFFER))


def test_assistance_comes_back_and_a_department_owes_one_receipt_a_case(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept = work.assists.add(ASSIST)
        other = work.assists.add(replace(ASSIST, department="finance"))
        assert work.assists.of_case(1) == [kept, other]
        assert work.assists.open_of("logistics") == [kept]
        received = replace(
            kept, state=AssistState.RECEIVED, received_at=later(5), received_by="小方", chased_at=later(8)
        )
        work.assists.save(received)
        assert work.assists.get(kept.id) == received == work.assists.open_of("logistics")[0]
        assert work.assists.get(99) is None

    storage.run_now(told)
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.assists.add(ASSIST))
    first = storage.run_now(lambda work: work.assists.of_case(1))[0]
    storage.run_now(lambda work: work.assists.save(replace(first, state=AssistState.ANSWERED)))
    assert storage.run_now(lambda work: work.assists.add(ASSIST)).id > first.id


def test_a_closing_waits_for_one_person_or_for_the_supervisors(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept = work.closings.add(CLOSING)
        assert work.closings.pending_of(1) == kept
        assert work.closings.pending_for(3) == [kept]
        work.closings.save(replace(kept, confirmer_id=None, answer_by=None))
        assert work.closings.pending_for(3) == []
        work.closings.save(replace(kept, state=ClosingState.CONFIRMED, answered_by=9, answered_at=later(3)))
        assert work.closings.pending_of(1) is None

    storage.run_now(told)


@pytest.mark.parametrize("what", ["transfers", "assists", "closings"])
def test_what_is_not_there_cannot_be_written_back(storage: Storage, what: str) -> None:
    item = {"transfers": OFFER, "assists": ASSIST, "closings": CLOSING}[what]
    with pytest.raises(LookupError, match="77"):
        storage.run_now(lambda work: getattr(work, what).save(replace(item, id=77)))


def test_what_somebody_answers_for_and_the_events_of_what_goes_on(storage: Storage) -> None:
    def told(work: Work) -> None:
        mine, owned, other, over = (
            work.cases.add(case(1, first_owner_id=1)),
            work.cases.add(replace(case(2, first_owner_id=1), handler_id=2)),
            work.cases.add(replace(case(3), handler_id=2)),
            work.cases.add(replace(case(4), state=State.CLOSED, closed_at=NOON)),
        )
        assert [c.id for c in work.cases.answered_for_by(1)] == [mine.id, owned.id]
        for each in (mine, owned, other, over):
            work.events.add(Event(each.id, Did.CASE_OPENED, NOON), Event(each.id, Did.GREETED, NOON))
        kinds = (Did.CASE_OPENED, Did.CASE_CLOSED)
        assert [e.case_id for e in work.events.of_active(later(1), kinds)] == [mine.id, owned.id, other.id]
        work.events.add(Event(over.id, Did.CASE_CLOSED, later(5)))
        active = work.events.of_active(later(1), kinds)
        assert [(e.case_id, e.did) for e in active][-2:] == [(over.id, Did.CASE_OPENED), (over.id, Did.CASE_CLOSED)]

    storage.run_now(told)
