"""Gather what the digest tells of a day: figures from the events, how it stood, who was there, what people wrote."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.desk.attendance import Attended, DutyEvent
from bot.desk.digest import (
    Counts,
    DaySpan,
    Figure,
    Figures,
    Happened,
    OpenCase,
    count_by_region,
    like,
    merged,
    noted,
    standing,
)
from bot.desk.month import MARGIN, records
from bot.desk.roster import Watch
from bot.desk.topics import Topic, topics
from bot.desk.voices import VOICE_EVENTS, three_voices
from bot.usecases.office import Office
from bot.usecases.ports import Work

YESTERDAY, A_WEEK, WEEKS = 1, 7, 28
"""Days back: what the day is held against, and how far its words are."""
MOST_TODAY, MOST_BEFORE = 400, 800
"""Cases whose words are read: of more than that an even sample says as much."""


@dataclass(frozen=True)
class Lacking:
    """A case that ended without its three voices."""

    case_id: int
    region: str
    handler_id: int


@dataclass(frozen=True)
class Served:
    """One person's watch of the day, and how it was attended."""

    watch: Watch
    attended: Attended


@dataclass(frozen=True)
class Digest:
    """A day: figures by region, the same span of the day before and of a week before, what stands behind the figures.

    `is_live`: it was asked for up to the present, so that what is still to come can be told too.
    """

    span: DaySpan
    counts: Counts
    yesterday: Counts
    week_before: Counts
    people: Mapping[int, Figures]
    open: Sequence[OpenCase]
    noted: Mapping[Figure, Sequence[Happened]]
    lacking: Sequence[Lacking]
    served: Sequence[Served]
    topics: Sequence[Topic]
    is_live: bool

    @property
    def late(self) -> list[OpenCase]:
        """The longest late first."""
        return [case for case in self.open if case.is_late]


def gather(work: Work, office: Office, now: datetime, *, span: DaySpan) -> Digest:
    """Everything; `span` may end in the past."""
    opened = work.digests.open_at(span.until)
    notable = _noted(work, office, span)
    lacking = _lacking(work, office, span)
    voices = _counted((c.region for c in lacking), Figure.VOICES)
    return Digest(
        span=span,
        counts=merged(work.digests.counts(span.since, span.until), count_by_region(notable), standing(opened), voices),
        yesterday=_before(work, office, span, YESTERDAY),
        week_before=_before(work, office, span, A_WEEK),
        people=_people(work, span, opened, notable, lacking),
        open=opened,
        noted=notable,
        lacking=lacking,
        served=_served(work, office, span),
        topics=_topics(work, office, span),
        is_live=now - span.until < timedelta(hours=24) and not span.is_whole,
    )


def happened_in(work: Work, office: Office, since: datetime, until: datetime) -> Counts:
    """What can be held against another span: nothing that is as of an instant."""
    found = noted(work.digests.notable(since, until), low=office.aftercare.rating.low)
    return merged(work.digests.counts(since, until), count_by_region(found))


def _before(work: Work, office: Office, span: DaySpan, days: int) -> Counts:
    earlier = like(span, office.zone, days=days)
    return happened_in(work, office, earlier.since, earlier.until)


def _noted(work: Work, office: Office, span: DaySpan) -> Mapping[Figure, Sequence[Happened]]:
    return noted(work.digests.notable(span.since, span.until), low=office.aftercare.rating.low)


def _counted(regions: Iterable[str], figure: Figure) -> Counts:
    counts: dict[str, dict[Figure, int]] = {}
    for region in regions:
        counts.setdefault(region, {figure: 0})[figure] += 1
    return counts


def _lacking(work: Work, office: Office, span: DaySpan) -> list[Lacking]:
    """Of the cases that ended within the span and were not taken up again in it."""
    found = []
    for case in work.digests.of_ended(span.since, span.until, VOICE_EVENTS):
        told = [event for event in case.events if event.at < span.until]
        voices = three_voices(told, terms=office.voices, worked=lambda a, b: _worked(office, a, b))
        if voices.ended_at is not None and voices.ended_at >= span.since and not voices.is_complete:
            found.append(Lacking(case.case_id, case.region, case.handler_id))
    return found


def _worked(office: Office, first: datetime, last: datetime) -> timedelta:
    """What is within the term by the clock on the wall is so in working time too, and need not be worked out."""
    natural = last - first
    return natural if natural <= office.voices.answer_within else office.worked(first, last)


def _people(
    work: Work, span: DaySpan, opened: Sequence[OpenCase], notable: Mapping[Figure, Sequence[Happened]],
    lacking: Sequence[Lacking],
) -> Mapping[int, Figures]:  # fmt: skip
    """What each did, and what is in their hands; a held reply is its writer's, the rest the handler's."""
    found: dict[int, dict[Figure, int]] = defaultdict(lambda: dict.fromkeys(Figure, 0))
    for staff_id, figures in work.digests.by_person(span.since, span.until).items():
        found[staff_id].update(figures)
    for case in opened:
        found[case.handler_id][Figure.OPEN] += 1
        found[case.handler_id][Figure.OVERDUE] += case.is_late
    for figure, happened in notable.items():
        for each in happened:
            who = each.event.staff_id if figure is Figure.FORBIDDEN else None
            found[who or each.handler_id][figure] += 1
    for lack in lacking:
        found[lack.handler_id][Figure.VOICES] += 1
    return found


def _served(work: Work, office: Office, span: DaySpan) -> list[Served]:
    """Everybody's watches of the day, as they were attended by then."""
    events: dict[int, list[DutyEvent]] = defaultdict(list)
    for event in work.attendance.events(since=span.since - MARGIN):
        if event.staff_id is not None and event.at < span.until:
            events[event.staff_id].append(event)
    roster = work.rosters.roster(since=span.day - MARGIN)
    found = records(roster, events, [span.day], zone=office.zone, terms=office.attendance, now=span.until)
    return [Served(watch, attended) for record in found for watch, attended in record.watches]


def _topics(work: Work, office: Office, span: DaySpan) -> list[Topic]:
    if not office.digest.words:
        return []
    today = work.digests.openings(span.since, span.until, limit=MOST_TODAY)
    first = like(replace(span, is_whole=False), office.zone, days=WEEKS).since
    before = work.digests.openings(first, span.since, limit=MOST_BEFORE)
    scale = today.cases / len(today.texts) if today.texts else 1.0
    found = topics([office.matter_words(t) for t in today.texts], [office.matter_words(t) for t in before.texts],
                   limit=office.digest.words)  # fmt: skip
    return [Topic(t.word, round(t.cases * scale), t.usual * scale) for t in found]
