"""The patrol (巡查): each working day, and whenever a supervisor asks, the complaints that have to be looked at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.complaint import GRADE_NAMES, Complaint, Grade
from bot.desk.complaint_figures import Entry
from bot.desk.outgoing import Address
from bot.desk.patrol import PatrolLine, Why, in_order, last_progress, reasons_of
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, franchisee_of, require_supervisor
from bot.usecases.greet import case_values
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.upstairs import leaders_places
from bot.usecases.workday_hour import next_workday_at

NOBODY: Final = 0
"""The reminder of the patrol is about no case."""
PER_MESSAGE: Final = 8
"""Complaints a message: each has a row of buttons."""

Listed = tuple[PatrolLine, Complaint]


def plan_patrol(work: Work, office: Office, now: datetime) -> None:
    """Ask for the next patrol (once, whoever asks)."""
    work.reminders.add(Reminder(ReminderKind.PATROL, NOBODY, next_patrol(office, now)))


def next_patrol(office: Office, now: datetime) -> datetime:
    """The patrol's hour on the first working day that it is still ahead of (UTC)."""
    return next_workday_at(office, now, office.complaints.patrol_at)


def patrol_daily(work: Work, office: Office, now: datetime, *, subject: int = NOBODY) -> None:
    """The day's patrol, once however many look; late after an outage, but never on a day of rest."""
    plan_patrol(work, office, now)
    today = office.today(now)
    if not office.calendar.is_workday(today) or not work.patrols.begin(today, now):
        return
    if not listing(work, office, now, today) and not _unseen(work, office, today):
        return  # a list without a line every morning teaches people not to look
    for place in leaders_places(work, office):
        _patrol(work, office, now, to=place, day=today)


def patrol_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/patrol`: the same list at any time; the day's own patrol comes all the same."""
    require_supervisor(work, staff_telegram_id)
    today = office.today(now)
    _patrol(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), day=today)


def _patrol(work: Work, office: Office, now: datetime, *, to: Address, day: date) -> None:
    listed = in_order(listing(work, office, now, day))
    if office.calendar.is_workday(day):
        work.patrols.put([line for line, _ in listed])
    unseen = _unseen(work, office, day)
    if not listed:
        values = {"day": f"{day:%m月%d日}", "unseen": unseen}
        say(work, office, now, to=to, script="notice/patrol_none", values=values)
        return
    for start in range(0, len(listed), PER_MESSAGE):
        part = listed[start : start + PER_MESSAGE]
        lines = "\n".join(_line(work, office, now, line, complaint) for line, complaint in part)
        values = {"day": f"{day:%m月%d日}", "count": str(len(listed)), "lines": lines, "unseen": unseen}
        say(work, office, now, to=to, script="notice/patrol", values=values,
            buttons=tuple(row for line, _ in part for row in line_buttons(office, line.case_id)))  # fmt: skip


def listing(work: Work, office: Office, now: datetime, day: date) -> Sequence[Listed]:
    """Every complaint that has to be looked at, with why; those that the last patrol left unseen say so."""
    unseen = {line.case_id for line in work.patrols.last_before(day) if line.looked_at is None}
    entries = [*work.complaints.unfinished(), *work.complaints.to_settle()]
    found = [(_patrol_line(work, office, now, day, entry, entry.case.id in unseen), entry.complaint)
             for entry in entries]  # fmt: skip
    return [(line, complaint) for line, complaint in found if line.reasons]


def _patrol_line(work: Work, office: Office, now: datetime, day: date, entry: Entry, was_unseen: bool) -> PatrolLine:
    reasons = reasons_of(
        entry.complaint,
        entry.case,
        now,
        idle=idle_time(work, office, now, entry),
        stale_after=office.complaints.stale_after,
        was_unseen=was_unseen,
    )
    return PatrolLine(day, entry.case.id, reasons, now)


def idle_time(work: Work, office: Office, now: datetime, entry: Entry) -> timedelta:
    """How long nothing was done: working time, for an urgent complaint natural time."""
    since = last_progress(work.events.of_case(entry.case.id), entry.complaint.opened_at)
    return now - since if entry.complaint.grade is Grade.URGENT else office.worked(since, now)


def _line(work: Work, office: Office, now: datetime, line: PatrolLine, complaint: Complaint) -> str:
    case = work.cases.get(line.case_id)
    if case is None:
        raise LookupError(f"complaint {line.case_id} has no case")
    person = franchisee_of(work, case)
    idle = idle_time(work, office, now, Entry(complaint, case))
    return office.line(
        "patrol_line",
        case=case.id,
        grade=GRADE_NAMES[complaint.grade],
        name=person.name,
        store=case_values(work, office, case, person)["store"],
        handler=staff_of(work, case.handler_id).name,
        reasons="、".join(office.labels.patrol[why.value] for why in line.reasons),
        idle=office.line("patrol_idle", time=office.span(idle)) if Why.STALE in line.reasons else "",
    )


def _unseen(work: Work, office: Office, day: date) -> str:
    """What nobody looked at on the last patrol, as a line of its own; empty when all was looked at."""
    last = [line for line in work.patrols.last_before(day) if line.looked_at is None]
    if not last:
        return ""
    cases = "、".join(f"#{line.case_id}" for line in last)
    return "\n" + office.line("patrol_unseen", day=f"{last[0].day:%m月%d日}", cases=cases)


def line_buttons(office: Office, case_id: int) -> Buttons:
    """催办, 批示, 已阅 of one line."""
    verbs = {"line_chase": Verb.CHASE, "line_instruct": Verb.INSTRUCT, "line_looked": Verb.LOOKED}
    return (tuple(Button(office.label(key).format(case=case_id), Press(verb, case_id)) for key, verb in verbs.items()),)
