"""Say something to whoever leads: in the supervisors' chat, or where there is none, to each of them in private."""

from datetime import datetime

from bot.desk.buttons import Buttons
from bot.desk.outgoing import Address, Priority, Private
from bot.desk.people import Role
from bot.usecases.groups import supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say


def leaders_places(work: Work, office: Office) -> list[Address]:
    """Where supervisors and the manager read."""
    if office.supervisors_chat:
        return [supervisors(work, office)]
    leaders = (s for s in work.staff.all() if s.is_active and s.role is not Role.SPECIALIST)
    return [Private(s.telegram_id) for s in leaders]


def tell_leaders(
    work: Work,
    office: Office,
    now: datetime,
    *,
    script: str,
    values: dict[str, str],
    case_id: int | None = None,
    buttons: Buttons = (),
) -> None:
    """One message, wherever leaders read."""
    for place in leaders_places(work, office):
        say(work, office, now, to=place, script=script, values=values, buttons=buttons, case_id=case_id,
            priority=Priority.CARD)  # fmt: skip
