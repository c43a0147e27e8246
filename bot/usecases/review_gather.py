"""Gather what a review stands on, from the events and the tables beside them: nothing is kept, all is computed anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from bot.desk.attendance import DutyEvent, Standing
from bot.desk.custody import custody
from bot.desk.events import Event
from bot.desk.ledger import Span
from bot.desk.month import MARGIN, DayRecord, records
from bot.desk.people import Role, Staff
from bot.desk.period import Period
from bot.desk.promise import JUDGED, PromiseState
from bot.desk.rating import RatingState
from bot.desk.review import Criterion, Evidence, Review, review
from bot.desk.review_cases import REVIEW_EVENTS, Credit, ends, first_answer, owned, within
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.review_scope import span_of

PROMISE_WHY = {PromiseState.KEPT: "promise_kept", PromiseState.LATE: "promise_late",
               PromiseState.BROKEN: "promise_broken"}  # fmt: skip
Found = Mapping[Criterion, Sequence[Credit]]


@dataclass(frozen=True)
class Reviewed:
    """One person's review, with how many of their inspections are under appeal and so left out."""

    who: Staff
    review: Review
    under_appeal: int = 0


@dataclass
class _Gathered:
    credits: dict[Criterion, list[Credit]] = field(default_factory=dict)
    under_appeal: list[int] = field(default_factory=list)


def reviews(
    work: Work, office: Office, now: datetime, period: Period, *, person: Staff | None = None
) -> list[Reviewed]:
    """The reviews of a period: of one person, or of every specialist who is in the department or did something then."""
    found = _gather(work, office, now, period)
    busy = {staff_id for given in found.credits.values() for staff_id, _ in given}
    people = [person] if person else [
        s for s in work.staff.all() if s.role is Role.SPECIALIST and (s.is_active or s.id in busy)
    ]  # fmt: skip
    return [_of(office, who, found) for who in people]


def _of(office: Office, who: Staff, found: _Gathered) -> Reviewed:
    mine = {criterion: [e for staff_id, e in given if staff_id == who.id]
            for criterion, given in found.credits.items()}  # fmt: skip
    return Reviewed(who, review(mine, office.review), found.under_appeal.count(who.id))


def _gather(work: Work, office: Office, now: datetime, period: Period) -> _Gathered:
    span = span_of(office, period)
    found = _Gathered()
    found.credits |= _of_cases(work, office, now, span)
    found.credits[Criterion.SATISFACTION] = _rated(work, span)
    found.credits[Criterion.QUALITY] = _inspected(work, span, found)
    found.credits[Criterion.PROMISES] = [
        (p.staff_id, Evidence(p.settled_at or p.due_at, float(p.state is PromiseState.KEPT), PROMISE_WHY[p.state],
                              p.case_id))
        for p in work.promises.settled(span.since, span.until) if p.state in JUDGED
    ]  # fmt: skip
    found.credits[Criterion.ATTENDANCE] = _attended(work, office, now, period)
    return found


def _of_cases(work: Work, office: Office, now: datetime, span: Span) -> dict[Criterion, list[Credit]]:
    by_case: dict[int, list[Event]] = {}
    for event in work.events.of_active(span.since, REVIEW_EVENTS):
        by_case.setdefault(event.case_id, []).append(event)
    cases, deadlines = work.inspections.cases(by_case.keys()), office.deadlines
    answers: list[Credit] = []
    ended: list[Credit] = []
    own: list[Credit] = []
    for case_id, events in by_case.items():
        case = cases[case_id]
        answers += within([first_answer(case, events, deadlines=deadlines, now=now)], span.holds)
        ended += within(ends(case, events, deadlines=deadlines, now=now), span.holds)
        own += within([owned(custody(events), case_id, span)], span.holds)
    return {Criterion.FIRST_RESPONSE: answers, Criterion.ON_TIME: ended, Criterion.FIRST_OWNER: own}


def _rated(work: Work, span: Span) -> list[Credit]:
    """Credited to the first owner and to the handler, once each, as `/ratings` does."""
    return [
        (staff_id, Evidence(r.rated_at or r.asked_at, float(r.is_good), "rating", r.case_id, value=str(r.score)))
        for r in work.ratings.asked_between(span.since, span.until)
        if r.score is not None and r.state is not RatingState.VOID
        for staff_id in sorted({r.first_owner_id or r.handler_id, r.handler_id})
    ]


def _inspected(work: Work, span: Span, found: _Gathered) -> list[Credit]:
    credited: list[Credit] = []
    for item in work.inspections.scored(span.since, span.until):
        if not item.is_final or item.score is None:
            found.under_appeal.append(item.staff_id)
            continue
        at, value = item.scored_at or span.since, f"{item.score:g}"
        credited.append((item.staff_id, Evidence(at, item.score / 100, "inspection", item.case_id, value=value)))
    return credited


def _attended(work: Work, office: Office, now: datetime, period: Period) -> list[Credit]:
    """Every watch that was to be attended, as the month's sheet has it; leave, and what is still to come, left out."""
    last = min(period.last, office.today(now))
    days = [period.first + timedelta(days=n) for n in range((last - period.first).days + 1)]
    since = datetime.combine(period.first, time(), tzinfo=office.zone) - MARGIN
    events: dict[int, list[DutyEvent]] = {}
    for event in work.attendance.events(since=since):
        if event.staff_id is not None:
            events.setdefault(event.staff_id, []).append(event)
    roster = work.rosters.roster(since=period.first - MARGIN)
    found = records(roster, events, days, zone=office.zone, terms=office.attendance, now=now)
    return list(_watches(office, found))


def _watches(office: Office, found: Iterable[DayRecord]) -> Iterable[Credit]:
    earns = {Standing.PRESENT: 1.0, Standing.LATE: office.review.late_earns, Standing.EARLY: office.review.late_earns,
             Standing.LATE_AND_EARLY: office.review.late_earns, Standing.ABSENT: 0.0}  # fmt: skip
    for record in found:
        for watch, came in record.watches:
            if came.standing in earns:
                at, earned = watch.starts_at(office.zone), earns[came.standing]
                yield record.staff_id, Evidence(at, earned, f"watch_{came.standing.value}", day=record.day)
