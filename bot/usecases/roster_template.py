"""An example workbook to fill in: next week, everybody of the department, the desk's own hours as the shift."""

from datetime import date, datetime, timedelta

from bot.desk.clock_face import clock
from bot.desk.days import monday_of
from bot.desk.duty_labels import WEEKDAY_NAMES
from bot.desk.people import Staff
from bot.desk.report import Row, SheetTable, Workbook
from bot.desk.script import Rendered
from bot.usecases.duty_words import region_words
from bot.usecases.office import Office
from bot.usecases.ports import Work


def roster_template(work: Work, office: Office, now: datetime) -> Workbook:
    """What `import roster` reads: a grid of next week, and a sheet of shifts."""
    monday = monday_of(office.today(now)) + timedelta(weeks=1)
    days = [monday + timedelta(days=n) for n in range(7)]
    people = [s for s in work.staff.all() if s.is_active]
    headers = (office.duty("col_region"), office.duty("col_name"), *(_head(day) for day in days))
    rows = tuple(_row(office, person, days) for person in people)
    shift = (office.duty("template_shift"), _hours(office))
    return Workbook(
        name="",
        sheets=(
            SheetTable(office.duty("template_roster"), headers, rows),
            SheetTable(
                office.duty("template_shifts"), (office.duty("template_name"), office.duty("col_hours")), (shift,)
            ),
        ),
        caption=Rendered("", ""),
    )


def _head(day: date) -> str:
    return f"{day.isoformat()} {WEEKDAY_NAMES[day.weekday()]}"


def _row(office: Office, person: Staff, days: list[date]) -> Row:
    regions = "、".join(region_words(office, code) for code in person.regions)
    cells = (office.duty("template_shift" if office.calendar.day_spans(d) else "nobody_today") for d in days)
    return (regions, person.name, *cells)


def _hours(office: Office) -> str:
    """The desk's hours on the first day of the week that has any."""
    spans = next(day for day in office.calendar.week.days if day)
    return "、".join(f"{clock(s.start)}-{clock(s.end)}" for s in spans)
