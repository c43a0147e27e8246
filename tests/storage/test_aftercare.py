"""Calls back, ratings, tasks of low ones and surveys on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState
from bot.desk.people import Franchisee, Store
from bot.desk.rating import LowRating, LowState, Rating, RatingState
from bot.desk.survey import Standing, Survey, SurveyState
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from tests.storage.made import NOON, later

CALL = FollowUp(0, 1, 2, True, NOON, later(60), later(120), words="' \" \u202e")
RATING = Rating(0, 1, 2, None, 4, "east", NOON, tags=("答复及时", "a,b"))
LOW = LowRating(0, 1, 1, 2, NOON, later(60))
SURVEY = Survey(0, "q", "普查", "abc", "title = 1", "", None, NOON, later(9000))


def test_a_call_back_comes_back_as_it_was_stored_and_one_is_open_at_a_time(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept = work.follow_ups.add(CALL)
        later_one = work.follow_ups.add(replace(CALL, case_id=2, owner_id=3, deadline_at=later(90)))
        assert work.follow_ups.open_of(1) == kept == replace(CALL, id=kept.id)
        assert work.follow_ups.listed() == [later_one, kept] and work.follow_ups.listed(owner_id=2) == [kept]
        done = replace(kept, state=FollowUpState.DONE, outcome=FollowUpOutcome.UNREACHED, done_at=later(5), attempts=2)
        work.follow_ups.save(done)
        assert (work.follow_ups.open_of(1), work.follow_ups.last_of(1)) == (None, done)
        work.follow_ups.add(CALL)

    storage.run_now(told)
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.follow_ups.add(CALL))
    with pytest.raises(LookupError, match="77"):
        storage.run_now(lambda work: work.follow_ups.save(replace(CALL, id=77)))


def test_ratings_and_their_tasks(storage: Storage) -> None:
    def told(work: Work) -> None:
        kept = work.ratings.add(RATING)
        assert work.ratings.last_of(1) == work.ratings.newest_of(2) == kept == replace(RATING, id=kept.id)
        rated = replace(kept, state=RatingState.RATED, score=1, rated_at=later(5), words_until=later(9), words="好")
        work.ratings.save(rated)
        assert work.ratings.asked_between(NOON, later(1)) == [rated]
        assert work.ratings.asked_between(later(1), later(2)) == []
        low = work.low_ratings.add(LOW)
        assert work.low_ratings.of_rating(1) == low == work.low_ratings.listed()[0]
        work.low_ratings.save(replace(low, state=LowState.DONE, words="已致电", done_by=3))
        assert (work.low_ratings.listed(), work.low_ratings.newest()[0].words) == ([], "已致电")

    storage.run_now(told)
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.low_ratings.add(LOW))


def person(telegram_id: int, province: str | None, store: str | None = None) -> Franchisee:
    return Franchisee(0, telegram_id, "某", None, None, store, province, True, NOON)


def test_a_round_takes_in_whom_it_is_for_and_each_is_next_once(storage: Storage) -> None:
    def told(work: Work) -> None:
        work.stores.put_all([Store("Gz1", "店", "广东")])
        ids = [work.franchisees.add(p).id for p in (person(1, "江苏"), person(2, "江苏", "GZ1"), person(3, None),
                                                    person(4, "江苏"))]  # fmt: skip
        everybody, east = work.surveys.add(SURVEY), work.surveys.add(replace(SURVEY, region="east"))
        assert work.surveys.enrol(everybody.id, provinces=None, strangers=[4]) == 3
        assert work.surveys.enrol(east.id, provinces=["江苏"], strangers=[4]) == 1, "the store comes before the word"
        (first,) = work.surveys.next_waiting(everybody.id, limit=1)
        assert first.franchisee_id == ids[0] and work.surveys.newest_of(ids[0]) is None
        begun = replace(first, state=Standing.STARTED, ticked="0,2", message_id=9, sent_at=NOON)
        work.surveys.save_person(begun)
        assert work.surveys.newest_of(ids[0]) == begun == work.surveys.person(first.id)
        work.surveys.answer(begun, "a", "1", at=NOON)
        work.surveys.answer(begun, "a", "2", at=later(1))
        assert work.surveys.answers_of(begun.id) == {"a": "2"} == work.surveys.answers(everybody.id)[begun.id]
        assert work.surveys.counts(everybody.id) == {}, "only those who finished count"
        work.surveys.save_person(replace(begun, state=Standing.ANSWERED))
        assert work.surveys.counts(everybody.id) == {"a": {"2": 1}}
        for franchisee_id in ids:
            work.surveys.blocked(franchisee_id)
        assert work.surveys.standings(everybody.id) == {Standing.ANSWERED: 1, Standing.BLOCKED: 2}
        work.surveys.save(replace(east, state=SurveyState.STOPPED, ended_at=later(1)))
        assert [s.id for s in work.surveys.running()] == [everybody.id]
        assert [s.id for s in work.surveys.newest()] == [east.id, everybody.id]

    storage.run_now(told)
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.surveys.enrol(1, provinces=None, strangers=[]))
