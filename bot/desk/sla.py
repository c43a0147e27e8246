"""Deadlines (时限): by kind and urgency, in working time or round the clock, and when who is warned of each.

The manual says 限时 and 应答及时 and names no figure: every figure comes from the settings ([desk], [sla]).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.desk.calendar import WorkCalendar
from bot.desk.case import Case, State, Urgency
from bot.desk.events import Did, Event

Stretch = tuple[datetime, datetime | None]
"""A time in which a case's clock ran (UTC); None: it runs still."""


class Term(StrEnum):
    """What is due: an answer to the franchisee, or the end of the work."""

    ANSWER = "answer"
    RESOLVE = "resolve"


class Stage(StrEnum):
    """Who is warned: the handler before the deadline, supervisors at it, the manager after it."""

    NEAR = "near"
    PASSED = "passed"
    ESCALATED = "escalated"


TOLD_BY = MappingProxyType(
    {Stage.NEAR: Did.DEADLINE_NEAR, Stage.PASSED: Did.DEADLINE_PASSED, Stage.ESCALATED: Did.DEADLINE_ESCALATED}
)
"""The event that records a stage's warning; its datum `term` names the deadline's term."""


@dataclass(frozen=True)
class SlaPolicy:
    """What a kind of case is allowed; `is_natural`: nights and holidays count. `manager_after` zero: never."""

    first_answer: timedelta
    next_answer: timedelta
    resolve: timedelta
    manager_after: timedelta
    is_natural: bool = False


@dataclass(frozen=True)
class SlaRow:
    """What the settings say of a kind and an urgency (empty, None: of every one); None: as for all others."""

    kind: str = ""
    urgency: Urgency | None = None
    first_answer: timedelta | None = None
    next_answer: timedelta | None = None
    resolve: timedelta | None = None
    manager_after: timedelta | None = None
    is_natural: bool | None = None

    def fits(self, kind: str, urgency: Urgency) -> bool:
        """Whether this row is about such a case."""
        return self.kind in ("", kind) and self.urgency in (None, urgency)


@dataclass(frozen=True)
class Sla:
    """All that is agreed on. `warn_left`: the share of the time that is left when the handler is warned (0 to 1);
    `ask_again_after`, `close_after`: the franchisee's silence, in working time (zero: never).
    """

    general: SlaPolicy
    rows: tuple[SlaRow, ...] = ()
    warn_left: float = 0.3
    ask_again_after: timedelta = timedelta(0)
    close_after: timedelta = timedelta(0)

    def policy(self, kind: str, urgency: Urgency) -> SlaPolicy:
        """What such a case is allowed. Of two rows that fit, the one that names the urgency goes before the one that
        names the kind only, and the one that names both before either.
        """
        fitting = sorted((r for r in self.rows if r.fits(kind, urgency)), key=lambda r: (r.urgency is not None, r.kind))
        given = self.general
        for row in fitting:
            given = _laid_over(given, row)
        return given


def _laid_over(given: SlaPolicy, row: SlaRow) -> SlaPolicy:
    names = ("first_answer", "next_answer", "resolve", "manager_after", "is_natural")
    return replace(given, **{name: value for name in names if (value := getattr(row, name)) is not None})


@dataclass(frozen=True)
class Clock:
    """Time as it counts for a case: the calendar's working time, or every second."""

    calendar: WorkCalendar
    zone: ZoneInfo
    is_natural: bool

    def after(self, start: datetime, span: timedelta) -> datetime:
        """The instant (UTC) at which `span` has counted since `start`."""
        return start + span if self.is_natural else self.calendar.add_working_time(start, span, self.zone)

    def between(self, first: datetime, last: datetime) -> timedelta:
        """What counts from `first` to `last`; zero when `last` is not later."""
        if not self.is_natural:
            return self.calendar.working_time_between(first, last, self.zone)
        return max(timedelta(0), last - first)

    def reach(self, span: timedelta, stretches: Sequence[Stretch]) -> datetime:
        """The instant at which `span` has counted within these stretches, of which the last is taken as open."""
        for start, end in stretches[:-1]:
            ran = self.between(start, end or start)
            if span <= ran:
                return self.after(start, span)
            span -= ran
        return self.after(stretches[-1][0], span)


@dataclass(frozen=True)
class Alarm:
    """A warning about a deadline `by`: given at `due_at` (both UTC), unless what was due is done by then."""

    term: Term
    stage: Stage
    due_at: datetime
    by: datetime


@dataclass(frozen=True)
class Deadlines:
    """The agreed times on the desk's calendar: dates cases, and says when to warn of which."""

    sla: Sla
    calendar: WorkCalendar
    zone: ZoneInfo

    def policy(self, case: Case) -> SlaPolicy:
        """What this case is allowed."""
        return self.sla.policy(case.kind, case.urgency)

    def clock(self, case: Case) -> Clock:
        """How time counts for this case."""
        return Clock(self.calendar, self.zone, self.policy(case).is_natural)

    def allowed(self, case: Case) -> timedelta:
        """How long the answer that is due next may take."""
        policy = self.policy(case)
        return policy.first_answer if case.first_answer_at is None else policy.next_answer

    def respond_by(self, case: Case, since: datetime) -> datetime:
        """Until when words that came at `since` are to be answered."""
        return self.clock(case).after(since, self.allowed(case))

    def resolve_by(self, case: Case, since: datetime) -> datetime:
        """Until when a case whose clock starts at `since` is to be resolved."""
        return self.clock(case).after(since, self.policy(case).resolve)

    def moved(self, case: Case, now: datetime) -> datetime | None:
        """The resolution's deadline after a pause that ends now: what was left at its beginning is left still."""
        if case.resolve_by is None or case.paused_at is None or case.resolve_by <= case.paused_at:
            return case.resolve_by
        clock = self.clock(case)
        return clock.after(now, clock.between(case.paused_at, case.resolve_by))

    def dated(self, case: Case, events: Iterable[Event]) -> Case:
        """The case with the deadlines of its kind and urgency, as if they had been known from the beginning; pauses
        count for none. `events`: those of the case, in order. What is over keeps its dates.
        """
        if not case.is_unfinished:
            return case
        since = case.unanswered_since
        return replace(
            case,
            respond_by=self.respond_by(case, since) if since else case.respond_by,
            resolve_by=self.clock(case).reach(self.policy(case).resolve, ran(events, case)),
        )

    def alarms(self, case: Case, events: Iterable[Event]) -> list[Alarm]:
        """Every warning of the deadlines that run, given or not; none while the case waits or is over."""
        if case.state not in (State.NEW, State.OPEN):
            return []
        found = []
        if case.unanswered_since and case.respond_by:
            found += self._of_term(case, Term.ANSWER, case.respond_by, [(case.unanswered_since, None)])
        if case.resolve_by:
            found += self._of_term(case, Term.RESOLVE, case.resolve_by, ran(events, case))
        return found

    def _of_term(self, case: Case, term: Term, by: datetime, stretches: Sequence[Stretch]) -> list[Alarm]:
        clock, policy = self.clock(case), self.policy(case)
        span = policy.resolve if term is Term.RESOLVE else self.allowed(case)
        near = min(by, clock.reach(span * (1 - self.sla.warn_left), stretches))
        alarms = [Alarm(term, Stage.NEAR, near, by), Alarm(term, Stage.PASSED, by, by)]
        if policy.manager_after:
            late = clock.reach(policy.manager_after, _onward(stretches, by))
            alarms.append(Alarm(term, Stage.ESCALATED, late, by))
        return alarms

    def untold(self, case: Case, events: Sequence[Event]) -> list[Alarm]:
        """The warnings that were not given yet, the earliest first. A warning given after an instant holds for every
        deadline whose turn was before: one that moved back is not told of twice.
        """
        told = {(e.did, e.data["term"], e.at) for e in events if e.did in TOLD_BY.values()}
        fresh = [a for a in self.alarms(case, events) if not _is_told(a, told)]
        return sorted(fresh, key=lambda a: (a.due_at, a.stage is Stage.ESCALATED, a.term))


def _is_told(alarm: Alarm, told: Iterable[tuple[Did, str, datetime]]) -> bool:
    return any(did is TOLD_BY[alarm.stage] and term == alarm.term and at >= alarm.due_at for did, term, at in told)


def _onward(stretches: Sequence[Stretch], since: datetime) -> list[Stretch]:
    """What of these stretches lies after an instant; the last one is open, so that there is always one."""
    later = [(max(start, since), end) for start, end in stretches if end is None or end > since]
    return later or [(since, None)]


def ran(events: Iterable[Event], case: Case) -> list[Stretch]:
    """When the case's clock ran since it was opened, or opened again last."""
    stretches: list[Stretch] = [(case.opened_at, None)]
    for event in events:
        match event.did:
            case Did.CASE_REOPENED:
                stretches = [(event.at, None)]
            case Did.CASE_PAUSED:
                stretches[-1] = (stretches[-1][0], event.at)
            case Did.CASE_RESUMED:
                stretches.append((event.at, None))
    return stretches


def with_urgency(case: Case, urgency: Urgency, *, deadlines: Deadlines, events: Iterable[Event]) -> Case:
    """The case with this urgency and the deadlines that it brings; the caller saves it and has its reminder set."""
    return deadlines.dated(replace(case, urgency=urgency), events)


def with_kind(case: Case, kind: str, *, deadlines: Deadlines, events: Iterable[Event]) -> Case:
    """The case with this kind and the deadlines that it brings."""
    return deadlines.dated(replace(case, kind=kind), events)
