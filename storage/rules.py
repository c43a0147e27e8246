"""What was changed about the lint's rules while the desk ran: exceptions, reloads."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlmodel import Session, col

from bot.usecases.ports import RuleChange, RuleException
from storage.changed import changed
from storage.tables import RuleChangeRow, RuleExceptionRow

_IN_FORCE = text("rule_exception.removed_at IS NULL")


class SqlRules:
    """Exceptions and changes of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def exceptions(self) -> Sequence[RuleException]:
        """Those in force."""
        rows = self._session.scalars(select(RuleExceptionRow).where(_IN_FORCE).order_by(col(RuleExceptionRow.id)))
        return [_exception_of(row) for row in rows]

    def except_(self, exception: RuleException) -> RuleException:
        """Store; the same rule and words twice make one."""
        same = (col(RuleExceptionRow.rule) == exception.rule) & (col(RuleExceptionRow.words) == exception.words)
        row = self._session.scalars(select(RuleExceptionRow).where(_IN_FORCE, same)).first()
        if row is None:
            row = RuleExceptionRow(
                rule=exception.rule, words=exception.words, at=exception.at, staff_id=exception.staff_id,
                found_id=exception.found_id,
            )  # fmt: skip
            self._session.add(row)
            self._session.flush()
        return _exception_of(row)

    def unexcept(self, exception_id: int, *, at: datetime, by: int) -> bool:
        """Take out of force."""
        mine = update(RuleExceptionRow).where(col(RuleExceptionRow.id) == exception_id, _IN_FORCE)
        done = self._session.execute(mine.values(removed_at=at, removed_by=by))
        return changed(done) == 1

    def changed(self, change: RuleChange) -> None:
        """Record a change."""
        self._session.add(
            RuleChangeRow(
                what=change.what,
                at=change.at,
                staff_id=change.staff_id,
                detail=change.detail,
                fingerprint=change.fingerprint,
            )
        )
        self._session.flush()

    def version(self) -> int:
        """The number of the last change of the files."""
        files = col(RuleChangeRow.what) == "reload"
        return int(self._session.scalar(select(func.max(RuleChangeRow.id)).where(files)) or 0)

    def changes(self, *, limit: int = 5) -> Sequence[RuleChange]:
        """The last changes."""
        rows = self._session.scalars(select(RuleChangeRow).order_by(col(RuleChangeRow.id).desc()).limit(limit))
        return [RuleChange(r.id or 0, r.what, r.at, r.staff_id, r.detail, r.fingerprint) for r in rows]


def _exception_of(row: RuleExceptionRow) -> RuleException:
    return RuleException(row.id or 0, row.rule, row.words, row.at, row.staff_id, row.found_id)
