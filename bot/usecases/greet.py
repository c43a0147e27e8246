"""The first of the three voices (问声): once a case, by the time of day, with who answers and until when."""

from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.outgoing import Outgoing, Priority, Private, SayText
from bot.desk.people import Franchisee
from bot.desk.script import Rendered, When, day_part, render
from bot.usecases.assign import staff_of
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

PER_ROW = 4
"""Province buttons a row: short names fit four to a telephone's width."""


def greet(work: Work, office: Office, now: datetime, *, case: Case, person: Franchisee) -> None:
    """Greet the franchisee, and ask for the province when nothing tells where their store is."""
    words = greeting(work, office, now, case, person)
    to = Private(person.telegram_id)
    act = SayText(words.text, html=words.html)
    work.outbox.add(Outgoing(to, act, priority=Priority.REPLY, case_id=case.id), at=now)
    work.events.add(Event(case.id, Did.GREETED, now))
    if case.province is None and office.asks_province:
        say(
            work, office, now, to=to, script="notice/ask_province", values={}, buttons=province_buttons(office, case.id)
        )


def greeting(work: Work, office: Office, now: datetime, case: Case, person: Franchisee) -> Rendered:
    """The greeting's words for this instant."""
    script = office.scripts.greeting(_when(work, office, now, case), is_known=person.store_number is not None)
    return render(script, case_values(work, office, case, person))


def _when(work: Work, office: Office, now: datetime, case: Case) -> When:
    """Outside of hours nobody is said to come later who is there: a late shift, or a colleague who stays on."""
    if office.calendar.is_open(now, office.zone):
        return day_part(now.astimezone(office.zone).time())
    return When.ON_WATCH if staff_of(work, case.handler_id).is_on_duty else When.AFTER_HOURS


def case_values(work: Work, office: Office, case: Case, person: Franchisee) -> dict[str, str]:
    """The placeholders that every script about a case may use."""
    region = office.region(case.region)
    store = work.stores.get(case.store_number) if case.store_number else None
    due = case.respond_by or office.deadlines.respond_by(case, case.heard_at or case.opened_at)
    return {
        "desk": office.name,
        "case": str(case.id),
        "name": person.name,
        "specialist": office.called(staff_of(work, case.handler_id)),
        "region": region.name if region else office.word("place_unknown"),
        "store": f"{store.number} {store.name}" if store else office.word("store_unknown"),
        "answer_by": office.local(due),
        "resolve_by": office.local(case.resolve_by),
    }


def province_buttons(office: Office, case_id: int) -> Buttons:
    """Every province that a region serves, in the regions' order."""
    names = [p for region in office.regions for p in region.provinces]
    buttons = [Button(p, Press(Verb.PROVINCE, case_id, p)) for p in names]
    return in_rows(buttons, PER_ROW)
