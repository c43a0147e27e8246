"""Who was there of those who were to be, by region: one line of the digest."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.desk.attendance import Standing
from bot.desk.roster import WHOLE_DESK
from bot.usecases.digest_gather import Served
from bot.usecases.duty_words import names_of
from bot.usecases.office import Office
from bot.usecases.ports import Work

NAMED: Final = 8
"""People who are named in one line: more are counted."""


def region_name(office: Office, code: str) -> str:
    """A region's name; cases whose place is not known yet have none."""
    region = office.region(code)
    return region.name if region else office.daily("no_region")


def in_order(office: Office, codes: Iterable[str]) -> list[str]:
    """Regions as they stand in the settings; those that are not there, and no region, last."""
    known = [r.code for r in office.regions]
    return sorted(codes, key=lambda code: (known.index(code) if code in known else len(known), code))


def served_line(work: Work, office: Office, served: Sequence[Served]) -> str:
    """How many were to be there and were, and who was absent, late, early, on leave; empty without a roster."""
    if not served:
        return ""
    names = names_of(work)
    by = {standing: [s for s in served if s.attended.standing is standing] for standing in Standing}
    late = (*by[Standing.LATE], *by[Standing.LATE_AND_EARLY])
    early = (*by[Standing.EARLY], *by[Standing.LATE_AND_EARLY])
    told = {"absent": by[Standing.ABSENT], "came_late": late, "left_early": early, "on_leave": by[Standing.ON_LEAVE],
            "awaited": by[Standing.AWAITED]}  # fmt: skip
    items = "".join(office.daily(key, names=_named(office, names, who)) for key, who in told.items() if who)
    present, due = turnout(served)
    return office.daily("served", due=due, present=present, regions=_by_region(office, served), items=items)


def turnout(served: Iterable[Served]) -> tuple[int, int]:
    """How many watches were attended, of how many that were to be."""
    standings = [s.attended.standing for s in served if s.attended.standing is not Standing.ON_LEAVE]
    return sum(each not in (Standing.ABSENT, Standing.AWAITED) for each in standings), len(standings)


def _by_region(office: Office, served: Sequence[Served]) -> str:
    """（华东 3/3、华南 1/2）; empty when there is only one."""
    codes = in_order(office, {s.watch.region for s in served})
    told = [
        office.daily("served_region", region=_of(office, code), present=present, due=due)
        for code in codes
        for present, due in [turnout(s for s in served if s.watch.region == code)]
        if due
    ]
    return office.daily("served_regions", regions="、".join(told)) if len(told) > 1 else ""


def _named(office: Office, names: dict[int, str], who: Sequence[Served]) -> str:
    told = [
        office.daily("person_of", name=names.get(s.watch.staff_id, "?"), region=_of(office, s.watch.region))
        for s in who[:NAMED]
    ]
    more = [office.daily("and_more", count=len(who) - NAMED)] if len(who) > NAMED else []
    return "、".join([*told, *more])


def _of(office: Office, region: str) -> str:
    return office.duty("whole_desk") if region == WHOLE_DESK else region_name(office, region)
