"""The daily digest (日报): figures of a day by region, what changed, and which cases deserve a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum


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


MOMENTARY = frozenset({Figure.OPEN, Figure.OVERDUE})
"""These are as of the moment of asking: they have no yesterday to be compared with."""
Counts = Mapping[str, Mapping[Figure, int]]
"""By region; the empty name holds cases that no region has yet."""


@dataclass(frozen=True)
class DigestTerms:
    """When it comes (the desk's own clock), on which days, and how many delayed cases it names."""

    at: time
    every_day: bool
    top: int


@dataclass(frozen=True)
class Delayed:
    """An unfinished case past its deadline (UTC)."""

    case_id: int
    region: str
    handler_id: int
    resolve_by: datetime


def total(counts: Counts, figure: Figure) -> int:
    """Of all regions."""
    return sum(of_region.get(figure, 0) for of_region in counts.values())


def is_empty(counts: Counts) -> bool:
    """Whether there is nothing to tell of the day."""
    return not any(total(counts, figure) for figure in Figure)


def change(counts: Counts, before: Counts, figure: Figure) -> int | None:
    """Against an earlier day; None where no comparison can be made."""
    return None if figure in MOMENTARY else total(counts, figure) - total(before, figure)
