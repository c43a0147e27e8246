"""The special days that were imported: kept as they came, by date, and written once."""

from datetime import date

from bot.desk.calendar import DayKind, SpecialDay
from bot.desk.hours import Span
from bot.usecases.ports import Changes
from storage.desk_thread import Storage

NEW_YEAR = SpecialDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")
SHORT = SpecialDay(date(2027, 2, 5), DayKind.HOLIDAY, "除夕", (Span(540, 720), Span(1320, 1800)))
CLOSED = SpecialDay(date(2027, 2, 6), DayKind.WORKDAY, "", ())
LIKE = SpecialDay(date(2027, 2, 14), DayKind.WORKDAY, "补班", None, 2)


def test_days_come_back_as_they_went_in_by_date(storage: Storage) -> None:
    days = [LIKE, CLOSED, SHORT, NEW_YEAR]
    assert storage.run_now(lambda work: work.special_days.put_all(days)) == Changes(4, 0, 0)
    assert storage.run_now(lambda work: list(work.special_days.all())) == [NEW_YEAR, SHORT, CLOSED, LIKE]


def test_the_same_again_changes_nothing_and_another_kind_changes_the_day(storage: Storage) -> None:
    storage.run_now(lambda work: work.special_days.put_all([NEW_YEAR, SHORT]))
    assert storage.run_now(lambda work: work.special_days.put_all([NEW_YEAR])) == Changes(0, 0, 1)
    usual = SpecialDay(NEW_YEAR.day, DayKind.REGULAR)
    assert storage.run_now(lambda work: work.special_days.put_all([usual, SHORT])) == Changes(0, 1, 1)
    assert storage.run_now(lambda work: list(work.special_days.all())) == [usual, SHORT]
