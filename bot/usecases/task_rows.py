"""A task's row: whose it is, when it is looked at, and how it reads."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.memo import About
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.task import Task, TaskState
from bot.usecases.moment import ahead_of
from bot.usecases.office import Office
from bot.usecases.ports import Work


def timed(office: Office, now: datetime, task: Task, due: datetime) -> Task:
    """The task due at an instant: whatever was told of an earlier date is told anew."""
    remind_at = ahead_of(office, now, due, office.commitments.task_ahead)
    return replace(task, due_at=due, remind_at=remind_at, due_told_at=None, overdue_told_at=None)


def wake(work: Work, office: Office, task: Task) -> None:
    """Look at it ahead, at its date, and when it is overdue."""
    for at in (task.remind_at, task.due_at, overdue_at(office, task)):
        if at is not None:
            work.reminders.add(Reminder(ReminderKind.TASK, task.id, at))


def overdue_at(office: Office, task: Task) -> datetime:
    """When the giver hears that it is not done."""
    return office.due(task.due_at, office.commitments.task_overdue_after)


def end(work: Work, now: datetime, task: Task, state: TaskState) -> Task:
    """Done, or taken back: nobody is reminded any more."""
    after = replace(task, state=state, ended_at=now, remind_at=None, asks_until=None, asks_why="")
    work.tasks.save(after)
    work.memos.void_about(About.TASK.value, task.id, now)
    return after


def require_task(work: Work, task_id: int) -> Task:
    """A task by its number; DeskError."""
    task = work.tasks.get(task_id)
    if task is None:
        raise DeskError("notice/no_such_task", task=str(task_id))
    return task


def received(work: Work, who: Staff, task_id: int, *, over: bool = False) -> Task:
    """A task that this person is to do; DeskError when it is not theirs, or (unless `over` is fine) over."""
    task = require_task(work, task_id)
    if task.receiver_id != who.id:
        raise NotAllowed("notice/task_not_yours", task=str(task_id))
    return _open(task, over=over)


def given(work: Work, who: Staff, task_id: int, *, over: bool = False) -> Task:
    """A task that this person gave (the manager decides on everybody's)."""
    task = require_task(work, task_id)
    if task.giver_id != who.id and who.role is not Role.MANAGER:
        raise NotAllowed("notice/task_not_given", task=str(task_id))
    return _open(task, over=over)


def _open(task: Task, *, over: bool) -> Task:
    if not task.is_open and not over:
        raise DeskError("notice/task_over", task=str(task.id))
    return task


def name_of(work: Work, office: Office, staff_id: int) -> str:
    """A colleague's name."""
    person = work.staff.get(staff_id)
    return person.name if person is not None else office.word("nobody")


def task_line(work: Work, office: Office, now: datetime, task: Task) -> str:
    """One task in a list."""
    late = office.line("memo_overdue") if task.is_open and task.due_at < now else ""
    asks = office.line("task_asks", until=office.local(task.asks_until)) if task.asks_until else ""
    return office.line(
        "task", task=task.id, due=office.local(task.due_at), words=task.words, state=state_words(office, task),
        giver=name_of(work, office, task.giver_id), receiver=name_of(work, office, task.receiver_id), late=late + asks,
    )  # fmt: skip


def state_words(office: Office, task: Task) -> str:
    """Where it stands."""
    return office.line(f"task_{task.state.value}")


def receiver_buttons(office: Office, task: Task) -> Buttons:
    """知道了 (until they said so), 完成, 需要延期."""
    seen = [Verb.TASK_SEEN] if task.state is TaskState.GIVEN else []
    return (_row(office, task, *seen, Verb.TASK_DONE, Verb.TASK_MORE),)


def giver_buttons(office: Office, task: Task) -> Buttons:
    """同意 and 不同意 while more time is asked for; 取消交办."""
    asked = (_row(office, task, Verb.TASK_YES, Verb.TASK_NO),) if task.asks_until is not None else ()
    return (*asked, _row(office, task, Verb.TASK_DROP))


def _row(office: Office, task: Task, *verbs: Verb) -> tuple[Button, ...]:
    return tuple(Button(office.label(verb.name.lower()), Press(verb, task.id)) for verb in verbs)
