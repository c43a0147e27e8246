"""`/task 姓名 时间 内容`: one of those who lead gives a task to a person with a date."""

from datetime import datetime

from bot.desk.errors import DeskError, NotAllowed
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.task import Task
from bot.usecases.at_hand import Spot, require_supervisor
from bot.usecases.memo_words import Told
from bot.usecases.moment import require_time
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.remind import LONGEST, say_told
from bot.usecases.say import say
from bot.usecases.task_rows import giver_buttons, receiver_buttons, timed, wake
from bot.usecases.the_colleague import colleague_named


def give_task(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """The receiver gets it in private, with buttons; the giver hears its number."""
    who = require_supervisor(work, staff_telegram_id)
    name, _, words = query.strip().partition(" ")
    if not name or not words.strip():
        raise DeskError("notice/how_task")
    to = colleague_named(work, name)
    _require_below(who, to)
    when, what = require_time(office, now, words)
    if not what:
        raise DeskError("notice/how_task")
    task = timed(office, now, Task(0, who.id, to.id, what[:LONGEST], now, when.by), when.by)
    task = work.tasks.add(task)
    wake(work, office, task)
    _tell_receiver(work, office, now, task, to, giver=who)
    given = office.say("notice/task_is_given", task=str(task.id), name=to.name, due=office.local(task.due_at),
                       words=task.words)  # fmt: skip
    say_told(work, now, Told(given, giver_buttons(office, task)), spot=spot)


def _require_below(who: Staff, to: Staff) -> None:
    if to.role is Role.MANAGER and who.role is not Role.MANAGER:
        raise NotAllowed("notice/task_upward", name=to.name)


def _tell_receiver(work: Work, office: Office, now: datetime, task: Task, to: Staff, *, giver: Staff) -> None:
    values = {"giver": office.called(giver), "due": office.local(task.due_at), "words": task.words,
              "task": str(task.id)}  # fmt: skip
    say(work, office, now, to=Private(to.telegram_id), script="notice/task_to_you", values=values,
        buttons=receiver_buttons(office, task))  # fmt: skip
