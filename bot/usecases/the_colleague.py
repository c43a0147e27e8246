"""Find a colleague by name, or offer those there are."""

from bot.desk.errors import DeskError
from bot.desk.people import Staff
from bot.usecases.ports import Work


def colleague_named(work: Work, name: str) -> Staff:
    """The one active member of staff of this name (an @ before it is fine); DeskError when there is not just one."""
    wanted = name.strip().lstrip("@")
    found = [s for s in work.staff.all() if s.is_active and s.name == wanted]
    if len(found) != 1:
        raise DeskError("notice/no_such_colleague", name=wanted or "—")
    return found[0]


def active_colleagues(work: Work, who: Staff) -> list[Staff]:
    """Everybody else who is with the company: those on duty and of the same region first."""
    others = [s for s in work.staff.all() if s.is_active and s.id != who.id]
    return sorted(others, key=lambda s: (not s.is_on_duty, not set(s.regions) & set(who.regions), s.id))
