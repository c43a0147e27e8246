"""Reports of periods: gathered beside the desk, on a connection that reads alone, and then printed."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.app.desk import Desk
from bot.desk.fiscal import fiscal_period
from bot.desk.report import Matter, PeriodForm, PeriodOrder, Printed, Printer
from bot.reports.printer import print_report
from bot.usecases.office import Office
from bot.usecases.period_book import period_book
from bot.usecases.period_paper import period_paper
from bot.usecases.period_picture import period_picture
from bot.usecases.period_report import PeriodReport, Progress, gather_period, silent
from bot.usecases.ports import Work

_FORMS: dict[PeriodForm, Callable[[Office, PeriodReport], Matter]] = {
    PeriodForm.PICTURE: period_picture,
    PeriodForm.PAPER: period_paper,
    PeriodForm.BOOK: period_book,
}


def matter_in(form: PeriodForm, office: Office, report: PeriodReport) -> Matter:
    """A report in one of its forms."""
    return _FORMS[form](office, report)


class PeriodPrinter:
    """Prints whatever there is to print. The last report is kept: picture, document and workbook, for everybody who
    gets them, are made of one reading.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one_at_a_time = threading.Lock()
        self._kept: tuple[tuple[str, datetime], tuple[Office, PeriodReport]] | None = None

    def __call__(self, matter: Matter) -> Printed:
        """The finished file; may take seconds, so it is never called on the loop."""
        if not isinstance(matter, PeriodOrder):
            return print_report(matter)
        office, report = self._report(matter)
        made = matter_in(matter.form, office, report)
        return replace(print_report(made), caption=made.caption)

    def _report(self, order: PeriodOrder) -> tuple[Office, PeriodReport]:
        with self._one_at_a_time:
            key = (order.code, order.as_of)
            if self._kept is None or self._kept[0] != key:
                self._kept = (key, read_period(self._desk, order.code, order.as_of))
            return self._kept[1]


def make_printer(desk: Desk) -> Printer:
    """The printer of a desk."""
    return PeriodPrinter(desk)


def read_period(desk: Desk, code: str, as_of: datetime, progress: Progress = silent) -> tuple[Office, PeriodReport]:
    """A period's report, and the office (with the calendar as it is now) to put it into words; LookupError."""

    def gather(work: Work, office: Office, now: datetime) -> tuple[Office, PeriodReport]:
        period = fiscal_period(code, office.today(as_of), begins=office.reports.begins)
        if period is None:
            raise LookupError(f"{code!r} names no period")
        return office, gather_period(work, office, as_of, period=period, progress=progress)

    found: tuple[Office, PeriodReport] = desk.read_now(gather)
    return found
