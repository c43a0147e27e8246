"""Count one window of a period's report: by region, by person, step by step; from sums and streams of the storage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.desk.attendance import Attended, DutyEvent, Standing
from bot.desk.case import Urgency
from bot.desk.draft import RECORDED
from bot.desk.fiscal import MONTHS, Grain, Window, months_on
from bot.desk.follow_up import FollowUpOutcome
from bot.desk.ledger import Span
from bot.desk.month import MARGIN, records
from bot.desk.period_figures import Count, Group, Time
from bot.desk.promise import PromiseState
from bot.desk.rating import GOOD, RatingState
from bot.desk.roster import WHOLE_DESK, Watch
from bot.desk.sla import Clock
from bot.desk.turns import turns
from bot.desk.wall import instant
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.ports.period_figures import OpenedCase, TurnedCase

_SETTLED: Final = {
    PromiseState.KEPT.value: Count.KEPT,
    PromiseState.LATE.value: Count.LATE,
    PromiseState.BROKEN.value: Count.BROKEN,
}
_CALLED: Final = {
    FollowUpOutcome.SATISFIED.value: Count.CALL_SATISFIED,
    FollowUpOutcome.UNREACHED.value: Count.CALL_UNREACHED,
}
_NOT_DUE: Final = (Standing.ON_LEAVE, Standing.AWAITED)


@dataclass
class Counted:
    """What was counted of a window. `found`: by person and category; `opened`, `resolved`: by the step of the course
    (its first day).
    """

    window: Window
    group: Group = field(default_factory=Group)
    found: Counter[tuple[int, str]] = field(default_factory=Counter)
    opened: Counter[date] = field(default_factory=Counter)
    resolved: Counter[date] = field(default_factory=Counter)

    @property
    def span(self) -> Span:
        """The same as the ledger knows it."""
        return Span(self.window.since, self.window.until)

    def days(self) -> list[date]:
        """Every day of the whole period."""
        days = self.window.period.days
        return [days.first + timedelta(days=n) for n in range((days.end - days.first).days)]

    def step(self, day: date) -> date:
        """The step of the course that a day belongs to: itself, in a quarter or a year its month."""
        return day if self.window.period.grain in (Grain.WEEK, Grain.MONTH) else day.replace(day=1)

    def steps(self) -> list[date]:
        """Every step of the whole period."""
        period = self.window.period
        if period.grain in (Grain.WEEK, Grain.MONTH):
            return self.days()
        return [months_on(period.first, n) for n in range(MONTHS[period.grain])]


def count_window(work: Work, office: Office, as_of: datetime, window: Window) -> Counted:
    """Everything of one window; what is not over is measured up to `as_of`."""
    counted = Counted(window)
    _standing(work, counted)
    for opened in work.period_figures.opened(window.since, window.until):
        _opened(office, as_of, counted, opened)
    for turned in work.period_figures.turned(window.since, window.until):
        _turned(office, counted, turned)
    _sums(work, counted)
    _ratings(work, counted)
    _attendance(work, office, as_of, counted)
    return counted


def _standing(work: Work, counted: Counted) -> None:
    figures, (since, until) = work.period_figures, (counted.window.since, counted.window.until)
    for count, found in (
        (Count.OPEN_BEFORE, figures.open_at(since)),
        (Count.OPEN, figures.open_at(until)),
        (Count.OVERDUE, figures.overdue(since, until)),
        (Count.COMPLAINTS, figures.complaints(since, until)),
    ):
        for whose, many in found.items():
            counted.group.add(whose.region, whose.person, count, many)


def _opened(office: Office, as_of: datetime, counted: Counted, case: OpenedCase) -> None:
    """A case that is still within its time and unanswered counts for neither in time nor late."""
    counted.opened[counted.step(office.today(case.opened_at))] += 1
    policy = office.sla.policy(case.kind, Urgency(case.urgency))
    answered = case.first_answer_at
    waited = Clock(office.calendar, office.zone, policy.is_natural).between(case.opened_at, answered or as_of)
    for tally in counted.group.of(case.whose.region, (case.whose.person,)):
        tally.add(Count.NEW)
        tally.add(Count.ANSWERED, int(answered is not None))
        tally.add(Count.ANSWER_DUE, int(answered is not None or waited > policy.first_answer))
        tally.add(Count.ANSWERED_IN_TIME, int(answered is not None and waited <= policy.first_answer))
    if answered is not None:
        _time(office, counted, case, Time.ANSWER, case.opened_at, answered)


def _time(
    office: Office, counted: Counted, case: OpenedCase | TurnedCase, what: Time, since: datetime, until: datetime
) -> None:
    length = office.worked(since, until)
    for tally in counted.group.of(case.whose.region, (case.whose.person,)):
        tally.time(what, length)


def _turned(office: Office, counted: Counted, case: TurnedCase) -> None:
    found, region, group = turns(case.events, counted.span), case.whose.region, counted.group
    group.add(region, case.whose.person, Count.ENDED, found.ended)
    group.add(region, case.whose.person, Count.REOPENED, found.reopened)
    for given in found.given:
        group.add(region, given.giver_id, Count.GIVEN)
        group.add(region, given.giver_id, Count.UNANSWERED, int(not given.was_answered))
    for person in found.sent_back:
        group.add(region, person, Count.RETURNED)
    if found.resolved_at is not None:
        _resolved(office, counted, case, found.resolved_at)
        group.add(region, case.whose.person, Count.RESOLVED_LATE, int(found.is_late))
        if found.first_owner_id is not None:
            group.add(region, found.first_owner_id, Count.OWNED)
            group.add(region, found.first_owner_id, Count.OWN, int(found.resolver_id == found.first_owner_id))


def _resolved(office: Office, counted: Counted, case: TurnedCase, at: datetime) -> None:
    counted.resolved[counted.step(office.today(at))] += 1
    counted.group.add(case.whose.region, case.whose.person, Count.RESOLVED)
    _time(office, counted, case, Time.RESOLUTION, case.opened_at, at)
    if case.complained_at is not None:
        counted.group.add(case.whose.region, case.whose.person, Count.COMPLAINTS_RESOLVED)
        _time(office, counted, case, Time.COMPLAINT, case.complained_at, at)


def _sums(work: Work, counted: Counted) -> None:
    figures, group, (since, until) = work.period_figures, counted.group, (counted.window.since, counted.window.until)
    for promise in figures.promises(since, until):
        if promise.state in _SETTLED:
            group.add(promise.region, promise.staff_id, _SETTLED[promise.state], promise.count)
    for call in figures.call_backs(since, until):
        counts = [Count.CALLED_BACK, *([Count.CALL_LATE] if call.is_late else [])]
        counts += [_CALLED[call.outcome]] if call.outcome in _CALLED else []
        for count in counts:
            group.add(call.region, call.owner_id, count, call.count)
    for found in figures.found(since, until):
        group.add(found.region, found.staff_id, Count.FOUND, found.count)
        group.add(found.region, found.staff_id, Count.HELD, found.held)
        counted.found[found.staff_id, found.category] += found.count


def _ratings(work: Work, counted: Counted) -> None:
    """A rating is the first owner's and the handler's alike; one that was withdrawn was never asked for."""
    for rated in work.period_figures.ratings(counted.window.since, counted.window.until):
        if rated.state == RatingState.VOID.value:
            continue
        people = tuple(p for p in (rated.first_owner_id, rated.handler_id) if p is not None)
        for tally in counted.group.of(rated.region, people):
            tally.add(Count.ASKED, rated.count)
            tally.add(Count.BLOCKED, rated.count if rated.state == RatingState.BLOCKED.value else 0)
            if rated.score is not None:
                tally.add(Count.RATED, rated.count)
                tally.add(Count.SCORES, rated.score * rated.count)
                tally.add(Count.GOOD, rated.count if rated.score >= GOOD else 0)


def _attendance(work: Work, office: Office, as_of: datetime, counted: Counted) -> None:
    """Of the days up to the window's end, as the monthly sheet has them."""
    days = _attended_days(office, counted.window)
    if not days:
        return
    begins = instant(days[0], 0, office.zone) - MARGIN
    ends = instant(days[-1], 0, office.zone) + MARGIN + timedelta(days=1)
    events: dict[int, list[DutyEvent]] = {}
    for event in work.attendance.events(since=begins):
        if event.staff_id is not None and event.at < ends:
            events.setdefault(event.staff_id, []).append(event)
    roster = work.rosters.roster(since=days[0] - MARGIN)
    for record in records(roster, events, days, zone=office.zone, terms=office.attendance, now=as_of):
        for watch, attended in record.watches:
            _watch(counted.group, record.staff_id, watch, attended)


def _attended_days(office: Office, window: Window) -> Sequence[date]:
    """The window's dates; of a period that goes on, those up to today."""
    last = min(window.period.days.last, office.today(window.until - timedelta(microseconds=1)))
    first = window.period.days.first
    return [first + timedelta(days=n) for n in range((last - first).days + 1)] if window.until > window.since else []


def _watch(group: Group, staff_id: int, watch: Watch, attended: Attended) -> None:
    if attended.standing in _NOT_DUE:
        return
    people = (staff_id,)
    for tally in group.of(watch.region, people) if watch.region != WHOLE_DESK else group.beside(people):
        tally.add(Count.WATCHES)
        tally.add(Count.PRESENT, int(attended.standing is not Standing.ABSENT))
        tally.add(Count.ABSENT, int(attended.standing is Standing.ABSENT))
        tally.add(Count.CAME_LATE, int(bool(attended.late)))
        tally.add(Count.LEFT_EARLY, int(bool(attended.early)))


def categories(counted: Counted) -> list[str]:
    """The categories in which anything was found, in the order of lists."""
    return [key for key in RECORDED if any(category == key for _, category in counted.found)]
