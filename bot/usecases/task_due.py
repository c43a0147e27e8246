"""Look at a task when its time comes: the receiver is reminded, the giver hears when it is late."""

from dataclasses import replace
from datetime import datetime

from bot.desk.memo import About, Memo
from bot.desk.outgoing import Private
from bot.desk.task import Task
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.task_rows import giver_buttons, name_of, overdue_at


def look_at_task(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """Whatever is due of it by now, each once; nothing of a task that is over."""
    task = work.tasks.get(subject)
    if task is None or not task.is_open:
        return
    after = task
    if now >= task.due_at and task.due_told_at is None:
        after = replace(after, due_told_at=now, remind_at=None)
        _remind(work, office, now, after)
    elif task.remind_at is not None and now >= task.remind_at:
        after = replace(after, remind_at=None)
        _remind(work, office, now, after)
    if now >= overdue_at(office, task) and task.overdue_told_at is None:
        after = replace(after, overdue_told_at=now)
        _tell_giver(work, office, now, after)
    if after != task:
        work.tasks.save(after)


def _remind(work: Work, office: Office, now: datetime, task: Task) -> None:
    """It joins what else the receiver is reminded of at this time."""
    work.memos.void_about(About.TASK.value, task.id, now)  # what was told ahead is told again now
    words = office.line("task_due", task=task.id, due=office.local(task.due_at), words=task.words)
    memo = Memo(0, task.receiver_id, task.giver_id, words, now, now, about=About.TASK, subject=task.id)
    work.memos.add(memo)


def _tell_giver(work: Work, office: Office, now: datetime, task: Task) -> None:
    giver = work.staff.get(task.giver_id)
    if giver is None or not giver.is_active:
        return
    values = {"name": name_of(work, office, task.receiver_id), "task": str(task.id), "words": task.words,
              "due": office.local(task.due_at)}  # fmt: skip
    say(work, office, now, to=Private(giver.telegram_id), script="notice/task_overdue", values=values,
        buttons=giver_buttons(office, task))  # fmt: skip
