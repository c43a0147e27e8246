"""A complaint (投诉): the ledger's row beside the case, how grave it is, and what must be known before it may end."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.desk.alarms import Alarm


class Grade(StrEnum):
    """How grave a complaint is. URGENT runs in natural time, the others in working time."""

    NORMAL = "normal"
    MAJOR = "major"
    URGENT = "urgent"


GRADE_NAMES: Final = MappingProxyType({Grade.NORMAL: "普通", Grade.MAJOR: "重大", Grade.URGENT: "紧急"})
GRADES: Final = tuple(Grade)
"""From the least to the gravest."""


@dataclass(frozen=True)
class Finding:
    """What a complaint was found to be: a cause (a category of `labels.toml`) with its details, what was done about it
    and what prevents the next one; `product` may be empty.
    """

    cause: str
    details: str
    handled: str
    prevention: str
    product: str = ""


@dataclass(frozen=True)
class Complaint:
    """The ledger's row of a case that is a complaint; one a case. Instants are UTC.

    `why` are the words that made it one, `matter` what kind of matter it is about (as a case's kind), `dangers` what
    made it urgent at once. `contact_by`: when somebody must have answered; the deadline to resolve is the case's own.
    A row that a supervisor took back keeps `void_at` and the reason.
    """

    case_id: int
    grade: Grade
    opened_at: datetime
    contact_by: datetime
    why: str
    matter: str = "other"
    dangers: str = ""
    marked_by: int | None = None
    void_at: datetime | None = None
    void_why: str = ""
    cause: str = ""
    details: str = ""
    handled: str = ""
    prevention: str = ""
    product: str = ""
    found_at: datetime | None = None
    found_by: int | None = None
    called_back_at: datetime | None = None

    @property
    def is_void(self) -> bool:
        """Taken back: it was no complaint."""
        return self.void_at is not None

    @property
    def has_finding(self) -> bool:
        """Cause, handling and prevention are known."""
        return bool(self.cause and self.handled and self.prevention)


def with_finding(complaint: Complaint, finding: Finding, at: datetime, *, by: int) -> Complaint:
    """The complaint as it was found to be; a product that was named before stays unless another is."""
    return replace(
        complaint,
        cause=finding.cause,
        details=finding.details,
        handled=finding.handled,
        prevention=finding.prevention,
        product=finding.product or complaint.product,
        found_at=at,
        found_by=by,
    )


@dataclass(frozen=True)
class Measure:
    """What is to prevent the next complaint (预防措施): whose it is, until when, and how it ended. Instants are UTC."""

    id: int
    case_id: int
    words: str
    owner_id: int
    made_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    done_by: int | None = None
    done_words: str = ""

    def is_late(self, now: datetime) -> bool:
        """Not done though it should be."""
        return self.done_at is None and now >= self.due_at


@dataclass(frozen=True)
class ComplaintTerms:
    """Conventions of complaints ([complaints]); the manual names no figures.

    `contact`, `stale_after` are working time (URGENT: natural time), the others natural time.
    """

    contact: Mapping[Grade, timedelta]
    repeat_times: int
    repeat_within: timedelta
    patrol_at: time
    stale_after: timedelta
    chase_every: timedelta
    measure_within: timedelta
    measure_warning: timedelta
    words_within: timedelta = timedelta(minutes=10)


def is_graver(one: Grade, other: Grade) -> bool:
    """Whether the one is graver than the other."""
    return GRADES.index(one) > GRADES.index(other)


def grade_for(alarm: Alarm | None, *, earlier: int, terms: ComplaintTerms) -> Grade:
    """The grade of what came in: danger is urgent, the n-th complaint of a store within the days is major."""
    if alarm is not None:
        return Grade.URGENT
    return Grade.MAJOR if earlier + 1 >= terms.repeat_times else Grade.NORMAL


def grade_named(word: str) -> Grade | None:
    """`重大` (or `重大投诉`, `major`) as a grade; None for any other word."""
    plain = word.removesuffix("投诉").removesuffix("级")
    return next((g for g in GRADES if plain in (GRADE_NAMES[g], g.value)), None)
