"""Nobody on duty in a region that is rostered: the supervisors are told, once a stretch and cause."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.attendance import DutyDid, DutyEvent
from bot.desk.people import Role, Staff
from bot.desk.roster import WHOLE_DESK, Watch
from bot.usecases.duty_words import names_of, people_words, region_words, shift_words
from bot.usecases.groups import supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.rostered import roster_now
from bot.usecases.say import say


def tell_if_empty(work: Work, office: Office, now: datetime, *, watches: Sequence[Watch]) -> None:
    """`watches`: who was to be there, all of one region; somebody of another shift, or of no shift, would do."""
    region = watches[0].region
    if _is_served(work, office, region, watches):
        return
    values = {
        "region": region_words(office, region),
        "shift": shift_words(office, watches[0].shift),
        "names": people_words(office, names_of(work), watches),
    }
    say(work, office, now, to=supervisors(work, office), script="notice/hole", values=values)
    work.attendance.add(DutyEvent(DutyDid.HOLE_TOLD, now, data={"region": region}))


def _is_served(work: Work, office: Office, region: str, watches: Sequence[Watch]) -> bool:
    found = office.region(region)
    provinces = set(found.provinces) if found else set()
    on_duty = [s for s in work.staff.all() if s.is_active and s.is_on_duty]
    of_region = [
        s for s in on_duty if s.role is Role.SPECIALIST and (region in s.regions or provinces & set(s.provinces))
    ]
    rostered = {t.staff_id for t in watches}
    return bool(of_region) or any(s.id in rostered for s in on_duty)


def left_empty(work: Work, office: Office, now: datetime, *, who: Staff) -> None:
    """Somebody went off duty in the middle of a stretch: whether their region has anybody left. The first minutes of a
    stretch are the next people's grace; when it is over, the sweep looks.
    """
    watches = [t for t in roster_now(work, office, now).around(now, office.zone) if t.region != WHOLE_DESK]
    for region in dict.fromkeys(t.region for t in watches if t.staff_id == who.id):
        going = [(t, start) for t in watches if t.region == region for start in _going(t, office, now)]
        if going and work.attendance.step(f"left:{region}:{going[0][1].isoformat()}", now):
            tell_if_empty(work, office, now, watches=[t for t, _ in going])


def _going(watch: Watch, office: Office, now: datetime) -> list[datetime]:
    """When the stretch that is going on began, leave or not: it is the region that has to be served."""
    whole = Watch(watch.day, watch.staff_id, watch.region, watch.shift).instants(office.zone)
    return [start for start, end in whole if start + office.attendance.late_grace <= now < end]
