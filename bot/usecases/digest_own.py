"""A specialist's own short digest: their region's sums, what they did, what of theirs is late or due tomorrow."""

from datetime import datetime

from bot.desk.attendance import Standing
from bot.desk.digest import TROUBLE, Figure, Figures
from bot.desk.outgoing import Address, Priority
from bot.desk.people import Staff
from bot.usecases.digest_details import own_words
from bot.usecases.digest_details import serves as is_of
from bot.usecases.digest_gather import Digest
from bot.usecases.digest_words import (
    coming_line,
    late_block,
    open_buttons,
    region_line,
    span_words,
)
from bot.usecases.duty_words import day_words
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.turnout import region_name

AWAY = (Standing.ON_LEAVE, Standing.ABSENT, Standing.AWAITED)


def concerns(digest: Digest, person: Staff) -> bool:
    """Whether there is anything to tell this person: who had the day off and nothing in hand is left in peace."""
    was_there = any(s.watch.staff_id == person.id and s.attended.standing not in AWAY for s in digest.served)
    return was_there or any(digest.people.get(person.id, {}).values())


def tell_own(work: Work, office: Office, now: datetime, *, to: Address, digest: Digest, who: Staff) -> None:
    """Short: what a specialist can read on the way home."""
    mine = [case for case in digest.late if case.handler_id == who.id]
    blocks = [
        *(_region(office, code, digest) for code in regions_of(office, who)),
        office.daily("own", items=own_words(office, digest.people.get(who.id, {}))),
        late_block(work, office, digest, mine),
        coming_line(work, office, now, digest, staff_id=who.id),
    ]
    values = {"day": day_words(office, digest.span.day), "span": span_words(office, digest.span),
              "lines": "\n".join(block for block in blocks if block)}  # fmt: skip
    say(work, office, now, to=to, script="notice/digest_own", values=values, priority=Priority.DIGEST,
        buttons=open_buttons(office, [case.case_id for case in mine[: office.digest.top]]))  # fmt: skip


def regions_of(office: Office, who: Staff) -> list[str]:
    """The regions that somebody serves, those of their provinces too."""
    return [region.code for region in office.regions if is_of(office, who, region.code)]


def _region(office: Office, code: str, digest: Digest) -> str:
    figures: Figures = digest.counts.get(code, {})
    if not any(figures.get(f, 0) for f in (Figure.NEW, Figure.ANSWERED, Figure.RESOLVED, Figure.OPEN, *TROUBLE)):
        return office.daily("quiet", regions=region_name(office, code))
    return region_line(office, code, figures)
