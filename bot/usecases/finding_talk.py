"""A complaint's finding as a dialogue: after the cause the desk asks for 处理情况 and 预防措施, one at a time.

The next words of whoever was asked, in the case's place or in private, are the answer, and go to no franchisee. That
somebody was asked is an event of the case, so that a restart forgets nothing; it holds for a while only.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.case import Case
from bot.desk.complaint import Complaint
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.finding_words import LONGEST, Written, read_finding
from bot.desk.message import ContentKind, Incoming
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.people import Staff
from bot.desk.script import Rendered
from bot.usecases.at_hand import Spot, case_at, require_case, require_staff
from bot.usecases.classify import COMPLAINT
from bot.usecases.complaint_words import cause_name
from bot.usecases.finding import end_asking, keep_finding, require_own_complaint
from bot.usecases.groups import room
from bot.usecases.note import NOTE_MARK
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import edit

_BARS = ("|", "｜")
NOT_NOW = "-"
"""The choice of the button that ends the dialogue."""


class Part(StrEnum):
    """What is asked for; NOTHING: the dialogue was ended."""

    HANDLED = "handled"
    PREVENTION = "prevention"
    NOTHING = ""


_SCRIPTS = {Part.HANDLED: "notice/finding_handled", Part.PREVENTION: "notice/finding_prevention"}


def choose_cause(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """A cause was chosen: kept, and the next part is asked for where the next words can be told from others."""
    case, who = require_case(work, subject), require_staff(work, staff_telegram_id)
    complaint = require_own_complaint(work, case, who)
    if choice == NOT_NOW:
        return _end(work, office, now, case=case, who=who, spot=spot)
    if choice not in office.labels.causes:
        raise DeskError("notice/button_outdated")
    chosen = replace(complaint, cause=choice)
    work.complaints.save(chosen)
    values = {"case": str(case.id), "cause": cause_name(office, chosen)}
    here = case_at(work, spot)
    if spot.ref.chat_id > 0 or (here is not None and here.id == case.id):
        words, buttons = _asking(work, office, now, case=case, who=who, part=Part.HANDLED, values=values)
    else:
        words, buttons = office.say("notice/finding_rest", **values), ()
    edit(work, now, target=spot.ref, words=words, buttons=buttons)
    return words.text


def _asking(
    work: Work, office: Office, now: datetime, *, case: Case, who: Staff, part: Part, values: dict[str, str]
) -> tuple[Rendered, Buttons]:
    """The question, on record: whoever reads it may answer by words for a while."""
    work.events.add(Event(case.id, Did.FINDING_ASKED, now, staff_id=who.id, data={"part": part.value}))
    within = office.span(office.complaints.words_within)
    stop = Button(office.label("finding_not_now"), Press(Verb.FINDING_CAUSE, case.id, NOT_NOW))
    return office.say(_SCRIPTS[part], within=within, **values), ((stop,),)


def _end(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, spot: Spot) -> str:
    words = end_asking(work, office, now, case=case, who=who)
    edit(work, now, target=spot.ref, words=words)
    return words.text


def asked_part(work: Work, office: Office, now: datetime, *, case: Case, who: Staff) -> Part:
    """What this person was asked for last, if their next words are the answer still."""
    if case.kind != COMPLAINT:
        return Part.NOTHING
    about = (Did.FINDING_ASKED, Did.FINDING_MADE)
    mine = [e for e in work.events.of_case(case.id) if e.did in about and e.staff_id == who.id]
    if not mine or mine[-1].did is Did.FINDING_MADE or now > mine[-1].at + office.complaints.words_within:
        return Part.NOTHING
    return Part(mine[-1].data["part"])


def take_words(work: Work, office: Office, now: datetime, *, case: Case, who: Staff, message: Incoming) -> bool:
    """Whether these words were asked for; then they are kept, and are said to nobody."""
    text = message.content.text.strip()
    if message.content.kind is not ContentKind.TEXT or not text or text.startswith(NOTE_MARK):
        return False
    part = asked_part(work, office, now, case=case, who=who)
    if part is Part.NOTHING:
        return False
    complaint = require_own_complaint(work, case, who)
    if part is Part.HANDLED and not any(bar in text for bar in _BARS):
        _go_on(work, office, now, case=case, who=who, complaint=complaint, message=message)
    else:
        keep_finding(work, office, now, case=case, who=who, complaint=complaint,
                     written=_written(office, complaint, part, text))  # fmt: skip
    return True


def take_private_words(work: Work, office: Office, now: datetime, *, who: Staff, message: Incoming) -> bool:
    """The same in a private chat, where no case is at hand: of the complaints that go on."""
    return any(
        take_words(work, office, now, case=entry.case, who=who, message=message)
        for entry in work.complaints.unfinished()
        if asked_part(work, office, now, case=entry.case, who=who) is not Part.NOTHING
    )


def _go_on(
    work: Work, office: Office, now: datetime, *, case: Case, who: Staff, complaint: Complaint, message: Incoming
) -> None:
    """What was done is kept; what prevents the next one is asked for."""
    work.complaints.save(replace(complaint, handled=message.content.text.strip()[:LONGEST]))
    words, buttons = _asking(work, office, now, case=case, who=who, part=Part.PREVENTION,
                             values={"case": str(case.id)})  # fmt: skip
    act = SayText(words.text, html=words.html, buttons=buttons, reply_to=message.ref)
    to = room(message.ref.chat_id, message.thread_id)
    work.outbox.add(Outgoing(to, act, case_id=case.id), at=now)


def _written(office: Office, complaint: Complaint, part: Part, text: str) -> Written | None:
    """With bars, all that is left in one message (also product and owner); without, the words as they stand."""
    if not any(bar in text for bar in _BARS):
        return Written("", complaint.details, complaint.handled, text[:LONGEST])
    if part is Part.HANDLED:
        return read_finding(text, office.labels.causes)
    found = read_finding(f"-|{text}", office.labels.causes)
    return replace(found, details=complaint.details, handled=complaint.handled) if found is not None else None
