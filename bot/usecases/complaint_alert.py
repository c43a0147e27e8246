"""Who is told at once of a grave complaint, and what each may do about it from there."""

from collections.abc import Iterator
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.complaint import Grade
from bot.desk.outgoing import Address, Outgoing, Priority, Private, SayText
from bot.desk.people import Role, Staff
from bot.desk.script import Rendered
from bot.desk.warnings import EarlyWarning
from bot.usecases.assign import staff_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.upstairs import leaders_places


def tell_alert(
    work: Work, office: Office, now: datetime, *, case: Case, grade: Grade, words: Rendered, but: Staff | None = None,
    warning: EarlyWarning | None = None,
) -> None:  # fmt: skip
    """One message for the leaders' chat, each leader whom the grade concerns, and for an urgent one its handler.

    `warning`: the early warning that the same words raised, taken and closed from this very message.
    """
    for place, buttons in _places(work, office, case, grade, but, warning):
        act = SayText(words.text, html=words.html, buttons=buttons)
        work.outbox.add(Outgoing(place, act, priority=Priority.CARD, case_id=case.id), at=now)


def _places(
    work: Work, office: Office, case: Case, grade: Grade, but: Staff | None, warning: EarlyWarning | None
) -> Iterator[tuple[Address, Buttons]]:
    """Each once, with its buttons: the handler is no leader, and may look only."""
    roles = (Role.SUPERVISOR, Role.MANAGER) if grade is Grade.URGENT else (Role.SUPERVISOR,)
    leaders = [s for s in work.staff.all() if s.is_active and s.role in roles and not _is(s, but)]
    led = {p.lane: p for p in (*leaders_places(work, office), *(Private(s.telegram_id) for s in leaders))}
    yield from ((place, _buttons(office, case, warning)) for place in led.values())
    handler = staff_of(work, case.handler_id)
    own = Private(handler.telegram_id)
    if grade is Grade.URGENT and not _is(handler, but) and own.lane not in led:
        yield own, ((_show(office, case),),)


def _is(one: Staff, other: Staff | None) -> bool:
    return other is not None and one.id == other.id


def _show(office: Office, case: Case) -> Button:
    return Button(office.label("show_case"), Press(Verb.SHOW, case.id))


def _buttons(office: Office, case: Case, warning: EarlyWarning | None) -> Buttons:
    """What a leader may do about it at once."""
    rows: Buttons = (
        (_show(office, case), Button(office.label("looked"), Press(Verb.LOOKED, case.id))),
        (Button(office.label("chase"), Press(Verb.CHASE, case.id)),
         Button(office.label("instruct"), Press(Verb.INSTRUCT, case.id))),
    )  # fmt: skip
    if warning is None:
        return rows
    take = Button(office.alert("take"), Press(Verb.WARNING_TAKE, warning.id))
    close = Button(office.alert("close_button"), Press(Verb.WARNING_CLOSE, warning.id))
    return ((take, close), *rows)
