"""Tell everybody whom a step of a case concerns: its topic, and each person once, in private."""

from collections.abc import Iterable
from datetime import datetime

from bot.desk.case import Case
from bot.desk.outgoing import Address, Private
from bot.desk.people import Staff
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of


def tell_concerned(
    work: Work,
    office: Office,
    now: datetime,
    *,
    case: Case,
    people: Iterable[Staff],
    script: str,
    values: dict[str, str],
) -> None:
    """The same words to all of them, in the order given."""
    private = {person.id: Private(person.telegram_id) for person in people}
    places: list[Address] = [place_of(case), *private.values()]
    for place in places:
        say(work, office, now, to=place, script=script, values=values, case_id=case.id)
