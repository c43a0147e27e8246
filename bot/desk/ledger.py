"""The figures of 首问负责制 for a span of time, from the custody of every case that was in hand then."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.custody import Custody

Measure = Callable[[datetime, datetime], timedelta]


@dataclass(frozen=True)
class Span:
    """From `since` (included) to `until` (excluded), UTC."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        """Whether an instant falls within."""
        return self.since <= at < self.until


@dataclass(frozen=True)
class Figures:
    """`closed`: cases ended that this person owned first, `own` of them ended in their own hands.

    `given`: handed on of their own accord, `unanswered` of them before any answer of theirs; `back`: offers that came
    back; `hands`, `in_hand`: how often a case was in hand, and how long in all.
    """

    closed: int = 0
    own: int = 0
    given: int = 0
    unanswered: int = 0
    back: int = 0
    hands: int = 0
    in_hand: timedelta = timedelta(0)

    @property
    def share(self) -> float | None:
        """The share ended by the first owner (0 … 1); None when nothing ended."""
        return self.own / self.closed if self.closed else None


def figures(cases: Iterable[Custody], span: Span, *, staff_id: int | None, measure: Measure) -> Figures:
    """Of one person, or (None) of all; `measure` says how much of a time counts (working time, as a rule)."""
    return _sum([_of_case(case, span, staff_id, measure) for case in cases])


def _of_case(case: Custody, span: Span, staff_id: int | None, measure: Measure) -> Figures:
    def counts(person: int | None) -> bool:
        return person is not None and staff_id in (None, person)

    ended = [e for e in case.ended if span.holds(e.at)][-1:]
    owned = [e for e in ended if counts(case.first_owner_id)]
    given = [g for g in case.given if span.holds(g.at) and g.by_id == g.giver_id and counts(g.giver_id)]
    times = [
        (max(hand.since, span.since), min(hand.until or span.until, span.until))
        for hand in case.hands
        if counts(hand.staff_id)
    ]
    times = [(start, end) for start, end in times if start < end]
    return Figures(
        closed=len(owned),
        own=sum(e.handler_id == case.first_owner_id for e in owned),
        given=len(given),
        unanswered=sum(not g.was_answered for g in given),
        back=sum(span.holds(at) and counts(person) for at, person in case.sent_back),
        hands=len(times),
        in_hand=sum((measure(start, end) for start, end in times), timedelta(0)),
    )


def _sum(parts: Sequence[Figures]) -> Figures:
    return Figures(
        closed=sum(p.closed for p in parts),
        own=sum(p.own for p in parts),
        given=sum(p.given for p in parts),
        unanswered=sum(p.unanswered for p in parts),
        back=sum(p.back for p in parts),
        hands=sum(p.hands for p in parts),
        in_hand=sum((p.in_hand for p in parts), timedelta(0)),
    )
