"""A reminder for a colleague who never opened the private chat with the bot is said where their team reads."""

from datetime import UTC, datetime

from bot.desk.buttons import Verb
from bot.desk.outgoing import Address, Outgoing, SayText
from bot.desk.people import Staff
from bot.usecases.digest import tell_in_chat_instead
from bot.usecases.duty_asked import place_of_team
from bot.usecases.office import Office
from bot.usecases.ports import OutboxRow, Work
from bot.usecases.topics import place_of

REMINDING = frozenset(
    {Verb.MEMO_DONE, Verb.MEMO_OPEN, Verb.MEMO_BACK, Verb.PROMISE_NOT, Verb.TASK_DONE, Verb.TASK_YES, Verb.TASK_DROP}
)
"""Buttons by which words are known to be a reminder, a promise that falls due, or a task."""


def remind_in_group(work: Work, now: datetime, *, office: Office, row: OutboxRow) -> None:
    """The same words and buttons: in the case's topic, else in the group of the team; only its owner may press them."""
    act = row.outgoing.act
    who = work.staff.by_telegram(row.outgoing.to.chat_id)
    if isinstance(act, SayText) and (until := _digest_until(act)) is not None:
        tell_in_chat_instead(work, office, now, act=act, until=until)
        return
    if not isinstance(act, SayText) or who is None or not who.is_active or not _reminds(act):
        return
    work.outbox.add(Outgoing(_place(work, office, row, who), act, case_id=row.outgoing.case_id), at=now)


def _digest_until(act: SayText) -> datetime | None:
    """Where the span of a digest ends, which its buttons say; None for whatever is no digest."""
    presses = [b.press for line in act.buttons for b in line if b.press is not None and b.press.verb is Verb.DIGEST]
    return datetime.fromtimestamp(presses[0].subject, UTC) if presses else None


def _reminds(act: SayText) -> bool:
    return any(button.press is not None and button.press.verb in REMINDING for line in act.buttons for button in line)


def _place(work: Work, office: Office, row: OutboxRow, who: Staff) -> Address:
    case = work.cases.get(row.outgoing.case_id) if row.outgoing.case_id is not None else None
    return place_of(case) if case is not None else place_of_team(work, office, who)
