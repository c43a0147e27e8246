"""The case card: one message that says where a case stands, with the buttons for what can be done next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import STATE_NAMES, TRANSITIONS, Case, State, Step
from bot.desk.script import Rendered
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.beside import beside
from bot.usecases.complaint_words import COMPLAINT_KIND
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_card import promise_buttons
from bot.usecases.time_left import counted_by


@dataclass(frozen=True)
class Card:
    """Words and buttons."""

    words: Rendered
    buttons: Buttons


def card_of(work: Work, office: Office, now: datetime, *, case: Case) -> Card:
    """The card as the case stands now. It is pinned and stays: it tells what is overdue, not how much time is left."""
    return _card(work, office, case, lambda by: _lasting(office, by, now))


def counting_card(work: Work, office: Office, now: datetime, *, case: Case) -> Card:
    """The card for somebody who looks now: with the time that is left, or by how much it has passed."""
    return _card(work, office, case, lambda by: counted_by(office, case, by, now))


def _lasting(office: Office, by: datetime | None, now: datetime) -> str:
    told = office.local(by)
    return office.line("card_late", by=told) if by is not None and by <= now else told


def _card(work: Work, office: Office, case: Case, until: Callable[[datetime | None], str]) -> Card:
    buttons = (*card_buttons(office, case), *promise_buttons(work, office, case))
    return Card(office.say("notice/card", **_values(work, office, case, until)), buttons)


def _values(work: Work, office: Office, case: Case, until: Callable[[datetime | None], str]) -> dict[str, str]:
    person = franchisee_of(work, case)
    owner = work.staff.get(case.first_owner_id) if case.first_owner_id else None
    return {
        **case_values(work, office, case, person),
        "state": STATE_NAMES[case.state],
        "province": case.province or office.word("place_unknown"),
        "kind": office.kind_of(case),
        "first_owner": owner.name if owner else office.word("unclaimed"),
        "handler": staff_of(work, case.handler_id).name,
        "reason": case.route_reason or "—",
        "level": office.word(f"level_{case.level.value}"),
        "opened": office.local(case.opened_at),
        "respond_by": until(case.respond_by),
        "resolve_by": _resolution(office, case, until),
        "reachable": office.word("reachable" if person.is_reachable else "unreachable"),
        "beside": "".join(f"\n{line}" for line in beside(work, office, case)),
        "previous": f"#{case.previous_case_id}" if case.previous_case_id else "—",
    }


def _resolution(office: Office, case: Case, until: Callable[[datetime | None], str]) -> str:
    """Nothing runs while the case waits; what is over is shown as it was."""
    if case.state is State.WAITING:
        return office.local(None)
    return until(case.resolve_by) if case.is_unfinished else office.local(case.resolve_by)


def card_buttons(office: Office, case: Case) -> Buttons:
    """Only what the state allows; every button has a command that does the same."""

    def button(verb: Verb, key: str) -> Button:
        return Button(office.label(key), Press(verb, case.id))

    if not case.is_unfinished:
        return ()
    first = [button(Verb.CLAIM, "claim")] if case.first_owner_id is None else []
    waits = case.state is State.WAITING
    pause = [button(Verb.WAIT, "resume" if waits else "pause")] if _may_pause(case) else []
    return (
        (*first, button(Verb.TRANSFER, "transfer"), button(Verb.ASSIST, "assist"), button(Verb.ESCALATE, "escalate")),
        (button(Verb.NOTE, "note"), *pause, button(Verb.RESOLVE, "resolve")),
        (button(Verb.FINDING, "finding"), button(Verb.COMPLAINT_FILE, "document"))
        if case.kind == COMPLAINT_KIND
        else (button(Verb.COMPLAIN, "complain"),),
    )


def _may_pause(case: Case) -> bool:
    return (case.state, Step.PAUSE) in TRANSITIONS or (case.state, Step.RESUME) in TRANSITIONS
