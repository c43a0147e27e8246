"""`/roster [日期|下周] [文字]`: a week of the roster, as a picture or as text."""

from datetime import date, datetime, timedelta

from bot.desk.days import day_from, monday_of
from bot.desk.errors import DeskError
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.roster import WHOLE_DESK
from bot.desk.split import pieces
from bot.desk.week import Day, Week, is_hole, week_of
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.duty_words import day_words, hours_words, names_of, region_words
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

AS_TEXT = ("文字", "文本", "text")
_WEEKS = {"": 0, "本周": 0, "这周": 0, "上周": -1, "下周": 1, "下下周": 2}


def show_roster(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Anybody of the staff may look."""
    require_staff(work, staff_telegram_id)
    words = [w for w in query.split() if w not in AS_TEXT]
    first = _first_day("".join(words), office.today(now))
    week = week_at(work, office, first)
    to = room(spot.ref.chat_id, spot.thread_id)
    if week.is_empty:
        say(work, office, now, to=to, script="notice/no_roster", values={"span": span_words(office, first)})
        return
    for part in pieces(roster_text(office, week)):
        work.outbox.add(Outgoing(to, SayText(part)), at=now)


def _first_day(query: str, today: date) -> date:
    if query in _WEEKS:
        return monday_of(today) + timedelta(weeks=_WEEKS[query])
    day = day_from(query, today)
    if day is None:
        raise DeskError("notice/how_roster")
    return monday_of(day)


def week_at(work: Work, office: Office, first_day: date) -> Week:
    """The week from a Monday, as it stands now."""
    regions = [r.code for r in office.regions]
    return week_of(work.rosters.roster(), first_day, regions=regions, names=names_of(work))


def span_words(office: Office, first_day: date) -> str:
    """From Monday to Sunday."""
    return office.duty(
        "span", first=day_words(office, first_day), last=day_words(office, first_day + timedelta(days=6))
    )


def roster_text(office: Office, week: Week) -> str:
    """The whole week in words: days, in each the regions, in each the people."""
    lines = [line for day in week.days for line in _day_lines(office, week, day)]
    legend = "、".join(office.duty("legend", shift=s.name, hours=hours_words(office, s)) for s in week.shifts)
    span = span_words(office, week.first_day)
    return office.say("notice/roster_text", span=span, lines="\n".join(lines), legend=legend).text


def _day_lines(office: Office, week: Week, day: Day) -> list[str]:
    lines = [office.duty("roster_day", day=day_words(office, day.day))]
    for column, cell in zip(week.columns, day.cells, strict=True):
        people = [_person(office, e.name, e.shift.name, e.is_off, e.stands_in_for) for e in cell]
        if is_hole(column, cell):
            people.append(office.duty("hole"))
        if people or column != WHOLE_DESK:
            region = region_words(office, column)
            lines.append(office.duty("roster_cell", region=region, people="、".join(people)))
    return lines


def _person(office: Office, name: str, shift: str, is_off: bool, stands_in_for: str) -> str:
    if is_off:
        return office.duty("leave_mark", name=name)
    who = office.duty("stands_in_for", name=name, other=stands_in_for) if stands_in_for else name
    return office.duty("person_shift", name=who, shift=shift)


def holes_text(office: Office, week: Week) -> str:
    """The holes of a week in words."""
    lines = [
        office.duty("hole_line", day=day_words(office, day), regions="、".join(region_words(office, c) for c in codes))
        for day, codes in week.holes()
    ]
    return "；".join(lines) or office.duty("no_holes")
