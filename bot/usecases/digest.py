"""The daily digest (日报): composed from the day's figures, told each receiver once a day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.digest import Counts, Delayed, Figure, change, is_empty, total
from bot.desk.outgoing import Address
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, require_supervisor
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.upstairs import leaders_places

NOBODY: Final = 0
"""The reminder of the digest is about no case."""
FARTHEST: Final = 400
"""Days that are searched for the next one; no calendar rests longer."""


def plan_digest(work: Work, office: Office, now: datetime) -> None:
    """Ask for the next digest (once, whoever asks)."""
    work.reminders.add(Reminder(ReminderKind.DIGEST, NOBODY, next_digest(office, now)))


def next_digest(office: Office, now: datetime) -> datetime:
    """The digest's hour on the first day that has one and that it is still ahead of (UTC)."""
    for ahead in range(FARTHEST):
        day = office.today(now) + timedelta(days=ahead)
        at = datetime.combine(day, office.digest.at, office.zone).astimezone(now.tzinfo)
        if at > now and _has_one(office, day):
            return at
    return now + timedelta(days=FARTHEST)


def digest_daily(work: Work, office: Office, now: datetime, *, subject: int = NOBODY) -> None:
    """The day's digest, to each place once however many look and however often they start anew."""
    plan_digest(work, office, now)
    today = office.today(now)
    if not _has_one(office, today):
        return
    for place in leaders_places(work, office):
        if work.attendance.step(f"digest {today} {place}", now):
            tell(work, office, now, to=place, day=today)


def digest_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/digest`: today so far, at any time; the evening's own comes all the same."""
    require_supervisor(work, staff_telegram_id)
    tell(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), day=office.today(now))


def tell(work: Work, office: Office, now: datetime, *, to: Address, day: date) -> None:
    """Say a day's digest in a place."""
    counts = merged(_of_day(work, office, day), work.digests.momentary(now))
    head = f"{day:%m月%d日}"
    if is_empty(counts):
        say(work, office, now, to=to, script="notice/digest_none", values={"day": head})
        return
    late = work.digests.delayed(now, limit=office.digest.top)
    values = {
        "day": head,
        "total": _total(office, counts),
        "changes": _changes(work, office, counts, day),
        "regions": "\n".join(_region(office, counts, name) for name in sorted(counts)),
        "late": "".join("\n" + _late(work, office, now, case) for case in late),
    }
    say(work, office, now, to=to, script="notice/digest", values=values, buttons=_openers(office, late))


def merged(one: Counts, other: Counts) -> Counts:
    """Both sets of figures, region by region."""
    return {name: {**one.get(name, {}), **other.get(name, {})} for name in {*one, *other}}


def _has_one(office: Office, day: date) -> bool:
    return office.digest.every_day or office.calendar.is_workday(day)


def _of_day(work: Work, office: Office, day: date) -> Counts:
    since, until = (datetime.combine(d, datetime.min.time(), office.zone) for d in (day, day + timedelta(days=1)))
    return work.digests.of_span(since, until)


def _total(office: Office, counts: Counts) -> str:
    return office.line("digest_figures", **{figure.value: str(total(counts, figure)) for figure in Figure})


def _region(office: Office, counts: Counts, name: str) -> str:
    names = {region.code: region.name for region in office.regions}
    figures = {figure.value: str(counts[name].get(figure, 0)) for figure in Figure}
    return office.line("digest_region", region=names.get(name, office.word("digest_no_region")),
                       figures=office.line("digest_figures", **figures))  # fmt: skip


def _changes(work: Work, office: Office, counts: Counts, day: date) -> str:
    earlier = [_of_day(work, office, day - timedelta(days=days)) for days in (1, 7)]
    return "\n".join(
        office.line("digest_change", than=office.word(word),
                    **{f.value: f"{change(counts, before, f):+d}" for f in (Figure.NEW, Figure.RESOLVED,
                                                                           Figure.COMPLAINTS)})
        for word, before in zip(("digest_yesterday", "digest_week"), earlier, strict=True)
    )  # fmt: skip


def _late(work: Work, office: Office, now: datetime, case: Delayed) -> str:
    return office.line("digest_late", case=case.case_id, name=staff_of(work, case.handler_id).name,
                       time=office.span(now - case.resolve_by))  # fmt: skip


def _openers(office: Office, late: Sequence[Delayed]) -> Buttons:
    return tuple(
        (Button(office.label("digest_show").format(case=c.case_id), Press(Verb.SHOW, c.case_id)),) for c in late
    )
