"""Keep a case's deadlines in view: date it anew when kind or urgency change, and look again when a warning is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.desk.case import Case, Urgency
from bot.desk.events import Did, Event
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.sla import with_kind, with_urgency
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.topics import show_card

AT_ONCE: Final = timedelta(seconds=1)
"""A warning that is due already is given by the next sweep, which looks from now on."""


def look_again(work: Work, office: Office, now: datetime, *, case: Case, events: Sequence[Event] = ()) -> None:
    """Look at the case when its next warning is due. `events`: those of the case; none of one that is just opened."""
    due = min((alarm.due_at for alarm in office.deadlines.untold(case, events)), default=None)
    if due is not None:
        work.reminders.add(Reminder(ReminderKind.DEADLINE, case.id, max(due, now + AT_ONCE)))


def expect_answer(work: Work, office: Office, *, case: Case) -> None:
    """The franchisee wrote: look again when the answer is nearly due. What else is to come has its reminder already."""
    if case.unanswered_since is None:
        return
    left = office.sla.warn_left
    due = office.deadlines.clock(case).after(case.unanswered_since, office.deadlines.allowed(case) * (1 - left))
    work.reminders.add(Reminder(ReminderKind.DEADLINE, case.id, due))


def set_kind(work: Work, office: Office, now: datetime, *, case: Case, kind: str) -> Case:
    """The case as of this kind, with its deadlines; the caller saves it and records why."""
    events = work.events.of_case(case.id)
    after = with_kind(case, kind, deadlines=office.deadlines, events=events)
    look_again(work, office, now, case=after, events=events)
    return after


def set_urgency(
    work: Work, office: Office, now: datetime, *, case: Case, urgency: Urgency, by: int | None = None
) -> Case:
    """The case with this urgency and its deadlines, saved and on record; the same urgency changes nothing."""
    if case.urgency is urgency:
        return case
    events = work.events.of_case(case.id)
    after = with_urgency(case, urgency, deadlines=office.deadlines, events=events)
    work.cases.save(after)
    data = {"urgency": urgency.value, "name": office.urgency_name(urgency)}
    work.events.add(Event(case.id, Did.URGENCY_SET, now, staff_id=by, data=data))
    look_again(work, office, now, case=after, events=events)
    show_card(work, after, now)
    return after
