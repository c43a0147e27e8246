"""What the events of one case say for a review: first answers, ends in time, ends by the first owner, each with whom
it counts for. What becomes late counts for whoever had the case in hand at that instant, whoever finishes it later.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.desk.case import Case
from bot.desk.custody import CUSTODY_EVENTS, Custody, custody
from bot.desk.events import Did, Event
from bot.desk.ledger import Span
from bot.desk.review import Evidence
from bot.desk.sla import Clock, Deadlines, Stretch

Credit = tuple[int, Evidence]
"""Whom it counts for (staff id), and what."""

_ANSWERS: Final = (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)
_ENDS: Final = (Did.CASE_RESOLVED, Did.CASE_CLOSED)
REVIEW_EVENTS: Final = tuple(
    dict.fromkeys((*CUSTODY_EVENTS, Did.FRANCHISEE_WROTE, Did.CASE_PAUSED, Did.CASE_RESUMED, *_ENDS))
)
"""All that is read here."""


def first_answer(case: Case, events: Sequence[Event], *, deadlines: Deadlines, now: datetime) -> Credit | None:
    """Whether the first human answer came in time; None while it is not due, and where nobody waited for one."""
    heard, answer, end = _first(events, (Did.FRANCHISEE_WROTE,)), _first(events, _ANSWERS), _first(events, _ENDS)
    if heard is None or (answer is not None and answer.at < heard.at):
        return None
    since = _sent(heard)
    by = deadlines.respond_by(replace(case, first_answer_at=None), since)
    if answer is not None and answer.at <= by and answer.staff_id is not None:
        return answer.staff_id, Evidence(answer.at, 1, "in_time", case.id)
    if (end is not None and end.at <= by) or now <= by:
        return None  # it ended, or goes on, before an answer was due
    holder = holder_at(custody(events), by)
    return None if holder is None else (holder, Evidence(by, 0, "answer_late", case.id))


def _first(events: Iterable[Event], kinds: Sequence[Did]) -> Event | None:
    return next((e for e in events if e.did in kinds), None)


def _sent(event: Event) -> datetime:
    """When the franchisee wrote: what an outage held up was waiting before the desk could hear of it."""
    sent = event.data.get("sent")
    return datetime.fromisoformat(sent) if sent else event.at


def holder_at(record: Custody, at: datetime) -> int | None:
    """In whose hands a case was at an instant."""
    held = (h.staff_id for h in record.hands if h.since <= at and (h.until is None or at <= h.until))
    return next(held, None)


@dataclass(frozen=True)
class Episode:
    """The work from an opening (or a reopening) to its end, with the stretches in which the clock ran; `handler_id`:
    who had the case in hand when it ended.
    """

    stretches: tuple[Stretch, ...]
    ended_at: datetime | None = None
    handler_id: int | None = None


def episodes(case: Case, events: Sequence[Event]) -> list[Episode]:
    """Every episode of a case, in order; the last may go on."""
    found: list[Episode] = []
    stretches: list[Stretch] | None = [(case.opened_at, None)]
    for n, event in enumerate(events):
        match event.did:
            case did if did in _ENDS and stretches is not None:
                holder = custody(events[:n]).holder
                found.append(Episode(tuple(stretches), event.at, holder.staff_id if holder is not None else None))
                stretches = None
            case Did.CASE_REOPENED:
                stretches = [(event.at, None)]
            case Did.CASE_PAUSED if stretches is not None:
                stretches[-1] = (stretches[-1][0], event.at)
            case Did.CASE_RESUMED if stretches is not None:
                stretches.append((event.at, None))
    return found if stretches is None else [*found, Episode(tuple(stretches))]


def ends(case: Case, events: Sequence[Event], *, deadlines: Deadlines, now: datetime) -> list[Credit]:
    """Whether each episode ended in time: for whoever ended it, or had it in hand when its time was over."""
    clock, allowed, record = deadlines.clock(case), deadlines.policy(case).resolve, custody(events)
    found: list[tuple[int | None, Evidence]] = []
    for each in episodes(case, events):
        if _ran(each, clock, now) > allowed:
            over = clock.reach(allowed, each.stretches)
            found.append((holder_at(record, over), Evidence(over, 0, "end_late", case.id)))
        elif each.ended_at is not None:
            found.append((each.handler_id, Evidence(each.ended_at, 1, "in_time", case.id)))
    return [(holder, evidence) for holder, evidence in found if holder is not None]


def _ran(episode: Episode, clock: Clock, now: datetime) -> timedelta:
    until = episode.ended_at or now
    return sum((clock.between(start, end or until) for start, end in episode.stretches), timedelta(0))


def owned(record: Custody, case_id: int, span: Span) -> Credit | None:
    """The last end within a span, for the first owner: full when it was in their own hands (as the ledger counts)."""
    ended = [e for e in record.ended if span.holds(e.at)][-1:]
    if not ended or record.first_owner_id is None:
        return None
    is_own = ended[0].handler_id == record.first_owner_id
    return record.first_owner_id, Evidence(ended[0].at, float(is_own), "own" if is_own else "by_another", case_id)


Holds = Callable[[datetime], bool]


def within(found: Iterable[Credit | None], holds: Holds) -> list[Credit]:
    """Those that were decided within a span."""
    return [c for c in found if c is not None and holds(c[1].at)]
