"""A closing on trial: another than the first owner would end the case, so the first owner is asked (首问负责)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClosingState(StrEnum):
    """PENDING until somebody says yes or no; VOID: the case ended by another way meanwhile."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    VOID = "void"


@dataclass(frozen=True)
class Closing:
    """Who would end which case, and who is asked. Instants are UTC.

    `confirmer_id` is the first owner; None when the supervisors decide (the first owner left, or was silent too long).
    `answer_by` is None then: supervisors have no further time limit here.
    """

    id: int
    case_id: int
    asked_by: int
    confirmer_id: int | None
    asked_at: datetime
    answer_by: datetime | None
    state: ClosingState = ClosingState.PENDING
    answered_at: datetime | None = None
    answered_by: int | None = None
