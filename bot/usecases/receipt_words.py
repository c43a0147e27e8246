"""A department's receipt (回执) as a question: a button asks for a sentence, the next words of whoever pressed are it.

That somebody was asked is an event of the case, so that a restart forgets nothing; it holds for a while only, and only
while the request is open. Whoever has nothing to add presses that instead.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.desk.assist import Assist, Department, without_phones
from bot.desk.buttons import Button, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import Incoming, MessageRef
from bot.desk.outgoing import Group
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.ports import Work
from bot.usecases.say import say

WORDS_WITHIN: Final = timedelta(minutes=30)
"""How long after the question the next words are the answer (by the clock on the wall)."""
LISTED: Final = 10
"""Requests that are named at most to somebody who did not say which one they mean."""
EXCERPT: Final = 30
_NUMBER: Final = re.compile(r"[#＃](\d{1,9})(?!\d)\s*(.*)", re.DOTALL)


def ask_for_words(work: Work, office: Office, now: datetime, *, assist: Assist, by: Sender, at: MessageRef) -> str:
    """Ask for a sentence, once however often it is pressed; what is to be said to whoever pressed again."""
    within = office.span(WORDS_WITHIN)
    values = {"case": str(assist.case_id), "by": by.name, "within": within}
    if _is_awaited(work, now, assist=assist, by=by):
        return office.say("notice/assist_words", **values).text
    data = {"assist": str(assist.id), "who": str(by.telegram_id)}
    work.events.add(Event(assist.case_id, Did.RECEIPT_ASKED, now, data=data))
    nothing = Button(office.label("nothing_to_add"), Press(Verb.RECEIPT_PLAIN, assist.id))
    say(work, office, now, to=Group(at.chat_id), script="notice/assist_words", values=values,
        buttons=((nothing,),), reply_to=at, case_id=assist.case_id)  # fmt: skip
    return ""


def awaited(work: Work, now: datetime, *, department: Department, by: Sender) -> Assist | None:
    """The request about which this person was asked last, if their next words are the answer still."""
    waiting = (a for a in work.assists.open_of(department.code) if _is_awaited(work, now, assist=a, by=by))
    return max(waiting, key=lambda a: _asked_at(work, a, by) or now, default=None)


def is_answer(message: Incoming) -> bool:
    """Whether a message can be what was asked for: words (a picture's too) that are nobody's answer otherwise."""
    return message.reply_to is None and bool(message.content.text.strip())


def numbered_words(rest: str) -> tuple[int | None, str]:
    """`#12 已补发`: the case's number (None: it was not named) and the words."""
    found = _NUMBER.fullmatch(rest.strip())
    return (int(found[1]), found[2].strip()) if found else (None, rest.strip())


def require_one(office: Office, owed: Sequence[Assist]) -> Assist:
    """The only one; DeskError that names them all, or says that there is none."""
    if not owed:
        raise DeskError("notice/assist_none_open")
    if len(owed) > 1:
        raise DeskError("notice/assist_which", requests="\n".join(_listed(office, a) for a in owed[:LISTED]))
    return owed[0]


def _listed(office: Office, assist: Assist) -> str:
    words = without_phones(assist.words, office.word("phone_hidden"))[:EXCERPT]
    return office.line("assist_listed", case=assist.case_id, words=words, until=office.local(assist.due_at))


def _is_awaited(work: Work, now: datetime, *, assist: Assist, by: Sender) -> bool:
    at = _asked_at(work, assist, by)
    return at is not None and now <= at + WORDS_WITHIN


def _asked_at(work: Work, assist: Assist, by: Sender) -> datetime | None:
    mine = {"assist": str(assist.id), "who": str(by.telegram_id)}
    asked = (e.at for e in work.events.of_case(assist.case_id) if e.did is Did.RECEIPT_ASKED and e.data == mine)
    return max(asked, default=None)
