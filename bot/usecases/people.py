"""Get to know the person who writes."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.people import Franchisee
from bot.usecases.ports import Work
from bot.usecases.reachable import became_reachable


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
    person = became_reachable(work, now, person=person)
    seen = replace(person, username=sender.username)
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
