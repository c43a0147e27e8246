"""Meetings (例会): agendas go out ahead, once each; `/meeting` shows one now, takes points and keeps minutes."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.desk.errors import DeskError
from bot.desk.meeting import Meeting, MeetingNote, NoteKind, Session, sessions
from bot.desk.outgoing import Address, Group, Outgoing, Priority, Private, SayText
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.wall import instant
from bot.usecases.at_hand import Spot, require_staff, require_supervisor
from bot.usecases.calendar import with_imported
from bot.usecases.groups import room
from bot.usecases.meeting_agenda import agenda
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say

LOOK_AHEAD = 31
"""Days that are looked through for the next session: no meeting of a weekday is farther, holidays included."""
NO_SUBJECT = 0


def plan_meetings(work: Work, office: Office, now: datetime) -> None:
    """Look again when the next agenda is to go out; at the latest tomorrow, for the calendar may change."""
    if office.meetings:
        ahead = [s.sent_at for s in _sessions(work, office, now) if s.sent_at > now]
        tomorrow = instant(office.today(now) + timedelta(days=1), 0, office.zone)
        due = min([*ahead, tomorrow])
        work.reminders.add(Reminder(ReminderKind.MEETING, NO_SUBJECT, due))


def look_at_meetings(work: Work, office: Office, now: datetime, *, subject: int = NO_SUBJECT) -> None:
    """Send what is due, each once, however many processes look; nothing of a session that is over."""
    for session in _sessions(work, office, now):
        if session.sent_at <= now < session.starts_at + session.meeting.lead and work.attendance.step(session.key, now):
            _send(work, office, now, session)
    plan_meetings(work, office, now)


def _sessions(work: Work, office: Office, now: datetime) -> list[Session]:
    calendar = with_imported(work, office).calendar
    first = office.today(now) - timedelta(days=1)
    return sessions(office.meetings, first, office.zone, days=LOOK_AHEAD, is_workday=calendar.is_workday)


def _send(work: Work, office: Office, now: datetime, session: Session) -> None:
    words = agenda(work, office, now, meeting=session.meeting, starts_at=session.starts_at)
    for place in _places(work, session.meeting):
        act = SayText(words.text, html=words.html)
        work.outbox.add(Outgoing(place, act, priority=Priority.DIGEST), at=now)


def _places(work: Work, meeting: Meeting) -> list[Address]:
    """The meeting's chat; without one, everybody of its roles and regions in private."""
    if meeting.chat_id:
        return [Group(work.groups.current(meeting.chat_id))]
    return [Private(s.telegram_id) for s in work.staff.all() if s.is_active and _is_of(meeting, s)]


def _is_of(meeting: Meeting, person: Staff) -> bool:
    """Leaders serve every region."""
    has_region = (
        not meeting.regions or person.role is not Role.SPECIALIST or bool({*meeting.regions} & {*person.regions})
    )
    return person.role in meeting.roles and has_region


def meeting_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/meeting [名称]` shows the agenda; 提议 内容 proposes a point, 记录 内容 keeps minutes, 纪要 shows them."""
    who = require_staff(work, staff_telegram_id)
    meeting, words = _named(office, query)
    word, _, rest = words.partition(" ")
    to = room(spot.ref.chat_id, spot.thread_id)
    if word in (office.word("meeting_point"), office.word("meeting_record")) and rest.strip():
        kind = NoteKind.POINT if word == office.word("meeting_point") else NoteKind.MINUTES
        _keep(work, office, now, who, meeting, kind, rest.strip(), to)
    elif word == office.word("meeting_minutes"):
        _show_minutes(work, office, now, meeting, to)
    elif not word:
        act = _now(work, office, now, who, meeting)
        work.outbox.add(Outgoing(to, act), at=now)
    else:
        raise DeskError("notice/how_meeting", names=names_of(office.meetings))


def _named(office: Office, query: str) -> tuple[Meeting, str]:
    """The meeting that the words begin with, else the only one or the first."""
    if not office.meetings:
        raise DeskError("notice/no_meetings")
    name, _, rest = query.strip().partition(" ")
    found = next((m for m in office.meetings if m.name == name), None)
    return (found, rest.strip()) if found is not None else (office.meetings[0], query.strip())


def names_of(meetings: Iterable[Meeting]) -> str:
    """The names of meetings, for people."""
    return "、".join(m.name for m in meetings)


def _now(work: Work, office: Office, now: datetime, who: Staff, meeting: Meeting) -> SayText:
    """The agenda as it stands, for the next session; it names cases of others, so leaders and those invited see it."""
    if not _is_of(meeting, who):
        require_supervisor(work, who.telegram_id)
    ahead = [s.starts_at for s in _sessions(work, office, now) if s.meeting == meeting and s.starts_at >= now]
    words = agenda(work, office, now, meeting=meeting, starts_at=min(ahead, default=now))
    return SayText(words.text, html=words.html)


def _keep(
    work: Work, office: Office, now: datetime, who: Staff, meeting: Meeting, kind: NoteKind, words: str, to: Address
) -> None:
    """Anybody may propose a point; minutes are kept by those who lead."""
    if kind is NoteKind.MINUTES:
        require_supervisor(work, who.telegram_id)
    work.meeting_notes.add(MeetingNote(0, meeting.name, kind, who.id, now, words))
    script = "notice/meeting_point_kept" if kind is NoteKind.POINT else "notice/meeting_minutes_kept"
    say(work, office, now, to=to, script=script, values={"meeting": meeting.name, "words": words})


def _show_minutes(work: Work, office: Office, now: datetime, meeting: Meeting, to: Address) -> None:
    notes = work.meeting_notes.last(meeting.name, NoteKind.MINUTES, limit=5)
    names = {s.id: s.name for s in work.staff.all()}
    lines = [
        office.line("meeting_minutes", at=office.local(n.at), name=names.get(n.staff_id, "—"), words=n.words)
        for n in notes
    ]
    values = {"meeting": meeting.name, "lines": "\n".join(lines) or office.word("none")}
    say(work, office, now, to=to, script="notice/meeting_minutes", values=values)
