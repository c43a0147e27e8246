"""What somebody still has to do beside their cases (promises, reminders, tasks): told at a shift's end, passed on when
they leave, and kept when a case ends.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.case import Case
from bot.desk.memo import About, Memo
from bot.desk.outgoing import Private
from bot.desk.people import Staff
from bot.desk.task import Task
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_card import promise_line, promise_lines
from bot.usecases.reminders import lines_of
from bot.usecases.say import say
from bot.usecases.task_rows import task_line
from bot.usecases.topics import place_of

SHOWN = 12
SOON = timedelta(hours=36)
"""What a shift's note tells of: whatever is due by the end of the next day."""


def promises_due(work: Work, office: Office, now: datetime, who: Staff) -> str:
    """The promises of a person's cases that are still to be kept, a line each."""
    lines = [
        office.line("promise_of_case", case=p.case_id, promise=promise_line(office, p))
        for p in work.promises.open_of(who.id)[:SHOWN]
    ]
    return "".join(f"\n{line}" for line in lines) or office.duty("no_promises")


def reminders_open(work: Work, office: Office, now: datetime, who: Staff) -> str:
    """Their own reminders and tasks that are due soon, or over already."""
    memos = [m for m in work.memos.open_of(who.id) if m.about is About.OWN and m.due_at <= now + SOON]
    tasks = [t for t in work.tasks.open_to(who.id) if t.due_at <= now + SOON]
    told = [lines_of(work, office, now, memos[:SHOWN])] if memos else []
    told += [task_line(work, office, now, task) for task in tasks[:SHOWN]]
    return "".join(f"\n{line}" for line in told) or office.duty("no_promises")


def leave_to_do(work: Work, office: Office, now: datetime, *, leaver: Staff, by: Staff) -> None:
    """Somebody left: reminders of a case go to who has it now, all others and their tasks to `by`; each is told once.

    Promises need no moving: they are reminded to whoever has the case.
    """
    theirs: dict[int, list[str]] = {}
    for memo in work.memos.open_of(leaver.id):
        moved = replace(memo, staff_id=_heir(work, memo, leaver, by), from_id=None)
        work.memos.save(moved)
        theirs.setdefault(moved.staff_id, []).append(lines_of(work, office, now, [moved]))
    for task in {t.id: t for t in (*work.tasks.open_to(leaver.id), *work.tasks.open_from(leaver.id))}.values():
        moved_task = _inherited(work, task, leaver, by)
        work.tasks.save(moved_task)
        theirs.setdefault(moved_task.receiver_id, []).append(task_line(work, office, now, moved_task))
    for staff_id, lines in theirs.items():
        person = work.staff.get(staff_id)
        if person is not None:
            values = {"leaver": leaver.name, "count": str(len(lines)), "lines": "\n".join(lines[:SHOWN])}
            say(work, office, now, to=Private(person.telegram_id), script="notice/left_to_you", values=values)


def _heir(work: Work, memo: Memo, leaver: Staff, by: Staff) -> int:
    case = work.cases.get(memo.case_id) if memo.case_id is not None else None
    return case.handler_id if case is not None and case.handler_id != leaver.id else by.id


def _inherited(work: Work, task: Task, leaver: Staff, by: Staff) -> Task:
    """The giver gets back what the leaver was to do; what the leaver gave is now given by whoever lets them go."""
    giver = work.staff.get(task.giver_id)
    giver_id = giver.id if giver is not None and giver.is_active and giver.id != leaver.id else by.id
    receiver_id = giver_id if task.receiver_id == leaver.id else task.receiver_id
    return replace(task, giver_id=giver_id, receiver_id=receiver_id)


def tell_what_stays(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """The case ends: what was promised in it, and what people want to be told of it, goes on."""
    lines = promise_lines(work, office, case)
    lines += [lines_of(work, office, now, [m]) for m in work.memos.open_of_case(case.id) if m.about is About.OWN]
    if lines:
        values = {"case": str(case.id), "lines": "\n".join(lines[:SHOWN])}
        say(work, office, now, to=place_of(case), script="notice/what_stays", values=values, case_id=case.id)
