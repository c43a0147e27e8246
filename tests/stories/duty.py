"""What the stories of the roster stand on: a Monday at eight, a roster that was just imported, nobody at the post yet."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.desk.roster_file import read_roster
from bot.desk.roster_table import Table
from bot.sandbox.clock import Clock
from bot.usecases.enrol_roster import enrol_roster
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work
from tests.cast import HE, LIN, MONDAY_10, WANG, ZHAO, ZHOU, make_world
from tests.stories.theatre import Theatre, theatre

EIGHT = MONDAY_10 - timedelta(hours=2)
SHIFTS = Table("班次", ((1, ("名称", "时间")), (2, ("早班", "9:00-18:00")), (3, ("晚班", "18:00-22:00"))))
WEEK = (("姓名", "周一", "周二"), ("林晓", "早班", "早班"), ("周宁", "晚班", "晚班"), ("何静", "早班", "早班"))
Rows = tuple[tuple[str, ...], ...]


def put_up(work: Work, office: Office, now: datetime, *, rows: Rows = WEEK) -> Changes:
    """Import a roster as the command line does."""
    table = Table("排班", tuple(enumerate(rows, start=1)))
    known = {v.shift.name: v.shift for v in work.rosters.shifts()}
    read = read_roster(
        [table, SHIFTS], staff=work.staff.all(), regions=office.regions, shifts=known, today=office.today(now)
    )
    assert read.problems == ()
    return enrol_roster(work, office, now, roster=read)


@contextlib.asynccontextmanager
async def rostered(folder: Path, *, rows: Rows = WEEK, **sections: Any) -> AsyncIterator[Theatre]:
    """Monday, eight o'clock."""
    world = make_world(Clock(start=EIGHT, frozen=True))
    async with theatre(folder, world=world, **sections) as opened:
        for staff_id in (LIN, ZHOU, HE, WANG, ZHAO):
            world.user_starts(staff_id)
        await opened.desk.run(put_up, rows=rows)
        await opened.seen()
        yield opened
