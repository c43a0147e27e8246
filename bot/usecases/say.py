"""Queue a script's words for somebody, or put them in the place of older ones."""

from datetime import datetime

from bot.desk.buttons import Buttons
from bot.desk.message import MessageRef
from bot.desk.outgoing import Address, EditButtons, EditText, Group, Outgoing, Priority, Private, SayText
from bot.desk.rich import Rich, cut
from bot.desk.script import Rendered
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
    drops_keyboard: bool = False,
) -> None:
    """Queue a script, with its placeholders filled, to an address."""
    words = office.say(script, **values)
    act = SayText(words.text, html=words.html, buttons=buttons, reply_to=reply_to, asks_contact=asks_contact,
                  drops_keyboard=drops_keyboard)  # fmt: skip
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


def edit(work: Work, now: datetime, *, target: MessageRef, words: Rendered, buttons: Buttons = ()) -> None:
    """New words and buttons in a message that the bot sent."""
    to: Address = Private(target.chat_id) if target.chat_id > 0 else Group(target.chat_id)
    act = EditText(target, words.text, html=words.html, buttons=buttons)
    work.outbox.add(Outgoing(to, act, priority=Priority.REPLY), at=now)


def rebutton(work: Work, now: datetime, *, target: MessageRef, buttons: Buttons = ()) -> None:
    """New buttons (or none) under a message that the bot sent; its words stay as a record."""
    to: Address = Private(target.chat_id) if target.chat_id > 0 else Group(target.chat_id)
    work.outbox.add(Outgoing(to, EditButtons(target, buttons), priority=Priority.REPLY), at=now)


def answered(
    work: Work, office: Office, now: datetime, *, pressed: MessageRef | None, script: str, case_id: int
) -> str:
    """The words for whoever answered: in private they replace the question, in a group it stays on record."""
    words = office.say(script, case=str(case_id))
    if pressed is not None and pressed.chat_id > 0:
        edit(work, now, target=pressed, words=words)
    elif pressed is not None:
        rebutton(work, now, target=pressed)
    return words.text


def utter(work: Work, now: datetime, *, to: Address, words: Rendered, case_id: int | None = None) -> None:
    """Queue words that are filled already."""
    work.outbox.add(Outgoing(to, SayText(words.text, html=words.html), case_id=case_id), at=now)
