"""After closing, the franchisee is asked to rate it (满意度): once a closing, chased once, then left alone."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case, State
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.rating import SCORES, Rating, RatingState
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.at_hand import franchisee_of
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say


def case_closed(work: Work, office: Office, now: datetime, *, case: Case, is_at_hand: bool) -> None:
    """Ask now when the franchisee has just closed it themselves (`is_at_hand`), else in working hours.

    Whoever got no answer from a person has nothing to judge; so is not asked who was closed for saying nothing: they
    were asked again and again already (that closing doesn't come here).
    """
    if not office.aftercare.rating.is_asked or case.first_answer_at is None:
        return
    if is_at_hand:
        _ask(work, office, now, case)
    else:
        work.reminders.add(Reminder(ReminderKind.RATING, case.id, office.opening(now)))


def rating_due(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """Ask, or ask once more, unless the case goes on again or was rated meanwhile; never outside working hours."""
    if case.state is not State.CLOSED:
        return
    if not office.calendar.is_open(now, office.zone):
        work.reminders.add(Reminder(ReminderKind.RATING, case.id, office.opening(now)))
        return
    rating = work.ratings.last_of(case.id)
    if rating is None or not _is_of_this_closing(rating, case):
        _ask(work, office, now, case)
    elif _is_to_be_chased(rating, now, office.aftercare.rating.chase_after):
        _chase(work, office, now, case, rating)


def _is_of_this_closing(rating: Rating, case: Case) -> bool:
    return rating.state is not RatingState.VOID and case.closed_at is not None and rating.asked_at >= case.closed_at


def _is_to_be_chased(rating: Rating, now: datetime, after: timedelta) -> bool:
    waits = rating.state is RatingState.ASKED and rating.chased_at is None
    return waits and after > timedelta(0) and now >= rating.asked_at + after


def _ask(work: Work, office: Office, now: datetime, case: Case) -> None:
    last = work.ratings.last_of(case.id)
    if last is not None and _is_of_this_closing(last, case):
        return
    person = franchisee_of(work, case)
    state = RatingState.ASKED if person.is_reachable else RatingState.BLOCKED
    rating = work.ratings.add(Rating(0, case.id, case.franchisee_id, case.first_owner_id, case.handler_id, case.region,
                                     now, state))  # fmt: skip
    if state is RatingState.BLOCKED:
        return
    work.events.add(Event(case.id, Did.RATING_ASKED, now))
    _say(work, office, now, case, rating, "notice/rate")
    after = office.aftercare.rating.chase_after
    if after > timedelta(0):
        work.reminders.add(Reminder(ReminderKind.RATING, case.id, office.opening(now + after)))


def _chase(work: Work, office: Office, now: datetime, case: Case, rating: Rating) -> None:
    work.ratings.save(replace(rating, chased_at=now))
    if franchisee_of(work, case).is_reachable:
        _say(work, office, now, case, rating, "notice/rate_chase")


def _say(work: Work, office: Office, now: datetime, case: Case, rating: Rating, script: str) -> None:
    person = franchisee_of(work, case)
    say(work, office, now, to=Private(person.telegram_id), script=script,
        values=case_values(work, office, case, person), buttons=score_buttons(office, rating.id),
        case_id=case.id)  # fmt: skip


def score_buttons(office: Office, rating_id: int) -> Buttons:
    """Five rows, the figure with its words."""
    return tuple((Button(office.after(f"score_{n}"), Press(Verb.RATE, rating_id, str(n))),) for n in SCORES)
