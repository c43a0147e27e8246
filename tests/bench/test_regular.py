"""Three real processes on one PostgreSQL, killed in the middle of their sweeps: each thing is said once, when due."""

from datetime import date, time

import pytest

from bench import regular
from bench.almanac import Stretch, instant
from bench.foreseen import HOUR
from bench.processes import KILLED

NIGHT = Stretch("night", date(2026, 10, 24), date(2026, 10, 25), zone="Europe/Berlin", digest_at=time(2, 30))
YEAR = Stretch("year", date(2026, 12, 31), date(2027, 1, 1), reports={"2026-12": date(2027, 1, 1)})
"""As long as the decree for 2027 is not at hand, the first of January is a Friday as any other."""


@pytest.mark.parametrize(("stretch", "writers", "least"), [(NIGHT, 4, 6), (YEAR, 15, 18)])
def test_what_comes_by_the_clock_comes_once_over_kills_the_years_end_and_a_clock_put_back(
    stretch: Stretch, writers: int, least: int
) -> None:
    plan = regular.Plan(seed=3, peril=0.1, step=3 * HOUR, writers=writers)
    report = regular.play(stretch, plan)
    assert report.wrong == ()
    assert report.foreseen >= least
    assert report.mishaps[KILLED] >= 1 and report.mishaps["power cut"] == 1


def test_the_almanac_knows_both_half_past_twos_of_the_autumn_and_none_in_the_spring() -> None:
    berlin = [instant("Europe/Berlin", day, time(2, 30)) for day in (date(2026, 10, 25), date(2027, 3, 28))]
    assert [f"{at:%m-%d %H:%M}" for at in berlin] == ["10-25 00:30", "03-28 01:00"]
