"""Rows into the desk's values and back."""

from dataclasses import fields
from typing import Any

from bot.desk.case import Case, Level, State, Urgency
from bot.desk.events import Did, Event
from bot.desk.message import Content, ContentKind, Direction, Message, MessageRef
from bot.desk.people import Staff, Store
from bot.usecases.ports import InboxRow, OutboxRow, RowState
from storage.mapping import from_payload
from storage.tables import (
    CaseRow,
    EventRow,
    InboxRowTable,
    MessageRow,
    StoreRow,
)


def case_of(row: CaseRow) -> Case:
    """A case."""
    values = {f.name: getattr(row, f.name) for f in fields(Case)}
    return Case(**{**values, "state": State(row.state), "level": Level(row.level), "urgency": Urgency(row.urgency)})


def case_values(case: Case) -> dict[str, Any]:
    """A case's columns, without its id."""
    values = dict(vars(case))  # a frozen value of plain ones: to copy it deep would cost more than to write it
    del values["id"]
    return {**values, "state": case.state.value, "level": case.level.value, "urgency": case.urgency.value}


def staff_values(person: Staff) -> dict[str, Any]:
    """A member of staff's columns, without the id."""
    values = dict(vars(person))
    del values["id"]
    return {
        **values,
        "role": person.role.value,
        "regions": list(person.regions),
        "provinces": list(person.provinces),
    }


def store_of(row: StoreRow) -> Store:
    """A shop."""
    return Store(
        number=row.number, name=row.name, province=row.province, city=row.city, address=row.address, phone=row.phone,
        code=row.code or "",
    )  # fmt: skip


def message_of(row: MessageRow) -> Message:
    """A message."""
    has_place = row.chat_id is not None and row.message_id is not None
    return Message(
        id=row.id or 0,
        case_id=row.case_id,
        direction=Direction(row.direction),
        ref=MessageRef(row.chat_id or 0, row.message_id or 0) if has_place else None,
        content=Content(ContentKind(row.kind), row.text, row.entities, row.what, row.origin, row.album),
        staff_id=row.staff_id,
        at=row.at,
        script_id=row.script_id,
        versions=tuple(row.versions),
        recalled_at=row.recalled_at,
    )


def message_values(message: Message) -> dict[str, Any]:
    """A message's columns, without its id."""
    content = message.content
    return {
        "case_id": message.case_id,
        "direction": message.direction.value,
        "chat_id": message.ref.chat_id if message.ref else None,
        "message_id": message.ref.message_id if message.ref else None,
        "kind": content.kind.value,
        "text": content.text,
        "entities": content.entities,
        "what": content.what,
        "staff_id": message.staff_id,
        "at": message.at,
        "script_id": message.script_id,
        "versions": list(message.versions),
        "origin": content.origin,
        "album": content.album,
        "recalled_at": message.recalled_at,
    }


def event_of(row: EventRow) -> Event:
    """Something that happened."""
    return Event(row.case_id, Did(row.did), row.at, row.staff_id, row.data)


def outbox_row(row: tuple[Any, ...]) -> OutboxRow:
    """One thing to be done, of the columns that the outbox reads (`storage/outbox.py`)."""
    number, payload, priority, case_id, state, queued_at, not_before, attempts, is_plain, maybe_twice, reason, by = row
    return OutboxRow(
        id=number,
        outgoing=from_payload(payload, priority=priority, case_id=case_id),
        state=RowState(state),
        queued_at=queued_at,
        not_before=not_before,
        attempts=attempts,
        is_plain=is_plain,
        maybe_twice=maybe_twice,
        reason=reason,
        leased_by=by or "",
    )


def inbox_row(row: InboxRowTable) -> InboxRow:
    """One update."""
    return InboxRow(row.update_id, row.chat_key, row.raw, row.attempts, row.received_at, row.error)
