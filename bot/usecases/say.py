"""Queue a script's words for somebody."""

from datetime import datetime

from bot.desk.message import MessageRef
from bot.desk.outgoing import Address, Buttons, Outgoing, Priority, SayText
from bot.usecases.office import Office
from bot.usecases.ports import Work


def say(
    work: Work,
    office: Office,
    now: datetime,
    *,
    to: Address,
    script: str,
    values: dict[str, str],
    buttons: Buttons = (),
    reply_to: MessageRef | None = None,
    case_id: int | None = None,
    priority: Priority = Priority.REPLY,
    asks_contact: str = "",
) -> None:
    """Queue a script, with its placeholders filled, to an address."""
    words = office.say(script, **values)
    act = SayText(words.text, html=words.html, buttons=buttons, reply_to=reply_to, asks_contact=asks_contact)
    work.outbox.add(Outgoing(to, act, priority=priority, case_id=case_id), at=now)
