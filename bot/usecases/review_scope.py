"""Which days a review is about, and how a button carries them. The one place that reads a review's period."""

from datetime import date, datetime, time

from bot.desk.errors import DeskError
from bot.desk.ledger import Span
from bot.desk.period import Period, month_of, parse_period
from bot.desk.sales import sales_period
from bot.usecases.office import Office


def review_period(word: str, today: date) -> Period | None:
    """2026-10, 本月, 上周 … and quarters (2026Q3); None for what names no period."""
    found = parse_period(word, today)
    if found is not None:
        return found
    quarter = sales_period(word, today)
    return quarter.days if quarter is not None else None


def this_month(today: date) -> Period:
    """What is meant when no period is named."""
    return month_of(today)


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
