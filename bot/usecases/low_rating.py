"""A low rating is a supervisor's task with a deadline: told once, reminded once, done with a word of what was done."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.people import Franchisee
from bot.desk.rating import LowRating, LowState, Rating
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.warnings import EarlyWarning
from bot.usecases.at_hand import Spot, case_number, franchisee_of, require_case, require_supervisor
from bot.usecases.early_warning import close_of_low_rating, warn_of_low_rating
from bot.usecases.first_owner import show_button
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.upstairs import tell_leaders

LIST_LIMIT = 15
DONE_SHOWN = 5
LONGEST_WORDS = 300


def low_rating(work: Work, office: Office, now: datetime, *, rating: Rating, person: Franchisee) -> None:
    """Open the task and tell the supervisors; a score that is changed later opens no second one."""
    known = work.low_ratings.of_rating(rating.id)
    if known is not None:
        work.low_ratings.save(replace(known, score=rating.score or known.score))
        return
    due = office.due(now, office.aftercare.rating.handle_within)
    low = work.low_ratings.add(LowRating(0, rating.id, rating.case_id, rating.score or 0, now, due))
    work.reminders.add(Reminder(ReminderKind.LOW_RATING, low.id, due))
    warning = warn_of_low_rating(work, office, now, low=low)
    told = office.alert("beside_low", level=office.alert(warning.level.value), warning=warning.id) if warning else ""
    tell_leaders(work, office, now, script="notice/low_rating", values=_values(work, office, low) | {"warning": told},
                 buttons=_buttons(work, office, low, warning), case_id=low.case_id)  # fmt: skip


def low_rating_due(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """Not done in time: the supervisors are reminded, once."""
    low = work.low_ratings.get(subject)
    if low is None or low.state is not LowState.OPEN or low.reminded_at is not None:
        return
    work.low_ratings.save(replace(low, reminded_at=now))
    tell_leaders(work, office, now, script="notice/low_rating_late", values=_values(work, office, low),
                 buttons=_buttons(work, office, low), case_id=low.case_id)  # fmt: skip


def low_ratings_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/lowratings`: what is to be done, and what was; `/lowratings 3 做了什么` writes it down."""
    who = require_supervisor(work, staff_telegram_id)
    to = room(spot.ref.chat_id, spot.thread_id)
    if not query.strip():
        lines = "\n".join(_lines(work, office, now)) or office.after("low_none")
        say(work, office, now, to=to, script="notice/low_ratings", values={"lines": lines})
        return
    number, _, words = query.strip().partition(" ")
    low = work.low_ratings.get(case_number(number) or 0)
    if low is None or not words.strip():
        raise DeskError("notice/how_low_ratings")
    done = replace(low, state=LowState.DONE, done_at=now, done_by=who.id, words=words.strip()[:LONGEST_WORDS])
    work.low_ratings.save(done)
    close_of_low_rating(work, now, low=done, by=who)
    work.events.add(Event(low.case_id, Did.LOW_RATING_HANDLED, now, staff_id=who.id, data={"reason": done.words}))
    say(work, office, now, to=to, script="notice/low_rating_done",
        values={"low": str(low.id), "case": str(low.case_id)}, reply_to=spot.ref)  # fmt: skip


def how_to_record(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 怎样登记."""
    require_supervisor(work, staff_telegram_id)
    return office.say("notice/low_rating_how", low=str(subject)).text


def _values(work: Work, office: Office, low: LowRating) -> dict[str, str]:
    case = require_case(work, low.case_id)
    names = {s.id: s.name for s in work.staff.all()}
    return {
        "low": str(low.id),
        "case": str(case.id),
        "name": franchisee_of(work, case).name,
        "score": str(low.score),
        "kind": office.kind_name(case.kind),
        "owner": names.get(case.first_owner_id or 0, office.word("unclaimed")),
        "handler": names.get(case.handler_id, office.word("nobody")),
        "until": office.local(low.due_at),
    }


def _buttons(work: Work, office: Office, low: LowRating, warning: EarlyWarning | None = None) -> Buttons:
    take = (Button(office.alert("take"), Press(Verb.WARNING_TAKE, warning.id)),) if warning is not None else ()
    how = (*take, Button(office.after("low_how"), Press(Verb.LOW_HOW, low.id)))
    return (how, *show_button(office, require_case(work, low.case_id)))


def _lines(work: Work, office: Office, now: datetime) -> list[str]:
    done = [low for low in work.low_ratings.newest(limit=LIST_LIMIT) if low.state is LowState.DONE]
    return [
        *(_open_line(work, office, now, low) for low in work.low_ratings.listed(limit=LIST_LIMIT)),
        *(_done_line(work, office, low) for low in done[:DONE_SHOWN]),
    ]


def _open_line(work: Work, office: Office, now: datetime, low: LowRating) -> str:
    told = _values(work, office, low)
    return office.after("low_open", low=low.id, case=low.case_id, name=told["name"], score=low.score,
                        why=_why(work, office, low), owner=told["owner"], due=told["until"],
                        late=office.after("follow_up_late") if now >= low.due_at else "")  # fmt: skip


def _done_line(work: Work, office: Office, low: LowRating) -> str:
    by = work.staff.get(low.done_by) if low.done_by else None
    name = franchisee_of(work, require_case(work, low.case_id)).name
    return office.after("low_done", low=low.id, case=low.case_id, name=name, score=low.score,
                        why=_why(work, office, low), by=by.name if by else office.word("nobody"),
                        words=low.words)  # fmt: skip


def _why(work: Work, office: Office, low: LowRating) -> str:
    """The reasons that the franchisee chose, and what they wrote."""
    rating = work.ratings.get(low.rating_id)
    if rating is None:
        return office.after("no_tags")
    return "；".join(filter(None, ("、".join(rating.tags), rating.words))) or office.after("no_tags")
