"""The roster at work: who is called to a shift, who is late, who is missed, who hands over to whom."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.roster_file import read_roster
from bot.desk.roster_table import Table
from bot.sandbox.clock import Clock
from bot.usecases.enrol_roster import enrol_roster
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work
from tests.cast import CHEN, HE, LIN, MONDAY_10, SOUTHWEST, WANG, ZHOU, make_world
from tests.stories.theatre import Theatre, theatre

SHIFTS = Table("班次", ((1, ("名称", "时间")), (2, ("早班", "9:00-12:00、13:00-18:00")), (3, ("晚班", "18:00-22:00"))))
WEEK = (
    ("姓名", "周一", "周二"),
    ("林晓", "早班", "早班"),
    ("周宁", "晚班", "晚班"),
    ("何静", "早班", "早班"),
)
EIGHT = MONDAY_10 - timedelta(hours=2)


def imported(work: Work, office: Office, now: object, *, rows: tuple[tuple[str, ...], ...]) -> Changes:
    today = office.today(now)  # type: ignore[arg-type]
    table = Table("排班", tuple(enumerate(rows, start=1)))
    known = {v.shift.name: v.shift for v in work.rosters.shifts()}
    read = read_roster([table, SHIFTS], staff=work.staff.all(), regions=office.regions, shifts=known, today=today)
    assert read.problems == ()
    return enrol_roster(work, office, now, roster=read)  # type: ignore[arg-type]


@pytest.fixture
async def morning(tmp_path: Path) -> AsyncIterator[Theatre]:
    """Monday, eight o'clock: the roster is imported, nobody has signed on yet."""
    world = make_world(Clock(start=EIGHT, frozen=True))
    async with theatre(tmp_path, world=world) as opened:
        for staff_id in (LIN, ZHOU, HE, WANG):
            world.user_starts(staff_id)
        await opened.desk.run(imported, rows=WEEK)
        await opened.seen()
        yield opened


async def test_a_morning(morning: Theatre) -> None:
    await morning.later(minutes=50)
    print("\n".join(await morning.seen()))
    await morning.later(minutes=8)
    morning.press(LIN, morning.last(SOUTHWEST, "早班"), "签到")
    print("\n".join(await morning.seen()))
    await morning.later(minutes=7)
    print("\n".join(await morning.seen()))
    await morning.later(minutes=25)
    print("\n".join(await morning.seen()))
    morning.world.user_writes(HE, HE, "/on")
    morning.world.user_writes(LIN, SOUTHWEST, "/roster")
    print("\n".join(await morning.seen()))
    morning.world.user_writes(CHEN, CHEN, "四川春熙路的货少了")
    await morning.later(hours=8, minutes=20)
    print("\n".join(await morning.seen()))
    await morning.later(minutes=10)
    morning.world.user_writes(LIN, SOUTHWEST, "/off")
    print("\n".join(await morning.seen()))
    morning.world.user_writes(ZHOU, SOUTHWEST, "/on")
    morning.world.user_writes(ZHOU, SOUTHWEST, "/handover")
    print("\n".join(await morning.seen()))
    await morning.later(hours=2)
    print("\n".join(await morning.seen()))
