"""Measures of prevention (预防措施): each has an owner and a day, is reminded of, told when overdue, and ticked off."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.complaint import Measure
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.when import At, DeskHours, read_when
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, require_case, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of
from bot.usecases.upstairs import tell_leaders

_COMMAND: Final = re.compile(r"#?(\d{1,15})\s*(完成|done|改期|改|负责|交给)?\s*(.*)", re.DOTALL)
LONGEST: Final = 400


def plan_looks(work: Work, office: Office, measure: Measure) -> None:
    """Look at it a while before it is due, and when it is."""
    for at in (measure.due_at - office.complaints.measure_warning, measure.due_at):
        work.reminders.add(Reminder(ReminderKind.MEASURE, measure.id, max(at, measure.made_at)))


def measure_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/measure 编号 完成 说明`; a supervisor also `/measure 编号 改期 日期` and `/measure 编号 负责 姓名`."""
    who = require_staff(work, staff_telegram_id)
    found = _COMMAND.fullmatch(query.strip())
    if found is None:
        raise DeskError("notice/how_measure")
    measure = _open(work, int(found[1]))
    match found[2], found[3].strip():
        case (("完成" | "done"), words) if words:
            told = _finish(work, office, now, measure, who, words[:LONGEST])
        case (("改期" | "改"), words) if words:
            told = _change(work, office, now, replace(measure, due_at=read_until(office, now, words)), who)
        case (("负责" | "交给"), name) if name:
            owner = next((s for s in work.staff.all() if s.is_active and s.name == name.lstrip("@")), None)
            if owner is None:
                raise DeskError("notice/no_such_colleague", name=name)
            told = _change(work, office, now, replace(measure, owner_id=owner.id), who)
        case _:
            raise DeskError("notice/how_measure")
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/told", values={"words": told},
        reply_to=spot.ref)  # fmt: skip


def read_until(office: Office, now: datetime, words: str) -> datetime:
    """A measure's deadline as it was written (a bare date: the end of its day); DeskError for none, or a past one."""
    read = read_when(words, now, DeskHours(office.calendar, office.zone))
    if not isinstance(read, At) or read.by <= now:
        raise DeskError("notice/how_measure")
    return read.by


def finish_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 已完成: ticked off without words."""
    who = require_staff(work, staff_telegram_id)
    return _finish(work, office, now, _open(work, subject), who, office.label("measure_done").format(measure=subject))


def _open(work: Work, measure_id: int) -> Measure:
    measure = work.measures.get(measure_id)
    if measure is None:
        raise DeskError("notice/no_such_measure", measure=str(measure_id))
    if measure.done_at is not None:
        raise DeskError("notice/measure_is_done", measure=str(measure_id))
    return measure


def _finish(work: Work, office: Office, now: datetime, measure: Measure, who: Staff, words: str) -> str:
    """By its owner, or whoever leads."""
    if who.role is Role.SPECIALIST and who.id != measure.owner_id:
        name = staff_of(work, measure.owner_id).name
        raise NotAllowed("notice/measure_of_another", measure=str(measure.id), name=name)
    work.measures.save(replace(measure, done_at=now, done_by=who.id, done_words=words))
    data = {"measure": str(measure.id), "reason": words}
    work.events.add(Event(measure.case_id, Did.MEASURE_DONE, now, staff_id=who.id, data=data))
    values = {"case": str(measure.case_id), "measure": str(measure.id), "words": measure.words, "by": who.name,
              "done": words}  # fmt: skip
    tell_leaders(work, office, now, script="notice/measure_done", values=values, case_id=measure.case_id)
    return office.say("notice/you_finished", measure=str(measure.id)).text


def _change(work: Work, office: Office, now: datetime, after: Measure, who: Staff) -> str:
    """A supervisor gives it another day or another owner, who is told."""
    if who.role is Role.SPECIALIST:
        raise NotAllowed("notice/supervisor_only")
    work.measures.save(after)
    plan_looks(work, office, after)
    owner = staff_of(work, after.owner_id)
    data = {"measure": str(after.id), "name": owner.name, "reason": office.local(after.due_at)}
    work.events.add(Event(after.case_id, Did.MEASURE_CHANGED, now, staff_id=who.id, data=data))
    tell_owner(work, office, now, after, script="notice/measure_yours", by=who.name)
    return office.say("notice/measure_changed", measure=str(after.id), owner=owner.name,
                      until=office.local(after.due_at)).text  # fmt: skip


def tell_owner(work: Work, office: Office, now: datetime, measure: Measure, *, script: str, by: str) -> None:
    """The owner, in private, with the button that ticks it off."""
    owner = staff_of(work, measure.owner_id)
    values = {"case": str(measure.case_id), "measure": str(measure.id), "prevention": measure.words, "by": by,
              "owner": owner.name, "until": office.local(measure.due_at)}  # fmt: skip
    say(work, office, now, to=Private(owner.telegram_id), script=script, values=values, case_id=measure.case_id,
        buttons=_button(office, measure))  # fmt: skip


def _button(office: Office, measure: Measure) -> Buttons:
    label = office.label("measure_done").format(measure=measure.id)
    return ((Button(label, Press(Verb.MEASURE_DONE, measure.id)),),)


def look_at_measure(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """Due soon: its owner is reminded. Overdue: the owner and the leaders are told. Each once a deadline."""
    measure = work.measures.get(subject)
    if measure is None or measure.done_at is not None:
        return
    if not measure.is_late(now):
        if now >= measure.due_at - office.complaints.measure_warning:
            tell_owner(work, office, now, measure, script="notice/measure_soon", by="")
        return
    tell_owner(work, office, now, measure, script="notice/measure_overdue", by="")
    values = {"case": str(measure.case_id), "measure": str(measure.id), "prevention": measure.words,
              "owner": staff_of(work, measure.owner_id).name, "until": office.local(measure.due_at)}  # fmt: skip
    tell_leaders(work, office, now, script="notice/measure_overdue_up", values=values, case_id=measure.case_id)
    case = require_case(work, measure.case_id)
    if case.is_unfinished:
        say(work, office, now, to=place_of(case), script="notice/measure_overdue_up", values=values, case_id=case.id)
