"""A week of the roster in words."""

from datetime import date, timedelta

from bot.desk.roster import WHOLE_DESK
from bot.desk.week import Day, Week, is_hole, week_of
from bot.usecases.duty_words import day_words, hours_words, names_of, region_words
from bot.usecases.office import Office
from bot.usecases.ports import Work


def week_at(work: Work, office: Office, first_day: date) -> Week:
    """The week from a Monday, as it stands now."""
    regions = [r.code for r in office.regions]
    return week_of(work.rosters.roster(since=first_day), first_day, regions=regions, names=names_of(work))


def span_words(office: Office, first_day: date) -> str:
    """From Monday to Sunday."""
    return office.duty(
        "span", first=day_words(office, first_day), last=day_words(office, first_day + timedelta(days=6))
    )


def roster_text(office: Office, week: Week, today: date) -> str:
    """The whole week in words: days, in each the regions, in each the people."""
    lines = [line for day in week.days for line in _day_lines(office, week, day, is_over=day.day < today)]
    legend = "、".join(office.duty("legend", shift=s.name, hours=hours_words(office, s)) for s in week.shifts)
    span = span_words(office, week.first_day)
    return office.say("notice/roster_text", span=span, lines="\n".join(lines), legend=legend).text


def _day_lines(office: Office, week: Week, day: Day, *, is_over: bool) -> list[str]:
    """Of a day that is over nobody is missed any more; one before the first roster is a line."""
    if is_over and not any(day.cells):
        return [office.duty("roster_none", day=day_words(office, day.day))]
    lines = [office.duty("roster_day", day=day_words(office, day.day))]
    for column, cell in zip(week.columns, day.cells, strict=True):
        people = [_person(office, e.name, e.shift.name, e.is_off, e.stands_in_for) for e in cell]
        if is_hole(column, cell):
            people.append(office.word("nobody") if is_over else office.duty("hole"))
        if people or column != WHOLE_DESK:
            region = region_words(office, column)
            lines.append(office.duty("roster_cell", region=region, people="、".join(people)))
    return lines


def _person(office: Office, name: str, shift: str, is_off: bool, stands_in_for: str) -> str:
    if is_off:
        return office.duty("leave_mark", name=name)
    who = office.duty("stands_in_for", name=name, other=stands_in_for) if stands_in_for else name
    return office.duty("person_shift", name=who, shift=shift)


def holes_text(office: Office, week: Week, today: date) -> str:
    """The holes of a week in words, from today on: what is over cannot be filled."""
    lines = [
        office.duty("hole_line", day=day_words(office, day), regions="、".join(region_words(office, c) for c in codes))
        for day, codes in week.holes()
        if day >= today
    ]
    return "；".join(lines) or office.duty("no_holes")
