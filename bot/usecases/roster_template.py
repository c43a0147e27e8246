"""A workbook to fill in: next week, everybody of the department, the desk's own hours as the shift.

Two example rows stand first; a roster is refused as long as they are there, so that nobody imports it unread.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.desk.clock_face import clock
from bot.desk.days import monday_of
from bot.desk.duty_labels import WEEKDAY_NAMES
from bot.desk.people import Role, Staff
from bot.desk.report import Row, SheetTable, Workbook
from bot.desk.roster import WHOLE_DESK
from bot.desk.script import Rendered
from bot.desk.table_rows import EXAMPLE
from bot.usecases.duty_words import region_words
from bot.usecases.office import Office
from bot.usecases.ports import Work


def roster_template(work: Work, office: Office, now: datetime) -> Workbook:
    """What `import roster` reads: a grid of next week, and a sheet of shifts; a third explains both."""
    monday = monday_of(office.today(now)) + timedelta(weeks=1)
    days = [monday + timedelta(days=n) for n in range(7)]
    people = [s for s in work.staff.all() if s.is_active]
    headers = (office.duty("col_region"), office.duty("col_name"), *(_head(day) for day in days))
    rows = (*_examples(office, days), *(_row(office, _place(office, s), s.name, days=days) for s in people))
    shift = (office.duty("template_shift"), _hours(office))
    return Workbook(
        name="",
        sheets=(
            SheetTable(office.duty("template_roster"), headers, rows),
            SheetTable(
                office.duty("template_shifts"), (office.duty("template_name"), office.duty("col_hours")), (shift,)
            ),
            SheetTable(
                office.duty("template_note"),
                (office.duty("template_note"),),
                tuple((line,) for line in office.duty("template_how").splitlines()),
            ),
        ),
        caption=Rendered("", ""),
    )


def _head(day: date) -> str:
    return f"{day.isoformat()} {WEEKDAY_NAMES[day.weekday()]}"


def _examples(office: Office, days: list[date]) -> Iterator[Row]:
    """A specialist and a leader, whom nobody takes for colleagues."""
    places = {"template_specialist": office.duty("template_region"), "template_leader": office.duty("whole_desk")}
    for name, place in places.items():
        yield _row(office, place, f"{EXAMPLE}{office.duty(name)}", days=days)


def _place(office: Office, person: Staff) -> str:
    """The region or regions of a person; leaders serve the whole desk, provincial specialists where they are set."""
    codes = person.regions if person.role is Role.SPECIALIST else (WHOLE_DESK,)
    return "、".join(region_words(office, code) for code in codes)


def _row(office: Office, place: str, name: str, *, days: list[date]) -> Row:
    cells = (office.duty("template_shift" if office.calendar.day_spans(d) else "nobody_today") for d in days)
    return (place, name, *cells)


def _hours(office: Office) -> str:
    """The desk's hours on the first day of the week that has any."""
    spans = next(day for day in office.calendar.week.days if day)
    return "、".join(f"{clock(s.start)}-{clock(s.end)}" for s in spans)
