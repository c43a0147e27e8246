"""How fast Telegram allows: sliding windows (a leaky bucket of 20 a minute lets 39 through in a bad one)."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.usecases.ports import Head

FREE = frozenset({"React"})
"""Acts that cost nothing of a group's minute (undocumented; a 429 would teach otherwise)."""
MINUTE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
SEVERAL = 3
"""So many chats told to wait within a moment mean that the whole bot is."""
MOMENT = timedelta(seconds=5)


@dataclass(frozen=True)
class Limits:
    """Telegram's limits (core.telegram.org/bots/faq); a local Bot API server may have others."""

    overall_per_second: float = 30
    private_per_second: float = 1
    private_burst: int = 3
    group_per_minute: int = 20
    in_flight: int = 8


class Pace:
    """Chooses what may go now; keeps nothing of a chat that has been idle for a window."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._all: deque[datetime] = deque()
        self._chats: dict[int, deque[datetime]] = {}
        self._rests: dict[int, datetime] = {}
        self._rest_all: datetime | None = None
        self._told: deque[tuple[datetime, int]] = deque()
        self._flying: set[int] = set()

    def pick(self, heads: Sequence[Head], now: datetime) -> list[int]:
        """The rows that may go now, in the order of the heads (priority, then age); each is counted as sent."""
        self._forget(now)
        chosen: list[int] = []
        for head in heads:
            if len(self._flying) >= self._limits.in_flight:
                break
            if head.id in self._flying or self._free_at(head, now) > now:
                continue
            self._count(head, now)
            chosen.append(head.id)
        return chosen

    def finished(self, row_id: int) -> None:
        """A row is no longer in flight."""
        self._flying.discard(row_id)

    def rest(self, chat_id: int, until: datetime, now: datetime) -> None:
        """That chat rests; when several are told so within a moment, everybody does."""
        self._rests[chat_id] = max(until, self._rests.get(chat_id, until))
        self._told.append((now, chat_id))
        while self._told and now - self._told[0][0] > MOMENT:
            self._told.popleft()
        if len({chat for _, chat in self._told}) >= SEVERAL:
            self._rest_all = max(until, self._rest_all or until)

    def restore(self, sent: Sequence[tuple[int, datetime]]) -> None:
        """Rebuild the windows after a restart from what storage knows was sent (the oldest first)."""
        for chat_id, at in sent:
            self._all.append(at)
            self._chats.setdefault(chat_id, deque()).append(at)

    def next_chance(self, heads: Sequence[Head], now: datetime) -> datetime | None:
        """When the first of these may go; None when there is none."""
        waiting = [self._free_at(h, now) for h in heads if h.id not in self._flying]
        return min(waiting, default=None)

    def chats_known(self) -> int:
        """How many chats are remembered: idle ones are not."""
        return len(self._chats) + len(self._rests)

    def _count(self, head: Head, now: datetime) -> None:
        self._flying.add(head.id)
        self._all.append(now)
        if head.act not in FREE:
            self._chats.setdefault(head.chat_id, deque()).append(now)

    def _free_at(self, head: Head, now: datetime) -> datetime:
        overall = self._window(self._all, int(self._limits.overall_per_second), SECOND, now)
        times = [overall, self._rests.get(head.chat_id, now), self._rest_all or now]
        if head.act not in FREE:
            times.append(self._chat_free_at(head.chat_id, now))
        return max(times)

    def _chat_free_at(self, chat_id: int, now: datetime) -> datetime:
        sent = self._chats.get(chat_id, deque())
        if chat_id < 0:
            return self._window(sent, self._limits.group_per_minute, MINUTE, now)
        burst = self._limits.private_burst
        return self._window(sent, burst, timedelta(seconds=burst / self._limits.private_per_second), now)

    def _window(self, sent: deque[datetime], limit: int, span: timedelta, now: datetime) -> datetime:
        """When a window of so many in such a span has room again."""
        if len(sent) < limit:
            return now
        return max(now, sent[-limit] + span)

    def _forget(self, now: datetime) -> None:
        longest = max(MINUTE, timedelta(seconds=self._limits.private_burst / self._limits.private_per_second))
        while self._all and now - self._all[0] >= SECOND:
            self._all.popleft()
        for chat_id in [c for c, sent in self._chats.items() if now - sent[-1] >= longest]:
            del self._chats[chat_id]
        for sent in self._chats.values():
            while now - sent[0] >= longest:
                sent.popleft()
        for chat_id in [c for c, until in self._rests.items() if until <= now]:
            del self._rests[chat_id]
        if self._rest_all is not None and self._rest_all <= now:
            self._rest_all = None
