"""What was planned for an ended case becomes needless: the matter goes on, or the franchisee has said already."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.follow_up import FollowUpState, Spared
from bot.desk.people import Franchisee
from bot.desk.rating import RatingState
from bot.usecases.ports import Work


def spare_follow_up(work: Work, now: datetime, *, case: Case, why: Spared) -> None:
    """The call back is cancelled, with the reason; nothing when none is open."""
    item = work.follow_ups.open_of(case.id)
    if item is None:
        return
    work.follow_ups.save(replace(item, state=FollowUpState.CANCELLED, reason=why.value, done_at=now))
    work.events.add(Event(case.id, Did.FOLLOW_UP_CANCELLED, now, data={"spared": why.value}))


def case_goes_on(work: Work, now: datetime, *, case: Case) -> None:
    """Reopened: no call back, and what was not rated yet is asked anew after the next closing."""
    spare_follow_up(work, now, case=case, why=Spared.REOPENED)
    rating = work.ratings.last_of(case.id)
    if rating is not None and rating.state in (RatingState.ASKED, RatingState.BLOCKED):
        work.ratings.save(replace(rating, state=RatingState.VOID, words_until=None))
    elif rating is not None and rating.words_until is not None:
        work.ratings.save(replace(rating, words_until=None))


def count_blocked(work: Work, *, person: Franchisee) -> None:
    """Somebody cannot be written to any more: what they were asked and have not answered counts as blocked."""
    rating = work.ratings.newest_of(person.id)
    if rating is not None and rating.state is RatingState.ASKED:
        work.ratings.save(replace(rating, state=RatingState.BLOCKED))
    work.surveys.blocked(person.id)
