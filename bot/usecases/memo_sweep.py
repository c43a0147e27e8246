"""Fire the reminders that are due: one message for one, one list for several, so that an outage ends in no flood."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.desk.memo import Memo
from bot.desk.outgoing import Outgoing, Private, SayText
from bot.desk.people import Staff
from bot.usecases.memo_words import Told, memo_due, open_buttons
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.reminders import SHOWN, by_urgency, lines_of
from bot.usecases.upstairs import leaders_places

BATCH: Final = 50
"""Reminders claimed in one transaction; whoever is in it gets all of theirs."""


def fire_memos(work: Work, office: Office, now: datetime) -> int:
    """Claim what is due and tell everybody theirs, whoever has the most urgent first; how many were claimed."""
    claimed = list(work.memos.claim(now, limit=BATCH))
    if not claimed:
        return 0
    people = {s.id: s for s in work.staff.all()}
    theirs: dict[int, list[Memo]] = {}
    for memo in by_urgency(work, claimed):
        theirs.setdefault(memo.staff_id, []).append(memo)
    for staff_id, memos in theirs.items():
        _tell(work, office, now, people.get(staff_id), memos)
    return len(claimed)


def _tell(work: Work, office: Office, now: datetime, who: Staff | None, memos: Sequence[Memo]) -> None:
    """In private; what was left by somebody who is gone is told to those who lead."""
    name = who.name if who is not None else office.word("nobody")
    told = (
        memo_due(work, office, now, memos[0], name=name) if len(memos) == 1 else _list(work, office, now, memos, name)
    )
    is_here = who is not None and who.is_active
    places = [Private(who.telegram_id)] if who is not None and is_here else leaders_places(work, office)
    case_id = memos[0].case_id if len(memos) == 1 else None
    for place in places:
        act = SayText(told.words.text, html=told.words.html, buttons=told.buttons)
        work.outbox.add(Outgoing(place, act, case_id=case_id), at=now)


def _list(work: Work, office: Office, now: datetime, memos: Sequence[Memo], name: str) -> Told:
    words = office.say("notice/memos_due", name=name, count=str(len(memos)),
                       lines=lines_of(work, office, now, list(memos)))  # fmt: skip
    return Told(words, open_buttons(list(memos[:SHOWN])))
