"""What is done with a task: 知道了, 完成, 需要延期 by its receiver; 同意, 不同意, 取消 by its giver."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.memo import About
from bot.desk.outgoing import Private
from bot.desk.people import Staff
from bot.desk.task import Task, TaskState
from bot.usecases.memo_words import Told
from bot.usecases.moment import phrase_buttons, phrase_chosen, require_time
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.task_rows import (
    end,
    given,
    giver_buttons,
    name_of,
    received,
    receiver_buttons,
    task_line,
    timed,
    wake,
)


def see(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str) -> Told:
    """知道了."""
    task = received(work, who, task_id)
    if task.state is TaskState.GIVEN:
        task = replace(task, state=TaskState.SEEN, seen_at=now)
        work.tasks.save(task)
    words = office.say("notice/task_seen", task=str(task.id), due=office.local(task.due_at), words=task.words)
    return Told(words, receiver_buttons(office, task))


def finish_task(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str) -> Told:
    """完成; twice is once, and the giver hears it once."""
    task = received(work, who, task_id, over=True)
    if task.state is TaskState.VOID:
        raise DeskError("notice/task_over", task=str(task.id))
    if task.is_open:
        end(work, now, task, TaskState.DONE)
        giver = work.staff.get(task.giver_id)
        if giver is not None and giver.is_active and giver.id != who.id:
            values = {"name": who.name, "task": str(task.id), "words": task.words}
            say(work, office, now, to=Private(giver.telegram_id), script="notice/task_done_up", values=values)
    return Told(office.say("notice/task_done", task=str(task.id), words=task.words))


def ask_until(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str) -> Told:
    """需要延期: until when?"""
    task = received(work, who, task_id)
    choices = phrase_buttons(office, now, office.labels.task_choices, verb=Verb.TASK_MORE_WHY, subject=task.id,
                             is_deadline=True)  # fmt: skip
    return Told(office.say("notice/task_until_when", task=str(task.id), words=task.words), choices)


def ask_reason(work: Work, office: Office, now: datetime, who: Staff, task_id: int, choice: str) -> Told:
    """A time was chosen: why?"""
    task = received(work, who, task_id)
    until = phrase_chosen(office, now, office.labels.task_choices, choice, is_deadline=True)
    buttons = tuple(
        (Button(reason, Press(Verb.TASK_MORE_ASK, task.id, f"{choice}.{number}")),)
        for number, reason in enumerate(office.labels.task_reasons)
    )
    return Told(office.say("notice/task_why_later", task=str(task.id), until=office.local(until)), buttons)


def ask_more_by_button(work: Work, office: Office, now: datetime, who: Staff, task_id: int, choice: str) -> Told:
    """Time and reason were chosen."""
    time, _, number = choice.partition(".")
    reasons = office.labels.task_reasons
    if not number.isdecimal() or len(number) > 2 or int(number) >= len(reasons):
        raise DeskError("notice/button_outdated")
    until = phrase_chosen(office, now, office.labels.task_choices, time, is_deadline=True)
    return _ask_more(work, office, now, received(work, who, task_id), until, reasons[int(number)])


def ask_more_by_word(work: Work, office: Office, now: datetime, who: Staff, task_id: int, words: str) -> Told:
    """`/tasks 延期 3 明天下午5点 原因`."""
    task = received(work, who, task_id)
    if not words:
        raise DeskError("notice/how_tasks")
    when, reason = require_time(office, now, words)
    if not reason:
        raise DeskError("notice/how_tasks")
    return _ask_more(work, office, now, task, when.by, reason)


def _ask_more(work: Work, office: Office, now: datetime, task: Task, until: datetime, why: str) -> Told:
    """The giver decides; until then the old date holds."""
    if until <= task.due_at:
        raise DeskError("notice/task_not_later", task=str(task.id), due=office.local(task.due_at))
    task = replace(task, asks_until=until, asks_why=why)
    work.tasks.save(task)
    values = {"name": name_of(work, office, task.receiver_id), "task": str(task.id), "words": task.words,
              "due": office.local(task.due_at), "until": office.local(until), "why": why}  # fmt: skip
    giver = work.staff.get(task.giver_id)
    if giver is not None:
        say(work, office, now, to=Private(giver.telegram_id), script="notice/task_asks_more", values=values,
            buttons=giver_buttons(office, task))  # fmt: skip
    return Told(office.say("notice/task_asked_more", task=str(task.id), until=office.local(until)))


def agree(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str) -> Told:
    """同意: the new date holds."""
    task = _asking(work, who, task_id)
    until = task.asks_until or task.due_at
    task = replace(timed(office, now, task, until), asks_until=None, asks_why="")
    work.tasks.save(task)
    work.memos.void_about(About.TASK.value, task.id, now)
    wake(work, office, task)
    _tell_decision(work, office, now, task, script="notice/task_put_off")
    return Told(office.say("notice/task_you_agreed", task=str(task.id), due=office.local(task.due_at)))


def decline(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str) -> Told:
    """不同意: the old date holds."""
    task = replace(_asking(work, who, task_id), asks_until=None, asks_why="")
    work.tasks.save(task)
    _tell_decision(work, office, now, task, script="notice/task_not_put_off")
    return Told(office.say("notice/task_you_declined", task=str(task.id), due=office.local(task.due_at)))


def _asking(work: Work, who: Staff, task_id: int) -> Task:
    task = given(work, who, task_id)
    if task.asks_until is None:
        raise DeskError("notice/task_asks_nothing", task=str(task.id))
    return task


def _tell_decision(work: Work, office: Office, now: datetime, task: Task, *, script: str) -> None:
    receiver = work.staff.get(task.receiver_id)
    if receiver is not None:
        values = {"task": str(task.id), "words": task.words, "due": office.local(task.due_at)}
        say(work, office, now, to=Private(receiver.telegram_id), script=script, values=values,
            buttons=receiver_buttons(office, task))  # fmt: skip


def drop_task(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str) -> Told:
    """取消交办; the receiver hears of it once."""
    task = given(work, who, task_id, over=True)
    if task.state is TaskState.DONE:
        raise DeskError("notice/task_over", task=str(task.id))
    if task.is_open:
        end(work, now, task, TaskState.VOID)
        receiver = work.staff.get(task.receiver_id)
        if receiver is not None and receiver.id != who.id:
            say(work, office, now, to=Private(receiver.telegram_id), script="notice/task_dropped_to_you",
                values={"task": str(task.id), "words": task.words})  # fmt: skip
    return Told(office.say("notice/task_dropped", task=str(task.id), words=task.words))


def task_view(work: Work, office: Office, now: datetime, who: Staff, task_id: int, _: str = "") -> Told:
    """One task with the buttons that this person has."""
    task = work.tasks.get(task_id)
    if task is None or who.id not in (task.giver_id, task.receiver_id):
        raise DeskError("notice/no_such_task", task=str(task_id))
    buttons = receiver_buttons(office, task) if task.receiver_id == who.id else giver_buttons(office, task)
    words = office.say("notice/task_view", line=task_line(work, office, now, task))
    return Told(words, buttons if task.is_open else ())
