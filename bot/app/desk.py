"""The desk at work: use cases run on the storage thread, with the office's settings and the clock's time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.usecases.calendar import with_imported
from bot.usecases.office import Office
from bot.usecases.ports import Work
from storage.desk_thread import Storage

CALENDAR_KEEPS = timedelta(minutes=1)
"""How long the calendar is used before imported days are read again: another process may have imported some."""


class Clock(Protocol):
    """Tells the time; the sandbox has one that can be moved ahead."""

    def now(self) -> datetime:
        """Now, UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Now, UTC."""
        return datetime.now(UTC)


class Desk:
    """The one place where a verb meets its transaction, its office and its instant."""

    def __init__(self, storage: Storage, office: Office, clock: Clock) -> None:
        self.storage = storage
        self.office = office
        self.clock = clock
        self._calendar_until: datetime | None = None

    async def run(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """`verb(work, office, now, **kwargs)` in one transaction; the result after the commit."""
        return await self.storage.run(lambda work: self._do(work, verb, kwargs))

    def run_now(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """The same for the command line, where no loop runs."""
        return self.storage.run_now(lambda work: self._do(work, verb, kwargs))

    def read_now(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """`verb(work, office, now, **kwargs)` on one snapshot beside all transactions, for what reads much and writes
        nothing; in the thread of whoever asks, which must not be the loop's.
        """

        def read(work: Work) -> Any:
            return verb(work, with_imported(work, self.office), self.clock.now(), **kwargs)

        return self.storage.read_now(read)

    def _do(self, work: Work, verb: Callable[..., Any], kwargs: dict[str, Any]) -> Any:
        now = self.clock.now()
        if self._calendar_until is None or not now < self._calendar_until <= now + CALENDAR_KEEPS:
            self.office = with_imported(work, self.office)
            self._calendar_until = now + CALENDAR_KEEPS
        return verb(work, self.office, now, **kwargs)
