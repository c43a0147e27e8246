"""Sign on and off (`/on`, `/off`): who is on duty gets cases."""

from dataclasses import replace
from datetime import datetime

from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.reassign import duty_changed
from bot.usecases.say import say


def set_duty(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, is_on: bool, spot: Spot) -> None:
    """Signing on twice changes nothing and is answered kindly."""
    who = require_staff(work, staff_telegram_id)
    if who.is_on_duty != is_on:
        changed = replace(who, is_on_duty=is_on, duty_changed_at=now)
        work.staff.save(changed)
        duty_changed(work, office, now, who=changed)
    mine = work.cases.open_counts().get(who.id, 0)
    script = "notice/on_duty" if is_on else "notice/off_duty"
    values = {"name": who.name, "count": str(mine)}
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script=script, values=values, reply_to=spot.ref)
