"""The counts that the rules of early warning look at, read from storage: what is quick to read, and the rest."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.desk import warnings as rules
from bot.desk.warnings import EarlyWarning, WarningRule
from bot.usecases.classify import COMPLAINT
from bot.usecases.office import Office
from bot.usecases.ports import Work

DAY: Final = timedelta(days=1)
BEFORE: Final = 4
"""Spans before, that the rising rules compare with."""


def quick(work: Work, office: Office, now: datetime) -> Iterator[EarlyWarning]:
    """A store's repeated cases. (Dangers and low ratings are told in the transaction that brings them.)"""
    terms = office.warnings
    again = work.warnings.repeated(now - terms.repeat_within, least=terms.repeat_cases)
    yield from rules.repeated(again, terms=terms)


def hourly(work: Work, office: Office, now: datetime) -> Iterator[EarlyWarning]:
    """Bursts, dissatisfaction, deadlines in danger, a person's words."""
    yield from _bursts(work, office, now)
    yield from _dissatisfied(work, office, now)
    for region, (due, unfinished) in work.warnings.due_by(now + office.warnings.deadline_ahead).items():
        if (found := rules.deadlines(region, due, unfinished, terms=office.warnings)) is not None:
            yield found
    yield from _words(work, office, now)


def _bursts(work: Work, office: Office, now: datetime) -> list[EarlyWarning]:
    """Words that stores share (products, parts, symptoms), then kinds of case; each trouble once."""
    told = [w for w in work.warnings.raised(now - office.warnings.window, now)
            if w.rule in (WarningRule.BURST, WarningRule.FIRST_BURST)]  # fmt: skip
    ends = _ends(work, office, now)
    found = _unusual(work, office, now, ends) if len(ends) >= rules.FEWEST_DAYS else _first(work, office, now)
    return rules.merged(found, told=told)


def _ends(work: Work, office: Office, now: datetime) -> list[datetime]:
    """Where the spans end that today is compared with, yesterday first: as many as the desk's history covers."""
    first = work.warnings.first_opened()
    ends = [now - n * DAY for n in range(1, rules.DAYS + 1)]
    return [end for end in ends if first is not None and first <= end - office.warnings.burst_window]


def _unusual(work: Work, office: Office, now: datetime, ends: Sequence[datetime]) -> list[EarlyWarning]:
    terms, length = office.warnings, office.warnings.burst_window
    since = now - length
    opened, usual = work.warnings.opened(since, now), [work.warnings.stores(end - length, end) for end in ends]
    weight = rules.weekday_weight(usual)
    shared = work.case_words.shared(since, now, least=terms.burst_stores)
    said = work.case_words.days({each.topic for each in shared}, ends, length)
    words = work.case_words.count(since, now)
    topics = len({topic for day in usual for topic in day} | {each.topic for each in opened})
    return [
        *rules.bursts(shared, said, weight=weight, topics=words, terms=terms),
        *rules.bursts(opened, usual, weight=weight, topics=topics, terms=terms),
    ]


def _first(work: Work, office: Office, now: datetime) -> list[EarlyWarning]:
    since, terms = now - office.warnings.burst_window, office.warnings
    shared = work.case_words.shared(since, now, least=terms.burst_stores, kind=COMPLAINT)
    return rules.first_bursts(shared, complaining=work.warnings.complaining(since, now), terms=terms)


def _dissatisfied(work: Work, office: Office, now: datetime) -> list[EarlyWarning]:
    since, low = now - office.warnings.low_within, office.aftercare.rating.low
    before = since - BEFORE * office.warnings.low_within
    shares = [work.warnings.scores(*span, low=low) for span in ((since, now), (before, since))]
    cases = work.warnings.rated_low(since, now, low=low, limit=rules.MOST_CASES)
    found = rules.dissatisfied(*shares, cases=cases, terms=office.warnings)
    return [found] if found is not None else []


def _words(work: Work, office: Office, now: datetime) -> Iterator[EarlyWarning]:
    since = now - office.warnings.words_within
    names = {s.id: s.name for s in work.staff.all() if s.is_active}
    lately, before = _spoken(work, since, now), _spoken(work, since - BEFORE * office.warnings.words_within, since)
    spans = _spans(work, office, since, [p for p, count in lately.items() if count >= office.warnings.words_count])
    for found in rules.words_rising(lately, before, names=names, spans=spans, terms=office.warnings):
        cases = work.warnings.found_in(int(found.subject), since, now, limit=rules.MOST_CASES)
        yield rules.with_cases(found, cases)


def _spoken(work: Work, since: datetime, until: datetime) -> dict[int, int]:
    """Replies a person in which something was found, what was called a false alarm left out."""
    return {r.staff_id: r.held + r.noted for r in work.findings.replies(since, until, but_doubted=True)}


def _spans(work: Work, office: Office, since: datetime, people: Sequence[int]) -> dict[int, int]:
    """How many whole spans before `since` the desk and each of these people were at work."""
    first = work.warnings.first_opened() if people else None
    if first is None:
        return {}
    first_on = work.inspections.first_on()
    begun = {person: max(first, first_on.get(person, first)) for person in people}
    return {person: min(BEFORE, (since - at) // office.warnings.words_within) for person, at in begun.items()
            if at < since}  # fmt: skip
