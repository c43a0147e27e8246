"""`/complaints [期间]`: the complaints of a span in figures and as a list, and the measures that are overdue."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import STATE_NAMES
from bot.desk.complaint import GRADE_NAMES, Measure
from bot.desk.complaint_figures import Entry, Group, group_of, grouped
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.period import Period
from bot.desk.split import pieces
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, franchisee_of, require_supervisor
from bot.usecases.complaint_words import cause_name
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.whose import days_only

LISTED: Final = 20


def complaints_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """Figures by kind, cause, region and product; the newest complaints with buttons; measures that are not done."""
    require_supervisor(work, staff_telegram_id)
    period = days_only(office, now, query=query, how="notice/how_complaints")
    entries = entries_of(work, office, period)
    measures = work.measures.open()
    values = {
        "first": f"{period.first:%Y-%m-%d}",
        "last": f"{period.last:%Y-%m-%d}",
        "total": _group(office, group_of(office.word("all"), entries, now)),
        "kinds": _groups(office, entries, now, lambda e: office.kind_name(e.complaint.matter)),
        "causes": _groups(office, entries, now, lambda e: cause_name(office, e.complaint)),
        "regions": _groups(office, entries, now, lambda e: _region(office, e)),
        "products": _groups(office, entries, now, lambda e: e.complaint.product or office.word("no_product")),
        "lines": _listed(work, office, entries, now),
        "measures": "\n".join(measure_line(work, office, m, now) for m in measures) or office.word("none"),
    }
    words = office.say("notice/complaints", **values)
    parts = list(pieces(words.text))
    for number, part in enumerate(parts, start=1):
        buttons = _buttons(office, entries, measures) if number == len(parts) else ()
        act = SayText(part, buttons=buttons)
        work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), act), at=now)


def entries_of(work: Work, office: Office, period: Period) -> Sequence[Entry]:
    """What became a complaint in a period of the desk's own days."""
    since, until = (datetime.combine(day, time(), office.zone) for day in (period.first, period.end))
    return work.complaints.opened(since, until)


def _region(office: Office, entry: Entry) -> str:
    region = office.region(entry.case.region)
    return region.name if region else office.word("place_unknown")


def _groups(office: Office, entries: Sequence[Entry], now: datetime, key: Callable[[Entry], str]) -> str:
    return "\n".join(_group(office, g) for g in grouped(entries, key, now)) or office.word("none")


def _group(office: Office, group: Group) -> str:
    return office.line("complaint_group", name=group.name, count=group.count, urgent=group.urgent, ended=group.ended,
                       late=group.late)  # fmt: skip


def _listed(work: Work, office: Office, entries: Sequence[Entry], now: datetime) -> str:
    lines = [_line(work, office, entry, now) for entry in entries[-LISTED:]]
    if len(entries) > LISTED:
        lines.insert(0, office.line("more_rows", count=len(entries) - LISTED))
    return "\n".join(lines) or office.word("none")


def _line(work: Work, office: Office, entry: Entry, now: datetime) -> str:
    return office.line(
        "complaint_line",
        case=entry.case.id,
        at=office.local(entry.complaint.opened_at),
        grade=GRADE_NAMES[entry.complaint.grade],
        name=franchisee_of(work, entry.case).name,
        state=STATE_NAMES[entry.case.state],
        cause=cause_name(office, entry.complaint),
        late=office.line("complaint_late") if entry.was_late(now) else "",
    )


def measure_line(work: Work, office: Office, measure: Measure, now: datetime) -> str:
    """A measure that is not done, with whether it is overdue."""
    return office.line(
        "measure_line",
        measure=measure.id,
        case=measure.case_id,
        words=measure.words,
        name=staff_of(work, measure.owner_id).name,
        until=office.local(measure.due_at),
        late=office.line("measure_late") if measure.is_late(now) else "",
    )


def _buttons(office: Office, entries: Sequence[Entry], measures: Sequence[Measure]) -> Buttons:
    shown = [Button(f"#{e.case.id}", Press(Verb.SHOW, e.case.id)) for e in entries[-LISTED:]]
    label = office.label("measure_done")
    ticks = [(Button(label.format(measure=m.id), Press(Verb.MEASURE_DONE, m.id)),) for m in measures[:5]]
    return (*(tuple(shown[i : i + 5]) for i in range(0, len(shown), 5)), *ticks)
