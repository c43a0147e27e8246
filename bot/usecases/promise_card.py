"""Open promises on the card: a line each, and one tap to correct or dismiss the first."""

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.promise import Promise
from bot.usecases.office import Office
from bot.usecases.ports import Work

WITH_BUTTONS = 2
"""Promises that have buttons on the card: more would bury the others."""


def promise_lines(work: Work, office: Office, case: Case) -> list[str]:
    """承诺 12月3日 15:00前 答复."""
    return [promise_line(office, promise) for promise in work.promises.open_of_case(case.id)]


def promise_line(office: Office, promise: Promise) -> str:
    """One promise in words."""
    return office.line("promise", due=office.local(promise.due_at), what=promise.what or promise.words).rstrip()


def promise_buttons(work: Work, office: Office, case: Case) -> Buttons:
    """改时间 and 不是承诺, with the time where there is more than one."""
    promises = work.promises.open_of_case(case.id)[:WITH_BUTTONS]
    return tuple(_pair(office, promise, is_only=len(promises) == 1) for promise in promises)


def _pair(office: Office, promise: Promise, *, is_only: bool) -> tuple[Button, ...]:
    which = "" if is_only else office.line("promise_which", due=office.local(promise.due_at))
    return tuple(
        Button(office.label(verb.name.lower()) + which, Press(verb, promise.id))
        for verb in (Verb.PROMISE_TIME, Verb.PROMISE_NOT)
    )
