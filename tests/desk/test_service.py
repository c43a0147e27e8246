"""The service figures of a period, and first answers on time."""

from datetime import UTC, datetime, timedelta

from bot.desk.service import ServedCase, Service, on_time, service

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def case(minutes: int | None = None, **more: bool) -> ServedCase:
    flags = {"is_complaint": False, "is_ended": False, "is_by_first_owner": False, **more}
    answered = None if minutes is None else NOON + timedelta(minutes=minutes)
    return ServedCase("cd001", opened_at=NOON, first_answer_at=answered, **flags)


def elapsed(start: datetime, end: datetime) -> timedelta:
    return end - start


def test_counts_median_and_share() -> None:
    found = service(
        [case(4, is_ended=True, is_by_first_owner=True), case(30, is_complaint=True, is_ended=True), case(6), case()],
        elapsed,
    )
    assert found == Service(4, 1, timedelta(minutes=6), 2, 1)
    assert (found.share, service([], elapsed).share, service([], elapsed).answer) == (0.5, None, None)


def test_on_time_counts_what_is_late_already_and_not_what_still_has_time() -> None:
    cases = [case(5), case(10), case(11), case()]
    within = timedelta(minutes=10)
    assert on_time(cases, elapsed, within=within, now=NOON + timedelta(minutes=9)) == (2, 3)
    assert on_time(cases, elapsed, within=within, now=NOON + timedelta(minutes=12)) == (2, 4)
