"""The words by which matters are recognised as one and the same, each once a case."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from bot.desk.warnings import Opened
from storage.tables import CaseRow, CaseWordRow

_WORD, _AT, _STORE = col(CaseWordRow.word), col(CaseWordRow.at), col(CaseRow.store_number)


class SqlCaseWords:
    """The words of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, case_id: int, words: Sequence[str], *, at: datetime) -> None:
        """One statement, for it stands in the way of every message."""
        rows = [{"case_id": case_id, "word": word, "at": at} for word in dict.fromkeys(words)]
        if not rows:
            return
        insert: Any = sqlite_insert if self._session.get_bind().dialect.name == "sqlite" else pg_insert
        statement = insert(CaseWordRow).values(rows).on_conflict_do_nothing(index_elements=["case_id", "word"])
        self._session.connection().execute(statement)

    def count(self, since: datetime, until: datetime) -> int:
        """Different words of a span."""
        query = select(func.count(distinct(_WORD))).where(since <= _AT, until > _AT)
        return int(self._session.scalar(query) or 0)

    def shared(self, since: datetime, until: datetime, *, least: int, kind: str = "") -> Sequence[Opened]:
        """Cases of a span with the words that stores share."""
        which = (since <= _AT, until > _AT, *((col(CaseRow.kind) == kind,) if kind else ()))
        many = _of_stores(_WORD, which).group_by(_WORD).having(func.count(distinct(_STORE)) >= least)
        words = list(self._session.scalars(many))
        rows = self._session.execute(_of_stores(col(CaseWordRow.case_id), which).add_columns(_STORE, _WORD))
        known = frozenset(words)
        return [Opened(case_id, store, word) for case_id, store, word in rows if word in known] if known else []

    def days(self, words: Collection[str], ends: Sequence[datetime], length: timedelta) -> Sequence[Mapping[str, int]]:
        """Spans may lie over one another: each is asked by itself, by the index of words."""
        return [self._day(words, end - length, end) for end in ends] if words else [{} for _ in ends]

    def _day(self, words: Collection[str], since: datetime, until: datetime) -> Mapping[str, int]:
        which = (_WORD.in_(words), since <= _AT, until > _AT)
        query = _of_stores(_WORD, which).add_columns(func.count(distinct(_STORE))).group_by(_WORD)
        return {row[0]: row[1] for row in self._session.execute(query)}


def _of_stores(what: Any, which: Sequence[Any]) -> Select[Any]:
    joined = select(what).join(CaseRow, col(CaseRow.id) == col(CaseWordRow.case_id))
    return joined.where(_STORE.is_not(None), *which)
