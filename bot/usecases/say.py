"""Queue a script's words for somebody."""

from datetime import datetime

from bot.desk.message import MessageRef
from bot.desk.outgoing import Address, Buttons, Outgoing, Priority, SayText
from bot.desk.rich import Rich, cut
from bot.desk.split import LIMIT
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


def say_rich(
    work: Work,
    now: datetime,
    *,
    to: Address,
    words: Rich,
    buttons: Buttons = (),
    reply_to: MessageRef | None = None,
    case_id: int | None = None,
) -> None:
    """Queue formatted words, in as many messages as they need; the buttons stand under the last."""
    parts = cut(words, LIMIT)
    for number, part in enumerate(parts, start=1):
        below = buttons if number == len(parts) else ()
        act = SayText(part.text, entities=part.entities, buttons=below, reply_to=reply_to)
        work.outbox.add(Outgoing(to, act, priority=Priority.REPLY, case_id=case_id), at=now)
