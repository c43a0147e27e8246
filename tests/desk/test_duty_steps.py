"""What is to be done around a shift, and when; one announcement a room, one step a person."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk.attendance import AttendanceTerms
from bot.desk.duty_steps import Step, Todo, steps
from bot.desk.roster import Leave, Shift, Stretch, Watch

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
EARLY = Shift("早班", (Stretch(540, 720), Stretch(780, 1080)))
NIGHT = Shift("夜班", (Stretch(1320, 1800),))
ROOMS = {"east": -1, "north": -1, "south": -2, "": -9}


def at(text: str) -> datetime:
    hour, minute = map(int, text.split(":"))
    return datetime(2026, 11, 23, tzinfo=SHANGHAI).astimezone(UTC) + timedelta(hours=hour, minutes=minute)


def planned(*watches: Watch, **terms: timedelta) -> list[Step]:
    return steps(watches, SHANGHAI, AttendanceTerms(**terms), room_of=ROOMS.__getitem__)  # type: ignore[arg-type]


def told(found: list[Step], todo: Todo) -> list[datetime]:
    return [s.at for s in found if s.todo is todo]


def test_a_shift_with_a_break_is_watched_at_each_stretch_and_handed_over_once() -> None:
    found = planned(Watch(MONDAY, 1, "east", EARLY))
    assert told(found, Todo.ANNOUNCE) == [at("8:50")]
    assert told(found, Todo.LATE) == told(found, Todo.HOLE) == [at("9:05"), at("13:05")]
    assert told(found, Todo.ABSENT) == [at("9:30")]
    assert told(found, Todo.HAND_OVER) == [at("17:50")]
    assert (told(found, Todo.SEE_OFF), told(found, Todo.CLOSE)) == ([at("18:00")], [at("19:00")])
    assert [s.at for s in found] == sorted(s.at for s in found)


def test_regions_of_one_room_are_announced_together() -> None:
    found = planned(*(Watch(MONDAY, n, r, EARLY) for n, r in enumerate(("east", "north", "south", ""))))
    calls = [s for s in found if s.todo is Todo.ANNOUNCE]
    assert sorted(len(s.watches) for s in calls) == [1, 1, 2]
    assert len({s.key for s in calls}) == 3
    assert len(told(found, Todo.HOLE)) == 6, "each region by itself, and leaders are no region"


def test_somebody_in_two_regions_is_missed_once() -> None:
    found = planned(Watch(MONDAY, 1, "east", EARLY), Watch(MONDAY, 1, "south", EARLY))
    assert len({s.key for s in found if s.todo is Todo.ABSENT}) == 1


def test_on_leave_nothing_is_asked_and_the_region_is_watched_all_the_same() -> None:
    found = planned(Watch(MONDAY, 1, "east", EARLY, leave=Leave(1, MONDAY, MONDAY)))
    assert {s.todo for s in found} == {Todo.HOLE}


def test_who_left_the_post_with_leave_is_seen_off_then_and_not_at_the_end() -> None:
    found = planned(Watch(MONDAY, 1, "east", EARLY, leave=Leave(1, MONDAY, MONDAY, from_at=at("11:00"))))
    assert told(found, Todo.LATE) == [at("9:05")]
    assert told(found, Todo.HAND_OVER) == [at("10:50")]


def test_a_night_ends_in_the_morning() -> None:
    found = planned(Watch(MONDAY, 1, "east", NIGHT))
    assert told(found, Todo.SEE_OFF) == [at("30:00")]


def test_the_desk_signs_nobody_off_when_it_is_not_to() -> None:
    assert told(planned(Watch(MONDAY, 1, "east", EARLY), closes_after=timedelta(0)), Todo.CLOSE) == []
