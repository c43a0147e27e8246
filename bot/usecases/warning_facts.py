"""The counts that the rules of early warning look at, read from storage: what is quick to read, and the rest."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from bot.desk import warnings as rules
from bot.desk.warnings import EarlyWarning, Opened
from bot.usecases.complaint_words import danger_names
from bot.usecases.office import Office
from bot.usecases.ports import Work

RECENT = timedelta(days=1)
"""A danger or low rating of which a look was missed is still told so much later."""
BEFORE = 4
"""Spans before, that the rising rules compare with."""


def quick(work: Work, office: Office, now: datetime) -> Iterator[EarlyWarning]:
    """Dangers, a store's repeated cases, single low ratings."""
    terms = office.warnings
    for complaint, case in ((e.complaint, e.case) for e in work.complaints.opened(now - RECENT, now + RECENT)):
        if complaint.dangers and not complaint.is_void:
            yield rules.danger(case.id, danger_names(office, complaint))
    again = work.warnings.repeated(now - terms.repeat_within, least=terms.repeat_cases)
    yield from rules.repeated(again, terms=terms)
    for low in work.low_ratings.newest(limit=20):
        if low.opened_at >= now - RECENT:
            yield rules.low_rating(low.rating_id, low.case_id, low.score)


def hourly(work: Work, office: Office, now: datetime) -> Iterator[EarlyWarning]:
    """Bursts, dissatisfaction, deadlines in danger, a person's words."""
    yield from _bursts(work, office, now)
    yield from _dissatisfied(work, office, now)
    for region, (due, unfinished) in work.warnings.due_by(now + office.warnings.deadline_ahead).items():
        if (found := rules.deadlines(region, due, unfinished, terms=office.warnings)) is not None:
            yield found
    yield from _words(work, office, now)


def _bursts(work: Work, office: Office, now: datetime) -> list[EarlyWarning]:
    """Kinds of case, and products named in findings, of the newest span and the same hours of four weeks before."""
    spans = [_span(work, office, now - timedelta(weeks=w)) for w in range(rules.WEEKS + 1)]
    topics = len({each.topic for span in spans for each in span})
    return rules.bursts(spans[0], spans[1:], topics=topics, terms=office.warnings)


def _span(work: Work, office: Office, end: datetime) -> Sequence[Opened]:
    since = end - office.warnings.burst_window
    products = [Opened(e.case.id, e.case.store_number or "", e.complaint.product)
                for e in work.complaints.opened(since, end) if e.complaint.product]  # fmt: skip
    return [*work.warnings.opened(since, end), *products]


def _dissatisfied(work: Work, office: Office, now: datetime) -> list[EarlyWarning]:
    since, low = now - office.warnings.low_within, office.aftercare.rating.low
    before = since - BEFORE * office.warnings.low_within
    found = rules.dissatisfied(
        work.warnings.scores(since, now, low=low), work.warnings.scores(before, since, low=low), terms=office.warnings
    )
    return [found] if found is not None else []


def _words(work: Work, office: Office, now: datetime) -> list[EarlyWarning]:
    since = now - office.warnings.words_within
    names = {s.id: s.name for s in work.staff.all() if s.is_active}
    counts = (_held(work, since, now), _held(work, since - BEFORE * office.warnings.words_within, since))
    return rules.words_rising(*counts, names=names, spans=BEFORE, terms=office.warnings)


def _held(work: Work, since: datetime, until: datetime) -> dict[int, int]:
    """Findings a person, those called false alarms left out."""
    found = Counter[int]()
    for each in work.findings.counts(since, until):
        found[each.staff_id] += each.count - each.doubted
    return +found
