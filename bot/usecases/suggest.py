"""`/suggest 文字`: anybody of the staff, and every franchisee in private, may say what should become better."""

from datetime import datetime

from bot.desk.improvement import Improvement, Source
from bot.desk.outgoing import Address, Private
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.improve import add_improvement
from bot.usecases.improvement_words import day_words, owner_name
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.say import say


def suggest_by_staff(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """A colleague's suggestion; said twice it is on the list once."""
    who = require_staff(work, staff_telegram_id)
    item = add_improvement(work, office, now, source=Source.SPECIALIST, words=query, author=who.name,
                           author_telegram_id=who.telegram_id)  # fmt: skip
    _thank(work, office, now, room(spot.ref.chat_id, spot.thread_id), item)


def suggest_by_franchisee(work: Work, office: Office, now: datetime, *, sender: Sender, query: str) -> None:
    """A franchisee's; it is no matter of theirs and opens no case."""
    person = met(work, now, sender)
    item = add_improvement(work, office, now, source=Source.FRANCHISEE, words=query, author=person.name,
                           author_telegram_id=person.telegram_id)  # fmt: skip
    values = {"number": str(item.id)}
    say(work, office, now, to=Private(person.telegram_id), script="notice/suggestion_thanks", values=values)


def _thank(work: Work, office: Office, now: datetime, to: Address, item: Improvement) -> None:
    values = {"number": str(item.id), "owner": owner_name(work, office, item), "due": day_words(office, item.due_on)}
    say(work, office, now, to=to, script="notice/suggestion_noted", values=values)
