"""The agenda of a meeting, written from the open points: what is overdue, complained of, broken, given, or proposed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.desk.case import STATE_NAMES, Case, State
from bot.desk.meeting import Meeting, MeetingNote, NoteKind
from bot.desk.promise import PromiseState
from bot.desk.script import Rendered
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_card import promise_line
from bot.usecases.task_rows import name_of, task_line
from bot.usecases.views import late_words

SHOWN = 8
"""Lines of one heading: more are counted."""
MOST = 200


def agenda(work: Work, office: Office, now: datetime, *, meeting: Meeting, starts_at: datetime) -> Rendered:
    """The agenda as things stand now; of a meeting for some regions, only their cases."""
    cases = [c for c in work.cases.unfinished() if not meeting.regions or c.region in meeting.regions]
    complaints = [c for c in cases if c.kind == "complaint"]
    late = [c for c in cases if _is_late(c, now) and c not in complaints]
    return office.say(
        "notice/meeting_agenda",
        meeting=meeting.name,
        at=office.local(starts_at),
        overdue=_section(office, (_case_line(work, office, now, c) for c in late)),
        complaints=_section(office, (_case_line(work, office, now, c) for c in complaints)),
        broken=_section(office, _broken(work, office, now, meeting)),
        tasks=_section(office, (task_line(work, office, now, t) for t in work.tasks.open(limit=MOST))),
        points=_section(office, (_point(work, office, p) for p in points(work, meeting))),
    )


def _section(office: Office, lines: Iterable[str]) -> str:
    """So many lines, the number of them ahead."""
    found = list(lines)
    shown = found[:SHOWN]
    if len(found) > SHOWN:
        shown.append(office.line("more", count=len(found) - SHOWN))
    return "\n".join([str(len(found)), *shown]) if found else office.word("none")


def _is_late(case: Case, now: datetime) -> bool:
    deadlines = [d for d in (case.respond_by, case.resolve_by) if d is not None]
    return case.state is not State.WAITING and any(d < now for d in deadlines)


def _case_line(work: Work, office: Office, now: datetime, case: Case) -> str:
    return office.line("case", case=case.id, state=STATE_NAMES[case.state], name=franchisee_of(work, case).name,
                       specialist=name_of(work, office, case.handler_id), waits="",
                       late=late_words(office, case, now))  # fmt: skip


def _broken(work: Work, office: Office, now: datetime, meeting: Meeting) -> list[str]:
    """Promises broken in the seven days up to now."""
    since = now - timedelta(days=7)
    broken = [p for p in work.promises.settled(since, now) if p.state is PromiseState.BROKEN]
    lines = []
    for promise in broken:
        case = work.cases.get(promise.case_id)
        if not meeting.regions or (case is not None and case.region in meeting.regions):
            lines.append(office.line("promise_of", case=promise.case_id, promise=promise_line(office, promise),
                                     name=name_of(work, office, promise.staff_id)))  # fmt: skip
    return lines


def points(work: Work, meeting: Meeting) -> Sequence[MeetingNote]:
    """What people proposed since the last minutes, the oldest first."""
    minutes = work.meeting_notes.last(meeting.name, NoteKind.MINUTES, limit=1)
    since = minutes[0].id if minutes else 0
    return [n for n in reversed(work.meeting_notes.last(meeting.name, NoteKind.POINT, limit=MOST)) if n.id > since]


def _point(work: Work, office: Office, note: MeetingNote) -> str:
    return office.line("meeting_point", name=name_of(work, office, note.staff_id), words=note.words)
