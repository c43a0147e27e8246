"""A desk's database after years of work: cases and messages by the hundred thousand, nothing of them open."""

import itertools
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.rig import GROUP, SPECIALIST
from storage.schema import migrate

BEGAN = datetime(2023, 1, 1, 1, 0, tzinfo=UTC)
_CASE = ("id", "franchisee_id", "state", "handler_id", "opened_at", "group_id", "kind", "level", "route_reason")
_MESSAGE = ("case_id", "direction", "chat_id", "message_id", "kind", "text", "entities", "what", "at", "versions",
            "origin", "album")  # fmt: skip
_PLACE = ("chat_id", "message_id", "part", "case_id", "of_message")
_SENT = ("lane", "rank", "chat_id", "priority", "act", "payload", "case_id", "state", "queued_at", "not_before",
         "attempts", "is_plain", "maybe_twice", "finished_at", "reason")  # fmt: skip


def fill(path: Path, *, cases: int, messages: int, state: str = "closed") -> None:
    """A migrated SQLite file with so many cases, forty a franchisee (one, when they are open), and their messages."""
    people = cases if state != "closed" else max(1, cases // 40)
    migrate(f"sqlite:///{path}")
    rows = sqlite3.connect(path)
    rows.execute("pragma synchronous=off")
    _insert(rows, "franchisee", ("id", "telegram_id", "name", "is_reachable", "created_at"), _franchisees(people))
    _insert(rows, "cases", _CASE, _cases(cases, people, state))
    _insert(rows, "message", _MESSAGE, _messages(cases, messages))
    _insert(rows, "message_place", _PLACE, ((GROUP, 9_000_000 + n, 0, n % cases + 1, n + 1) for n in range(messages)))
    _insert(rows, "outbox", _SENT, _sent(cases, messages // 10))
    rows.commit()
    rows.execute("analyze")
    rows.close()


def _insert(rows: sqlite3.Connection, table: str, columns: tuple[str, ...], values: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" for _ in columns)
    rows.executemany(f"insert into {table} ({', '.join(columns)}) values ({marks})", values)


def _at(number: int) -> str:
    return (BEGAN + timedelta(minutes=number % 1_500_000)).strftime("%Y-%m-%d %H:%M:%S.%f")


def _franchisees(count: int) -> Iterator[tuple[Any, ...]]:
    return ((n + 1, 7_000_000_000 + n, f"老店主{n}", 1, _at(n)) for n in range(count))


def _cases(count: int, people: int, state: str) -> Iterator[tuple[Any, ...]]:
    return (
        (n + 1, n % people + 1, state, SPECIALIST, _at(n), GROUP, "", "specialist", "region")
        for n in range(count)
    )  # fmt: skip


def _messages(cases: int, count: int) -> Iterator[tuple[Any, ...]]:
    ways = itertools.cycle(("in", "out"))
    return (
        (
            n % cases + 1,
            next(ways),
            GROUP,
            1_000_000 + n,
            "text",
            f"第{n}句，请您看看。",
            "[]",
            "",
            _at(n),
            "[]",
            "",
            "",
        )
        for n in range(count)
    )


def _sent(cases: int, count: int) -> Iterator[tuple[Any, ...]]:
    return (
        (f"g:{n}", n + 1, GROUP, 3, "SayText", '{"text": "请您看一下。"}', n % cases + 1, "delivered", _at(n), _at(n),
         1, 0, 0, _at(n), "")
        for n in range(count)
    )  # fmt: skip
