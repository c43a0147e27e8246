"""Put a week of the roster into the words of its picture."""

from datetime import date, datetime

from bot.desk.duty_labels import WEEKDAY_NAMES
from bot.desk.pictures import PictureCell, PictureLine, PictureRow, Tag, WeekPicture
from bot.desk.week import Day, Entry, Week, is_hole
from bot.usecases.duty_words import hours_words, region_words
from bot.usecases.office import Office
from bot.usecases.roster_words import holes_text, span_words

LONGEST = 800
"""Characters of the holes in a caption, of which Telegram takes 1024 in all."""


def picture_of(office: Office, week: Week, now: datetime) -> WeekPicture:
    """Every word of the picture."""
    signs = _signs(week)
    today = office.today(now)
    span = span_words(office, week.first_day)
    return WeekPicture(
        name=f"roster-{week.first_day.isoformat()}.png",
        title=office.duty("roster_title", desk=office.name),
        span=span,
        today=office.duty("today"),
        columns=tuple(region_words(office, code) for code in week.columns),
        rows=tuple(_row(office, week, day, signs, today) for day in week.days),
        legend=tuple((signs[s.name], _legend(office, s.name, hours_words(office, s))) for s in week.shifts),
        remark=f"{office.duty('marks')}　{office.local(now)}",
        caption=office.say("notice/roster", span=span, holes=_cut(holes_text(office, week, today))),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _legend(office: Office, name: str, hours: str) -> str:
    return hours if name == hours else office.duty("legend", shift=name, hours=hours)


def _signs(week: Week) -> dict[str, Tag]:
    """A shift's sign is the first letter of its name where no other shift has it, else its number."""
    firsts = [s.name[0] for s in week.shifts]
    return {
        s.name: Tag(s.name[0] if firsts.count(s.name[0]) == 1 and not s.name[0].isdigit() else str(n + 1), n)
        for n, s in enumerate(week.shifts)
    }


def _row(office: Office, week: Week, day: Day, signs: dict[str, Tag], today: date) -> PictureRow:
    missed = office.duty("hole") if day.day >= today else ""
    cells = tuple(_cell(office, cell, signs, missed if is_hole(code, cell) else "")
                  for code, cell in zip(week.columns, day.cells, strict=True))  # fmt: skip
    shown = f"{day.day.month}/{day.day.day}"
    return PictureRow(WEEKDAY_NAMES[day.day.weekday()], shown, day.day == today, cells)


def _cell(office: Office, entries: tuple[Entry, ...], signs: dict[str, Tag], missed: str) -> PictureCell:
    people: dict[tuple[str, bool, bool], list[Tag]] = {}
    for entry in entries:
        people.setdefault((entry.name, entry.is_off, bool(entry.stands_in_for)), []).append(signs[entry.shift.name])
    lines = tuple(_line(office, *who, tuple(dict.fromkeys(tags))) for who, tags in people.items())
    return PictureCell(lines, missed)


def _line(office: Office, name: str, is_off: bool, stands_in: bool, tags: tuple[Tag, ...]) -> PictureLine:
    if is_off:
        return PictureLine(name, (Tag(office.duty("on_leave")),), is_off=True)
    return PictureLine(name, (*tags, Tag(office.duty("stands_in"))) if stands_in else tags)
