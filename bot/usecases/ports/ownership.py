"""What the use cases need of storage: transfers on offer, assistance, closings that wait for a yes."""

from collections.abc import Sequence
from typing import Protocol

from bot.desk.assist import Assist
from bot.desk.closing import Closing
from bot.desk.transfer import TransferOffer


class Transfers(Protocol):
    """Transfers on offer: one pending for each case at most."""

    def add(self, offer: TransferOffer) -> TransferOffer:
        """Store an offer (its id is given here)."""

    def save(self, offer: TransferOffer) -> None:
        """Write an offer back."""

    def pending_of(self, case_id: int) -> TransferOffer | None:
        """The offer of a case that waits for an answer."""

    def last_of(self, case_id: int) -> TransferOffer | None:
        """The newest offer of a case, answered or not."""

    def pending_to(self, staff_id: int) -> Sequence[TransferOffer]:
        """What waits for this person's answer, the oldest first."""


class Assists(Protocol):
    """Requests to departments: one open for each case and department at most."""

    def add(self, assist: Assist) -> Assist:
        """Store a request (its id is given here)."""

    def save(self, assist: Assist) -> None:
        """Write a request back."""

    def get(self, assist_id: int) -> Assist | None:
        """One request."""

    def of_case(self, case_id: int) -> Sequence[Assist]:
        """All of a case, the oldest first."""

    def open_of(self, department: str) -> Sequence[Assist]:
        """What a department still owes, the oldest first."""


class Closings(Protocol):
    """Closings that wait for a yes: one pending for each case at most."""

    def add(self, closing: Closing) -> Closing:
        """Store a closing (its id is given here)."""

    def save(self, closing: Closing) -> None:
        """Write a closing back."""

    def pending_of(self, case_id: int) -> Closing | None:
        """The closing of a case that waits for an answer."""

    def pending_for(self, staff_id: int) -> Sequence[Closing]:
        """What waits for this person's yes, the oldest first."""
