"""Words and commands in a group: a department's chat has its own business, everything else is the desk's."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.message import Incoming
from bot.usecases.assist_answer import department_at, department_command, department_says
from bot.usecases.commands import group_command, spot_of
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.ports import Work
from bot.usecases.relay import Offer
from bot.usecases.reply import reply


def said_in_group(work: Work, office: Office, now: datetime, *, sender: Sender, message: Incoming) -> int | None:
    """Somebody said something; the case that it belongs to."""
    department = department_at(work, office, message.ref.chat_id)
    if department is not None:
        return department_says(work, office, now, department=department, by=sender, message=message)
    return reply(work, office, now, staff_telegram_id=sender.telegram_id, message=message)


def command_in_group(
    work: Work,
    office: Office,
    now: datetime,
    *,
    sender: Sender,
    message: Incoming,
    name: str,
    rest: str,
    offers: Sequence[Offer],
) -> None:
    """Somebody gave a command."""
    department = department_at(work, office, message.ref.chat_id)
    if department is not None:
        department_command(work, office, now, department=department, by=sender, spot=spot_of(message), name=name,
                           rest=rest)  # fmt: skip
        return
    group_command(work, office, now, staff_telegram_id=sender.telegram_id, message=message, name=name, rest=rest,
                  offers=offers)  # fmt: skip
