"""The inbox: updates are written down before they are acknowledged; one that cannot be handled is set aside."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.usecases.groups import supervisors
from bot.usecases.office import Office
from bot.usecases.ports import InboxRow, Work
from bot.usecases.say import say

MAX_TRIES = 5
"""An update that raises is tried so often, then set aside (design §1)."""
_BACKOFF = (1, 4, 15, 60)


def store_updates(work: Work, office: Office, now: datetime, *, updates: Sequence[tuple[int, str, str]]) -> int:
    """Write down (update_id, chat_key, raw JSON); how many were new."""
    return work.inbox.store(updates, at=now)


def release_updates(work: Work, office: Office, now: datetime) -> int:
    """Take over what a hearer that died had in hand (polling: there is one hearer a token); how many."""
    return work.inbox.release()


def lease_updates(work: Work, office: Office, now: datetime, *, by: str, lease: timedelta) -> Sequence[InboxRow]:
    """Take the next update of each chat, for as long as `lease`."""
    return work.inbox.lease(now, by=by, until=now + lease)


def finish_update(work: Work, office: Office, now: datetime, *, update_id: int) -> None:
    """An update that changes nothing is handled, too."""
    work.inbox.done(update_id, at=now)


def fail_update(work: Work, office: Office, now: datetime, *, row: InboxRow, error: str, is_hopeless: bool) -> bool:
    """Try again later, or set aside and tell the supervisors; True when set aside."""
    tries = row.attempts + 1
    if tries < MAX_TRIES and not is_hopeless:
        pause = timedelta(seconds=_BACKOFF[min(row.attempts, len(_BACKOFF) - 1)])
        work.inbox.failed(row.update_id, error=error, not_before=now + pause, at=now)
        return False
    work.inbox.failed(row.update_id, error=error, not_before=None, at=now)
    if office.supervisors_chat:
        values = {"update": str(row.update_id)}
        say(work, office, now, to=supervisors(work, office), script="notice/update_set_aside", values=values)
    return True
