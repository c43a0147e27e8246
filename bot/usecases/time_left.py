"""Say how much of the time is left until a deadline, or by how much it has passed: as time counts for the case."""

from datetime import datetime, timedelta
from typing import Final

from bot.desk.case import Case
from bot.usecases.office import Office

A_MINUTE: Final = timedelta(minutes=1)


def time_left(office: Office, case: Case, by: datetime, now: datetime) -> str:
    """`还剩 3 分钟`, `已超时 2 小时`, `已到时限`; working time unless the case runs round the clock."""
    clock = office.deadlines.clock(case)
    if now < by:
        return office.line("time_left", time=office.span(clock.between(now, by)))
    late = clock.between(by, now)
    return office.line("time_over", time=office.span(late)) if late >= A_MINUTE else office.line("time_is_up")


def counted_by(office: Office, case: Case, by: datetime | None, now: datetime) -> str:
    """A deadline as cards show it, with what is left of it; `—` when there is none."""
    return (
        office.local(by)
        if by is None
        else f"{office.local(by)}{office.line('aside', what=time_left(office, case, by, now))}"
    )
