"""`/promises [姓名] [时段]`: what was promised, what became of it, and the share kept of each person."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time

from bot.desk.people import Staff
from bot.desk.period import Period
from bot.desk.promise import PromiseState
from bot.desk.promise_tally import share_kept, tally
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_card import promise_line
from bot.usecases.say import say
from bot.usecases.whose import whose

SHOWN = 15


def show_promises(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Those who lead see everybody or one person, specialists themselves; without a period: this month."""
    who = require_staff(work, staff_telegram_id)
    asked, period = whose(work, office, now, who, query=query, how="notice/how_promises",
                          own="notice/promises_own_only")  # fmt: skip
    person = asked.person
    values = {
        "name": person.name if person else office.word("all"),
        "first": f"{period.first:%Y-%m-%d}", "last": f"{period.last:%Y-%m-%d}",
        "lines": "\n".join(_figures(work, office, period, person)) or office.line("promises_none"),
        "open": "\n".join(_open_lines(work, office, person or who)) or office.word("none"),
    }  # fmt: skip
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/promises", values=values, reply_to=spot.ref)


def figures(work: Work, office: Office, period: Period) -> Mapping[int, Counter[PromiseState]]:
    """Outcomes by staff id in a period of the desk's own days."""
    since, until = (datetime.combine(day, time(), office.zone) for day in (period.first, period.end))
    return tally(work.promises.settled(since, until))


def _figures(work: Work, office: Office, period: Period, person: Staff | None) -> list[str]:
    names = {s.id: s.name for s in work.staff.all()}
    counted = figures(work, office, period)
    return [
        _line(office, names.get(staff_id, str(staff_id)), counts)
        for staff_id, counts in sorted(counted.items())
        if person is None or staff_id == person.id
    ]


def _line(office: Office, name: str, counts: Counter[PromiseState]) -> str:
    share = share_kept(counts)
    rate = office.line("promise_share", share=f"{share:.0%}") if share is not None else office.line("promise_no_share")
    return office.line("promise_person", name=name, share=rate, kept=counts[PromiseState.KEPT],
                       late=counts[PromiseState.LATE], broken=counts[PromiseState.BROKEN],
                       postponed=counts[PromiseState.POSTPONED])  # fmt: skip


def _open_lines(work: Work, office: Office, person: Staff) -> list[str]:
    """What is to be kept still, of one person."""
    return [
        office.line("promise_of_case", case=p.case_id, promise=promise_line(office, p))
        for p in work.promises.open_of(person.id)[:SHOWN]
    ]
