"""Commands, by who gives them: franchisees and staff have their own, some of the same name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.desk.message import Incoming
from bot.usecases import bind, follow_up_answer, rating_answer, resolve, status, suggest, survey_answer
from bot.usecases.at_hand import Spot, active_staff
from bot.usecases.groups import is_agent_group
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.ports import Work
from bot.usecases.relay import Offer
from bot.usecases.staff_commands import Given, staff_command

FRANCHISEE_COMMANDS: Final[Mapping[str, Callable[..., None]]] = {
    "rate": rating_answer.rate_by_command,
    "survey": survey_answer.survey_by_command,
    "visit": follow_up_answer.answer_by_command,
    "suggest": suggest.suggest_by_franchisee,
}
"""The common shape, `run(work, office, now, *, sender, query)`: `query` is what follows the name."""


def private_command(
    work: Work, office: Office, now: datetime, *, sender: Sender, message: Incoming, name: str, rest: str
) -> None:
    """A command in a private chat: a colleague's, or else a franchisee's."""
    who = active_staff(work, sender.telegram_id)
    if who is not None:
        staff_command(work, office, now, Given(who, spot_of(message), message, name, rest))
        return
    match name:
        case "start":
            bind.start(work, office, now, sender=sender, code=rest)
        case "case":
            status.show_status(work, office, now, sender=sender)
        case "close":
            resolve.withdraw(work, office, now, sender=sender)
        case _ if name in FRANCHISEE_COMMANDS:
            FRANCHISEE_COMMANDS[name](work, office, now, sender=sender, query=rest)
        case _:
            status.show_help(work, office, now, sender=sender)


def group_command(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    message: Incoming,
    name: str,
    rest: str,
    offers: Sequence[Offer],
) -> None:
    """A command in an agent group; from anybody but staff, or in a group that is not ours, nothing happens."""
    who = active_staff(work, staff_telegram_id)
    if who is not None and is_agent_group(work, office, message.ref.chat_id):
        staff_command(work, office, now, Given(who, spot_of(message), message, name, rest, offers))


def spot_of(message: Incoming) -> Spot:
    """Where a message stands."""
    return Spot(message.ref, message.thread_id, message.reply_to)
