"""What stands behind a digest's figures: one region, the people, the complaints with low ratings and held replies."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.buttons import Buttons
from bot.desk.case import STATE_NAMES
from bot.desk.complaint import GRADE_NAMES, Complaint
from bot.desk.digest import TROUBLE, Figure, Figures, Happened
from bot.desk.outgoing import Address
from bot.desk.people import Role, Staff
from bot.usecases.at_hand import franchisee_of
from bot.usecases.digest_gather import Digest, Lacking
from bot.usecases.digest_words import (
    change_lines,
    figures_words,
    late_block,
    open_buttons,
    region_line,
    span_words,
)
from bot.usecases.duty_words import day_words, names_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.turnout import region_name, served_line

LISTED = 12
"""Cases of each kind that are told one by one: more are counted."""
OF_PEOPLE = (Figure.ANSWERED, Figure.RESOLVED)


def tell_region(work: Work, office: Office, now: datetime, *, to: Address, digest: Digest, region: str) -> None:
    """A region's figures, against what, its people, its late cases and its complaints."""
    late = [case for case in digest.late if case.region == region]
    people = [s for s in work.staff.all() if serves(office, s, region)]
    blocks = [
        region_line(office, region, digest.counts.get(region, {})),
        *change_lines(office, digest, region),
        served_line(work, office, [s for s in digest.served if s.watch.region == region]),
        *(person_line(office, s, digest.people.get(s.id, {})) for s in people if s.is_active or s.id in digest.people),
        late_block(work, office, digest, late),
        *_complaints(work, office, digest, region),
        *_lows(work, office, digest, region),
        *_lacks(work, office, digest, region),
    ]
    ids = [*(case.case_id for case in late[: office.digest.top]), *_ids(digest, Figure.COMPLAINTS, region),
           *_ids(digest, Figure.LOW_RATINGS, region)]  # fmt: skip
    _say(work, office, now, to, digest, region_name(office, region), blocks, open_buttons(office, ids[:LISTED]))


def tell_people(work: Work, office: Office, now: datetime, *, to: Address, digest: Digest) -> None:
    """Everybody who has a figure, those who lead last."""
    staff = sorted(work.staff.all(), key=lambda s: (s.role is not Role.SPECIALIST, s.regions or s.provinces, s.id))
    lines = [person_line(office, s, digest.people[s.id]) for s in staff if any(digest.people.get(s.id, {}).values())]
    title = office.daily("word_people")
    _say(work, office, now, to, digest, title, lines or [office.daily("nothing")], ())


def tell_complaints(work: Work, office: Office, now: datetime, *, to: Address, digest: Digest) -> None:
    """The day's complaints, low ratings, held replies, and the cases that ended without their three voices."""
    blocks = [
        *_complaints(work, office, digest, None),
        *_lows(work, office, digest, None),
        *_held(work, office, digest),
        *_lacks(work, office, digest, None),
    ]
    ids = [*_ids(digest, Figure.COMPLAINTS, None), *_ids(digest, Figure.LOW_RATINGS, None)][:LISTED]
    title = office.daily("word_complaints")
    _say(work, office, now, to, digest, title, blocks or [office.daily("nothing")], open_buttons(office, ids))


def serves(office: Office, person: Staff, region: str) -> bool:
    """Whether somebody is of a region, or of one of its provinces."""
    found = office.region(region)
    return region in person.regions or bool(found and set(found.provinces) & set(person.provinces))


def person_line(office: Office, person: Staff, figures: Figures) -> str:
    """答复 3、办结 2、手上 4，超时 1."""
    names = [office.region(code) for code in person.regions]
    of = "、".join([*(r.name for r in names if r), *person.provinces]) or person.role.title_zh
    return office.daily("person", name=person.name, region=of, items=own_words(office, figures))


def own_words(office: Office, figures: Figures) -> str:
    """What one person did, has in hand, and what went wrong."""
    done = figures_words(office, figures, OF_PEOPLE, zeros=True)
    hand = office.daily("figure", name=office.daily("in_hand"), count=figures.get(Figure.OPEN, 0))
    trouble = figures_words(office, figures, TROUBLE)
    return "、".join([done, hand]) + (office.daily("with_trouble", items=trouble) if trouble else "")


def _say(
    work: Work, office: Office, now: datetime, to: Address, digest: Digest, title: str, blocks: Sequence[str],
    buttons: Buttons,
) -> None:  # fmt: skip
    values = {"title": title, "day": day_words(office, digest.span.day), "span": span_words(office, digest.span),
              "lines": "\n".join(block for block in blocks if block)}  # fmt: skip
    say(work, office, now, to=to, script="notice/digest_details", values=values, buttons=buttons)


def _of(digest: Digest, figure: Figure, region: str | None) -> list[Happened]:
    return [each for each in digest.noted.get(figure, ()) if region is None or each.region == region]


def _ids(digest: Digest, figure: Figure, region: str | None) -> list[int]:
    return [each.event.case_id for each in _of(digest, figure, region)]


def _told(office: Office, lines: Sequence[str]) -> list[str]:
    more = [office.daily("and_more", count=len(lines) - LISTED)] if len(lines) > LISTED else []
    return [*lines[:LISTED], *more]


def _complaints(work: Work, office: Office, digest: Digest, region: str | None) -> list[str]:
    return _told(office, [_complaint(work, office, each) for each in _of(digest, Figure.COMPLAINTS, region)])


def _complaint(work: Work, office: Office, each: Happened) -> str:
    case = work.cases.get(each.event.case_id)
    entry: Complaint | None = work.complaints.get(each.event.case_id)
    return office.daily(
        "complaint",
        case=each.event.case_id,
        region=region_name(office, each.region),
        grade=GRADE_NAMES[entry.grade] if entry else "",
        name=franchisee_of(work, case).name if case else office.word("nobody"),
        state=STATE_NAMES[case.state] if case else office.word("nobody"),
        specialist=names_of(work).get(each.handler_id, office.word("nobody")),
    )


def _lows(work: Work, office: Office, digest: Digest, region: str | None) -> list[str]:
    names = names_of(work)
    return _told(office, [
        office.daily("low", case=e.event.case_id, region=region_name(office, e.region), score=e.event.data["score"],
                     name=names.get(e.handler_id, office.word("nobody")))
        for e in _of(digest, Figure.LOW_RATINGS, region)
    ])  # fmt: skip


def _held(work: Work, office: Office, digest: Digest) -> list[str]:
    names = names_of(work)
    return _told(office, [
        office.daily("held", case=e.event.case_id, name=names.get(e.event.staff_id or 0, office.word("nobody")),
                     found="、".join(dict.fromkeys(office.category(c) for c in e.event.data.get("found", "").split())))
        for e in _of(digest, Figure.FORBIDDEN, None)
    ])  # fmt: skip


def _lacks(work: Work, office: Office, digest: Digest, region: str | None) -> list[str]:
    names = names_of(work)
    mine = [lack for lack in digest.lacking if region is None or lack.region == region]
    return _told(office, [_lack(office, lack, names) for lack in mine])


def _lack(office: Office, lack: Lacking, names: dict[int, str]) -> str:
    return office.daily("lack", case=lack.case_id, region=region_name(office, lack.region),
                        name=names.get(lack.handler_id, office.word("nobody")))  # fmt: skip
