"""Make, move and settle a promise: its row, its event, and when somebody has to look at it."""

from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.memo import About
from bot.desk.message import Message
from bot.desk.promise import Promise, PromiseState
from bot.desk.promise_words import FoundPromise
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.moment import ahead_of
from bot.usecases.office import Office
from bot.usecases.ports import Work

DID = MappingProxyType(
    {
        PromiseState.KEPT: Did.PROMISE_KEPT,
        PromiseState.LATE: Did.PROMISE_LATE,
        PromiseState.BROKEN: Did.PROMISE_BROKEN,
        PromiseState.POSTPONED: Did.PROMISE_POSTPONED,
        PromiseState.DISMISSED: Did.PROMISE_DISMISSED,
        PromiseState.WITHDRAWN: Did.PROMISE_WITHDRAWN,
    }
)
LONGEST = 200
"""Characters of a promise's own words."""


def make(work: Work, office: Office, now: datetime, *, case: Case, kept: Message, found: FoundPromise) -> Promise:
    """A promise of an answer; `staff_id` of an answer is whoever said it."""
    by = kept.staff_id or case.handler_id
    promise = work.promises.add(
        Promise(0, case.id, kept.id, by, case.handler_id, kept.at, found.due_by, found.due_by,
                found.words[:LONGEST], found.what[:LONGEST], remind_at=_remind_at(office, now, found.due_by))
    )  # fmt: skip
    _wake(work, office, promise)
    _note(work, now, promise, Did.PROMISE_MADE, by=by)
    return promise


def corrected(
    work: Work, office: Office, now: datetime, *, promise: Promise, due: datetime, case: Case, by: int | None,
    found: FoundPromise | None = None,
) -> Promise:  # fmt: skip
    """The promise falls due at another instant: somebody says so, or (`found`) the message says so now."""
    after = replace(promise, due_at=due, remind_at=_remind_at(office, now, due), staff_id=case.handler_id)
    if found is not None:
        after = replace(after, said_due_at=due, words=found.words[:LONGEST], what=found.what[:LONGEST])
    work.promises.save(after)
    work.memos.void_about(About.PROMISE.value, promise.id, now)
    _wake(work, office, after)
    _note(work, now, after, Did.PROMISE_CORRECTED, by=by)
    return after


def settle(work: Work, at: datetime, *, promise: Promise, state: PromiseState, case: Case, by: int | None) -> None:
    """What became of it, counted for whoever has the case; nobody is reminded any more."""
    work.promises.save(replace(promise, state=state, settled_at=at, staff_id=case.handler_id, remind_at=None))
    work.memos.void_about(About.PROMISE.value, promise.id, at)
    _note(work, at, replace(promise, staff_id=case.handler_id), DID[state], by=by)


def with_case(work: Work, promise_id: int) -> tuple[Promise, Case] | None:
    """A promise and its case. The case is locked first, as everywhere, lest two block each other."""
    case = work.cases.get(work.promises.case_of(promise_id) or 0)
    promise = work.promises.get(promise_id)
    return (promise, case) if promise is not None and case is not None else None


def rehand(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """The case is in other hands: whoever has it now is reminded of what the one before was reminded of already."""
    for promise in work.promises.open_of_case(case.id):
        if promise.remind_at is None and promise.due_at > now:
            after = replace(promise, remind_at=_remind_at(office, now, promise.due_at))
            work.promises.save(after)
            work.memos.void_about(About.PROMISE.value, promise.id, now)
            _wake(work, office, after)


def broken_at(office: Office, promise: Promise) -> datetime:
    """When an unanswered promise is broken."""
    return office.due(promise.due_at, office.commitments.grace)


def _remind_at(office: Office, now: datetime, due: datetime) -> datetime | None:
    return ahead_of(office, now, due, office.commitments.promise_ahead) if due > now else None


def _wake(work: Work, office: Office, promise: Promise) -> None:
    for at in (promise.remind_at, broken_at(office, promise)):
        if at is not None:
            work.reminders.add(Reminder(ReminderKind.PROMISE, promise.id, at))


def _note(work: Work, at: datetime, promise: Promise, did: Did, *, by: int | None) -> None:
    data = {"promise": str(promise.id), "due": promise.due_at.isoformat(), "of": str(promise.staff_id)}
    work.events.add(Event(promise.case_id, did, at, staff_id=by, data=data))
