"""Import a table: the rows are checked as a whole, then written in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.app.desk import Desk, SystemClock
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.calendar_rows import read_days
from bot.desk.enrol import read_contacts, read_staff, read_stores
from bot.desk.people import Problem
from bot.desk.roster_file import RosterFile, read_roster
from bot.desk.roster_table import Table
from bot.desk.sales_rows import read_sales
from bot.desk.table_rows import Enrolment
from bot.usecases.calendar import import_days
from bot.usecases.enrol import EnrolmentRefused, enrol_contacts, enrol_staff, enrol_stores
from bot.usecases.enrol_roster import enrol_roster
from bot.usecases.import_sales import import_sales
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work
from bot.usecases.roster_template import roster_template
from storage.desk_thread import Storage

Rows = Sequence[tuple[int, dict[str, str]]]


@dataclass(frozen=True)
class Outcome:
    """What an import did (None: nothing, because of the problems)."""

    changes: Changes | None
    problems: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def import_file(settings: Settings, storage: Storage, kind: str, rows: Rows) -> Outcome:
    """Import staff, stores, franchisees or the calendar's special days; nothing is written when any row is bad."""
    desk = Desk(storage, make_office(settings), SystemClock())
    match kind:
        case "staff":
            staff = read_staff(rows, desk.office.regions)
            return _outcome(
                staff, lambda: desk.run_now(enrol_staff, people=staff.records), key=lambda person: person.telegram_id
            )
        case "stores":
            stores = read_stores(rows)
            return _outcome(
                stores,
                lambda: desk.run_now(enrol_stores, stores=stores.records),
                key=lambda store: store.number.casefold(),
            )
        case "calendar":
            days = read_days(rows)
            return _outcome(days, lambda: desk.run_now(import_days, days=days.records))
        case _:
            contacts = read_contacts(rows, desk.run_now(lambda work, office, now: work.stores.all()))
            return _outcome(contacts, lambda: desk.run_now(enrol_contacts, contacts=contacts.records))


def import_roster(settings: Settings, storage: Storage, tables: Sequence[Table]) -> Outcome:
    """Import a roster; nothing is written when any row or cell is bad."""
    desk = Desk(storage, make_office(settings), SystemClock())
    read: RosterFile = desk.run_now(_read_roster, tables=tables)
    if read.problems:
        return Outcome(None, read.problems, read.unused)
    return Outcome(desk.run_now(enrol_roster, roster=read), (), read.unused)


def import_sales_file(settings: Settings, storage: Storage, rows: Rows, *, told_by: str, file: str) -> Outcome:
    """Import sales; nothing is written when any row is bad. `told_by` and `file` are kept with every version."""
    desk = Desk(storage, make_office(settings), SystemClock())
    stores, today = desk.run_now(lambda work, office, now: (work.stores.all(), office.today(now)))
    sales = read_sales(rows, stores, today)
    return _outcome(sales, lambda: desk.run_now(import_sales, rows=sales.records, told_by=told_by, file=file))


def write_roster_template(settings: Settings, storage: Storage) -> bytes:
    """A workbook of the department's own people that can be filled in and imported."""
    from bot.reports.workbook import write_workbook

    return write_workbook(Desk(storage, make_office(settings), SystemClock()).run_now(roster_template))


def _read_roster(work: Work, office: Office, now: datetime, *, tables: Sequence[Table]) -> RosterFile:
    today = office.today(now)
    known = {v.shift.name: v.shift for v in work.rosters.shifts()}
    return read_roster(tables, staff=work.staff.all(), regions=office.regions, shifts=known, today=today)


def _outcome(
    read: Enrolment[Any], write: Callable[[], Changes], *, key: Callable[[Any], int | str] = lambda record: ""
) -> Outcome:
    """`key`: by what a refusal names the records, so that it can name their rows."""
    if read.problems:
        return Outcome(None, tuple(map(str, read.problems)), read.unused)
    try:
        return Outcome(write(), (), read.unused)
    except EnrolmentRefused as refused:
        rows = {key(record): row for record, row in zip(read.records, read.rows, strict=True)}
        return Outcome(None, tuple(_with_rows(problem, rows) for problem in refused.problems), read.unused)


def _with_rows(problem: Problem, rows: Mapping[int | str, int]) -> str:
    """The problem with the rows that it is about; without, when all of them are on record already."""
    numbers = "、".join(str(rows[key]) for key in problem.of if key in rows)
    return f"第 {numbers} 行：{problem}" if numbers else str(problem)
