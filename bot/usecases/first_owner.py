"""The first owner (首问人) hears of every step that others take in their case: one short line each, in private."""

from collections.abc import Collection
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.outgoing import Private
from bot.desk.people import Staff
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say


def first_owner_of(work: Work, case: Case) -> Staff | None:
    """Whoever took the case first, as long as they are with the company."""
    owner = work.staff.get(case.first_owner_id) if case.first_owner_id is not None else None
    return owner if owner is not None and owner.is_active else None


def tell_first_owner(
    work: Work, office: Office, now: datetime, *, case: Case, what: str, told: Collection[int | None] = ()
) -> None:
    """One line; nothing for those who took the step themselves or were told otherwise (`told`: staff ids)."""
    owner = first_owner_of(work, case)
    if owner is None or owner.id in told:
        return
    values = {"case": str(case.id), "name": franchisee_of(work, case).name, "what": what}
    say(work, office, now, to=Private(owner.telegram_id), script="notice/first_owner_step", values=values,
        buttons=show_button(office, case), case_id=case.id)  # fmt: skip


def show_button(office: Office, case: Case) -> Buttons:
    """The button that opens a case wherever it is pressed."""
    return ((Button(office.label("show_case"), Press(Verb.SHOW, case.id)),),)
