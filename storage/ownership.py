"""Transfers on offer, assistance, closings that wait for a yes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from bot.desk.assist import Assist, AssistState
from bot.desk.closing import Closing, ClosingState
from bot.desk.transfer import OfferState, TransferOffer
from storage.conditions import is_exactly, is_one_of
from storage.prepared import Prepared, given, table_of
from storage.stored import Stored
from storage.tables import AssistRow, ClosingRow, TransferRow

_PENDING_TRANSFER = is_exactly(col(TransferRow.state), OfferState.PENDING.value)
_OPEN_ASSIST = is_one_of(col(AssistRow.state), AssistState.ASKED.value, AssistState.RECEIVED.value)
_PENDING_CLOSING = is_exactly(col(ClosingRow.state), ClosingState.PENDING.value)


_PENDING_TRANSFER_OF = Prepared(
    select(table_of(TransferRow))
    .where(col(TransferRow.case_id) == given(TransferRow.case_id), _PENDING_TRANSFER)
    .with_for_update()
)
_ASSISTS_OF = Prepared(
    select(table_of(AssistRow)).where(col(AssistRow.case_id) == given(AssistRow.case_id)).order_by(col(AssistRow.id))
)
_PENDING_CLOSING_OF = Prepared(
    select(table_of(ClosingRow))
    .where(col(ClosingRow.case_id) == given(ClosingRow.case_id), _PENDING_CLOSING)
    .with_for_update()
)


class SqlTransfers(Stored[TransferOffer]):
    """Transfers on offer."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TransferRow, TransferOffer, OfferState)

    def pending_of(self, case_id: int) -> TransferOffer | None:
        """The offer of a case that waits for an answer."""
        return next(iter(self._asked(_PENDING_TRANSFER_OF, case_id=case_id)), None)

    def last_of(self, case_id: int) -> TransferOffer | None:
        """The newest offer of a case."""
        mine = select(TransferRow).where(col(TransferRow.case_id) == case_id)
        return self._one(mine.order_by(col(TransferRow.id).desc()).limit(1))

    def pending_to(self, staff_id: int) -> Sequence[TransferOffer]:
        """What waits for this person's answer."""
        return self._all(select(TransferRow).where(col(TransferRow.to_id) == staff_id, _PENDING_TRANSFER))


class SqlAssists(Stored[Assist]):
    """What departments were asked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, AssistRow, Assist, AssistState)

    def of_case(self, case_id: int) -> Sequence[Assist]:
        """All of a case."""
        return self._asked(_ASSISTS_OF, case_id=case_id)

    def open_of(self, department: str) -> Sequence[Assist]:
        """What a department still owes."""
        return self._all(select(AssistRow).where(col(AssistRow.department) == department, _OPEN_ASSIST))


class SqlClosings(Stored[Closing]):
    """Closings that wait for a yes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ClosingRow, Closing, ClosingState)

    def pending_of(self, case_id: int) -> Closing | None:
        """The closing of a case that waits for an answer."""
        return next(iter(self._asked(_PENDING_CLOSING_OF, case_id=case_id)), None)

    def pending_for(self, staff_id: int) -> Sequence[Closing]:
        """What waits for this person's yes."""
        return self._all(select(ClosingRow).where(col(ClosingRow.confirmer_id) == staff_id, _PENDING_CLOSING))
