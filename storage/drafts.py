"""Drafts that the lint held, and what was found: by draft, by message, by person and time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, delete, distinct, func, select, update
from sqlmodel import Session, col

from bot.desk.draft import LIVING, Draft, DraftItem, DraftState, Found, Outcome
from bot.desk.lint import Severity
from bot.desk.message import Content, ContentKind, MessageRef
from bot.usecases.ports import FoundCount, ReplyCount
from storage.changed import changed
from storage.conditions import is_exactly, is_one_of
from storage.tables import DraftItemRow, DraftRow, FindingRow

_IS_LIVING = is_one_of(col(DraftRow.state), *(s.value for s in LIVING))
_IS_ASKED = is_exactly(col(DraftRow.state), DraftState.ASKED.value)
_DOUBTS = ("open", "excepted")
_IS_DOUBTED = is_exactly(col(FindingRow.doubt), "open")


class SqlDrafts:
    """The drafts of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: Draft) -> Draft:
        """Store a new draft."""
        row = DraftRow(**_draft_values(draft))
        self._session.add(row)
        self._session.flush()
        self._put_items(row.id or 0, draft.items)
        return self._draft(row)

    def get(self, draft_id: int) -> Draft | None:
        """One draft, locked."""
        return self._one(select(DraftRow).where(col(DraftRow.id) == draft_id))

    def save(self, draft: Draft) -> None:
        """Write a draft back; LookupError when it is not there."""
        mine = update(DraftRow).where(col(DraftRow.id) == draft.id)
        done = self._session.execute(mine.values(**_draft_values(draft)))
        if changed(done) != 1:
            raise LookupError(f"draft {draft.id} is not stored")
        self._session.execute(delete(DraftItemRow).where(col(DraftItemRow.draft_id) == draft.id))
        self._put_items(draft.id, draft.items)

    def at(self, ref: MessageRef) -> Draft | None:
        """The newest with words that were written here."""
        here = (col(DraftItemRow.chat_id) == ref.chat_id) & (col(DraftItemRow.message_id) == ref.message_id)
        newest = self._session.scalar(select(func.max(DraftItemRow.draft_id)).where(here))
        return self.get(newest) if newest is not None else None

    def edit_of(self, message_id: int) -> Draft | None:
        """The newest living one that would change a message."""
        query = select(DraftRow).where(col(DraftRow.edits) == message_id, _IS_LIVING)
        return self._one(query.order_by(col(DraftRow.id).desc()).limit(1))

    def living(self, case_id: int) -> Sequence[Draft]:
        """Those of a case that can still become an answer."""
        query = select(DraftRow).where(col(DraftRow.case_id) == case_id, _IS_LIVING)
        return self._all(query.order_by(col(DraftRow.id)).with_for_update())

    def asked(self, *, limit: int = 50) -> Sequence[Draft]:
        """Those that wait for a release."""
        return self._all(select(DraftRow).where(_IS_ASKED).order_by(col(DraftRow.id)).limit(limit))

    def count_asked(self) -> int:
        """How many wait for a release."""
        return int(self._session.scalar(select(func.count()).select_from(DraftRow).where(_IS_ASKED)) or 0)

    def of_case(self, case_id: int) -> Sequence[Draft]:
        """Every draft of a case."""
        return self._all(select(DraftRow).where(col(DraftRow.case_id) == case_id).order_by(col(DraftRow.id)))

    def _one(self, query: Select[DraftRow]) -> Draft | None:
        found = self._all(query.with_for_update())
        return found[0] if found else None

    def _all(self, query: Select[DraftRow]) -> list[Draft]:
        rows = self._session.scalars(query.execution_options(populate_existing=True))
        return [self._draft(row) for row in rows.all()]

    def _put_items(self, draft_id: int, items: Sequence[DraftItem]) -> None:
        for number, item in enumerate(items):
            self._session.add(DraftItemRow(draft_id=draft_id, number=number, **_item_values(item)))
        self._session.flush()
        self._session.expire_all()

    def _draft(self, row: DraftRow) -> Draft:
        mine = select(DraftItemRow).where(col(DraftItemRow.draft_id) == row.id).order_by(col(DraftItemRow.number))
        items = self._session.scalars(mine.execution_options(populate_existing=True))
        return Draft(
            id=row.id or 0, case_id=row.case_id, staff_id=row.staff_id, state=DraftState(row.state), at=row.at,
            items=tuple(_item_of(i) for i in items), version=row.version, thread_id=row.thread_id,
            reply_to=_ref(row.reply_chat_id, row.reply_message_id), quote=row.quote, script_id=row.script_id,
            edits=row.edits, sent=row.sent, asked_why=row.asked_why, settled_at=row.settled_at,
            settled_by=row.settled_by, versions=tuple(row.versions),
        )  # fmt: skip


class SqlFindings:
    """The findings of a unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, found: Sequence[Found]) -> Sequence[Found]:
        """Store."""
        rows = [FindingRow(**_found_values(f)) for f in found]
        self._session.add_all(rows)
        self._session.flush()
        return [_found_of(row) for row in rows]

    def get(self, found_id: int) -> Found | None:
        """One finding."""
        row = self._session.get(FindingRow, found_id, populate_existing=True, with_for_update=True)
        return _found_of(row) if row is not None else None

    def of_draft(self, draft_id: int) -> Sequence[Found]:
        """All of a draft."""
        return self._all(select(FindingRow).where(col(FindingRow.draft_id) == draft_id))

    def of_message(self, message_id: int) -> Sequence[Found]:
        """All of a message."""
        return self._all(select(FindingRow).where(col(FindingRow.message_id) == message_id))

    def settle(self, draft_id: int, outcome: Outcome, *, message_id: int | None = None) -> None:
        """What became of all that was found in a draft."""
        values: dict[str, Any] = {"outcome": outcome.value} | ({"message_id": message_id} if message_id else {})
        self._session.execute(update(FindingRow).where(col(FindingRow.draft_id) == draft_id).values(**values))

    def became(self, found_ids: Sequence[int], outcome: Outcome) -> None:
        """What became of single findings."""
        these = col(FindingRow.id).in_(list(found_ids))
        self._session.execute(update(FindingRow).where(these).values(outcome=outcome.value))

    def has_hint(self, case_id: int) -> bool:
        """Whether a hint was given in this case."""
        is_hint = (col(FindingRow.severity) == Severity.HINT.value) & (col(FindingRow.category) != "zaijian")
        mine = select(col(FindingRow.id)).where(col(FindingRow.case_id) == case_id, is_hint)
        return self._session.scalar(mine.limit(1)) is not None

    def last_of(self, case_id: int, staff_id: int) -> Found | None:
        """The newest of a person in a case."""
        mine = select(FindingRow).where(col(FindingRow.case_id) == case_id, col(FindingRow.staff_id) == staff_id)
        row = self._session.scalars(mine.order_by(col(FindingRow.id).desc()).limit(1)).first()
        return _found_of(row) if row is not None else None

    def doubt(self, found_id: int, doubt: str, *, at: datetime, by: int | None = None) -> None:
        """What is thought of a false alarm."""
        values: dict[str, Any] = {"doubt": doubt} | ({"doubted_at": at, "doubted_by": by} if by else {})
        self._session.execute(update(FindingRow).where(col(FindingRow.id) == found_id).values(**values))

    def doubted(self, *, limit: int = 20) -> Sequence[Found]:
        """Those that wait for a supervisor."""
        return self._all(select(FindingRow).where(_IS_DOUBTED).limit(limit))

    def counts(self, since: datetime, until: datetime, *, staff_id: int | None = None) -> Sequence[FoundCount]:
        """By person, category and outcome."""
        keys = (col(FindingRow.staff_id), col(FindingRow.category), col(FindingRow.outcome))
        is_doubted = case((col(FindingRow.doubt).in_(_DOUBTS), 1), else_=0)
        is_held = case((col(FindingRow.draft_id).is_not(None), 1), else_=0)
        query = select(*keys, func.count(), func.sum(is_held), func.sum(is_doubted)).where(
            col(FindingRow.at) >= since, col(FindingRow.at) < until
        )
        if staff_id is not None:
            query = query.where(col(FindingRow.staff_id) == staff_id)
        rows = self._session.execute(query.group_by(*keys))
        return [FoundCount(who, key, Outcome(outcome), n, int(h), int(d)) for who, key, outcome, n, h, d in rows]

    def replies(self, since: datetime, until: datetime, *, but_doubted: bool = False) -> Sequence[ReplyCount]:
        """What was held is a draft, however often it was written anew; a goodbye that was missing is its case's."""
        who, draft, sent = col(FindingRow.staff_id), col(FindingRow.draft_id), col(FindingRow.message_id)
        noted = case((draft.is_(None), func.coalesce(sent, -col(FindingRow.case_id))))
        query = select(who, func.count(distinct(draft)), func.count(distinct(noted))).where(
            col(FindingRow.at) >= since, col(FindingRow.at) < until
        )
        if but_doubted:
            query = query.where(col(FindingRow.doubt).not_in(_DOUBTS))
        return [ReplyCount(*row) for row in self._session.execute(query.group_by(who))]

    def _all(self, query: Select[FindingRow]) -> list[Found]:
        rows = self._session.scalars(query.order_by(col(FindingRow.id)).execution_options(populate_existing=True))
        return [_found_of(row) for row in rows]


def _ref(chat_id: int | None, message_id: int | None) -> MessageRef | None:
    return MessageRef(chat_id, message_id) if chat_id is not None and message_id is not None else None


def _draft_values(draft: Draft) -> dict[str, Any]:
    return {
        "case_id": draft.case_id,
        "staff_id": draft.staff_id,
        "state": draft.state.value,
        "at": draft.at,
        "version": draft.version,
        "thread_id": draft.thread_id,
        "reply_chat_id": draft.reply_to.chat_id if draft.reply_to else None,
        "reply_message_id": draft.reply_to.message_id if draft.reply_to else None,
        "quote": draft.quote,
        "script_id": draft.script_id,
        "edits": draft.edits,
        "sent": draft.sent,
        "asked_why": draft.asked_why,
        "settled_at": draft.settled_at,
        "settled_by": draft.settled_by,
        "versions": list(draft.versions),
    }


def _item_values(item: DraftItem) -> dict[str, Any]:
    content, ref = item.content, item.ref
    return {
        "chat_id": ref.chat_id if ref else None,
        "message_id": ref.message_id if ref else None,
        "kind": content.kind.value,
        "text": content.text,
        "entities": content.entities,
        "what": content.what,
        "origin": content.origin,
        "album": content.album,
        "better": item.better,
    }


def _item_of(row: DraftItemRow) -> DraftItem:
    content = Content(ContentKind(row.kind), row.text, row.entities, row.what, row.origin, row.album)
    return DraftItem(content, _ref(row.chat_id, row.message_id), row.better)


_SAME = ("case_id", "staff_id", "draft_id", "message_id", "version", "category", "rule", "start", "end", "matched",
         "context", "is_suspected", "at", "doubt", "doubted_at", "doubted_by")  # fmt: skip


def _found_values(found: Found) -> dict[str, Any]:
    same = {name: getattr(found, name) for name in _SAME}
    return {**same, "severity": found.severity.value, "outcome": found.outcome.value}


def _found_of(row: FindingRow) -> Found:
    same = {name: getattr(row, name) for name in _SAME}
    return Found(id=row.id or 0, severity=Severity(row.severity), outcome=Outcome(row.outcome), **same)
