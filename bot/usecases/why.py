"""Say why a case is in the hands that it is in (`/why`): each decision with every candidate, as it was kept then."""

from collections.abc import Iterator
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.outgoing import Outgoing, SayText
from bot.desk.route_record import remembered
from bot.desk.routing import Assignment, Judged
from bot.desk.split import pieces
from bot.usecases.assign import choose_next
from bot.usecases.at_hand import Spot, case_at, case_number, require_case, require_staff
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work

_HANDS = (Did.CASE_CLAIMED, Did.CASE_TRANSFERRED, Did.CASE_PASSED_ON, Did.CASE_REOPENED)


def show_why(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str) -> None:
    """`/why` in a topic or as a reply, `/why N` anywhere."""
    require_staff(work, staff_telegram_id)
    text = explain(work, office, now, case_id=_wanted(work, spot, query).id)
    to = room(spot.ref.chat_id, spot.thread_id)
    for part in pieces(text):
        work.outbox.add(Outgoing(to, SayText(part, reply_to=spot.ref)), at=now)


def _wanted(work: Work, spot: Spot, rest: str) -> Case:
    number = case_number(rest)
    case = require_case(work, number) if number is not None else case_at(work, spot)
    if case is None or (rest.strip() and number is None):
        raise DeskError("notice/how_why")
    return case


def explain(work: Work, office: Office, now: datetime, *, case_id: int) -> str:
    """Every decision about a case with its candidates, and for an unfinished one what would be decided now."""
    case = require_case(work, case_id)
    told = [line for event in work.events.of_case(case.id) for line in _event(work, office, event)]
    current = list(_now(work, office, case)) if case.is_unfinished else []
    return office.say("notice/why", case=str(case.id), lines="\n".join([*told, *current])).text


def _event(work: Work, office: Office, event: Event) -> Iterator[str]:
    at = office.local(event.at)
    if event.did is Did.CASE_ASSIGNED:
        yield from _decision(work, office, remembered(event.data), at)
    elif event.did in _HANDS:
        reason = event.data.get("reason", "")
        details = " ".join(filter(None, (_from_whom_to_whom(work, event), office.labels.reasons.get(reason, reason))))
        yield office.line("happened", at=at, what=office.labels.events[event.did], details=details).rstrip()


def _from_whom_to_whom(work: Work, event: Event) -> str:
    """林晓 → 周宁; one name where nobody gave, or where it came back to the same."""
    giver = _name(work, event.staff_id) if event.staff_id else ""
    taker = event.data.get("name", "")
    if event.did is Did.CASE_REOPENED and "handler" in event.data:
        taker = _name(work, int(event.data["handler"]))
    return " → ".join(dict.fromkeys(filter(None, (giver, taker))))


def _now(work: Work, office: Office, case: Case) -> Iterator[str]:
    yield from _decision(work, office, choose_next(work, office, case=case), office.word("if_now"))


def _decision(work: Work, office: Office, chosen: Assignment, at: str) -> Iterator[str]:
    yield office.line("decision", at=at, name=_name(work, chosen.staff_id), reason=office.reason(chosen.reason))
    for judged in sorted(chosen.judged, key=lambda j: (j.staff_id != chosen.staff_id, j.staff_id)):
        yield _candidate(work, office, judged)


def _candidate(work: Work, office: Office, judged: Judged) -> str:
    person = work.staff.get(judged.staff_id)
    return office.line(
        "candidate",
        name=_name(work, judged.staff_id),
        title=person.role.title_zh if person else "",
        count=judged.open_cases,
        capacity=judged.capacity,
        why=office.labels.judgements[judged.judgement],
    )


def _name(work: Work, staff_id: int) -> str:
    person = work.staff.get(staff_id)
    return person.name if person else str(staff_id)
