"""`/quality [姓名] [时段]`: what the lint found in whose words, by kind and by what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

from bot.desk.draft import RECORDED, Outcome
from bot.desk.people import Staff
from bot.desk.period import Period
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import FoundCount, ReplyCount, Work
from bot.usecases.say import say
from bot.usecases.whose import whose


def show_quality(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Those who lead see everybody or one person, specialists themselves; without a period: this month."""
    who = require_staff(work, staff_telegram_id)
    asked, period = whose(work, office, now, who, query=query, how="notice/how_quality", own="notice/quality_own_only")
    person = asked.person
    lines = _lines(office, found_in(work, office, period, person))
    people = _people(work, office, replies_in(work, office, period), person)
    name = person.name if person else office.word("all")
    values = {"name": name, "first": f"{period.first:%Y-%m-%d}", "last": f"{period.last:%Y-%m-%d}",
              "lines": "\n".join([*people, *lines]) or office.line("quality_none")}  # fmt: skip
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/quality", values=values, reply_to=spot.ref)


def found_in(work: Work, office: Office, period: Period, person: Staff | None = None) -> Sequence[FoundCount]:
    """The counts of a period of the desk's own days, of everybody or one person."""
    since, until = _span(office, period)
    return work.findings.counts(since, until, staff_id=person.id if person else None)


def replies_in(work: Work, office: Office, period: Period) -> Mapping[int, ReplyCount]:
    """By person: in how many replies of a period something was found."""
    since, until = _span(office, period)
    return {each.staff_id: each for each in work.findings.replies(since, until)}


def _span(office: Office, period: Period) -> tuple[datetime, datetime]:
    return datetime.combine(period.first, time(), office.zone), datetime.combine(period.end, time(), office.zone)


def _lines(office: Office, counts: Sequence[FoundCount]) -> list[str]:
    return [_category(office, key, counts) for key in RECORDED if any(c.category == key for c in counts)]


def _people(work: Work, office: Office, replies: Mapping[int, ReplyCount], person: Staff | None) -> list[str]:
    """Everybody (or the one who was asked for) in whose replies something was found, the most held first."""
    asked = [r for r in replies.values() if person is None or r.staff_id == person.id]
    order = sorted(asked, key=lambda r: (-r.held, -r.noted, r.staff_id))
    names = {s.id: s.name for s in work.staff.all()}
    return [
        office.line("quality_person", name=names.get(r.staff_id, r.staff_id), held=r.held, noted=r.noted) for r in order
    ]


def _category(office: Office, key: str, counts: Iterable[FoundCount]) -> str:
    mine = [c for c in counts if c.category == key]
    outcomes = [
        office.line("quality_outcome", outcome=office.labels.outcomes[o.value], count=total)
        for o in Outcome
        if (total := sum(c.count for c in mine if c.outcome is o))
    ]
    doubted = sum(c.doubted for c in mine)
    line = office.line(
        "quality_line", category=office.category(key), count=sum(c.count for c in mine), outcomes="、".join(outcomes)
    )
    return line + (office.line("quality_doubted", count=doubted) if doubted else "")
