"""What is asked all day long is answered from an index, on both engines: no table that grows is read through."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from bot.desk.draft import DraftState
from bot.desk.events import Did
from bot.desk.message import MessageRef
from bot.desk.reminder import ReminderKind
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database
from tests.storage.made import GROUP, NOON, case, draft, found, later, message, put, to

GROWING = ("outbox", "inbox", "message", "message_place", "event", "cases", "reminder", "franchisee",
           "draft", "draft_item", "finding", "transfer", "assist", "closing")  # fmt: skip
ASKED: dict[str, Callable[[Work], Any]] = {
    "what may be sent": lambda work: work.outbox.heads(NOON),
    "a row to send": lambda work: work.outbox.lease([5], by="me", until=later(1)),
    "what is behind": lambda work: work.outbox.behind(5, limit=3),
    "an album": lambda work: work.outbox.queued_album("p:5", "1"),
    "leases that ran out": lambda work: work.outbox.expired(NOON),
    "dead letters": lambda work: work.outbox.dead(),
    "sent lately": lambda work: work.outbox.sent_since(later(-60)),
    "how many wait": lambda work: work.outbox.waiting(NOON),
    "updates to handle": lambda work: work.inbox.lease(NOON, by="me", until=later(1)),
    "whether handled": lambda work: work.inbox.is_done(5),
    "updates set aside": lambda work: work.inbox.dead(),
    "what is due": lambda work: work.reminders.due(NOON),
    "deadlines that are due": lambda work: work.reminders.due(NOON, kind=ReminderKind.DEADLINE),
    "what is overdue": lambda work: work.cases.overdue(NOON),
    "somebody's open case": lambda work: work.cases.unfinished_of(5),
    "somebody's last case": lambda work: work.cases.last_of(5),
    "load of everybody": lambda work: work.cases.open_counts(),
    "what somebody answers for": lambda work: work.cases.answered_for_by(5),
    "a transfer on offer": lambda work: work.transfers.pending_of(5),
    "a case's last offer": lambda work: work.transfers.last_of(5),
    "offers to somebody": lambda work: work.transfers.pending_to(5),
    "a case's assistance": lambda work: work.assists.of_case(5),
    "what a department owes": lambda work: work.assists.open_of("logistics"),
    "a closing that waits": lambda work: work.closings.pending_of(5),
    "closings for somebody": lambda work: work.closings.pending_for(5),
    "events for the ledger": lambda work: work.events.of_active(later(9000), (Did.CASE_OPENED,)),
    "a case's messages": lambda work: work.messages.of_case(5),
    "where a message stands": lambda work: work.messages.find(MessageRef(GROUP, 5)),
    "a message's copies": lambda work: work.messages.copies(5),
    "a case's events": lambda work: work.events.of_case(5),
    "a draft where it was written": lambda work: work.drafts.at(MessageRef(GROUP, 5)),
    "an edit that is held": lambda work: work.drafts.edit_of(5),
    "a case's living drafts": lambda work: work.drafts.living(5),
    "a case's drafts": lambda work: work.drafts.of_case(5),
    "drafts to release": lambda work: work.drafts.asked(),
    "how many to release": lambda work: work.drafts.count_asked(),
    "what was found in a draft": lambda work: work.findings.of_draft(5),
    "what was found in a message": lambda work: work.findings.of_message(5),
    "whether a hint was given": lambda work: work.findings.has_hint(5),
    "somebody's newest finding": lambda work: work.findings.last_of(5, 1),
    "false alarms": lambda work: work.findings.doubted(),
    "findings of a day": lambda work: work.findings.counts(later(99), later(100)),
    "who writes": lambda work: work.franchisees.by_telegram(5),
}


def fill(storage: Storage) -> None:
    """Yesterday's rows: enough that reading all of them would cost more than an index."""

    def rows(work: Work) -> None:
        for n in range(400):
            kept = work.cases.add(case(n + 1))
            work.messages.add(message(kept.id, ref=MessageRef(GROUP, n)))
            (row,) = put(work, to(n))
            work.outbox.delivered(row, at=later(-9000), message=None)
            work.inbox.store([(n, str(n), "{}")], at=NOON)
            work.inbox.done(n, at=NOON)
            held = work.drafts.add(draft(kept.id, ref=MessageRef(GROUP, n), state=DraftState.CHANGED))
            work.findings.add([found(kept.id, draft_id=held.id, at=later(n))])

    storage.run_now(rows)


@pytest.fixture
def filled(database: Database, storage: Storage) -> Database:
    fill(storage)
    return database


def test_no_growing_table_is_read_through(filled: Database) -> None:
    engine = make_engine(filled.url)
    asked: list[tuple[str, Any]] = []
    storage = Storage(engine)

    @event.listens_for(engine, "before_cursor_execute")
    def keep(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    bad = []
    for name, ask in ASKED.items():
        asked.clear()
        storage.run_now(ask)
        assert asked, name
        for statement, parameters in list(asked):
            bad += [f"{name}: {step}" for step in plan(engine, statement, parameters) if reads_through(step)]
    storage.close()
    assert not bad, "\n".join(bad)


def plan(engine: Any, statement: str, parameters: Any) -> list[str]:
    """The steps of a plan; PostgreSQL is told to read through only where no index serves, for its tables are small."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [str(row[-1]) for row in found]
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        return [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]


def reads_through(step: str) -> bool:
    words = step.replace('"', "").split()
    if "Seq Scan on" in step:
        return words[words.index("on") + 1] in GROWING
    return words[0] == "SCAN" and words[1] in GROWING and "INDEX" not in words
