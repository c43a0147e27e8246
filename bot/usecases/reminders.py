"""What people do with their reminders (完成, 稍后, 转交, 退回, 取消), by button or by command; their list."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.memo import About, Memo, MemoState, urgency
from bot.desk.outgoing import Outgoing, Private, SayText
from bot.desk.people import Staff
from bot.usecases.at_hand import Spot, case_number, require_staff
from bot.usecases.groups import room
from bot.usecases.memo_words import Told, memo_due, memo_line, of_case, open_buttons
from bot.usecases.moment import phrase_chosen, remind_at, require_time
from bot.usecases.office import Office
from bot.usecases.own_memo import own_memo
from bot.usecases.ports import Work
from bot.usecases.remind import say_told
from bot.usecases.say import edit, say
from bot.usecases.the_colleague import active_colleagues, colleague_named

SHOWN = 20
OFFERED = 12
Act = Callable[[Work, Office, datetime, Staff, int, str], Told]


def show_reminders(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/reminders`: mine, the earliest first; `/reminders 完成 12` and the like do what a button does."""
    who = require_staff(work, staff_telegram_id)
    word, _, rest = query.strip().partition(" ")
    if word:
        say_told(work, now, _by_word(work, office, now, who, word, rest), spot=spot)
        return
    memos = list(work.memos.open_of(who.id))
    to = room(spot.ref.chat_id, spot.thread_id)
    if not memos:
        say(work, office, now, to=to, script="notice/no_memos", values={"name": who.name}, reply_to=spot.ref)
        return
    say(work, office, now, to=to, script="notice/memos", reply_to=spot.ref, buttons=open_buttons(memos[:SHOWN]),
        values={"name": who.name, "count": str(len(memos)), "lines": lines_of(work, office, now, memos)})  # fmt: skip


def lines_of(work: Work, office: Office, now: datetime, memos: list[Memo]) -> str:
    """A list of reminders; what is too many is counted."""
    lines = [memo_line(work, office, now, memo) for memo in memos[:SHOWN]]
    if len(memos) > SHOWN:
        lines.append(office.line("more", count=len(memos) - SHOWN))
    return "\n".join(lines)


def by_urgency(work: Work, memos: list[Memo]) -> list[Memo]:
    """The most urgent first."""
    cases = {i: work.cases.get(i) for m in memos if (i := m.case_id) is not None}
    return sorted(memos, key=lambda m: urgency(m, cases.get(m.case_id) if m.case_id is not None else None))


def _by_word(work: Work, office: Office, now: datetime, who: Staff, word: str, rest: str) -> Told:
    number, _, more = rest.strip().partition(" ")
    memo_id = case_number(number)
    act = next((act for label, act in _BY_LABEL.items() if office.label(label) == word), None)
    if act is None or memo_id is None:
        raise DeskError("notice/how_reminders")
    return act(work, office, now, who, memo_id, more.strip())


def press(act: Act) -> Callable[..., str]:
    """The button of an act: its words take the place of the message that carries the button."""

    def run(
        work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
    ) -> str:
        told = act(work, office, now, require_staff(work, staff_telegram_id), subject, choice)
        edit(work, now, target=spot.ref, words=told.words, buttons=told.buttons)
        return told.words.text

    return run


def finish(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, _: str) -> Told:
    """完成; twice is once."""
    memo = own_memo(work, who, memo_id, over=True)
    if memo.is_open:
        work.memos.save(replace(memo, state=MemoState.DONE, ended_at=now))
    return Told(office.say("notice/memo_done", memo=str(memo.id), words=memo.words))


def drop(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, _: str) -> Told:
    """取消提醒; twice is once."""
    memo = own_memo(work, who, memo_id, over=True)
    if memo.is_open:
        work.memos.save(replace(memo, state=MemoState.VOID, ended_at=now))
    return Told(office.say("notice/memo_dropped", memo=str(memo.id), words=memo.words))


def later_by_button(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, choice: str) -> Told:
    """稍后, by one of the offered lengths."""
    return _later(work, office, who, memo_id, phrase_chosen(office, now, office.labels.snoozes, choice))


def later_by_word(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, words: str) -> Told:
    """`/reminders 稍后 12 明早9点`; without a time the shortest that is offered."""
    when, _ = require_time(office, now, words or office.labels.snoozes[0])
    return _later(work, office, who, memo_id, remind_at(office, now, when))


def _later(work: Work, office: Office, who: Staff, memo_id: int, at: datetime) -> Told:
    memo = replace(own_memo(work, who, memo_id), due_at=at, state=MemoState.WAITING, fired_at=None)
    work.memos.save(memo)
    words = office.say("notice/memo_later", due=office.local(at), words=memo.words, memo=str(memo.id))
    return Told(words, ((Button(office.label("memo_drop"), Press(Verb.MEMO_DROP, memo.id)),),))


def pass_by_button(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, choice: str) -> Told:
    """转交: ask to whom; then hand it over."""
    memo = _own_words(own_memo(work, who, memo_id))
    if choice:
        to = work.staff.get(int(choice)) if choice.isdecimal() and len(choice) < 16 else None
        if to is None or not to.is_active:
            raise DeskError("notice/button_outdated")
        return _pass(work, office, now, who, memo, to)
    people = [Button(s.name, Press(Verb.MEMO_PASS, memo.id, str(s.id))) for s in active_colleagues(work, who)[:OFFERED]]
    rows = tuple(tuple(people[i : i + 3]) for i in range(0, len(people), 3))
    return Told(office.say("notice/memo_to_whom", memo=str(memo.id), words=memo.words), rows)


def pass_by_word(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, words: str) -> Told:
    """`/reminders 转交 12 李娜`."""
    memo = _own_words(own_memo(work, who, memo_id))
    return _pass(work, office, now, who, memo, colleague_named(work, words))


def _own_words(memo: Memo) -> Memo:
    """A promise goes with its case, a task with its giver: neither is handed on by itself."""
    if memo.about is not About.OWN:
        raise DeskError("notice/memo_not_to_pass", memo=str(memo.id))
    return memo


def _pass(work: Work, office: Office, now: datetime, who: Staff, memo: Memo, to: Staff) -> Told:
    """No consent is asked; whoever gets it may hand it back."""
    if to.id != who.id:
        memo = replace(memo, staff_id=to.id, from_id=who.id, due_at=memo.due_at if memo.due_at > now else now)
        work.memos.save(memo)
        _tell_passed(work, office, now, memo, by=who, to=to)
    return Told(office.say("notice/memo_passed_on", memo=str(memo.id), name=to.name, words=memo.words))


def _tell_passed(work: Work, office: Office, now: datetime, memo: Memo, *, by: Staff, to: Staff) -> None:
    values = {"by": by.name, "due": office.local(memo.due_at), "words": memo.words,
              "of": of_case(work, office, memo), "memo": str(memo.id)}  # fmt: skip
    say(work, office, now, to=Private(to.telegram_id), script="notice/memo_passed_to_you", values=values,
        buttons=memo_due(work, office, now, memo, name=to.name).buttons, case_id=memo.case_id)  # fmt: skip


def hand_back(work: Work, office: Office, now: datetime, who: Staff, memo_id: int, _: str) -> Told:
    """退回 to whoever handed it over."""
    memo = _own_words(own_memo(work, who, memo_id))
    giver = work.staff.get(memo.from_id) if memo.from_id is not None else None
    if giver is None or not giver.is_active:
        raise DeskError("notice/memo_no_giver", memo=str(memo.id))
    memo = replace(memo, staff_id=giver.id, from_id=None)
    work.memos.save(memo)
    values = {"name": who.name, "words": memo.words, "of": of_case(work, office, memo), "memo": str(memo.id)}
    say(work, office, now, to=Private(giver.telegram_id), script="notice/memo_handed_back", values=values,
        buttons=memo_due(work, office, now, memo, name=giver.name).buttons, case_id=memo.case_id)  # fmt: skip
    return Told(office.say("notice/memo_given_back", memo=str(memo.id), name=giver.name))


def open_memo(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A number in a list was pressed: the reminder with its buttons, below the list."""
    who = require_staff(work, staff_telegram_id)
    told = memo_due(work, office, now, own_memo(work, who, subject), name=who.name)
    act = SayText(told.words.text, html=told.words.html, buttons=told.buttons)
    work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), act), at=now)
    return ""


_BY_LABEL: Final[Mapping[str, Act]] = {
    "memo_done": finish,
    "memo_later": later_by_word,
    "memo_pass": pass_by_word,
    "memo_back": hand_back,
    "memo_drop": drop,
}
"""What `/reminders` does by the word that stands on the button."""
