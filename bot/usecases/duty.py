"""Sign on and off (`/on`, `/off`, and their buttons): who is on duty gets cases; late and early are told gently."""

from datetime import datetime

from bot.desk.attendance import DutyDid
from bot.desk.outgoing import Private
from bot.desk.people import Staff
from bot.desk.roster import Watch, current_or_next
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.duty_words import minutes_of, shift_words, time_words
from bot.usecases.groups import room
from bot.usecases.handover import hand_over_early
from bot.usecases.holes import left_empty
from bot.usecases.office import Office
from bot.usecases.on_duty import flip
from bot.usecases.ports import Work
from bot.usecases.rostered import roster_now
from bot.usecases.say import say


def set_duty(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, is_on: bool, spot: Spot) -> None:
    """Signing on twice changes nothing and is answered kindly."""
    who = require_staff(work, staff_telegram_id)
    _set(work, office, now, who, is_on=is_on)
    to = room(spot.ref.chat_id, spot.thread_id)
    script, values = _answer(work, who, is_on=is_on)
    say(work, office, now, to=to, script=script, values=values, reply_to=spot.ref)


def press_duty(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, is_on: bool) -> str:
    """The buttons 签到 and 签退: the words that answer the press."""
    who = require_staff(work, staff_telegram_id)
    _set(work, office, now, who, is_on=is_on)
    script, values = _answer(work, who, is_on=is_on)
    return office.say(script, **values).text


def _answer(work: Work, who: Staff, *, is_on: bool) -> tuple[str, dict[str, str]]:
    """The script, by whether cases are theirs, and its values."""
    count, script = work.cases.open_counts().get(who.id, 0), "notice/on_duty" if is_on else "notice/off_duty"
    return (script, {"name": who.name, "count": str(count)}) if count else (f"{script}_free", {"name": who.name})


def _set(work: Work, office: Office, now: datetime, who: Staff, *, is_on: bool) -> None:
    if who.is_on_duty == is_on:
        return
    watches = [t for t in roster_now(work, office, now).around(now, office.zone) if t.staff_id == who.id]
    watch = current_or_next(watches, now, office.zone)
    if is_on:
        flip(work, office, now, who=who, is_on=True)
        _tell_late(work, office, now, who, watch)
        return
    _tell_early(work, office, now, who, watch)
    if watch is not None and watch.starts_at(office.zone) <= now:
        hand_over_early(work, office, now, who=who, watch=watch)
    flip(work, office, now, who=who, is_on=False)
    left_empty(work, office, now, who=who)


def _tell_late(work: Work, office: Office, now: datetime, who: Staff, watch: Watch | None) -> None:
    """In private, whatever was written where; once a stretch, and not to who only came back from a break in it."""
    span = next((s for s in watch.instants(office.zone) if s[0] <= now < s[1]), None) if watch else None
    if watch is None or span is None or now - span[0] <= office.attendance.late_grace:
        return
    since = [e for e in work.attendance.events(since=span[0], staff_id=who.id) if e.at < now]
    if any(e.did in (DutyDid.SIGNED_ON, DutyDid.SIGNED_OFF) for e in since):
        return
    values = {
        "name": who.name, "shift": shift_words(office, watch.shift), "start": time_words(office, span[0]),
        "minutes": str(minutes_of(now - span[0])),
    }  # fmt: skip
    say(work, office, now, to=Private(who.telegram_id), script="notice/on_late", values=values)


def _tell_early(work: Work, office: Office, now: datetime, who: Staff, watch: Watch | None) -> None:
    span = next((s for s in watch.instants(office.zone) if s[0] <= now < s[1]), None) if watch else None
    if watch is None or span is None or span[1] - now <= office.attendance.early_grace:
        return
    values = {
        "name": who.name, "shift": shift_words(office, watch.shift), "end": time_words(office, span[1]),
        "minutes": str(minutes_of(span[1] - now)),
    }  # fmt: skip
    say(work, office, now, to=Private(who.telegram_id), script="notice/off_early", values=values)
