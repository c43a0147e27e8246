"""`/ledger`: the figures of 首问负责制 for people and a period, or the whole chain of one case."""

from datetime import date, datetime, time, timedelta

from bot.desk.custody import CUSTODY_EVENTS, Custody, custody
from bot.desk.errors import NotAllowed
from bot.desk.events import Event
from bot.desk.ledger import Figures, Span, figures
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.people import Role
from bot.desk.period import Period
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, franchisee_of, require_staff, staff_and_case
from bot.usecases.beside import beside
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.recap import chain
from bot.usecases.say import say
from bot.usecases.whose import THIS_MONTH, whose


def show_ledger(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/ledger [姓名] [期间]`: everybody for leaders, their own for specialists."""
    who = require_staff(work, staff_telegram_id)
    asked, period = whose(work, office, now, who, query=query, how="notice/how_ledger", own="notice/ledger_own")
    person = asked.person
    people = [person] if person else [s for s in work.staff.all() if s.is_active]
    span = _span(office, period)
    cases = _custodies(work, span)

    def measure(start: datetime, end: datetime) -> timedelta:
        return office.worked(start, min(end, now))  # what is to come does not count

    found = [(p, figures(cases, span, staff_id=p.id, measure=measure)) for p in people]
    lines = [_person(work, office, p.name, f) for p, f in found if person is not None or f != Figures()]
    if person is None:
        everybody = figures(cases, span, staff_id=None, measure=measure)
        lines.insert(0, _person(work, office, office.word("all"), everybody))
    values = {"period": asked.called or THIS_MONTH, "first": f"{period.first:%Y-%m-%d}",
              "last": f"{period.last:%Y-%m-%d}", "lines": "\n".join(lines)}  # fmt: skip
    words = office.say("notice/ledger", **values)
    for part in pieces(words.text):
        work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), SayText(part)), at=now)


def figures_of(work: Work, office: Office, now: datetime, period: Period, *, staff_id: int | None = None) -> Figures:
    """The figures of a period's days, of one person or (None) of all."""
    span = _span(office, period)
    return figures(_custodies(work, span), span, staff_id=staff_id, measure=lambda a, b: office.worked(a, min(b, now)))


def show_chain(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, case_id: int) -> None:
    """`/ledger 编号`: who had the case, from when to when, why; for leaders and whoever had it."""
    who, case = staff_and_case(work, staff_telegram_id, case_id)
    record = custody(work.events.of_case(case.id))
    had = {hand.staff_id for hand in record.hands} | {case.handler_id, case.first_owner_id}
    if who.role is Role.SPECIALIST and who.id not in had:
        raise NotAllowed("notice/supervisor_only")
    owner = work.staff.get(case.first_owner_id) if case.first_owner_id else None
    values = {
        "case": str(case.id),
        "name": franchisee_of(work, case).name,
        "first_owner": owner.name if owner else office.word("unclaimed"),
        "chain": "\n".join(chain(work, office, now, case=case)) or office.word("none"),
        "times": str(len(record.given)),
        "back": str(len(record.sent_back)),
        "beside": "".join(f"\n{line}" for line in beside(work, office, case)),
    }
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/ledger_case", values=values,
        case_id=case.id)  # fmt: skip


def _span(office: Office, period: Period) -> Span:
    """From the first day's midnight to the last day's, on the desk's clock."""

    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), office.zone)

    return Span(midnight(period.first), midnight(period.end))


def _custodies(work: Work, span: Span) -> list[Custody]:
    """Every case that was in anybody's hands within a span: something happened to it since, or it still goes on."""
    by_case: dict[int, list[Event]] = {}
    for event in work.events.of_active(span.since, CUSTODY_EVENTS):
        by_case.setdefault(event.case_id, []).append(event)
    return [custody(events) for events in by_case.values()]


def _person(work: Work, office: Office, name: str, found: Figures) -> str:
    share = office.line("no_share") if found.share is None else f"{found.share:.0%}"
    mean = found.in_hand / found.hands if found.hands else timedelta(0)
    return office.line(
        "ledger_person",
        name=name,
        closed=found.closed,
        own=found.own,
        share=share,
        given=found.given,
        unanswered=found.unanswered,
        back=found.back,
        cases=found.hands,
        hand=office.span(mean),
    )
