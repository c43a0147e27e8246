"""A franchisee who cannot be written to any more: marked, and told to the topic once; cleared when they are back."""

from dataclasses import replace
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.people import Franchisee
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.spare import count_blocked
from bot.usecases.topics import place_of, show_card


def became_unreachable(work: Work, office: Office, now: datetime, *, person: Franchisee) -> None:
    """Mark the person; the second time nothing happens."""
    if not person.is_reachable:
        return
    work.franchisees.save(replace(person, is_reachable=False))
    count_blocked(work, person=person)
    case = work.cases.last_of(person.id)
    if case is None:
        return
    work.events.add(Event(case.id, Did.BECAME_UNREACHABLE, now))
    say(work, office, now, to=place_of(case), script="notice/unreachable", values={"name": person.name})
    show_card(work, case, now)


def became_reachable(work: Work, now: datetime, *, person: Franchisee) -> Franchisee:
    """The person let the bot back in, or wrote: their card says so at once, whatever else changes on it; the person."""
    if person.is_reachable:
        return person
    back = replace(person, is_reachable=True)
    work.franchisees.save(back)
    case = work.cases.last_of(person.id)
    if case is not None:
        work.events.add(Event(case.id, Did.BECAME_REACHABLE, now))
        show_card(work, case, now)
    return back
