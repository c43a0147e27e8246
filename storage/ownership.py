"""Transfers on offer, assistance, closings that wait for a yes."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select, update
from sqlmodel import Session, SQLModel, col

from bot.desk.assist import Assist, AssistState
from bot.desk.closing import Closing, ClosingState
from bot.desk.transfer import OfferState, TransferOffer
from storage.conditions import is_exactly, is_one_of
from storage.tables import AssistRow, ClosingRow, TransferRow

Item = TypeVar("Item", bound=TransferOffer | Assist | Closing)


class _Stored(Generic[Item]):
    """What the three have in common: a value of its own type for each row."""

    def __init__(self, session: Session, table: Any, kind: type[Item], states: type[StrEnum]) -> None:
        self._session = session
        self._table: Any = table
        self._kind: type[Item] = kind
        self._states = states

    def add(self, item: Item) -> Item:
        """Store a new one."""
        row = self._table(**_values(item))
        self._session.add(row)
        self._session.flush()
        return self._item(row)

    def save(self, item: Item) -> None:
        """Write one back; LookupError when it is not there."""
        done = self._session.execute(update(self._table).where(col(self._table.id) == item.id).values(**_values(item)))
        if done.rowcount != 1:  # type: ignore[attr-defined]  # a CursorResult
            raise LookupError(f"{self._table.__tablename__} {item.id} is not stored")

    def get(self, item_id: int) -> Item | None:
        """One, locked."""
        return self._one(select(self._table).where(col(self._table.id) == item_id))

    def _one(self, query: Select[Any]) -> Item | None:
        row = self._session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
        return self._item(row) if row is not None else None

    def _all(self, query: Select[Any]) -> list[Item]:
        query = query.order_by(col(self._table.id)).execution_options(populate_existing=True)
        return [self._item(row) for row in self._session.scalars(query)]

    def _item(self, row: SQLModel) -> Item:
        values = {f.name: getattr(row, f.name) for f in fields(self._kind)}
        return self._kind(**{**values, "state": self._states(values["state"])})


def _values(item: TransferOffer | Assist | Closing) -> dict[str, Any]:
    values = asdict(item)
    del values["id"]
    return {**values, "state": item.state.value}


_PENDING_TRANSFER = is_exactly(col(TransferRow.state), OfferState.PENDING.value)
_OPEN_ASSIST = is_one_of(col(AssistRow.state), AssistState.ASKED.value, AssistState.RECEIVED.value)
_PENDING_CLOSING = is_exactly(col(ClosingRow.state), ClosingState.PENDING.value)


class SqlTransfers(_Stored[TransferOffer]):
    """Transfers on offer."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, TransferRow, TransferOffer, OfferState)

    def pending_of(self, case_id: int) -> TransferOffer | None:
        """The offer of a case that waits for an answer."""
        return self._one(select(TransferRow).where(col(TransferRow.case_id) == case_id, _PENDING_TRANSFER))

    def last_of(self, case_id: int) -> TransferOffer | None:
        """The newest offer of a case."""
        mine = select(TransferRow).where(col(TransferRow.case_id) == case_id)
        return self._one(mine.order_by(col(TransferRow.id).desc()).limit(1))

    def pending_to(self, staff_id: int) -> Sequence[TransferOffer]:
        """What waits for this person's answer."""
        return self._all(select(TransferRow).where(col(TransferRow.to_id) == staff_id, _PENDING_TRANSFER))


class SqlAssists(_Stored[Assist]):
    """What departments were asked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, AssistRow, Assist, AssistState)

    def of_case(self, case_id: int) -> Sequence[Assist]:
        """All of a case."""
        return self._all(select(AssistRow).where(col(AssistRow.case_id) == case_id))

    def open_of(self, department: str) -> Sequence[Assist]:
        """What a department still owes."""
        return self._all(select(AssistRow).where(col(AssistRow.department) == department, _OPEN_ASSIST))


class SqlClosings(_Stored[Closing]):
    """Closings that wait for a yes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, ClosingRow, Closing, ClosingState)

    def pending_of(self, case_id: int) -> Closing | None:
        """The closing of a case that waits for an answer."""
        return self._one(select(ClosingRow).where(col(ClosingRow.case_id) == case_id, _PENDING_CLOSING))

    def pending_for(self, staff_id: int) -> Sequence[Closing]:
        """What waits for this person's yes."""
        return self._all(select(ClosingRow).where(col(ClosingRow.confirmer_id) == staff_id, _PENDING_CLOSING))
