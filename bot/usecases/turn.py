"""Take, keep and give back what only one process may do at a time."""

from datetime import datetime, timedelta

from bot.usecases.office import Office
from bot.usecases.ports import Work


def take_turn(
    work: Work, office: Office, now: datetime, *, name: str, by: str, span: timedelta, over: str = ""
) -> bool:
    """Become or stay the holder for a span; `over` names a holder that is known to be dead."""
    return work.leases.take(name, by, now, until=now + span, over=over)


def whose_turn(work: Work, office: Office, now: datetime, *, name: str) -> str:
    """Who holds it, or held it last."""
    return work.leases.holder(name)


def give_back(work: Work, office: Office, now: datetime, *, name: str, by: str) -> None:
    """Let the next one take over at once."""
    work.leases.free(name, by)
