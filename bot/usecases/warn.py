"""Warn of deadlines: the handler before, supervisors at, the manager after; what is due at once is told at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import TRANSITIONS, Case, Step, Urgency
from bot.desk.custody import custody
from bot.desk.events import Event
from bot.desk.outgoing import Address, Priority, Private
from bot.desk.people import Role
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.sla import TOLD_BY, Alarm, Stage, Term, ran
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.time_left import A_MINUTE, time_left
from bot.usecases.topics import show_card
from bot.usecases.upstairs import leaders_places

SHOWN: Final = 20
PER_ROW: Final = 5
_SCRIPTS: Final[Mapping[Stage, str]] = {
    Stage.NEAR: "notice/deadline_near",
    Stage.PASSED: "notice/deadline_passed",
    Stage.ESCALATED: "notice/deadline_escalated",
}
_STAGES: Final = tuple(Stage)
_URGENCIES: Final = tuple(Urgency)


@dataclass(frozen=True)
class Due:
    """A warning that is to be given now."""

    case: Case
    alarm: Alarm


def warn(work: Work, office: Office, now: datetime, *, case_ids: Iterable[int]) -> None:
    """Look at these cases; whoever is to hear of several hears it in one message, the most urgent first."""
    found: list[Due] = []
    for case_id in sorted(set(case_ids)):
        case = work.cases.get(case_id)
        if case is not None:
            found += _due(work, office, now, case)
    heard: dict[Address, list[Due]] = defaultdict(list)
    for due in found:
        for place in _places(work, office, due):
            heard[place].append(due)
    for place, dues in heard.items():
        _tell(work, office, now, place, dues)


def _due(work: Work, office: Office, now: datetime, case: Case) -> list[Due]:
    """What is due of a case, recorded as told; and the next look at it."""
    untold = office.deadlines.untold(case, work.events.of_case(case.id))
    due = [alarm for alarm in untold if alarm.due_at <= now]
    for alarm in due:
        data = {"term": alarm.term.value, "by": alarm.by.isoformat()}
        work.events.add(Event(case.id, TOLD_BY[alarm.stage], now, data=data))
    if len(due) < len(untold):
        work.reminders.add(Reminder(ReminderKind.DEADLINE, case.id, untold[len(due)].due_at))
    if any(alarm.stage is Stage.PASSED for alarm in due):
        show_card(work, case, now)
    return [Due(case, alarm) for alarm in due]


def _places(work: Work, office: Office, due: Due) -> Sequence[Address]:
    if due.alarm.stage is Stage.NEAR:
        return [Private(staff_of(work, due.case.handler_id).telegram_id)]
    if due.alarm.stage is Stage.PASSED:
        return leaders_places(work, office)
    managers = [s for s in work.staff.all() if s.is_active and s.role is Role.MANAGER]
    return [Private(s.telegram_id) for s in managers] or leaders_places(work, office)


def _tell(work: Work, office: Office, now: datetime, place: Address, dues: Sequence[Due]) -> None:
    latest = {(due.case.id, due.alarm.term): due for due in sorted(dues, key=_how_late)}
    told = sorted(latest.values(), key=lambda d: (-_URGENCIES.index(d.case.urgency), d.alarm.by, d.case.id))
    lines = [_line(work, office, now, due) for due in told[:SHOWN]]
    if len(told) > SHOWN:
        lines.append(office.line("more", count=len(told) - SHOWN))
    cases = list({due.case.id: due.case for due in told[:SHOWN]}.values())
    script = _script(dues, now)
    say(work, office, now, to=place, script=script, values={"lines": "\n".join(lines)}, buttons=_buttons(office, cases),
        priority=Priority.CARD, case_id=cases[0].id if len(cases) == 1 else None)  # fmt: skip


def _script(dues: Sequence[Due], now: datetime) -> str:
    """A warning ahead of time that comes after it (the desk stood still) says so."""
    stage = max(dues, key=_how_late).alarm.stage
    is_late = stage is Stage.NEAR and any(due.alarm.by <= now for due in dues)
    return "notice/deadline_late" if is_late else _SCRIPTS[stage]


def _how_late(due: Due) -> int:
    return _STAGES.index(due.alarm.stage)


def _line(work: Work, office: Office, now: datetime, due: Due) -> str:
    case, alarm = due.case, due.alarm
    return office.line(
        "warned",
        case=case.id,
        name=franchisee_of(work, case).name,
        kind=office.kind_of(case),
        specialist=_held_by(work, office, now, due),
        term=office.line(f"term_{alarm.term.value}"),
        by=office.local(alarm.by),
        left=time_left(office, case, alarm.by, now),
    )


def _held_by(work: Work, office: Office, now: datetime, due: Due) -> str:
    """Who has the case; and since when, where the time that is running was others' before."""
    case, name = due.case, staff_of(work, due.case.handler_id).name
    events = work.events.of_case(case.id)
    hand = custody(events).holder
    runs_since = case.unanswered_since if due.alarm.term is Term.ANSWER else ran(events, case)[0][0]
    if hand is None or hand.staff_id != case.handler_id or hand.since - (runs_since or case.opened_at) < A_MINUTE:
        return office.line("in_hand_of", name=name)
    is_today = office.today(hand.since) == office.today(now)
    since = office.local(hand.since, "%H:%M") if is_today else office.local(hand.since)
    return office.line("in_hand_since", name=name, since=since)


def _buttons(office: Office, cases: Sequence[Case]) -> Buttons:
    """One case: what can be done at once. Several: each opens."""
    if len(cases) > 1:
        opens = [Button(f"#{c.id}", Press(Verb.SHOW, c.id)) for c in cases]
        return tuple(tuple(opens[i : i + PER_ROW]) for i in range(0, len(opens), PER_ROW))
    (case,) = cases
    show = Button(office.label("show_case"), Press(Verb.SHOW, case.id))
    pause = (
        [Button(office.label("pause"), Press(Verb.PAUSE, case.id))] if (case.state, Step.PAUSE) in TRANSITIONS else []
    )
    return ((show, *pause, Button(office.label("escalate"), Press(Verb.ESCALATE, case.id))),)
