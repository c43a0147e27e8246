"""The daily digest (日报): what is counted of a day, over which span, and how it stood at an instant. Instants are UTC.

Everything is computed from the events, which nobody can change: the same day asked for again gives the same figures.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.desk.events import Did, Event
from bot.desk.sla import Term


class Figure(StrEnum):
    """What is counted, in the order in which it is read."""

    NEW = "new"
    ANSWERED = "answered"
    RESOLVED = "resolved"
    OPEN = "open"
    OVERDUE = "overdue"
    COMPLAINTS = "complaints"
    LOW_RATINGS = "low_ratings"
    FORBIDDEN = "forbidden"
    VOICES = "voices"


WORK: Final = (Figure.NEW, Figure.ANSWERED, Figure.RESOLVED)
"""What there was to do, and what was done."""
TROUBLE: Final = (Figure.OVERDUE, Figure.COMPLAINTS, Figure.LOW_RATINGS, Figure.FORBIDDEN, Figure.VOICES)
"""What somebody who leads wants to hear of first."""
COMPARED: Final = (*WORK, Figure.COMPLAINTS, Figure.LOW_RATINGS, Figure.FORBIDDEN)
"""What happened within a span; the others are as of an instant, or of cases that ended, and are not compared."""
ANSWERS: Final = (Did.SPECIALIST_ANSWERED, Did.READY_ANSWER_USED)
HELD: Final = (Did.REPLY_HELD, Did.EDIT_HELD)
NOTABLE: Final = (Did.COMPLAINT_MARKED, Did.COMPLAINT_UNMARKED, Did.RATED, *HELD)
"""Few a day: each is looked at, not only counted."""
STANDING: Final = (
    Did.CASE_OPENED, Did.CASE_REOPENED, Did.CASE_RESOLVED, Did.CASE_CLOSED, Did.CASE_PAUSED, Did.CASE_RESUMED,
    *ANSWERS, Did.DEADLINE_PASSED,
)  # fmt: skip
"""All that `stood_at` reads."""

Figures = Mapping[Figure, int]
Counts = Mapping[str, Figures]
"""By region's code; the empty one holds cases that no region has yet."""


class Receivers(StrEnum):
    """Where those who lead read it: each in private, in their common chat, both, or nowhere unless they ask."""

    EACH = "each"
    CHAT = "chat"
    BOTH = "both"
    NOBODY = "nobody"


@dataclass(frozen=True)
class DigestTerms:
    """`[digest]`: when it comes (the desk's own clock), on which days, to whom, and how much of it there is."""

    at: time = time(18)
    every_day: bool = True
    to: Receivers = Receivers.EACH
    for_specialists: bool = True
    has_picture: bool = True
    top: int = 5
    words: int = 6


@dataclass(frozen=True)
class DaySpan:
    """A day of the desk's own calendar, all of it or up to `until`."""

    day: date
    since: datetime
    until: datetime
    is_whole: bool


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins on the desk's clock."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_span(day: date, zone: ZoneInfo, *, until: datetime | None = None) -> DaySpan:
    """A day up to an instant (None, or one after its end: all of it)."""
    since, end = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    stop = end if until is None else max(since, min(until.astimezone(UTC), end))
    return DaySpan(day, since, stop, stop == end)


def span_until(until: datetime, zone: ZoneInfo) -> DaySpan:
    """The span that ends at an instant: a midnight ends the day before it."""
    return day_span((until.astimezone(zone) - timedelta(microseconds=1)).date(), zone, until=until)


def like(span: DaySpan, zone: ZoneInfo, *, days: int) -> DaySpan:
    """The same span so many days before: up to the same time of the desk's clock, so that like is held against like."""
    day = span.day - timedelta(days=days)
    if span.is_whole:
        return day_span(day, zone)
    return day_span(day, zone, until=datetime.combine(day, span.until.astimezone(zone).time(), zone))


@dataclass(frozen=True)
class Happened:
    """An event with the case's region (empty: none yet) and handler as they are now."""

    event: Event
    region: str
    handler_id: int


@dataclass(frozen=True)
class Ended:
    """A case that ended, with its region and handler as they are now and what happened to it, in order."""

    case_id: int
    region: str
    handler_id: int
    events: Sequence[Event]


@dataclass(frozen=True)
class OpenCase:
    """A case that was unfinished at an instant; `late_since`: the deadline that had passed first (None: in time)."""

    case_id: int
    region: str
    handler_id: int
    late_since: datetime | None = None
    is_waiting: bool = False

    @property
    def is_late(self) -> bool:
        """Past a deadline, and not because we wait for the franchisee."""
        return self.late_since is not None and not self.is_waiting


@dataclass(frozen=True)
class Stood:
    """How a case stood at an instant; `late`: deadlines that had passed, by their term."""

    is_open: bool = False
    is_waiting: bool = False
    late: Mapping[str, datetime] | None = None

    @property
    def late_since(self) -> datetime | None:
        """The deadline that had passed first."""
        return min(self.late.values()) if self.late else None


def stood_at(events: Iterable[Event], at: datetime) -> Stood:
    """What a case's events (in order) say of an instant. That a deadline had passed may be told a little later."""
    so_far = Stood()
    for event in events:
        if event.at >= at and not _had_passed(event, at):
            break
        so_far = _after(so_far, event)
    return so_far


def _had_passed(event: Event, at: datetime) -> bool:
    return event.did is Did.DEADLINE_PASSED and datetime.fromisoformat(event.data["by"]) < at


def _after(so_far: Stood, event: Event) -> Stood:
    match event.did:
        case Did.CASE_OPENED | Did.CASE_REOPENED:
            return Stood(is_open=True)
        case Did.CASE_RESOLVED | Did.CASE_CLOSED:
            return Stood()
        case Did.CASE_PAUSED:
            return replace(so_far, is_waiting=True, late=_without_answer(so_far))
        case Did.CASE_RESUMED:
            return replace(so_far, is_waiting=False)
        case Did.SPECIALIST_ANSWERED | Did.READY_ANSWER_USED:
            return replace(so_far, late=_without_answer(so_far))
        case Did.DEADLINE_PASSED:
            passed = {event.data["term"]: datetime.fromisoformat(event.data["by"])}
            return replace(so_far, late={**(so_far.late or {}), **passed})
    return so_far


def _without_answer(so_far: Stood) -> Mapping[str, datetime]:
    return {term: by for term, by in (so_far.late or {}).items() if term != Term.ANSWER}


def noted(happened: Sequence[Happened], *, low: int) -> Mapping[Figure, Sequence[Happened]]:
    """Of notable events: complaints that were not taken back, ratings up to `low` (the last of a case counts), drafts
    that the lint held (each once, however often it was mended in vain).
    """
    marked: dict[int, Happened] = {}
    rated: dict[int, Happened] = {}
    held: dict[str, Happened] = {}
    for each in happened:
        match each.event.did:
            case Did.COMPLAINT_MARKED:
                marked[each.event.case_id] = each
            case Did.COMPLAINT_UNMARKED:
                marked.pop(each.event.case_id, None)
            case Did.RATED:
                rated[each.event.case_id] = each
            case Did.REPLY_HELD | Did.EDIT_HELD:
                held.setdefault(each.event.data.get("draft", ""), each)
    lows = [each for each in rated.values() if int(each.event.data["score"]) <= low]
    return {Figure.COMPLAINTS: [*marked.values()], Figure.LOW_RATINGS: lows, Figure.FORBIDDEN: [*held.values()]}


def count_by_region(found: Mapping[Figure, Sequence[Happened]]) -> Counts:
    """How many of each."""
    counts: dict[str, dict[Figure, int]] = defaultdict(dict)
    for figure, happened in found.items():
        for each in happened:
            counts[each.region][figure] = counts[each.region].get(figure, 0) + 1
    return counts


def standing(cases: Iterable[OpenCase]) -> Counts:
    """Open and overdue by region."""
    counts: dict[str, dict[Figure, int]] = defaultdict(lambda: {Figure.OPEN: 0, Figure.OVERDUE: 0})
    for case in cases:
        counts[case.region][Figure.OPEN] += 1
        counts[case.region][Figure.OVERDUE] += case.is_late
    return counts


def merged(*sets: Counts) -> Counts:
    """Several sets of figures, region by region; no figure stands in two of them."""
    return {
        name: {f: n for found in sets for f, n in found.get(name, {}).items()} for name in {k for s in sets for k in s}
    }


def total(counts: Counts, figure: Figure) -> int:
    """Of all regions."""
    return sum(of_region.get(figure, 0) for of_region in counts.values())


def whole(counts: Counts) -> Figures:
    """All regions together."""
    return {figure: total(counts, figure) for figure in Figure}


def is_empty(figures: Figures) -> bool:
    """Whether there is nothing to tell."""
    return not any(figures.get(figure, 0) for figure in Figure)


def change(now: Figures, before: Figures, figure: Figure) -> int:
    """Against an earlier span."""
    return now.get(figure, 0) - before.get(figure, 0)
