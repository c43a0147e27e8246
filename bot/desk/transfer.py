"""A transfer on offer (转交): until the receiver accepts it, whoever gives goes on answering for the case."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OfferState(StrEnum):
    """What became of an offer; VOID: the case ended or got another handler by another way meanwhile."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    VOID = "void"


@dataclass(frozen=True)
class TransferOffer:
    """Who offers which case to whom and why; `by_id` asked for it (the giver, or whoever leads them). Instants are UTC.

    `answer_by`: not answered until then, it comes back. `answer` is the receiver's reason for sending it back.
    """

    id: int
    case_id: int
    from_id: int
    to_id: int
    by_id: int
    reason: str
    offered_at: datetime
    answer_by: datetime
    state: OfferState = OfferState.PENDING
    answered_at: datetime | None = None
    answer: str = ""
