"""Conditions on states, spelled out in the statement: a partial index serves only where the planner can read them.

With bound values SQLite reads the whole table, and PostgreSQL does once it has made a generic plan.
"""

from typing import Any

from sqlalchemy import ColumnElement, literal_column


def is_one_of(column: Any, *values: str) -> ColumnElement[bool]:
    """`state IN ('queued', 'leased')`; the values are the program's own words."""
    return column.in_([_spelled(value) for value in values])  # type: ignore[no-any-return]


def is_exactly(column: Any, value: str) -> ColumnElement[bool]:
    """`state = 'leased'`."""
    return column == _spelled(value)  # type: ignore[no-any-return]


def _spelled(value: str) -> ColumnElement[str]:
    if not value.isidentifier():
        raise ValueError(f"no word of the program: {value!r}")
    return literal_column(f"'{value}'")
