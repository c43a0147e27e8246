"""Look at the roster: do what is due around shifts, once each, and ask to be woken for what comes next."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.duty_steps import Step, Todo, steps
from bot.desk.outgoing import Group, Private
from bot.desk.people import Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.roster import WHOLE_DESK
from bot.usecases.duty_words import day_words, names_of, people_words, region_words, shift_words, time_words
from bot.usecases.groups import group_of, supervisors
from bot.usecases.handover import hand_over, tell_untaken
from bot.usecases.holes import left_empty, tell_if_empty
from bot.usecases.office import Office
from bot.usecases.on_duty import flip
from bot.usecases.ports import Work
from bot.usecases.rostered import roster_now
from bot.usecases.say import say

NOBODY = 0
"""The reminder of the roster is about no case."""


def look_ahead(work: Work, office: Office, now: datetime, *, subject: int = NOBODY) -> None:
    """Do what is due; the next reminder is for the next step, at the latest for tomorrow's roster. It is of no case."""
    roster = roster_now(work, office, now)
    watches = roster.around(now, office.zone)
    if not (roster.weekly or roster.dated):
        return
    following = [
        s.at for s in steps(watches, office.zone, office.attendance, room_of=_room_of(work, office)) if s.at > now
    ]
    for step in steps(watches, office.zone, office.attendance, room_of=_room_of(work, office)):
        if step.at <= now < step.until and _may_do(work, step) and work.attendance.step(step.key, now):
            _DO[step.todo](work, office, now, step)
    untaken = tell_untaken(work, office, now)
    midnight = office.today(now) + timedelta(days=1)
    next_day = datetime(midnight.year, midnight.month, midnight.day, tzinfo=office.zone).astimezone(now.tzinfo)
    due = min(at for at in (*following, untaken, next_day) if at is not None)
    work.reminders.add(Reminder(ReminderKind.ROSTER, NOBODY, due))


def _room_of(work: Work, office: Office) -> Callable[[str], int]:
    def chat(region: str) -> int:
        return supervisors(work, office).chat_id if region == WHOLE_DESK else group_of(work, office, region)

    return chat


def _may_do(work: Work, step: Step) -> bool:
    """People who left the company are no longer waited for."""
    person = work.staff.get(step.watches[0].staff_id)
    return step.todo in (Todo.ANNOUNCE, Todo.HOLE) or (person is not None and person.is_active)


def duty_buttons(office: Office) -> Buttons:
    """签到 and 签退; whoever presses, presses for themselves."""
    on = Button(office.label("sign_on"), Press(Verb.DUTY_ON))
    return ((on, Button(office.label("sign_off"), Press(Verb.DUTY_OFF))),)


def _announce(work: Work, office: Office, now: datetime, step: Step) -> None:
    """One message a room and shift: who is on, with the buttons."""
    first = step.watches[0]
    values = {
        "day": day_words(office, first.day),
        "shift": shift_words(office, first.shift),
        "names": people_words(office, names_of(work), step.watches),
    }
    to = Group(_room_of(work, office)(first.region))
    say(work, office, now, to=to, script="notice/shift_begins", values=values, buttons=duty_buttons(office))


def _late(work: Work, office: Office, now: datetime, step: Step) -> None:
    who = _person(work, step)
    if who.is_on_duty:
        return
    values = _values(office, who, step)
    button = ((Button(office.label("sign_on"), Press(Verb.DUTY_ON)),),)
    say(work, office, now, to=Private(who.telegram_id), script="notice/late", values=values, buttons=button)
    work.attendance.add(DutyEvent(DutyDid.LATE_TOLD, now, staff_id=who.id))


def _absent(work: Work, office: Office, now: datetime, step: Step) -> None:
    """Supervisors are told once of who has not signed on at all."""
    who = _person(work, step)
    came = any(e.did is DutyDid.SIGNED_ON for e in work.attendance.events(since=step.start, staff_id=who.id))
    if who.is_on_duty or came:
        return
    values = {**_values(office, who, step), "region": region_words(office, step.watches[0].region)}
    say(work, office, now, to=supervisors(work, office), script="notice/absent", values=values)
    work.attendance.add(DutyEvent(DutyDid.ABSENCE_TOLD, now, staff_id=who.id))


def _hole(work: Work, office: Office, now: datetime, step: Step) -> None:
    tell_if_empty(work, office, now, watches=step.watches)


def _hand_over(work: Work, office: Office, now: datetime, step: Step) -> None:
    hand_over(work, office, now, who=_person(work, step), watch=step.watches[0])


def _see_off(work: Work, office: Office, now: datetime, step: Step) -> None:
    who = _person(work, step)
    if not who.is_on_duty or _goes_on(work, office, now, who):
        return
    button = ((Button(office.label("sign_off"), Press(Verb.DUTY_OFF)),),)
    values = _values(office, who, step)
    say(work, office, now, to=Private(who.telegram_id), script="notice/shift_ended", values=values, buttons=button)


def _close(work: Work, office: Office, now: datetime, step: Step) -> None:
    """Whoever forgot to sign off would be given cases all night; who signed on anew after the shift works on."""
    who = _person(work, step)
    is_anew = who.duty_changed_at is not None and who.duty_changed_at >= step.end
    if not who.is_on_duty or is_anew or _goes_on(work, office, now, who):
        return
    flip(work, office, now, who=who, is_on=False, by_desk=True)
    left_empty(work, office, now, who=who)
    say(
        work,
        office,
        now,
        to=Private(who.telegram_id),
        script="notice/closed_by_desk",
        values=_values(office, who, step),
    )


def _goes_on(work: Work, office: Office, now: datetime, who: Staff) -> bool:
    """Whether another shift of theirs is going on."""
    watches = roster_now(work, office, now).around(now, office.zone)
    mine = [t for t in watches if t.staff_id == who.id and t.instants(office.zone)]
    return any(t.starts_at(office.zone) <= now < t.instants(office.zone)[-1][1] for t in mine)


def _person(work: Work, step: Step) -> Staff:
    person = work.staff.get(step.watches[0].staff_id)
    if person is None:
        raise LookupError(f"staff {step.watches[0].staff_id} is rostered and not on file")
    return person


def _values(office: Office, who: Staff, step: Step) -> dict[str, str]:
    return {
        "name": who.name,
        "shift": shift_words(office, step.watches[0].shift),
        "start": time_words(office, step.start),
        "end": time_words(office, step.end),
    }


_DO = MappingProxyType(
    {
        Todo.ANNOUNCE: _announce,
        Todo.LATE: _late,
        Todo.ABSENT: _absent,
        Todo.HOLE: _hole,
        Todo.HAND_OVER: _hand_over,
        Todo.SEE_OFF: _see_off,
        Todo.CLOSE: _close,
    }
)
