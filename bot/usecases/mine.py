"""`/mine`: everything that somebody answers for, as first owner or handler, the most delayed first."""

from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import STATE_NAMES, Case, State
from bot.usecases.at_hand import Spot, franchisee_of, require_staff
from bot.usecases.groups import room
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

SHOWN = 20
PER_ROW = 5


def show_mine(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """One line and one button for each case; what waits for an answer of theirs is told below."""
    who = require_staff(work, staff_telegram_id)
    to = room(spot.ref.chat_id, spot.thread_id)
    cases = sorted(work.cases.answered_for_by(who.id), key=lambda c: (_due(c) is None, _due(c) or c.opened_at, c.id))
    if not cases:
        say(work, office, now, to=to, script="notice/mine_none", values={"name": who.name})
        return
    shown = cases[:SHOWN]
    lines = [_line(work, office, now, case, who.id) for case in shown]
    if len(cases) > SHOWN:
        lines.append(office.line("more", count=len(cases) - SHOWN))
    first = sum(c.first_owner_id == who.id for c in cases)
    values = {"name": who.name, "first": str(first), "handled": str(sum(c.handler_id == who.id for c in cases)),
              "lines": "\n".join(lines), "waiting": _waiting(work, office, who.id)}  # fmt: skip
    buttons = [Button(f"#{c.id}", Press(Verb.SHOW, c.id)) for c in shown]
    rows = in_rows(buttons, PER_ROW)
    say(work, office, now, to=to, script="notice/mine", values=values, buttons=rows)


def _due(case: Case) -> datetime | None:
    """The earliest deadline that runs; None while the franchisee is waited for."""
    if case.state is State.WAITING:
        return None
    return min((d for d in (case.respond_by, case.resolve_by) if d is not None), default=None)


def _line(work: Work, office: Office, now: datetime, case: Case, staff_id: int) -> str:
    due = _due(case)
    is_both = case.handler_id == case.first_owner_id
    mine = "both" if is_both else "handler" if case.handler_id == staff_id else "first"
    handler = work.staff.get(case.handler_id)
    return office.line(
        "mine",
        case=case.id,
        state=STATE_NAMES[case.state],
        name=franchisee_of(work, case).name,
        role=office.line(f"mine_{mine}", name=handler.name if handler else office.word("nobody")),
        due=office.line("due", time=office.local(due)) if due else "",
        late=_late(office, case, due, now) if due and due < now else "",
    )


def _late(office: Office, case: Case, due: datetime, now: datetime) -> str:
    return office.line("late_by", time=office.span(office.deadlines.clock(case).between(due, now)))


def _waiting(work: Work, office: Office, staff_id: int) -> str:
    """What only this person can answer: transfers to accept, closings to confirm."""
    offers = [office.line("waits_offer", case=o.case_id) for o in work.transfers.pending_to(staff_id)]
    closings = [office.line("waits_closing", case=c.case_id) for c in work.closings.pending_for(staff_id)]
    return "\n".join(("", *offers, *closings))
