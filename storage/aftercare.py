"""Calls back, ratings, the tasks of low ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select, update
from sqlmodel import Session, SQLModel, col

from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState
from bot.desk.rating import LowRating, LowState, Rating, RatingState
from bot.desk.survey import Participant, Survey
from storage.changed import changed
from storage.conditions import is_exactly, is_one_of
from storage.tables import FollowUpRow, LowRatingRow, RatingRow

Item = TypeVar("Item", bound=FollowUp | Rating | LowRating | Survey | Participant)
Read = Callable[[Any], Any]


class Kept(Generic[Item]):
    """Values of one kind, a row each; `reads` turns what a column holds into what the value has."""

    def __init__(self, session: Session, table: Any, kind: type[Item], reads: Mapping[str, Read]) -> None:
        self._session = session
        self._table: Any = table
        self._kind: type[Item] = kind
        self._reads = reads

    def add(self, item: Item) -> Item:
        """Store a new one."""
        row = self._table(**_values(item))
        self._session.add(row)
        self._session.flush()
        return self.item(row)

    def save(self, item: Item) -> None:
        """Write one back; LookupError when it is not there."""
        mine = col(self._table.id) == item.id
        done = self._session.execute(update(self._table).where(mine).values(**_values(item)))
        if changed(done) != 1:
            raise LookupError(f"{self._table.__tablename__} {item.id} is not stored")

    def get(self, item_id: int) -> Item | None:
        """One, locked."""
        return self.one(select(self._table).where(col(self._table.id) == item_id))

    def one(self, query: Select[Any]) -> Item | None:
        """The first that a query finds, locked."""
        row = self._session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
        return self.item(row) if row is not None else None

    def all(self, query: Select[Any]) -> list[Item]:
        """All that a query finds."""
        return [self.item(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def item(self, row: SQLModel) -> Item:
        """A row as a value."""
        values = {f.name: getattr(row, f.name) for f in fields(self._kind)}
        return self._kind(**{name: self._read(name, value) for name, value in values.items()})

    def _read(self, name: str, value: Any) -> Any:
        read = self._reads.get(name)
        return value if read is None or value is None else read(value)


def _values(item: Any) -> dict[str, Any]:
    values = asdict(item)
    del values["id"]
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    """Words of the program as texts, several as a list: what a column holds."""
    match value:
        case str():
            return str(value)
        case tuple():
            return list(value)
        case _:
            return value


_OPEN_FOLLOW_UP = is_one_of(col(FollowUpRow.state), FollowUpState.PLANNED.value, FollowUpState.ASKED.value)
_OPEN_LOW = is_exactly(col(LowRatingRow.state), LowState.OPEN.value)


class SqlFollowUps(Kept[FollowUp]):
    """Calls back."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, FollowUpRow, FollowUp, {"state": FollowUpState, "outcome": FollowUpOutcome})

    def open_of(self, case_id: int) -> FollowUp | None:
        """The one of which something is still to come."""
        return self.one(select(FollowUpRow).where(col(FollowUpRow.case_id) == case_id, _OPEN_FOLLOW_UP))

    def last_of(self, case_id: int) -> FollowUp | None:
        """The newest of a case."""
        mine = select(FollowUpRow).where(col(FollowUpRow.case_id) == case_id)
        return self.one(mine.order_by(col(FollowUpRow.id).desc()).limit(1))

    def listed(self, *, owner_id: int | None = None, limit: int = 50) -> Sequence[FollowUp]:
        """Open ones, the soonest late first."""
        query = select(FollowUpRow).where(_OPEN_FOLLOW_UP)
        if owner_id is not None:
            query = query.where(col(FollowUpRow.owner_id) == owner_id)
        return self.all(query.order_by(col(FollowUpRow.deadline_at), col(FollowUpRow.id)).limit(limit))


class SqlRatings(Kept[Rating]):
    """Ratings."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, RatingRow, Rating, {"state": RatingState, "tags": tuple})

    def last_of(self, case_id: int) -> Rating | None:
        """The newest of a case."""
        mine = select(RatingRow).where(col(RatingRow.case_id) == case_id)
        return self.one(mine.order_by(col(RatingRow.id).desc()).limit(1))

    def newest_of(self, franchisee_id: int) -> Rating | None:
        """The newest that was asked of a person."""
        mine = select(RatingRow).where(col(RatingRow.franchisee_id) == franchisee_id)
        return self.one(mine.order_by(col(RatingRow.id).desc()).limit(1))

    def asked_between(self, first: datetime, end: datetime) -> Sequence[Rating]:
        """Asked within a span, in order."""
        asked = col(RatingRow.asked_at)
        return self.all(select(RatingRow).where(asked >= first, asked < end).order_by(asked, col(RatingRow.id)))


class SqlLowRatings(Kept[LowRating]):
    """Tasks of low ratings."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, LowRatingRow, LowRating, {"state": LowState})

    def of_rating(self, rating_id: int) -> LowRating | None:
        """The task that a rating opened."""
        return self.one(select(LowRatingRow).where(col(LowRatingRow.rating_id) == rating_id))

    def listed(self, *, limit: int = 30) -> Sequence[LowRating]:
        """Open ones, the soonest due first."""
        query = select(LowRatingRow).where(_OPEN_LOW)
        return self.all(query.order_by(col(LowRatingRow.due_at), col(LowRatingRow.id)).limit(limit))

    def newest(self, *, limit: int = 10) -> Sequence[LowRating]:
        """The newest, done or not."""
        return self.all(select(LowRatingRow).order_by(col(LowRatingRow.id).desc()).limit(limit))
