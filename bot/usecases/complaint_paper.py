"""The complaint's document (处理文案): everything that is known of it, ready to be written; `/document`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.desk.case import STATE_NAMES, Case
from bot.desk.complaint import GRADE_NAMES, Complaint, Measure
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.message import Message
from bot.desk.outgoing import Outgoing, Private, ReportKind, SendReport
from bot.desk.report import Paper, Section
from bot.usecases.at_hand import Spot, case_at, case_number, franchisee_of, require_case, require_supervisor
from bot.usecases.complaint_words import cause_name, danger_names, standing_complaint
from bot.usecases.greet import case_values
from bot.usecases.groups import room, supervisors
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import WHO_SAID, in_words
from bot.usecases.say import say

ALL: Final = 100_000
"""More messages than a case has."""
_FULL: Final = "%Y-%m-%d %H:%M"
_UNTOLD: Final = (
    Did.FRANCHISEE_WROTE,
    Did.SPECIALIST_ANSWERED,
    Did.REACTED,
    Did.NOTE_ADDED,
    Did.FINDING_ASKED,
    Did.RECEIPT_ASKED,
)
"""Events whose words stand under the messages already."""
_LOOKS: Final = (Did.COMPLAINT_CHASED, Did.COMPLAINT_INSTRUCTED, Did.COMPLAINT_SEEN)


def document_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/document 编号`: the file goes to the supervisor in private, or where only supervisors read."""
    number = case_number(query)
    case = require_case(work, number) if number is not None else case_at(work, spot)
    if case is None:
        raise DeskError("notice/how_document")
    _send(work, office, now, staff_telegram_id=staff_telegram_id, case=case, spot=spot)


def document_by_button(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 处理文案."""
    _send(work, office, now, staff_telegram_id=staff_telegram_id, case=require_case(work, subject), spot=spot)
    return ""


def _send(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case: Case, spot: Spot) -> None:
    who = require_supervisor(work, staff_telegram_id)
    if standing_complaint(work, case.id) is None:
        raise DeskError("notice/no_complaint", case=str(case.id))
    act = SendReport(ReportKind.COMPLAINT, str(case.id))
    is_among_leaders = spot.ref.chat_id in (supervisors(work, office).chat_id, who.telegram_id)
    here = room(spot.ref.chat_id, spot.thread_id)
    work.outbox.add(Outgoing(here if is_among_leaders else Private(who.telegram_id), act, case_id=case.id), at=now)
    if not is_among_leaders:
        say(work, office, now, to=here, script="notice/document_private", values={"case": str(case.id)},
            reply_to=spot.ref)  # fmt: skip


def paper_of(work: Work, office: Office, now: datetime, case_id: int) -> Paper | None:
    """The document of a complaint, with its whole history; None when the case is none (any more)."""
    case, complaint = work.cases.get(case_id), standing_complaint(work, case_id)
    if case is None or complaint is None:
        return None
    words = office.labels.paper
    events = work.events.of_case(case.id)
    caption = office.say("notice/document", case=str(case.id), grade=GRADE_NAMES[complaint.grade])
    return Paper(
        name=words["file"].format(case=case.id),
        title=f"{office.name}{words['title']}",
        head=_head(work, office, case, complaint, events),
        sections=tuple(_sections(work, office, case, complaint, events)),
        signatures=(words["sign_handler"], words["sign_supervisor"], words["sign_manager"]),
        foot=words["printed"].format(desk=office.name, at=office.local(now, _FULL)),
        caption=caption,
    )


def _head(
    work: Work, office: Office, case: Case, complaint: Complaint, events: Sequence[Event]
) -> tuple[tuple[str, str], ...]:
    values = case_values(work, office, case, franchisee_of(work, case))
    values |= {
        "franchisee": values["name"],
        "case": f"#{case.id}",
        "grade": GRADE_NAMES[complaint.grade],
        "place": f"{values['region']} {case.province or ''}".strip(),
        "matter": office.kind_name(complaint.matter),
        "dangers": danger_names(office, complaint) or office.word("none"),
        "opened": office.local(complaint.opened_at, _FULL),
        "marked": _name(work, office, complaint.marked_by, office.word("by_desk")),
        "why": complaint.why or office.word("none"),
        "contact": _kept(office, _contacted_at(complaint, events), complaint.contact_by),
        "resolved": _kept(office, case.ended_at, case.resolve_by),
        "deadline": office.local(case.resolve_by, _FULL),
        "first_owner": _name(work, office, case.first_owner_id, office.word("unclaimed")),
        "handler": _name(work, office, case.handler_id, office.word("nobody")),
        "state": STATE_NAMES[case.state],
    }
    keys = ("case", "grade", "store", "franchisee", "place", "matter", "dangers", "opened", "marked", "why", "contact",
            "deadline", "resolved", "first_owner", "handler", "state")  # fmt: skip
    return tuple((office.labels.paper[key], values[key]) for key in keys)


def _contacted_at(complaint: Complaint, events: Sequence[Event]) -> datetime | None:
    answers = (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)
    return next((e.at for e in events if e.did in answers and e.at >= complaint.opened_at), None)


def _kept(office: Office, at: datetime | None, deadline: datetime | None) -> str:
    """When it happened, and whether that was in time."""
    words = office.labels.paper
    if at is None:
        return words["not_yet"]
    return f"{office.local(at, _FULL)}（{words['late' if deadline is not None and at > deadline else 'on_time']}）"


def _name(work: Work, office: Office, staff_id: int | None, otherwise: str) -> str:
    person = work.staff.get(staff_id) if staff_id is not None else None
    return office.line("colleague", name=person.name, title=person.role.title_zh) if person else otherwise


def _sections(work: Work, office: Office, case: Case, complaint: Complaint, events: Sequence[Event]) -> list[Section]:
    words = office.labels.paper
    said = tuple(_said(work, office, m) for m in work.messages.of_case(case.id, limit=ALL))
    told = tuple(_happened(work, office, e) for e in events if e.did not in (*_UNTOLD, *_LOOKS))
    looks = tuple(_happened(work, office, e) for e in events if e.did in _LOOKS)
    measures = tuple(_measure(work, office, m) for m in work.measures.of_case(case.id))
    return [
        Section(words["section_words"], headers=_headers(office, "at", "who", "words"), rows=said),
        Section(words["section_record"], headers=_headers(office, "at", "what", "who", "details"), rows=told),
        Section(words["section_cause"], paragraphs=_cause(work, office, complaint)),
        Section(words["section_handled"], paragraphs=(complaint.handled or words["missing"],)),
        Section(words["section_prevention"], paragraphs=(complaint.prevention or words["missing"],)),
        Section(words["section_measures"], headers=_headers(office, "measure", "owner", "until", "done"),
                rows=measures),
        Section(words["section_instructions"], headers=_headers(office, "at", "what", "who", "details"), rows=looks),
        Section(words["section_decision"], paragraphs=(words["decision_line"], words["decision_line"])),
    ]  # fmt: skip


def _headers(office: Office, *keys: str) -> tuple[str, ...]:
    return tuple(office.labels.paper[f"col_{key}"] for key in keys)


def _said(work: Work, office: Office, message: Message) -> tuple[str, ...]:
    staff = work.staff.get(message.staff_id) if message.staff_id else None
    what = office.word(WHO_SAID[message.direction])
    who = office.line("who", what=what, name=staff.name) if staff else what
    versions = [office.line("version", old=old) for old in message.versions]
    return office.local(message.at, _FULL), who, "\n".join([in_words(office, message), *versions])


def _happened(work: Work, office: Office, event: Event) -> tuple[str, ...]:
    person = _name(work, office, event.staff_id, office.word("nobody"))
    details = [event.data.get(key, "") for key in ("grade", "dangers", "name")]
    reason = event.data.get("reason") or event.data.get("why") or ""
    details.append(office.labels.reasons.get(reason, reason))
    kind = event.data.get("kind")
    details.append(office.kind_name(kind) if kind else "")
    told = "，".join(part for part in details if part)
    return office.local(event.at, _FULL), office.labels.events[event.did], person, told


def _cause(work: Work, office: Office, complaint: Complaint) -> tuple[str, ...]:
    words = office.labels.paper
    if not complaint.cause:
        return (words["missing"],)
    cause = cause_name(office, complaint)
    line = words["cause_line"].format(cause=cause, details=complaint.details) if complaint.details else cause
    product = complaint.product or office.word("no_product")
    found = words["found_line"].format(
        name=_name(work, office, complaint.found_by, office.word("nobody")), at=office.local(complaint.found_at, _FULL)
    )
    return line, words["product_line"].format(product=product), *((found,) if complaint.found_at else ())


def _measure(work: Work, office: Office, measure: Measure) -> tuple[str, ...]:
    done = office.labels.paper["not_yet"]
    if measure.done_at is not None:
        by = _name(work, office, measure.done_by, office.word("nobody"))
        done = f"{office.local(measure.done_at, _FULL)} {by}\n{measure.done_words}"
    owner = _name(work, office, measure.owner_id, office.word("nobody"))
    return measure.words, owner, office.local(measure.due_at, _FULL), done
