"""The improvement list and its history."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlmodel import Session, col

from bot.desk.improvement import GOING_ON, Improvement, ImprovementState, Source, Step
from storage.changed import changed
from storage.conditions import is_one_of
from storage.tables import ImprovementRow, ImprovementStepRow

_GOES_ON = is_one_of(col(ImprovementRow.state), *(s.value for s in GOING_ON))


class SqlImprovements:
    """The improvement list of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, item: Improvement) -> Improvement:
        """Store a new one."""
        row = ImprovementRow(**_values(item))
        self._session.add(row)
        self._session.flush()
        return _item(row)

    def get(self, number: int) -> Improvement | None:
        """One, locked."""
        query = select(ImprovementRow).where(col(ImprovementRow.id) == number).with_for_update()
        row = self._session.scalars(query.execution_options(populate_existing=True)).first()
        return _item(row) if row is not None else None

    def save(self, item: Improvement) -> None:
        """Write one back."""
        here = update(ImprovementRow).where(col(ImprovementRow.id) == item.id)
        if changed(self._session.execute(here.values(**_values(item)))) != 1:
            raise LookupError(f"improvement {item.id} is not stored")

    def going_on(self) -> Sequence[Improvement]:
        """The earliest date first."""
        return self._all(select(ImprovementRow).where(_GOES_ON))

    def due_before(self, day: date) -> Sequence[Improvement]:
        """What is late on a day."""
        return self._all(select(ImprovementRow).where(_GOES_ON, col(ImprovementRow.due_on) < day))

    def ended(self, since: datetime, until: datetime) -> Sequence[Improvement]:
        """What was done or declined within a span."""
        ended = col(ImprovementRow.ended_at)
        query = select(ImprovementRow).where(ended >= since, ended < until).order_by(ended, col(ImprovementRow.id))
        return [_item(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]

    def note(self, step: Step) -> None:
        """Append to the history."""
        self._session.add(ImprovementStepRow(**asdict(step)))
        self._session.flush()

    def steps(self, number: int) -> Sequence[Step]:
        """What was done about one."""
        query = select(ImprovementStepRow).where(col(ImprovementStepRow.improvement_id) == number)
        rows = self._session.scalars(query.order_by(col(ImprovementStepRow.id)))
        return [Step(**{f.name: getattr(row, f.name) for f in fields(Step)}) for row in rows]

    def _all(self, query: Select[Any]) -> list[Improvement]:
        query = query.order_by(col(ImprovementRow.due_on), col(ImprovementRow.id))
        return [_item(row) for row in self._session.scalars(query.execution_options(populate_existing=True))]


def _values(item: Improvement) -> dict[str, Any]:
    values = asdict(item)
    del values["id"]
    return {**values, "source": item.source.value, "state": item.state.value}


def _item(row: ImprovementRow) -> Improvement:
    values = {f.name: getattr(row, f.name) for f in fields(Improvement)}
    return Improvement(**{**values, "source": Source(row.source), "state": ImprovementState(row.state)})
