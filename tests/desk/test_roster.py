"""Who is rostered when: pattern, exceptions, swaps, stand-ins, leave, nights; what a new roster leaves alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.roster import (
    Change,
    DayDuty,
    Leave,
    Move,
    Roster,
    Shift,
    ShiftVersion,
    Stretch,
    WeekDuty,
    clashes,
    current_or_next,
    on_duty_at,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
EARLY = Shift("早班", (Stretch(540, 720), Stretch(780, 1080)))
LATE = Shift("晚班", (Stretch(1080, 1320),))
NIGHT = Shift("夜班", (Stretch(1320, 1800),))
SHIFTS = tuple(ShiftVersion(s, date(2026, 1, 1)) for s in (EARLY, LATE, NIGHT))
LIN, ZHOU, HE = 1, 2, 3


def week(staff_id: int, shift: str, days: tuple[int, ...] = tuple(range(7)), region: str = "east") -> list[WeekDuty]:
    return [WeekDuty(staff_id, d, region, shift, date(2026, 1, 1)) for d in days]


def who(roster: Roster, day: date) -> list[tuple[int, str, bool, int | None]]:
    return [(t.staff_id, t.shift.name, t.is_off, t.for_id) for t in roster.watches(day)]


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


BASE = Roster(SHIFTS, (*week(LIN, "早班"), *week(ZHOU, "晚班")))


def test_the_week_repeats_and_a_date_overrules_it() -> None:
    roster = Roster(SHIFTS, BASE.weekly, (DayDuty(LIN, TUESDAY, "east", "夜班"), DayDuty(ZHOU, TUESDAY, "", "")))
    assert who(roster, MONDAY) == [(LIN, "早班", False, None), (ZHOU, "晚班", False, None)]
    assert who(roster, TUESDAY) == [(LIN, "夜班", False, None)]
    assert who(roster, WEDNESDAY) == who(roster, MONDAY)


def test_a_week_holds_from_its_first_to_its_last_day() -> None:
    old = WeekDuty(LIN, 0, "east", "早班", date(2026, 1, 1), until_day=date(2026, 11, 22))
    new = WeekDuty(LIN, 0, "east", "晚班", MONDAY)
    roster = Roster(SHIFTS, (old, new))
    assert who(roster, date(2026, 11, 16)) == [(LIN, "早班", False, None)]
    assert who(roster, MONDAY) == [(LIN, "晚班", False, None)]


def test_new_times_of_a_shift_leave_the_days_before_as_they_were() -> None:
    later = Shift("早班", (Stretch(600, 1080),))
    roster = Roster((*SHIFTS, ShiftVersion(later, TUESDAY)), BASE.weekly)
    starts = [roster.watches(day)[0].starts_at(SHANGHAI) for day in (MONDAY, TUESDAY)]
    assert starts == [at(9), at(10, day=TUESDAY)]
    assert roster.shift("早班", date(2025, 1, 1)) == EARLY, "before its first version it is as that one"


def test_two_who_swap_get_each_others_turn_and_not_their_own_back() -> None:
    swap = Change((Move(MONDAY, LIN, ZHOU), Move(MONDAY, ZHOU, LIN)))
    assert who(Roster(SHIFTS, BASE.weekly, changes=(swap,)), MONDAY) == [
        (ZHOU, "早班", False, LIN), (LIN, "晚班", False, ZHOU),
    ]  # fmt: skip


def test_a_later_change_starts_from_what_an_earlier_one_made() -> None:
    swap = Change((Move(MONDAY, LIN, ZHOU), Move(MONDAY, ZHOU, LIN)))
    then = Change((Move(MONDAY, LIN, HE),))
    assert who(Roster(SHIFTS, BASE.weekly, changes=(swap, then)), MONDAY) == [
        (ZHOU, "早班", False, LIN), (HE, "晚班", False, ZHOU),
    ]  # fmt: skip


def test_leave_is_seen_and_has_nothing_to_be_worked_and_a_stand_in_stands_beside_it() -> None:
    away = Leave(LIN, MONDAY, TUESDAY)
    alone = Roster(SHIFTS, BASE.weekly, leaves=(away,))
    assert who(alone, MONDAY)[0] == (LIN, "早班", True, None)
    assert alone.watches(MONDAY)[0].instants(SHANGHAI) == ()
    assert who(alone, WEDNESDAY)[0] == (LIN, "早班", False, None)
    covered = Roster(SHIFTS, BASE.weekly, changes=(Change((Move(MONDAY, LIN, HE),)),), leaves=(away,))
    assert who(covered, MONDAY)[:2] == [(LIN, "早班", True, None), (HE, "早班", False, LIN)]


def test_who_left_the_post_is_to_be_there_until_then_and_on_the_days_after_not_at_all() -> None:
    roster = Roster(SHIFTS, BASE.weekly, leaves=(Leave(LIN, MONDAY, TUESDAY, from_at=at(14)),))
    today, tomorrow = roster.watches(MONDAY)[0], roster.watches(TUESDAY)[0]
    assert today.instants(SHANGHAI) == ((at(9), at(12)), (at(13), at(14)))
    assert (today.is_off, tomorrow.is_off) == (False, True)


def test_a_night_shift_belongs_to_the_day_that_it_begins_on() -> None:
    roster = Roster(SHIFTS, week(LIN, "夜班", (0,)))
    watches = roster.around(at(3, day=TUESDAY), SHANGHAI)
    (watch,) = on_duty_at(watches, at(3, day=TUESDAY), SHANGHAI)
    assert (watch.day, watch.ends_at(SHANGHAI)) == (MONDAY, at(6, day=TUESDAY))
    assert on_duty_at(watches, at(6, day=TUESDAY), SHANGHAI) == ()


@pytest.mark.parametrize(
    ("hour", "found"), [(8, "早班"), (9, "早班"), (12, "早班"), (17, "早班"), (18, "晚班"), (21, "晚班"), (22, None)]
)
def test_the_turn_that_goes_on_or_comes_next_has_its_break_in_it(hour: int, found: str | None) -> None:
    roster = Roster(SHIFTS, (*week(LIN, "早班", (0,)), *week(LIN, "晚班", (0,))))
    watch = current_or_next(roster.watches(MONDAY), at(hour, 30 if hour == 12 else 0), SHANGHAI)
    assert (watch.shift.name if watch else None) == found


def test_one_person_in_two_places_at_once_is_a_clash_and_in_two_regions_of_one_shift_is_not() -> None:
    both = Roster(SHIFTS, (*week(LIN, "早班"), *week(LIN, "早班", region="north")))
    assert not clashes(both.watches(MONDAY), SHANGHAI)
    long = ShiftVersion(Shift("全天", (Stretch(480, 1320),)), MONDAY)
    assert clashes(Roster((*SHIFTS, long), (*week(LIN, "早班"), *week(LIN, "全天"))).watches(MONDAY), SHANGHAI)


@pytest.mark.parametrize(("start", "end"), [(-1, 10), (10, 10), (2880, 2900), (0, 1441), (20, 10)])
def test_a_stretch_runs_forward_for_a_day_at_most(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="stretch"):
        Stretch(start, end)


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=8))
def test_whatever_is_swapped_every_turn_is_somebodys_and_none_is_lost(pairs: list[tuple[int, int]]) -> None:
    changes = [Change((Move(MONDAY, a, b), Move(MONDAY, b, a))) for a, b in pairs]
    roster = Roster(SHIFTS, (*week(1, "早班"), *week(2, "晚班"), *week(3, "夜班")), changes=changes)
    assert sorted(t.shift.name for t in roster.watches(MONDAY)) == ["夜班", "早班", "晚班"]
    assert all(t.staff_id in {1, 2, 3, 4} for t in roster.watches(MONDAY))
