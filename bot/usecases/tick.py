"""The sweep: look at what is due. APScheduler is the metronome, the rows are the calendar."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assist_due import chase_departments
from bot.usecases.at_hand import franchisee_of
from bot.usecases.calendar import ask_for_decree
from bot.usecases.closing import lapse_closing
from bot.usecases.complaint_due import look_at_complaint
from bot.usecases.digest import digest_daily
from bot.usecases.early_warning import look_for_warnings
from bot.usecases.follow_up_plan import follow_up_due
from bot.usecases.greet import case_values
from bot.usecases.improve import chase_improvement
from bot.usecases.inspection_draw import draw_daily
from bot.usecases.low_rating import low_rating_due
from bot.usecases.measure import look_at_measure
from bot.usecases.meeting import look_at_meetings
from bot.usecases.memo_sweep import fire_memos
from bot.usecases.no_word import look_for_word
from bot.usecases.office import Office
from bot.usecases.patrol import patrol_daily
from bot.usecases.period_sweep import look_at_reports
from bot.usecases.ports import Work
from bot.usecases.promise_due import look_at_promise
from bot.usecases.rating_ask import rating_due
from bot.usecases.reassign import look_for_silence
from bot.usecases.resolve import lapse
from bot.usecases.roster_sweep import look_ahead
from bot.usecases.say import say
from bot.usecases.survey_send import survey_due
from bot.usecases.task_due import look_at_task
from bot.usecases.transfer_answer import lapse_transfer
from bot.usecases.warn import warn

TURN: Final = "sweep"
BATCH = 20
"""Reminders fired in one transaction."""
BACKLOG = 1000
"""Deadlines looked at in one transaction, after an outage: each person is told of all theirs in one message."""


def sweep(work: Work, office: Office, now: datetime) -> int:
    """Fire what is due, the oldest first; how many (call again until none). People are told last, so that everything
    that they are to be reminded of by now stands in one list: one process at a time sweeps, or each would make its own.
    """
    if not work.leases.turn(TURN):
        return 0
    due = work.reminders.due(now, limit=BATCH)
    for reminder in due:
        if reminder.kind is not ReminderKind.DEADLINE:
            _fire(work, office, now, reminder)
    if of_deadlines := {r.case_id for r in due if r.kind is ReminderKind.DEADLINE}:
        backlog = work.reminders.due(now, limit=BACKLOG, kind=ReminderKind.DEADLINE)
        warn(work, office, now, case_ids={*of_deadlines, *(r.case_id for r in backlog)})
    return len(due) or fire_memos(work, office, now)


def _fire(work: Work, office: Office, now: datetime, reminder: Reminder) -> None:
    if (look := BY_SUBJECT.get(reminder.kind)) is not None:
        look(work, office, now, subject=reminder.case_id)
        return
    case = work.cases.get(reminder.case_id)
    if case is not None:
        BY_CASE[reminder.kind](work, office, now, case=case)


def _acknowledge(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """应声: the human answer takes longer than it should, so the desk says that the words arrived; once a wait."""
    if case.unanswered_since is None or case.acknowledged_at is not None or not case.is_unfinished:
        return
    if now < office.due(case.unanswered_since, office.terms.acknowledge_after):
        return
    person = franchisee_of(work, case)
    is_late = case.respond_by is not None and case.respond_by <= now  # the desk stood still, or the clock was set
    script = "answer/acknowledge_late" if is_late else "answer/acknowledge"
    values = case_values(work, office, case, person)
    say(work, office, now, to=Private(person.telegram_id), script=script, values=values, case_id=case.id)
    work.cases.save(replace(case, acknowledged_at=now))
    work.events.add(Event(case.id, Did.ACKNOWLEDGED, now))


BY_SUBJECT: Final[Mapping[ReminderKind, Callable[..., None]]] = {
    ReminderKind.DECREE: ask_for_decree,
    ReminderKind.MEASURE: look_at_measure,
    ReminderKind.PATROL: patrol_daily,
    ReminderKind.DIGEST: digest_daily,
    ReminderKind.ROSTER: look_ahead,
    ReminderKind.PROMISE: look_at_promise,
    ReminderKind.TASK: look_at_task,
    ReminderKind.MEETING: look_at_meetings,
    ReminderKind.LOW_RATING: low_rating_due,
    ReminderKind.SURVEY: survey_due,
    ReminderKind.WARNING: look_for_warnings,
    ReminderKind.IMPROVEMENT: chase_improvement,
    ReminderKind.INSPECTION: draw_daily,
    ReminderKind.REPORT: look_at_reports,
}
"""What is due and is of no case: `look(work, office, now, *, subject)`."""
BY_CASE: Final[Mapping[ReminderKind, Callable[..., None]]] = {
    ReminderKind.ACKNOWLEDGE: _acknowledge,
    ReminderKind.SILENCE: look_for_silence,
    ReminderKind.LAPSE: lapse,
    ReminderKind.TRANSFER: lapse_transfer,
    ReminderKind.ASSIST: chase_departments,
    ReminderKind.CLOSING: lapse_closing,
    ReminderKind.COMPLAINT: look_at_complaint,
    ReminderKind.FOLLOW_UP: follow_up_due,
    ReminderKind.RATING: rating_due,
    ReminderKind.NO_WORD: look_for_word,
}
"""What is due of a case: `look(work, office, now, *, case)`."""
