"""The desk at work: use cases run on the storage thread, with the office's settings and the clock's time."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.usecases.office import Office
from storage.desk_thread import Storage


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

    async def run(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """`verb(work, office, now, **kwargs)` in one transaction; the result after the commit."""
        return await self.storage.run(lambda work: verb(work, self.office, self.clock.now(), **kwargs))

    def run_now(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """The same for the command line, where no loop runs."""
        return self.storage.run_now(lambda work: verb(work, self.office, self.clock.now(), **kwargs))
