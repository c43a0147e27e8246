"""What a case did in a span of time: ended, went on, changed hands; read from its events, which nobody can change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.custody import CUSTODY_EVENTS, Given, custody
from bot.desk.events import Did, Event
from bot.desk.ledger import Span
from bot.desk.sla import Term

ENDS = (Did.CASE_RESOLVED, Did.CASE_CLOSED)


@dataclass(frozen=True)
class Turns:
    """`ended`: how often it went from unfinished to over, `reopened`: back; `resolved_at`: its last 结案 in the span.

    `resolver_id` had it in hand then, `is_late`: its time had run out in that round; `given`: handed on by choice;
    `sent_back`: whose offers came back. Instants are UTC.
    """

    ended: int = 0
    reopened: int = 0
    resolved_at: datetime | None = None
    resolver_id: int | None = None
    first_owner_id: int | None = None
    is_late: bool = False
    given: tuple[Given, ...] = ()
    sent_back: tuple[int, ...] = ()


def turns(events: Sequence[Event], span: Span) -> Turns:
    """Read the events of one case, in order, from its opening on."""
    record = custody([e for e in events if e.did in CUSTODY_EVENTS])
    last = next((e for e in reversed(record.ended) if span.holds(e.at)), None)
    ended, reopened = _moves(events, span)
    return Turns(
        ended=ended,
        reopened=reopened,
        resolved_at=last.at if last else None,
        resolver_id=last.handler_id if last else None,
        first_owner_id=record.first_owner_id,
        is_late=last is not None and _ran_out(events, last.at),
        given=tuple(g for g in record.given if span.holds(g.at) and g.by_id == g.giver_id),
        sent_back=tuple(person for at, person in record.sent_back if span.holds(at)),
    )


def _moves(events: Sequence[Event], span: Span) -> tuple[int, int]:
    """Closing what is resolved ends nothing anew."""
    ended = reopened = 0
    is_over = False
    for event in events:
        if event.did in ENDS:
            ended += not is_over and span.holds(event.at)
            is_over = True
        elif event.did is Did.CASE_REOPENED:
            reopened += span.holds(event.at)
            is_over = False
    return ended, reopened


def _ran_out(events: Sequence[Event], resolved_at: datetime) -> bool:
    """Whether the time to resolve was over before the work was, since the case began or began anew."""
    ran_out = False
    for event in events:
        if event.did is Did.CASE_RESOLVED and event.at == resolved_at:
            break  # what follows at the same instant, such as opening it again, came after
        if event.did is Did.CASE_REOPENED:
            ran_out = False
        elif event.did is Did.DEADLINE_PASSED and event.data.get("term") == Term.RESOLVE.value:
            ran_out = True
    return ran_out
