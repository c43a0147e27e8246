"""The sandbox's clock: real time plus an offset that only grows."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells aware UTC time; `advance` moves everybody's time forward, as a page's "+1 h" button does."""

    def __init__(self, *, start: datetime | None = None, frozen: bool = False) -> None:
        """`start` sets the first instant (aware); a frozen clock moves by `advance` only, for tests."""
        self._frozen_at = start or datetime.now(UTC) if frozen else None
        self._offset = timedelta(0) if start is None or frozen else start - datetime.now(UTC)

    def now(self) -> datetime:
        """The instant in the sandbox, aware UTC."""
        base = self._frozen_at if self._frozen_at is not None else datetime.fromtimestamp(time.time(), UTC)
        return base + self._offset

    def advance(self, by: timedelta) -> None:
        """Move forward; raises ValueError for a step back, because nothing in the sandbox can be unlearnt."""
        if by < timedelta(0):
            raise ValueError("the clock only moves forward")
        self._offset += by

    def unix(self) -> int:
        """Whole seconds since 1970, the form of Bot API dates."""
        return int(self.now().timestamp())
