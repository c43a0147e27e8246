"""The daily digest (日报): planned, told each receiver once a day, asked for at any time, its details by buttons."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.desk.days import day_from
from bot.desk.digest import COMPARED, DaySpan, Receivers, day_span, is_empty, midnight, span_until, whole
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.outgoing import Address, Group, Outgoing, Priority, Private, ReportKind, SayText, SendReport
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.wall import instant
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.digest_details import tell_complaints, tell_people, tell_region
from bot.usecases.digest_gather import Digest, gather, happened_in
from bot.usecases.digest_own import concerns, regions_of, tell_own
from bot.usecases.digest_words import COMPLAINTS, PEOPLE, digest_buttons, digest_text, empty_text, figures_words
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

FARTHEST: Final = 400
"""Days that are searched for one that has a digest; no calendar rests longer."""
_FOREVER: Final = 2**32
_WEEKDAY_SIGNS: Final = "周星礼"
OLDEST: Final = 92
"""Days back that may be asked for: what stood open long ago is read from all that ended since."""


def plan_digest(work: Work, office: Office, now: datetime) -> None:
    """Ask for the next digest (once, whoever asks); the reminder's number is that of its day."""
    days = (office.today(now) + timedelta(days=n) for n in range(FARTHEST))
    day = next((d for d in days if _comes_at(office, d) > now and _has_one(office, d)), None)
    if day is not None:
        work.reminders.add(Reminder(ReminderKind.DIGEST, day.toordinal(), _comes_at(office, day)))


def digest_daily(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """The digest of the day that `subject` numbers, up to its hour even when an outage made it late; each receiver
    gets it once however many look. Of a longer outage only the last day is told late: older ones can be asked for.
    """
    plan_digest(work, office, now)
    today = office.today(now)
    due = [d for d in (today - timedelta(days=1), today) if d.toordinal() >= subject and _comes_at(office, d) <= now]
    for day in due:
        if _has_one(office, day):
            _tell_all(work, office, now, day)


def digest_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/digest [日期] [大区|人员|投诉]`: a day, today so far unless one is named; the evening's own comes all the same.

    Specialists get their own. The figures are for those who lead: asked elsewhere they come in private.
    """
    who = require_staff(work, staff_telegram_id)
    span, choice = _asked(office, now, query)
    to = _where(work, office, who, spot)
    digest = gather(work, office, now, span=span)
    if who.role is not Role.SPECIALIST:
        _show(work, office, now, to=to, digest=digest, choice=choice)
    elif choice and choice not in regions_of(office, who):
        raise NotAllowed("notice/digest_own_only")
    else:
        tell_own(work, office, now, to=to, digest=digest, who=who)
    here = room(spot.ref.chat_id, spot.thread_id)
    if to.chat_id != here.chat_id:
        say(work, office, now, to=here, script="notice/digest_private", values={}, reply_to=spot.ref)


def press_digest(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A button under a digest: the details of the same span (`subject`: the second at which it ends)."""
    who = require_staff(work, staff_telegram_id)
    if who.role is Role.SPECIALIST:
        raise NotAllowed("notice/supervisor_only")
    until = min(datetime.fromtimestamp(min(subject, _FOREVER), UTC), _next_second(now))
    digest = gather(work, office, now, span=span_until(until, office.zone))
    _show(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), digest=digest, choice=choice)
    return ""


def _show(work: Work, office: Office, now: datetime, *, to: Address, digest: Digest, choice: str) -> None:
    match choice:
        case "":
            _tell(work, office, now, [to], digest)
        case str() if choice == PEOPLE:
            tell_people(work, office, now, to=to, digest=digest)
        case str() if choice == COMPLAINTS:
            tell_complaints(work, office, now, to=to, digest=digest)
        case _:
            tell_region(work, office, now, to=to, digest=digest, region=choice)


def _tell_all(work: Work, office: Office, now: datetime, day: date) -> None:
    """Gathered once for all; who has it already gets nothing."""
    fresh = [place for place in _leaders(work, office) if _is_new(work, now, day, place)]
    staff = [s for s in work.staff.all() if s.is_active and s.role is Role.SPECIALIST]
    own = [s for s in staff if office.digest.for_specialists and _is_new(work, now, day, Private(s.telegram_id))]
    if not fresh and not own:
        return
    digest = gather(work, office, now, span=day_span(day, office.zone, until=_comes_at(office, day)))
    _tell(work, office, now, fresh, digest, tail=_since_last(work, office, day), priority=Priority.DIGEST)
    for person in own:
        if concerns(digest, person):
            tell_own(work, office, now, to=Private(person.telegram_id), digest=digest, who=person)


def _tell(
    work: Work, office: Office, now: datetime, places: list[Address], digest: Digest, *, tail: str = "",
    priority: Priority = Priority.REPLY,
) -> None:  # fmt: skip
    is_quiet = is_empty(whole(digest.counts))
    words = (empty_text if is_quiet else digest_text)(work, office, now, digest, tail=tail)
    buttons = digest_buttons(office, digest)
    for place in places:
        act = SayText(words.text, html=words.html, buttons=buttons)
        work.outbox.add(Outgoing(place, act, priority=priority), at=now)
        if office.digest.has_picture and not is_quiet:
            picture = SendReport(ReportKind.DIGEST, digest.span.until.isoformat())
            work.outbox.add(Outgoing(place, picture, priority=priority), at=now)


def _leaders(work: Work, office: Office) -> list[Address]:
    """Each of those who lead in private, or their common chat; without such a chat in private."""
    to = office.digest.to
    if to is Receivers.NOBODY:
        return []
    if not office.supervisors_chat:
        to = Receivers.EACH
    people = [s for s in work.staff.all() if s.is_active and s.role is not Role.SPECIALIST]
    chat: list[Address] = [] if to is Receivers.EACH else [supervisors(work, office)]
    return [*chat, *([] if to is Receivers.CHAT else [Private(s.telegram_id) for s in people])]


def _is_new(work: Work, now: datetime, day: date, place: Address) -> bool:
    """An insert that only one can make."""
    return work.attendance.step(f"digest:{day}:{place.chat_id}", now)


def tell_in_chat_instead(work: Work, office: Office, now: datetime, *, act: SayText, until: datetime) -> None:
    """Somebody who leads never opened the private chat: the digest is said in the common one, once for all of them."""
    chat = supervisors(work, office)
    if not office.supervisors_chat or not _is_new(work, now, span_until(until, office.zone).day, chat):
        return
    work.outbox.add(Outgoing(chat, act, priority=Priority.DIGEST), at=now)
    if office.digest.has_picture:
        picture = SendReport(ReportKind.DIGEST, until.isoformat())
        work.outbox.add(Outgoing(chat, picture, priority=Priority.DIGEST), at=now)


def _since_last(work: Work, office: Office, day: date) -> str:
    """What happened after the last digest and before this day began: it stands in neither's sums."""
    days = (day - timedelta(days=n) for n in range(1, FARTHEST))
    last = next((d for d in days if _has_one(office, d)), day - timedelta(days=1))
    found = whole(happened_in(work, office, _comes_at(office, last), midnight(day, office.zone)))
    items = figures_words(office, found, COMPARED)
    since = office.local(_comes_at(office, last))
    return office.daily("since_last", since=since, items=items) if items else ""


def _comes_at(office: Office, day: date) -> datetime:
    """The digest's hour on a day (UTC); an hour that the clock jumps over is the instant of the jump."""
    at = office.digest.at
    return instant(day, at.hour * 60 + at.minute, office.zone)


def _has_one(office: Office, day: date) -> bool:
    return office.digest.every_day or office.calendar.is_workday(day)


def _where(work: Work, office: Office, who: Staff, spot: Spot) -> Address:
    leads = who.role is not Role.SPECIALIST
    if leads and spot.ref.chat_id == supervisors(work, office).chat_id:
        return Group(spot.ref.chat_id, spot.thread_id)
    return Private(who.telegram_id)


def _asked(office: Office, now: datetime, query: str) -> tuple[DaySpan, str]:
    """The day and what of it, in whichever order."""
    today, choice = office.today(now), ""
    day = today
    for word in query.split():
        named = day_from(word, today)
        if named is not None:
            is_coming = named > today and word[0] in _WEEKDAY_SIGNS  # 周五 on a Thursday: the last one is meant
            day = named - timedelta(days=7) if is_coming else named
        elif (chosen := _choice(office, word)) is not None:
            choice = chosen
        else:
            raise DeskError("notice/how_digest", days=str(OLDEST))
    if not today - timedelta(days=OLDEST) <= day <= today:
        raise DeskError("notice/how_digest", days=str(OLDEST))
    return day_span(day, office.zone, until=_next_second(now)), choice


def _next_second(now: datetime) -> datetime:
    """Buttons carry whole seconds, and what happened just now belongs to it."""
    return now.replace(microsecond=0) + timedelta(seconds=1)


def _choice(office: Office, word: str) -> str | None:
    if word in (office.daily("word_people"), office.daily("button_people")):
        return PEOPLE
    if word in (office.daily("word_complaints"), office.daily("button_complaints")):
        return COMPLAINTS
    names = ((r.code, r.name, f"{r.name}区", f"{r.name}大区") for r in office.regions)
    return next((code for code, *known in names if word in (code, *known)), None)
