"""改时间 and 不是承诺: correct or dismiss a promise, by button or by `/promise 明天下午三点`; or note one by hand."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.message import Direction, Message
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.people import Staff
from bot.desk.promise import Promise, PromiseState
from bot.desk.promise_words import FoundPromise
from bot.usecases.at_hand import Spot, require_case, require_in_charge, require_staff
from bot.usecases.groups import room
from bot.usecases.memo_words import Told
from bot.usecases.moment import phrase_buttons, phrase_chosen, require_time
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_card import promise_line
from bot.usecases.promise_rows import corrected, make, settle, with_case
from bot.usecases.remind import case_meant, say_told
from bot.usecases.say import edit
from bot.usecases.topics import show_card

NUMBER_LIMIT = 40
"""The last answers among which the one is that a promise is noted for."""


def promise_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/promise 时间`, `/promise 不是承诺`: of the message replied to, else of the case's next promise; with none open,
    a time notes one that the desk did not see.
    """
    who = require_staff(work, staff_telegram_id)
    case, words = case_meant(work, spot, query)
    if case is None or not words:
        raise DeskError("notice/how_promise")
    require_in_charge(case, who)
    promise = _meant(work, case, spot)
    if words == office.label("promise_not"):
        if promise is None:
            raise DeskError("notice/no_promise", case=str(case.id))
        say_told(work, now, _dismiss(work, office, now, who, promise), spot=spot)
        return
    when, rest = require_time(office, now, words)
    if promise is not None:
        told = _move(work, office, now, who, promise, when.by)
    else:
        found = FoundPromise((0, 0), rest, when.by, rest)  # words that are only the time say nothing more
        told = _noted(work, office, now, case, _answer(work, case, spot), found, who)
    say_told(work, now, told, spot=spot)


def _noted(
    work: Work, office: Office, now: datetime, case: Case, kept: Message, found: FoundPromise, who: Staff
) -> Told:
    """An answer promises an instant once: what was dismissed, or is over, is taken up again."""
    before = next((p for p in work.promises.of_message(kept.id) if p.said_due_at == found.due_by), None)
    if before is None:
        promise = make(work, office, now, case=case, kept=kept, found=found)
    else:
        again = replace(before, state=PromiseState.OPEN, settled_at=None)
        promise = corrected(work, office, now, promise=again, due=found.due_by, case=case, by=who.id)
    show_card(work, case, now)
    return _told(office, promise)


def _meant(work: Work, case: Case, spot: Spot) -> Promise | None:
    """Of the message that is replied to, else the next that falls due."""
    kept = _replied_to(work, spot)
    promises = work.promises.open_of_case(case.id)
    of_message = [p for p in promises if kept is not None and p.message_id == kept.id]
    return next(iter(of_message or promises), None)


def _replied_to(work: Work, spot: Spot) -> Message | None:
    mapped = work.messages.find(spot.reply_to) if spot.reply_to else None
    return work.messages.get(mapped.message_id) if mapped and mapped.message_id else None


def _answer(work: Work, case: Case, spot: Spot) -> Message:
    """The answer that a promise is noted for: the one replied to, else the last."""
    kept = _replied_to(work, spot)
    if kept is not None and kept.direction is Direction.OUT and kept.case_id == case.id:
        return kept
    answers = [m for m in work.messages.of_case(case.id, limit=NUMBER_LIMIT) if m.direction is Direction.OUT]
    if not answers:
        raise DeskError("notice/no_promise", case=str(case.id))
    return answers[-1]


def ask_time(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 改时间: offer times, below."""
    promise, _ = _open(work, require_staff(work, staff_telegram_id), subject)
    words = office.say("notice/promise_when", case=str(promise.case_id), promise=promise_line(office, promise))
    buttons = phrase_buttons(office, now, office.labels.promise_choices, verb=Verb.PROMISE_AT, subject=promise.id,
                             is_deadline=True)  # fmt: skip
    act = SayText(words.text, html=words.html, buttons=buttons)
    work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), act), at=now)
    return ""


def set_time(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A time was chosen."""
    who = require_staff(work, staff_telegram_id)
    promise, _ = _open(work, who, subject)
    due = phrase_chosen(office, now, office.labels.promise_choices, choice, is_deadline=True)
    told = _move(work, office, now, who, promise, due)
    edit(work, now, target=spot.ref, words=told.words)
    return told.words.text


def not_a_promise(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 不是承诺; pressed twice it is told that it is done."""
    who = require_staff(work, staff_telegram_id)
    found = with_case(work, subject)
    if found is not None and found[0].state is PromiseState.DISMISSED:
        return _dismissed(office, found[0]).words.text
    promise, _ = _open(work, who, subject)
    return _dismiss(work, office, now, who, promise).words.text


def _open(work: Work, who: Staff, promise_id: int) -> tuple[Promise, Case]:
    found = with_case(work, promise_id)
    if found is None or found[0].state is not PromiseState.OPEN:
        raise DeskError("notice/promise_over")
    promise, case = found
    require_in_charge(case, who)
    return promise, case


def _move(work: Work, office: Office, now: datetime, who: Staff, promise: Promise, due: datetime) -> Told:
    case = require_case(work, promise.case_id)
    if due != promise.due_at:
        promise = corrected(work, office, now, promise=promise, due=due, case=case, by=who.id)
        show_card(work, case, now)
    return _told(office, promise)


def _told(office: Office, promise: Promise) -> Told:
    return Told(office.say("notice/promise_set", case=str(promise.case_id), promise=promise_line(office, promise)))


def _dismiss(work: Work, office: Office, now: datetime, who: Staff, promise: Promise) -> Told:
    case = require_case(work, promise.case_id)
    settle(work, now, promise=promise, state=PromiseState.DISMISSED, case=case, by=who.id)
    show_card(work, case, now)
    return _dismissed(office, promise)


def _dismissed(office: Office, promise: Promise) -> Told:
    return Told(
        office.say("notice/promise_dismissed", case=str(promise.case_id), promise=promise_line(office, promise))
    )
