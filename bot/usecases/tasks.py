"""`/tasks`: what I am to do and what I gave; `/tasks 完成 3` and the like do what a button does."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.people import Staff
from bot.desk.task import Task
from bot.usecases import task_acts
from bot.usecases.at_hand import Spot, case_number, require_staff
from bot.usecases.groups import room
from bot.usecases.memo_words import Told
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.remind import say_told
from bot.usecases.reminders import Act
from bot.usecases.say import say
from bot.usecases.task_rows import task_line

SHOWN = 15
PER_ROW = 5


def show_tasks(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Both lists, the earliest due first."""
    who = require_staff(work, staff_telegram_id)
    word, _, rest = query.strip().partition(" ")
    if word:
        say_told(work, now, _by_word(work, office, now, who, word, rest), spot=spot)
        return
    mine = work.tasks.open_to(who.id)
    given = [t for t in work.tasks.open_from(who.id) if t.receiver_id != who.id]
    values = {"name": who.name, "received": _lines(work, office, now, mine), "given": _lines(work, office, now, given)}
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/tasks", values=values,
        buttons=_buttons([*mine[:SHOWN], *given[:SHOWN]]), reply_to=spot.ref)  # fmt: skip


def _by_word(work: Work, office: Office, now: datetime, who: Staff, word: str, rest: str) -> Told:
    number, _, more = rest.strip().partition(" ")
    task_id = case_number(number)
    act = next((act for label, act in _BY_LABEL.items() if office.label(label) == word), None)
    if act is None or task_id is None:
        raise DeskError("notice/how_tasks")
    return act(work, office, now, who, task_id, more.strip())


def _lines(work: Work, office: Office, now: datetime, tasks: Sequence[Task]) -> str:
    lines = [task_line(work, office, now, task) for task in tasks[:SHOWN]]
    if len(tasks) > SHOWN:
        lines.append(office.line("more", count=len(tasks) - SHOWN))
    return "\n".join(lines) or office.word("none")


def _buttons(tasks: Sequence[Task]) -> Buttons:
    found = [Button(str(t.id), Press(Verb.TASK_OPEN, t.id)) for t in tasks]
    return tuple(tuple(found[i : i + PER_ROW]) for i in range(0, len(found), PER_ROW))


def open_task(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A number in a list was pressed: the task with its buttons, below the list."""
    told = task_acts.task_view(work, office, now, require_staff(work, staff_telegram_id), subject)
    act = SayText(told.words.text, html=told.words.html, buttons=told.buttons)
    work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), act), at=now)
    return ""


_BY_LABEL: Final[Mapping[str, Act]] = {
    "task_seen": task_acts.see,
    "task_done": task_acts.finish_task,
    "task_more": task_acts.ask_more_by_word,
    "task_yes": task_acts.agree,
    "task_no": task_acts.decline,
    "task_drop": task_acts.drop_task,
}
"""What `/tasks` does by the word that stands on the button."""
