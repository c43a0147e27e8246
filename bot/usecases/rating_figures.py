"""`/ratings [人|大区] [期间]`: how satisfied franchisees were, of how many, and how many answered at all."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from bot.desk.asked import Asked
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.people import Staff
from bot.desk.rating import Rating, RatingFigures, figures
from bot.desk.split import pieces
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.whose import THIS_MONTH, whose


def show_ratings(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """Everybody, by region and by person, for leaders; a person or a region when it is named; else one's own."""
    who = require_staff(work, staff_telegram_id)
    asked, period = whose(work, office, now, who, query=query, how="notice/how_ratings", own="notice/ratings_own",
                          has_regions=True)  # fmt: skip
    first, end = (_midnight(office, day) for day in (period.first, period.end))
    lines = _lines(work, office, asked, work.ratings.asked_between(first, end))
    words = office.say("notice/ratings", period=asked.called or THIS_MONTH, first=f"{period.first:%Y-%m-%d}",
                       last=f"{period.last:%Y-%m-%d}", lines="\n".join(lines))  # fmt: skip
    for part in pieces(words.text):
        work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), SayText(part)), at=now)


def _lines(work: Work, office: Office, asked: Asked, ratings: Sequence[Rating]) -> list[str]:
    people = [s for s in work.staff.all() if any(r.credits(s.id) for r in ratings)]
    if asked.person is not None:
        person = asked.person
        return [_line(office, person.name, figures(r for r in ratings if r.credits(person.id)))]
    if asked.region is not None:
        region = asked.region
        here = [r for r in ratings if r.region == region.code]
        return [_line(office, region.name, figures(here)), *_each(office, here, people)]
    regions = [line for g in office.regions if (line := _some(office, g.name, ratings, _within(g.code)))]
    return [_line(office, office.word("all"), figures(ratings)), *regions, *_each(office, ratings, people)]


def _within(code: str) -> Callable[[Rating], bool]:
    return lambda rating: rating.region == code


def _credited(staff_id: int) -> Callable[[Rating], bool]:
    return lambda rating: rating.credits(staff_id)


def _each(office: Office, ratings: Sequence[Rating], people: Sequence[Staff]) -> list[str]:
    return [line for s in people if (line := _some(office, s.name, ratings, _credited(s.id)))]


def _some(office: Office, name: str, ratings: Sequence[Rating], counts: Callable[[Rating], bool]) -> str:
    """A line for those that count; empty when none does."""
    found = figures(r for r in ratings if counts(r))
    return _line(office, name, found) if found.asked else ""


def _line(office: Office, who: str, found: RatingFigures) -> str:
    blocked = office.after("blocked", count=found.blocked) if found.blocked else ""
    if found.average is None or found.good_share is None:
        return office.after("figures_none", who=who, asked=found.asked, blocked=blocked)
    spread = " ".join(office.after("spread", score=score, count=found.scores[score - 1]) for score in range(5, 0, -1))
    return office.after(
        "figures",
        who=who,
        average=f"{found.average:.2f}",
        share=f"{found.good_share:.0%}",
        response="—" if found.response is None else f"{found.response:.0%}",
        rated=found.rated,
        asked=found.asked,
        blocked=blocked,
        spread=spread,
    )


def _midnight(office: Office, day: date) -> datetime:
    return datetime.combine(day, time(), office.zone)
