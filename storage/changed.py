"""How many rows a statement changed: the ORM's `execute` promises less than it returns."""

from typing import Any, cast

from sqlalchemy import CursorResult, Result


def changed(done: Result[Any]) -> int:
    """The rows that an UPDATE, DELETE or INSERT touched."""
    return int(cast("CursorResult[Any]", done).rowcount)
