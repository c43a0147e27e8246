"""Bind a person to a store: by the code of a deep link, by the store number typed in, or by the telephone on file."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee, Store, normalise_phone
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.place import place_case
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import show_card


def start(work: Work, office: Office, now: datetime, *, sender: Sender, code: str) -> None:
    """`/start` with or without a code; a code that is not known is said so, and the person is served all the same."""
    person = met(work, now, sender)
    to = Private(person.telegram_id)
    store = work.stores.by_code(code) if code else None
    if store is not None:
        bind(work, office, now, person=person, store=store, how="code")
        return
    if code:
        say(work, office, now, to=to, script="notice/unknown_code", values={})
        return
    asks = "" if person.store_number else office.label("share_phone")
    values = {"name": person.name}
    say(work, office, now, to=to, script="notice/welcome", values=values, asks_contact=asks)


def bind_by_number(work: Work, office: Office, now: datetime, person: Franchisee, text: str) -> Franchisee | None:
    """Bind when an unbound person's text is a store number and nothing else; the person as bound, or None."""
    typed = text.strip()
    if person.store_number or not 2 <= len(typed) <= 20 or not typed.isalnum():
        return None
    store = work.stores.get(typed)
    return bind(work, office, now, person=person, store=store, how="number") if store else None


def share_contact(work: Work, office: Office, now: datetime, *, sender: Sender, phone: str, is_own: bool) -> None:
    """The person shared a contact: only their own telephone number proves anything."""
    person = met(work, now, sender)
    number = normalise_phone(phone)
    on_file = work.contacts.by_phone(number) if number and is_own else None
    store = work.stores.get(on_file.store_number) if on_file else None
    if on_file is None or store is None:
        say(work, office, now, to=Private(person.telegram_id), script="notice/phone_not_on_file", values={})
        return
    known = replace(person, phone=number, name=on_file.name)
    bind(work, office, now, person=known, store=store, how="phone")


def bind(work: Work, office: Office, now: datetime, *, person: Franchisee, store: Store, how: str) -> Franchisee:
    """Bind, tell the person (which takes the keyboard for their telephone away), and place their unfinished case."""
    bound = replace(person, store_number=store.number, province=store.province)
    work.franchisees.save(bound)
    label = f"{store.number} {store.name}"
    say(work, office, now, to=Private(person.telegram_id), script="notice/bound", values={"store": label},
        drops_keyboard=True)  # fmt: skip
    case = work.cases.unfinished_of(person.id)
    if case is not None:
        _place_bound(work, office, now, case, bound, store, how)
    return bound


def _place_bound(
    work: Work, office: Office, now: datetime, case: Case, person: Franchisee, store: Store, how: str
) -> None:
    case = replace(case, store_number=store.number)
    work.cases.save(case)
    work.events.add(Event(case.id, Did.STORE_BOUND, now, data={"store": store.number, "how": how}))
    if case.province != store.province:
        place_case(work, office, now, case=case, person=person, province=store.province, source="store")
    else:
        show_card(work, case, now)
