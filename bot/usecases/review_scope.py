"""Which days a review is about, and how a button carries them."""

from datetime import datetime, time

from bot.desk.errors import DeskError
from bot.desk.ledger import Span
from bot.desk.period import Period
from bot.usecases.office import Office


def code_of(period: Period) -> str:
    """`20261001-20261101`, for buttons and rows; `from_code` reads it back."""
    return f"{period.first:%Y%m%d}-{period.end:%Y%m%d}"


def from_code(code: str) -> Period:
    """The period of a button or a row; DeskError when it is none."""
    first, _, end = code.partition("-")
    try:
        return Period(*(datetime.strptime(day, "%Y%m%d").date() for day in (first, end)))  # noqa: DTZ007  # dates only
    except ValueError:
        raise DeskError("notice/button_outdated") from None


def span_of(office: Office, period: Period) -> Span:
    """From the first day's midnight to the last day's, on the desk's clock."""
    return Span(*(datetime.combine(day, time(), office.zone) for day in (period.first, period.end)))


def shown(period: Period) -> dict[str, str]:
    """First and last day, for scripts."""
    return {"first": f"{period.first:%Y-%m-%d}", "last": f"{period.last:%Y-%m-%d}"}
