"""`/remind 时间 内容`: remind me; without a time, or with one that is not clear, the desk asks and offers times."""

import re
from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.memo import Memo, MemoState
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.reading import At
from bot.usecases.at_hand import Spot, case_at, require_case, require_staff
from bot.usecases.groups import room
from bot.usecases.memo_words import Told, of_case
from bot.usecases.moment import Said, phrase_buttons, phrase_chosen, remind_at, time_in, why_unclear
from bot.usecases.office import Office
from bot.usecases.own_memo import own_memo
from bot.usecases.ports import Work
from bot.usecases.relay import in_words
from bot.usecases.say import edit

QUOTE = 120
"""Characters of the message that a reminder was made on."""
LONGEST = 500
_CASE = re.compile(r"\s*#(\d{1,15})(?:\s+|$)")


def remind(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """In a topic, as a reply, or with #编号 it is of that case; in private else of none."""
    who = require_staff(work, staff_telegram_id)
    case, words = case_meant(work, spot, query)
    said, quote = time_in(office, now, words), _quoted(work, office, spot)
    if not (words or quote or case):
        raise DeskError("notice/how_remind")
    memo = Memo(0, who.id, who.id, _words(office, said, quote), now, now, case_id=case.id if case else None,
                quote=quote, state=MemoState.ASKED)  # fmt: skip
    if isinstance(said.when, At):
        memo = replace(memo, state=MemoState.WAITING, due_at=remind_at(office, now, said.when))
    memo = work.memos.add(memo)
    told = _set(work, office, memo) if memo.state is MemoState.WAITING else _asked(office, now, memo, said)
    say_told(work, now, told, spot=spot)


def case_meant(work: Work, spot: Spot, query: str) -> tuple[Case | None, str]:
    """The case of `#12` at the beginning, else of the topic or the message replied to; and the other words."""
    found = _CASE.match(query)
    if found is not None:
        return require_case(work, int(found[1])), query[found.end() :].strip()
    return case_at(work, spot), query.strip()


def _words(office: Office, said: Said, quote: str) -> str:
    return (said.rest or (office.line("memo_follow_quote") if quote else office.line("memo_follow")))[:LONGEST]


def _quoted(work: Work, office: Office, spot: Spot) -> str:
    mapped = work.messages.find(spot.reply_to) if spot.reply_to else None
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    return in_words(office, kept)[:QUOTE] if kept else ""


def _asked(office: Office, now: datetime, memo: Memo, said: Said) -> Told:
    words = office.say("notice/memo_when", why=why_unclear(office, said), words=memo.words, memo=str(memo.id))
    choices = phrase_buttons(office, now, office.labels.remind_choices, verb=Verb.MEMO_AT, subject=memo.id)
    return Told(words, (*choices, _drop(office, memo)))


def _set(work: Work, office: Office, memo: Memo) -> Told:
    words = office.say("notice/memo_set", due=office.local(memo.due_at), words=memo.words,
                       of=of_case(work, office, memo), memo=str(memo.id))  # fmt: skip
    return Told(words, (_drop(office, memo),))


def _drop(office: Office, memo: Memo) -> tuple[Button, ...]:
    return (Button(office.label("memo_drop"), Press(Verb.MEMO_DROP, memo.id)),)


def say_told(work: Work, now: datetime, told: Told, *, spot: Spot) -> None:
    """Where the command was given, as an answer to it."""
    act = SayText(told.words.text, html=told.words.html, buttons=told.buttons, reply_to=spot.ref)
    work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), act), at=now)


def choose_time(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A time was chosen by button; the words that answer the press."""
    memo = own_memo(work, require_staff(work, staff_telegram_id), subject)
    at = phrase_chosen(office, now, office.labels.remind_choices, choice)
    memo = replace(memo, state=MemoState.WAITING, due_at=at, fired_at=None)
    work.memos.save(memo)
    told = _set(work, office, memo)
    edit(work, now, target=spot.ref, words=told.words, buttons=told.buttons)
    return told.words.text
