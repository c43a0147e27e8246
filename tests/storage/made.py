"""Values for storage tests: a case, a message, a row to send."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.desk.case import Case, State
from bot.desk.draft import Draft, DraftItem, DraftState, Found, Outcome
from bot.desk.lint import Severity
from bot.desk.message import Content, ContentKind, Direction, Message, MessageRef
from bot.desk.outgoing import Outgoing, Priority, Private, SayText, Topic
from bot.usecases.ports import Work

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HUGE = 2**52 - 1
"""The largest id that Telegram gives out (Bot API: at most 52 significant bits)."""
GROUP = -1001000000001


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def case(franchisee_id: int = 1, **more: Any) -> Case:
    return Case(0, franchisee_id, State.NEW, handler_id=1, opened_at=NOON, group_id=GROUP, **more)


def message(case_id: int = 1, text: str = "货少了", ref: MessageRef | None = None, **more: Any) -> Message:
    return Message(0, case_id, Direction.IN, ref, Content(ContentKind.TEXT, text), staff_id=None, at=NOON, **more)


def draft(case_id: int = 1, *texts: str, ref: MessageRef | None = None, state: DraftState = DraftState.HELD,
          **more: Any) -> Draft:  # fmt: skip
    items = [DraftItem(Content(ContentKind.TEXT, text), ref, f"{text}好") for text in texts or ("不归我管",)]
    return Draft(0, case_id, 1, state, NOON, tuple(items), **more)


def found(case_id: int = 1, category: str = "shirk", **more: Any) -> Found:
    given = {"severity": Severity.BLOCK, "at": NOON, "outcome": Outcome.OPEN, "staff_id": 1, **more}
    return Found(id=0, case_id=case_id, category=category, rule="shirk/1", start=1, end=5, matched="不归我管",
                 context="这不归我管", **given)  # fmt: skip


def to(person: int, text: str = "好", priority: Priority = Priority.REPLY) -> Outgoing:
    return Outgoing(Private(person), SayText(text), priority=priority)


def to_topic(person: int, text: str = "好", chat: int = GROUP) -> Outgoing:
    return Outgoing(Topic(chat, person), SayText(text), priority=Priority.TALK, case_id=1)


def put(work: Work, *outgoings: Outgoing, at: datetime = NOON) -> list[int]:
    return [work.outbox.add(o, at=at) for o in outgoings]


def heads(work: Work, now: datetime = NOON) -> list[int]:
    return [h.id for h in work.outbox.heads(now)]


def lease(work: Work, *rows: int, now: datetime = NOON) -> list[int]:
    return [r.id for r in work.outbox.lease(rows, by="me", until=now + timedelta(seconds=90))]
