"""Look at a promise when its time comes: remind the handler ahead, tell the supervisors when it is broken."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.memo import About, Memo
from bot.desk.outgoing import Private
from bot.desk.promise import Promise, PromiseState
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.first_owner import show_button
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_rows import broken_at, settle, with_case
from bot.usecases.say import say
from bot.usecases.topics import show_card
from bot.usecases.upstairs import tell_leaders


def look_at_promise(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """Whatever is due of it by now; a promise that was settled or moved in the meantime is left alone."""
    found = with_case(work, subject)
    if found is None or found[0].state is not PromiseState.OPEN:
        return
    promise, case = found
    if now >= broken_at(office, promise):
        _break(work, office, now, case, promise)
    elif promise.remind_at is not None and now >= promise.remind_at:
        _remind(work, office, now, case, promise)


def _remind(work: Work, office: Office, now: datetime, case: Case, promise: Promise) -> None:
    """A reminder of whoever has the case now: it joins what else they are reminded of at this time."""
    words = office.line("promise_due", due=office.local(promise.due_at), what=_what(office, promise))
    work.memos.add(Memo(0, case.handler_id, promise.made_by, words, now, now, case_id=case.id, quote=promise.words,
                        about=About.PROMISE, subject=promise.id))  # fmt: skip
    work.promises.save(replace(promise, remind_at=None))


def _break(work: Work, office: Office, now: datetime, case: Case, promise: Promise) -> None:
    settle(work, now, promise=promise, state=PromiseState.BROKEN, case=case, by=None)
    handler = staff_of(work, case.handler_id)
    values = {"case": str(case.id), "name": franchisee_of(work, case).name, "handler": handler.name,
              "due": office.local(promise.due_at), "what": _what(office, promise)}  # fmt: skip
    tell_leaders(work, office, now, script="notice/promise_broken_up", values=values, case_id=case.id,
                 buttons=show_button(office, case))  # fmt: skip
    if handler.is_active:
        say(work, office, now, to=Private(handler.telegram_id), script="notice/promise_broken", values=values,
            case_id=case.id, buttons=show_button(office, case))  # fmt: skip
    show_card(work, case, now)


def _what(office: Office, promise: Promise) -> str:
    """The deed; of one that was noted with a time alone nothing is known but that it is to be kept."""
    return promise.what or promise.words or office.line("promise_bare")
