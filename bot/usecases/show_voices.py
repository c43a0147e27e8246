"""`/voices [期间] [姓名]`: the cases of a span whose three voices (三声) are not complete, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from bot.desk.case import Case
from bot.desk.custody import CUSTODY_EVENTS, custody
from bot.desk.events import Event
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.people import Staff
from bot.desk.period import Period
from bot.desk.split import pieces
from bot.desk.voices import VOICE_EVENTS, Missing, ThreeVoices, three_voices
from bot.usecases.at_hand import Spot, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.whose import whose

LISTED: Final = 30


@dataclass(frozen=True)
class CaseVoices:
    """A case that ended, whose hands it ended in and who owned it first, and its voices."""

    case_id: int
    handler_id: int | None
    first_owner_id: int | None
    voices: ThreeVoices


def voices_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """Everybody for leaders, their own for specialists."""
    who = require_staff(work, staff_telegram_id)
    asked, period = whose(work, office, now, who, query=query, how="notice/how_voices", own="notice/voices_own")
    person = asked.person
    found = voices_of(work, office, period, person=person)
    lacking = [v for v in found if not v.voices.is_complete]
    values = {
        "first": f"{period.first:%Y-%m-%d}",
        "last": f"{period.last:%Y-%m-%d}",
        "total": _share(office, person.name if person else office.word("all"), found),
        "people": "" if person else _people(work, office, found),
        "lines": _lines(work, office, lacking),
    }
    for part in pieces(office.say("notice/voices", **values).text):
        work.outbox.add(Outgoing(room(spot.ref.chat_id, spot.thread_id), SayText(part)), at=now)


def voices_of(work: Work, office: Office, period: Period, *, person: Staff | None = None) -> Sequence[CaseVoices]:
    """The voices of every case that ended in a period; `person`: only what ended with them or was first theirs."""
    since, until = (datetime.combine(day, time(), office.zone) for day in (period.first, period.end))
    kinds = tuple(dict.fromkeys((*VOICE_EVENTS, *CUSTODY_EVENTS)))
    by_case: dict[int, list[Event]] = {}
    for event in work.events.of_active(since, kinds):
        by_case.setdefault(event.case_id, []).append(event)
    found = [_voices(office, case_id, events) for case_id, events in by_case.items()]
    return [
        v for v in found
        if v.voices.ended_at is not None and since <= v.voices.ended_at < until
        and (person is None or person.id in (v.handler_id, v.first_owner_id))
    ]  # fmt: skip


def _voices(office: Office, case_id: int, events: Sequence[Event]) -> CaseVoices:
    record = custody([e for e in events if e.did in CUSTODY_EVENTS])
    handler = record.ended[-1].handler_id if record.ended else None
    return CaseVoices(case_id, handler, record.first_owner_id, _of(office, events))


def _of(office: Office, events: Sequence[Event]) -> ThreeVoices:
    return three_voices(events, terms=office.voices, worked=office.worked)


def voices_line(work: Work, office: Office, case: Case) -> str:
    """The line of the case view: what is not complete so far."""
    voices = _of(office, work.events.of_case(case.id))
    told = [*voices.missing, *voices.remarks]
    if not told:
        return office.line("case_voices_full") if voices.ended_at is not None else ""
    return office.line("case_voices", lacks="、".join(_lack(office, each) for each in told))


def _share(office: Office, name: str, found: Sequence[CaseVoices]) -> str:
    complete = sum(v.voices.is_complete for v in found)
    share = f"{complete / len(found):.0%}" if found else office.line("no_share")
    return office.line("voice_person", name=name, cases=len(found), complete=complete, share=share)


def _people(work: Work, office: Office, found: Sequence[CaseVoices]) -> str:
    lines = []
    for person in work.staff.all():
        mine = [v for v in found if v.handler_id == person.id]
        lines += ["\n" + _share(office, person.name, mine)] if mine else []
    return "".join(lines)


def _lines(work: Work, office: Office, lacking: Sequence[CaseVoices]) -> str:
    names = {s.id: s.name for s in work.staff.all()}
    lines = [
        office.line("voice_line", case=v.case_id, name=names.get(v.handler_id or 0, office.word("nobody")),
                    lacks="、".join(_lack(office, each) for each in v.voices.missing))
        for v in lacking[:LISTED]
    ]  # fmt: skip
    if len(lacking) > LISTED:
        lines.append(office.line("more_rows", count=len(lacking) - LISTED))
    return "\n".join(lines) or office.word("none")


def _lack(office: Office, missing: Missing) -> str:
    took = office.line("voice_took", time=office.span(missing.took)) if missing.took is not None else ""
    voice, lack = office.labels.voices[missing.voice.value], office.labels.lacks[missing.lack.value]
    return office.line("voice_lack", voice=voice, lack=lack, at=office.local(missing.at), took=took)
