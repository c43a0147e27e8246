"""Say what kind of matter a case is, from the first words that tell; a complaint outranks what was thought before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.usecases.deadlines import set_kind
from bot.usecases.office import Office
from bot.usecases.ports import Work

COMPLAINT: Final = "complaint"
UNKNOWN: Final = "other"
WHY_LIMIT: Final = 400
"""Characters of the reasons that are kept with the event."""


def classify(work: Work, office: Office, now: datetime, *, case: Case, kind: str, reasons: Sequence[str]) -> Case:
    """The case with its kind and that kind's deadlines, which the caller saves; what changes it is on record."""
    if not _tells_more(case, kind):
        return case
    why = "；".join(reasons)[:WHY_LIMIT]
    work.events.add(Event(case.id, Did.CASE_CLASSIFIED, now, data={"kind": kind, "why": why}))
    return set_kind(work, office, now, case=case, kind=kind)


def _tells_more(case: Case, kind: str) -> bool:
    if kind in (case.kind, UNKNOWN):
        return False
    return case.kind == UNKNOWN or kind == COMPLAINT
