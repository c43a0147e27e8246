"""Promises (承诺) in what a specialist writes: who of us does what, and by when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.desk.when import DeskHours

UNTIMED: Final = timedelta(hours=2)
"""Working time after which a promise without a time (稍后回复您) is due, unless the settings say otherwise."""


@dataclass(frozen=True)
class FoundPromise:
    """What we said we would do. `span`: where in the text the clause stands; `words`: that clause; `what`: the words of
    the deed in it (给您答复). `due_by` (UTC); `is_timed` is False when no time was said and the default holds.
    """

    span: tuple[int, int]
    words: str
    due_by: datetime
    what: str
    is_timed: bool = True


def find_promises(
    text: str, now: datetime, hours: DeskHours, *, untimed: timedelta = UNTIMED
) -> tuple[FoundPromise, ...]:
    """The promises in a reply that was sent at `now` (aware), in order; one for each due instant. Never raises."""
    raise NotImplementedError
