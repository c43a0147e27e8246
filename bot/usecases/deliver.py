"""Claim what may be sent, make it ready, and settle what became of it (the consequences of the verdict table)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.desk.verdict import Parcel, Verdict
from bot.usecases.office import Office
from bot.usecases.ports import Head, Work

Pick = Callable[[Sequence[Head]], Sequence[int]]
"""The pacing's choice: which of the lane heads may go now (row ids, in the order in which they should go)."""


def claim(work: Work, office: Office, now: datetime, *, by: str, until: datetime, pick: Pick) -> Sequence[Parcel]:
    """Lease the rows that `pick` chooses and make them ready."""
    raise NotImplementedError


def settle(work: Work, office: Office, now: datetime, *, row_id: int, verdict: Verdict) -> None:
    """Write down what became of a row, with all that follows from it."""
    raise NotImplementedError


def settle_expired(work: Work, office: Office, now: datetime) -> int:
    """Rows whose lease ran out (a speaker died with them in hand): their outcome is unknown; how many."""
    raise NotImplementedError
