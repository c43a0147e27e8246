"""Sign-in and sign-out against the shift: a table of days, and the month that is computed from them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.desk.attendance import (
    AttendanceTerms,
    Attended,
    DutyDid,
    DutyEvent,
    Presence,
    Standing,
    attended,
    presences,
)
from bot.desk.month import month_days, records, totals
from bot.desk.roster import Leave, Roster, Shift, ShiftVersion, Stretch, WeekDuty

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
TERMS = AttendanceTerms()
EARLY = Shift("早班", (Stretch(540, 720), Stretch(780, 1080)))
NIGHT = Shift("夜班", (Stretch(1320, 1800),))
LIN = 1


def at(clock: str, day: date = MONDAY) -> datetime:
    hour, minute = map(int, clock.split(":"))
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI).astimezone(UTC)
    return midnight + timedelta(hours=hour, minutes=minute)


def times(text: str) -> tuple[Presence, ...]:
    """`8:55-12:00 13:00-` : on from, off at; an open end is still there, `!` the desk's doing."""
    found = []
    for part in text.split():
        start, _, end = part.partition("-")
        found.append(Presence(at(start), at(end.rstrip("!")) if end else None, is_closed=end.endswith("!")))
    return tuple(found)


SPANS = ((at("9:00"), at("12:00")), (at("13:00"), at("18:00")))


def judged(text: str, now: str = "23:00", terms: AttendanceTerms = TERMS) -> Attended:
    return attended(SPANS, times(text), terms=terms, now=at(now))


@pytest.mark.parametrize(
    ("signed", "standing", "late", "early"),
    [
        ("8:55-18:00", Standing.PRESENT, 0, 0),
        ("8:55-12:00 13:00-18:00", Standing.PRESENT, 0, 0),
        ("9:05-18:00", Standing.PRESENT, 0, 0),
        ("9:06-18:00", Standing.LATE, 6, 0),
        ("9:00-17:55", Standing.PRESENT, 0, 0),
        ("9:00-17:54", Standing.EARLY, 0, 6),
        ("9:20-17:30", Standing.LATE_AND_EARLY, 20, 30),
        ("9:00-11:30 13:00-18:00", Standing.EARLY, 0, 30),
        ("9:00-12:00 13:30-18:00", Standing.LATE, 30, 0),
        ("9:00-12:00", Standing.EARLY, 0, 300),
        ("13:00-18:00", Standing.LATE, 180, 0),
        ("9:00-10:00 10:30-18:00", Standing.PRESENT, 0, 0),
        ("", Standing.ABSENT, 0, 0),
        ("18:30-20:00", Standing.ABSENT, 0, 0),
        ("7:00-8:59", Standing.ABSENT, 0, 0),
        ("9:00-", Standing.PRESENT, 0, 0),
    ],
)
def test_a_day_against_its_shift(signed: str, standing: Standing, late: int, early: int) -> None:
    found = judged(signed)
    assert (found.standing, found.late, found.early) == (standing, timedelta(minutes=late), timedelta(minutes=early))


@pytest.mark.parametrize(("now", "standing"), [("9:29", Standing.AWAITED), ("9:30", Standing.ABSENT)])
def test_nobody_is_absent_before_the_time_is_up(now: str, standing: Standing) -> None:
    assert judged("", now).standing is standing


def test_grace_is_what_the_settings_say() -> None:
    strict = AttendanceTerms(late_grace=timedelta(0), early_grace=timedelta(0), absent_after=timedelta(minutes=5))
    assert judged("9:01-17:59", terms=strict).standing is Standing.LATE_AND_EARLY
    assert judged("", "9:05", terms=strict).standing is Standing.ABSENT


def test_a_day_that_the_desk_ended_is_one_without_a_sign_out() -> None:
    found = judged("9:00-19:00!")
    assert (found.standing, found.is_unsigned, found.signed_off_at) == (Standing.PRESENT, True, None)
    assert found.worked == timedelta(hours=8), "what was to be worked, and not the break"


def test_leave_is_no_absence() -> None:
    assert attended((), (), terms=TERMS, now=at("23:00")).standing is Standing.ON_LEAVE


def test_signing_on_twice_is_once_and_off_without_on_is_nothing() -> None:
    events = [DutyEvent(did, at(clock), LIN) for did, clock in (
        (DutyDid.SIGNED_OFF, "8:00"), (DutyDid.SIGNED_ON, "9:00"), (DutyDid.SIGNED_ON, "9:10"),
        (DutyDid.LATE_TOLD, "9:20"), (DutyDid.SIGNED_OFF, "12:00"), (DutyDid.SIGNED_ON, "13:00"),
    )]  # fmt: skip
    assert presences(events) == (Presence(at("9:00"), at("12:00")), Presence(at("13:00")))


# the month


def month(*events: tuple[DutyDid, datetime], roster: Roster | None = None, now: datetime):
    week = [WeekDuty(LIN, d, "east", "早班", date(2026, 1, 1)) for d in range(5)]
    roster = roster or Roster((ShiftVersion(EARLY, date(2026, 1, 1)),), week)
    days = month_days(date(2026, 11, 1), now.astimezone(SHANGHAI).date())
    found = records(roster, {LIN: [DutyEvent(d, a, LIN) for d, a in events]}, days, zone=SHANGHAI, terms=TERMS, now=now)
    return found, totals(found)


def test_a_month_has_every_day_of_everybody_and_adds_up() -> None:
    day = MONDAY
    found, (total,) = month(
        (DutyDid.SIGNED_ON, at("9:10", day)), (DutyDid.SIGNED_OFF, at("18:00", day)),
        (DutyDid.SIGNED_ON, at("19:00", day)), (DutyDid.SIGNED_OFF, at("20:30", day)),
        now=at("23:00", date(2026, 11, 24)),
    )  # fmt: skip
    assert len(found) == 24, "the first to the twenty-fourth"
    assert (total.due, total.present, total.absent, total.late) == (17, 1, 16, 1)
    assert (total.worked, total.extra) == (timedelta(hours=7, minutes=50), timedelta(minutes=90))
    assert total.rate == pytest.approx(1 / 17)


def test_who_signs_on_without_a_shift_is_in_the_sheet_too() -> None:
    found, (total,) = month(
        (DutyDid.SIGNED_ON, at("9:00")), (DutyDid.SIGNED_OFF, at("10:00")),
        roster=Roster(), now=at("23:00"),
    )  # fmt: skip
    assert [r.day for r in found if r.extras] == [MONDAY]
    assert (total.due, total.rate, total.extra) == (0, None, timedelta(hours=1))


def test_a_night_counts_for_the_day_that_it_began_on_also_at_the_months_end() -> None:
    last, first = date(2026, 10, 31), date(2026, 11, 1)
    roster = Roster(
        (ShiftVersion(NIGHT, date(2026, 1, 1)),), [WeekDuty(LIN, 5, "east", "夜班", date(2026, 1, 1), until_day=last)]
    )
    signed = ((DutyDid.SIGNED_ON, at("21:55", last)), (DutyDid.SIGNED_OFF, at("6:00", first)))
    events = {LIN: [DutyEvent(did, when, LIN) for did, when in signed]}
    now = at("12:00", date(2026, 11, 3))
    november = records(roster, events, month_days(first, MONDAY), zone=SHANGHAI, terms=TERMS, now=now)
    assert [r for r in november if r.watches or r.extras] == []
    october = records(roster, events, month_days(last, last), zone=SHANGHAI, terms=TERMS, now=now)
    assert [(r.day, a.standing) for r in october for _, a in r.watches if r.day == last] == [(last, Standing.PRESENT)]


def test_a_shift_in_two_regions_is_worked_once_and_leave_is_counted() -> None:
    week = [WeekDuty(LIN, 0, region, "早班", date(2026, 1, 1)) for region in ("east", "north")]
    roster = Roster((ShiftVersion(EARLY, date(2026, 1, 1)),), week, leaves=(Leave(LIN, MONDAY, MONDAY),))
    _, (total,) = month((DutyDid.SIGNED_ON, at("9:00", date(2026, 11, 16))), roster=roster, now=at("23:00"))
    assert (total.due, total.present, total.on_leave) == (4 - 1, 1, 1)
