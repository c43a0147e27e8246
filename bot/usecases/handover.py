"""Hand over (交接): before a shift ends, its open cases go to the next person in one note, which they acknowledge."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import STATE_NAMES, UNFINISHED, Case
from bot.desk.errors import DeskError
from bot.desk.message import MessageRef
from bot.desk.outgoing import EditButtons, Group, Outgoing, Priority
from bot.desk.people import Staff
from bot.desk.roster import WHOLE_DESK, Shift, Watch
from bot.usecases.at_hand import Spot, franchisee_of, require_staff
from bot.usecases.duty_words import (
    length_words,
    names_of,
    region_words,
    shift_words,
    time_words,
)
from bot.usecases.groups import group_of, room, supervisors
from bot.usecases.left_to_do import promises_due, reminders_open
from bot.usecases.office import Office
from bot.usecases.ports import Handover, Work
from bot.usecases.rostered import roster_now
from bot.usecases.say import say

SHOWN = 12
"""Cases in a note: more are counted."""
MOST = 200
LOOK_AHEAD = timedelta(hours=24)
"""How far the next person is looked for."""


def hand_over(work: Work, office: Office, now: datetime, *, who: Staff, watch: Watch) -> Handover | None:
    """Post the note for a shift that ends; None when there is nothing to hand over, or it was posted before."""
    cases = _cases_of(work, who)
    ends = watch.instants(office.zone)[-1][1] if watch.instants(office.zone) else now
    if not (cases or work.promises.open_of(who.id)) or not work.attendance.step(
        f"note:{who.id}:{watch.day}:{watch.shift.name}", now
    ):
        return None
    return _post(work, office, now, who, watch, cases, ends)


def hand_over_early(work: Work, office: Office, now: datetime, *, who: Staff, watch: Watch) -> None:
    """Somebody signs off before their shift's note was due: the note comes at once."""
    hand_over(work, office, now, who=who, watch=watch)


def _post(
    work: Work, office: Office, now: datetime, who: Staff, watch: Watch, cases: Sequence[Case], ends: datetime
) -> Handover:
    take_by = max(ends, now) + office.attendance.handover_within
    note = work.attendance.hand_over(
        Handover(0, who.id, watch.region, watch.day, watch.shift.name, now, take_by, len(cases))
    )
    data = {"handover": str(note.id), "cases": str(len(cases))}
    work.attendance.add(DutyEvent(DutyDid.HANDED_OVER, now, staff_id=who.id, data=data))
    button = ((Button(office.label("take_over"), Press(Verb.TAKE_OVER, note.id)),),)
    longest = max((now - c.unanswered_since for c in cases if c.unanswered_since), default=None)
    values = {
        "name": who.name,
        "shift": shift_words(office, watch.shift),
        "end": time_words(office, ends),
        "next": _next(work, office, now, watch, ends),
        "count": str(len(cases)),
        "longest": length_words(office, longest) if longest is not None else office.duty("no_promises"),
        "lines": _lines(work, office, now, cases),
        "promises": promises_due(work, office, now, who),
        "reminders": reminders_open(work, office, now, who),
    }
    say(work, office, now, to=_place(work, office, watch.region), script="notice/handover", values=values,
        buttons=button)  # fmt: skip
    return note


def _place(work: Work, office: Office, region: str) -> Group:
    if region == WHOLE_DESK:
        return supervisors(work, office)
    return Group(group_of(work, office, region))


def _cases_of(work: Work, who: Staff) -> Sequence[Case]:
    return work.cases.listed(states=UNFINISHED, handler_id=who.id, limit=MOST)


def _lines(work: Work, office: Office, now: datetime, cases: Sequence[Case]) -> str:
    lines = [_line(work, office, now, case) for case in cases[:SHOWN]]
    if len(cases) > SHOWN:
        lines.append(office.duty("more_cases", count=len(cases) - SHOWN))
    return "\n".join(lines)


def _line(work: Work, office: Office, now: datetime, case: Case) -> str:
    since = case.unanswered_since
    waits = office.duty("handover_waits", time=length_words(office, now - since)) if since else ""
    name = franchisee_of(work, case).name
    return office.duty("handover_case", case=case.id, name=name, state=STATE_NAMES[case.state], waits=waits)


def _next(work: Work, office: Office, now: datetime, watch: Watch, ends: datetime) -> str:
    """Who is to be on duty in the region when the shift has ended, else whose shift begins next within a day."""
    zone, roster = office.zone, roster_now(work, office, now)
    watches = [t for t in roster.around(ends, zone) if t.region == watch.region and t.staff_id != watch.staff_id]
    there = [t for t in watches if any(a <= ends < b for a, b in t.instants(zone))]
    later = sorted(
        (t for t in watches if t.instants(zone) and ends <= t.starts_at(zone) <= ends + LOOK_AHEAD),
        key=lambda t: t.starts_at(zone),
    )
    first = [t for t in later if t.starts_at(zone) == later[0].starts_at(zone)]
    names = names_of(work)
    return "、".join(dict.fromkeys(names[t.staff_id] for t in there or first)) or office.duty("someone")


def take_over(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, handover_id: int, pressed: MessageRef
) -> str:
    """The button 已接班: the words that answer the press."""
    who = require_staff(work, staff_telegram_id)
    note = work.attendance.handover(handover_id)
    if note is None:
        raise DeskError("notice/no_handover")
    _take(work, office, now, who, note)
    gone = Outgoing(room(pressed.chat_id, None), EditButtons(pressed), priority=Priority.CARD_EDIT)
    work.outbox.add(gone, at=now)
    return office.say("notice/you_took_over").text


def _take(work: Work, office: Office, now: datetime, who: Staff, note: Handover) -> None:
    """The first one wins; whoever has it already is told so kindly, everybody else who has it."""
    if note.staff_id == who.id:
        raise DeskError("notice/handover_own")
    if note.taken_by == who.id:
        return
    if not work.attendance.take_over(note.id, who.id, now):
        taken = work.attendance.handover(note.id) or note
        by = names_of(work).get(taken.taken_by or 0, office.duty("someone"))
        raise DeskError("notice/handover_gone", by=by, at=office.local(taken.taken_at))
    data = {"handover": str(note.id)}
    work.attendance.add(DutyEvent(DutyDid.TAKEN_OVER, now, staff_id=note.staff_id, by_id=who.id, data=data))
    values = {"name": names_of(work).get(note.staff_id, "?"), "by": who.name}
    say(work, office, now, to=_place(work, office, note.region), script="notice/handover_taken", values=values)


def handover_command(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot) -> None:
    """`/handover`: acknowledge what waits for me; else post my own note."""
    who = require_staff(work, staff_telegram_id)
    note = _for_me(work, office, who, spot)
    if note is not None:
        _take(work, office, now, who, note)
        return
    watches = [t for t in roster_now(work, office, now).around(now, office.zone) if t.staff_id == who.id]
    current = next((t for t in watches if t.starts_at(office.zone) <= now < t.ends_at(office.zone)), None)
    if current is None or hand_over(work, office, now, who=who, watch=current) is None:
        to = room(spot.ref.chat_id, spot.thread_id)
        is_out = any(n.staff_id == who.id for n in work.attendance.untaken())
        script = "notice/handover_is_out" if is_out else "notice/no_handover"
        say(work, office, now, to=to, script=script, values={}, reply_to=spot.ref)


def _for_me(work: Work, office: Office, who: Staff, spot: Spot) -> Handover | None:
    """The oldest note of the group written in, or (in private) of my regions, that is not my own."""
    regions = {*who.regions, *(r.code for r in office.regions if set(who.provinces) & set(r.provinces))}
    for note in work.attendance.untaken():
        here = _place(work, office, note.region).chat_id == spot.ref.chat_id
        if note.staff_id != who.id and (here or (spot.ref.chat_id > 0 and note.region in regions)):
            return note
    return None


def _ends(office: Office, note: Handover, shift: Shift | None) -> datetime:
    """When the shift of a note ends, by the roster."""
    if shift is None:
        return note.take_by - office.attendance.handover_within
    return Watch(note.day, note.staff_id, note.region, shift).ends_at(office.zone)


def tell_untaken(work: Work, office: Office, now: datetime) -> datetime | None:
    """Supervisors are told of each note that nobody took over in time; when the next one will be due."""
    names = names_of(work)
    for note in work.attendance.untaken():
        if note.take_by <= now and work.attendance.step(f"untaken:{note.id}", now):
            shift = roster_now(work, office, now).shift(note.shift, note.day)
            values = {
                "name": names.get(note.staff_id, "?"), "region": region_words(office, note.region),
                "shift": shift_words(office, shift) if shift else note.shift,
                "end": time_words(office, _ends(office, note, shift)), "count": str(note.cases),
            }  # fmt: skip
            say(work, office, now, to=supervisors(work, office), script="notice/handover_untaken", values=values)
            data = {"handover": str(note.id)}
            work.attendance.add(DutyEvent(DutyDid.NOT_TAKEN_TOLD, now, staff_id=note.staff_id, data=data))
    return min((n.take_by for n in work.attendance.untaken() if n.take_by > now), default=None)
