"""Get to know the person who writes."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.events import Did, Event
from bot.desk.people import Franchisee
from bot.usecases.ports import Work


@dataclass(frozen=True)
class Sender:
    """A person as the messenger names them."""

    telegram_id: int
    name: str
    username: str | None = None


def met(work: Work, now: datetime, sender: Sender) -> Franchisee:
    """The franchisee of this account: stored at the first word; whoever writes is reachable again."""
    person = work.franchisees.by_telegram(sender.telegram_id)
    if person is None:
        return work.franchisees.add(_newcomer(sender, now))
    if not person.is_reachable:
        _reachable_again(work, now, person)
    seen = replace(person, username=sender.username, is_reachable=True)
    if seen != person:
        work.franchisees.save(seen)
    return seen


def _newcomer(sender: Sender, now: datetime) -> Franchisee:
    return Franchisee(
        id=0,
        telegram_id=sender.telegram_id,
        name=sender.name,
        username=sender.username,
        phone=None,
        store_number=None,
        province=None,
        is_reachable=True,
        created_at=now,
    )


def _reachable_again(work: Work, now: datetime, person: Franchisee) -> None:
    case = work.cases.last_of(person.id)
    if case is not None:
        work.events.add(Event(case.id, Did.BECAME_REACHABLE, now))
