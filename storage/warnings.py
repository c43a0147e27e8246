"""Early warnings, and the counts that their rules look at."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, distinct, func, select, text
from sqlmodel import Session, col

from bot.desk.alike import CaseFigure
from bot.desk.case import UNFINISHED, State
from bot.desk.message import Direction
from bot.desk.warnings import EarlyWarning, Level, Opened, Shares, WarningRule
from bot.usecases.classify import COMPLAINT, UNKNOWN
from storage.aftercare import Kept
from storage.conditions import is_one_of
from storage.inbox import insert_or_ignore
from storage.tables import (
    CaseRow,
    ComplaintRow,
    FindingRow,
    FranchiseeRow,
    MessageRow,
    PatrolRow,
    RatingRow,
    WarningRow,
)

_IS_UNFINISHED = is_one_of(col(CaseRow.state), *(s.value for s in UNFINISHED))
_WAITING = text("warning.taken_at IS NULL AND warning.closed_at IS NULL")
"""Spelled as the index is, for the same reason as in `conditions.py`."""
_KEY = ["rule", "subject", "window_key"]


class SqlWarnings(Kept[EarlyWarning]):
    """The warnings of a unit of work."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, WarningRow, EarlyWarning, {"level": Level, "rule": WarningRule, "cases": tuple, "numbers": dict}
        )

    def claim(self, item: EarlyWarning) -> EarlyWarning | None:
        """An insert that only one can make."""
        values = {**asdict(item), "level": item.level.value, "rule": item.rule.value, "cases": list(item.cases)}
        del values["id"]
        if not insert_or_ignore(self._session, WarningRow, [values], _KEY):
            return None
        return self.one(_of(item.rule, item.subject).where(col(WarningRow.window_key) == item.window_key))

    def last_of(self, rule: WarningRule, subject: str) -> EarlyWarning | None:
        """The newest of a rule and subject."""
        return self.one(_of(rule, subject).order_by(col(WarningRow.window_key).desc()).limit(1))

    def raised(self, since: datetime, until: datetime) -> Sequence[EarlyWarning]:
        """Raised in a span."""
        at = col(WarningRow.raised_at)
        return self.all(select(WarningRow).where(at >= since, at < until).order_by(at, col(WarningRow.id)))

    def waiting(self, *, limit: int = 20) -> Sequence[EarlyWarning]:
        """Neither taken nor closed."""
        newest = select(WarningRow).where(_WAITING).order_by(col(WarningRow.id).desc()).limit(limit)
        return self.all(newest)[::-1]

    def opened(self, since: datetime, until: datetime) -> Sequence[Opened]:
        """Cases of a span."""
        at = col(CaseRow.opened_at)
        return self._opened(at >= since, at < until)

    def repeated(self, since: datetime, *, least: int) -> Sequence[Opened]:
        """Cases of a kind that a store has so many of."""
        since_then = (col(CaseRow.opened_at) >= since, *_OF_A_KNOWN_KIND)
        counted = _with_matter(_STORE, _TOPIC).where(*since_then).group_by(_STORE, _TOPIC)
        many = self._session.execute(counted.having(func.count() >= least))
        groups = {(store, kind) for store, kind in many}
        return [each for each in self._opened(*since_then) if (each.store, each.topic) in groups] if groups else []

    def _opened(self, *which: Any) -> list[Opened]:
        query = _with_matter(col(CaseRow.id), _STORE, _TOPIC).where(*which, *_OF_A_KNOWN_KIND)
        return [Opened(case_id, store, kind) for case_id, store, kind in self._session.execute(query)]

    def first_opened(self) -> datetime | None:
        """When the desk's history begins."""
        query = select(col(CaseRow.opened_at)).order_by(col(CaseRow.opened_at)).limit(1)
        return self._session.scalars(query).first()

    def stores(self, since: datetime, until: datetime) -> Mapping[str, int]:
        """Stores by topic."""
        at = col(CaseRow.opened_at)
        query = _with_matter(_TOPIC, func.count(distinct(_STORE))).where(at >= since, at < until, *_OF_A_KNOWN_KIND)
        return {row[0]: row[1] for row in self._session.execute(query.group_by(_TOPIC))}

    def complaining(self, since: datetime, until: datetime) -> int:
        """Stores of the complaints of a span."""
        opened = col(ComplaintRow.opened_at)
        query = select(func.count(distinct(_STORE))).join(ComplaintRow, col(ComplaintRow.case_id) == col(CaseRow.id))
        return int(
            self._session.scalar(query.where(opened >= since, opened < until, col(ComplaintRow.void_at).is_(None))) or 0
        )

    def rated_low(self, since: datetime, until: datetime, *, low: int, limit: int) -> Sequence[int]:
        """Cases of the newest low ratings of a span."""
        asked, score = col(RatingRow.asked_at), col(RatingRow.score)
        query = select(col(RatingRow.case_id)).where(asked >= since, asked < until, score <= low)
        return list(self._session.scalars(query.order_by(asked.desc()).limit(limit)))[::-1]

    def found_in(self, staff_id: int, since: datetime, until: datetime, *, limit: int) -> Sequence[int]:
        """Cases of a person's newest findings of a span."""
        at, case_id = col(FindingRow.at), col(FindingRow.case_id)
        mine = (col(FindingRow.staff_id) == staff_id, at >= since, at < until)
        query = select(case_id).where(*mine).group_by(case_id).order_by(func.max(at).desc()).limit(limit)
        return list(self._session.scalars(query))[::-1]

    def checked_on(self, first: date, end: date) -> Collection[date]:
        """Days of the patrol on which somebody looked."""
        day = col(PatrolRow.day)
        return set(self._session.scalars(select(day).where(day >= first, day < end,
                                                           col(PatrolRow.looked_at).is_not(None))))  # fmt: skip

    def of_subject(self, rule: WarningRule, subject: str, since: datetime) -> Sequence[EarlyWarning]:
        """A subject's of late."""
        return self.all(_of(rule, subject).where(col(WarningRow.raised_at) >= since).order_by(col(WarningRow.id)))

    def scores(self, since: datetime, until: datetime, *, low: int) -> Shares:
        """Ratings of a span."""
        asked, score = col(RatingRow.asked_at), col(RatingRow.score)
        query = select(score, func.count()).where(asked >= since, asked < until, score.is_not(None)).group_by(score)
        counts = {row[0]: row[1] for row in self._session.execute(query)}
        return Shares(sum(n for value, n in counts.items() if value <= low), sum(counts.values()))

    def due_by(self, until: datetime) -> Mapping[str, tuple[Sequence[int], int]]:
        """The unfinished by region."""
        query = select(col(CaseRow.id), col(CaseRow.region), col(CaseRow.resolve_by), col(CaseRow.state))
        due: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
        unfinished: dict[str, int] = defaultdict(int)
        for case_id, region, resolve_by, state in self._session.execute(query.where(_IS_UNFINISHED)):
            unfinished[region or ""] += 1
            if resolve_by is not None and resolve_by <= until and state != State.WAITING.value:
                due[region or ""].append((resolve_by, case_id))
        return {region: ([i for _, i in sorted(due[region])], count) for region, count in unfinished.items()}

    def figures(self, since: datetime, until: datetime) -> Sequence[CaseFigure]:
        """Four queries, each by an index."""
        at = col(CaseRow.opened_at)
        within = (at >= since, at < until)
        said = self._counts(MessageRow, within, col(MessageRow.direction) == Direction.OUT.value,
                            col(MessageRow.staff_id).is_not(None))  # fmt: skip
        found = self._counts(FindingRow, within, col(FindingRow.doubt).not_in(["open", "excepted"]))
        rated = select(col(RatingRow.case_id), col(RatingRow.score)).join(CaseRow, _same(RatingRow))
        rated = rated.where(*within, col(RatingRow.score).is_not(None)).order_by(col(RatingRow.id))
        scores = {row[0]: row[1] for row in self._session.execute(rated)}
        query = select(col(CaseRow.id), at, col(CaseRow.first_answer_at), col(CaseRow.first_owner_id),
                       col(FranchiseeRow.created_at))  # fmt: skip
        query = query.join(FranchiseeRow, col(FranchiseeRow.id) == col(CaseRow.franchisee_id))
        rows = self._session.execute(query.where(*within).order_by(at, col(CaseRow.id)))
        return [
            CaseFigure(i, opened, answered, owner, known, said.get(i, 0), found.get(i, 0), scores.get(i))
            for i, opened, answered, owner, known in rows
        ]

    def _counts(self, table: Any, within: Any, *which: Any) -> dict[int, int]:
        mine = col(table.case_id)
        query = select(mine, func.count()).join(CaseRow, _same(table)).where(*within, *which).group_by(mine)
        return {row[0]: row[1] for row in self._session.execute(query)}


_STORE: Any = col(CaseRow.store_number)
_MATTER: Any = col(ComplaintRow.matter)
_TOPIC: Any = case(
    (and_(col(CaseRow.kind) == COMPLAINT, _MATTER.is_not(None), _MATTER != UNKNOWN), _MATTER), else_=col(CaseRow.kind)
)
"""A complaint's topic is what it is about, where that is known."""
_OF_A_KNOWN_KIND = (col(CaseRow.store_number).is_not(None), col(CaseRow.kind) != UNKNOWN)


def _with_matter(*what: Any) -> Select[Any]:
    """Cases beside what the ledger of complaints knows about them."""
    return select(*what).select_from(CaseRow).outerjoin(ComplaintRow, _same(ComplaintRow))


def _of(rule: WarningRule, subject: str) -> Any:
    return select(WarningRow).where(col(WarningRow.rule) == rule.value, col(WarningRow.subject) == subject)


def _same(table: Any) -> Any:
    return col(table.case_id) == col(CaseRow.id)
