"""How fast Telegram allows: sliding windows (a leaky bucket of 20 a minute lets 39 through in a bad one).

A call reaches Telegram at some instant between its start and its end, so it takes up its place from the start until a
window's length after its end. Whatever Telegram's clock saw, in no half-open window [t, t + 60 s) did a group get more
than its share, and in no [t, t + 1 s) did all chats together.
"""

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.outgoing import Priority
from bot.usecases.ports import Head

FREE = frozenset({"React"})
"""Acts that cost nothing of a group's minute (undocumented; a 429 would teach otherwise)."""
MINUTE = timedelta(seconds=60)
SECOND = timedelta(seconds=1)
AT_ONCE = 0.4
"""The part of a group's minute that may be spent at once; what comes then is spread over the rest (measured: with 60
messages a minute, `docs/performance.md`). What is most urgent, a new case's card, need not wait for its turn.
"""
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


@dataclass(frozen=True)
class _Window:
    """At most so many within such a span."""

    most: int
    span: timedelta


class Pace:
    """Chooses what may go now; keeps nothing of a chat that has been idle for a window.

    The storage's thread picks while the loop's thread hears what came of calls: a lock keeps them apart.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._everybody = _Window(max(1, int(limits.overall_per_second)), SECOND)
        self._group = _Window(limits.group_per_minute, MINUTE)
        burst = limits.private_burst
        self._private = _Window(burst, timedelta(seconds=burst / limits.private_per_second))
        self._all: deque[datetime] = deque()
        self._chats: dict[int, deque[datetime]] = {}
        self._rests: dict[int, datetime] = {}
        self._rest_all: datetime | None = None
        self._told: dict[int, tuple[datetime, datetime]] = {}
        self._flying: dict[int, Head] = {}
        self._lock = threading.Lock()

    def pick(self, heads: Sequence[Head], now: datetime) -> list[int]:
        """The rows that may go now, in the order of the heads (priority, then age); each is in flight until
        `finished`.
        """
        with self._lock:
            self._forget(now)
            chosen: list[int] = []
            for head in heads:
                if self._is_full():
                    break
                free_at = self._free_at(head, now)
                if head.id not in self._flying and free_at is not None and free_at <= now:
                    self._flying[head.id] = head
                    chosen.append(head.id)
            return chosen

    def finished(self, row_id: int, at: datetime | None) -> None:
        """A row is no longer in flight; `at` None means that it never reached Telegram, and nothing is counted."""
        with self._lock:
            head = self._flying.pop(row_id, None)
            if head is None or at is None:
                return
            self._all.append(at)
            if head.act not in FREE:
                self._chats.setdefault(head.chat_id, deque()).append(at)

    def rest(self, chat_id: int, until: datetime, now: datetime) -> None:
        """That chat rests; when several are told so within a moment, everybody does until the first may go again."""
        with self._lock:
            self._rests[chat_id] = max(until, self._rests.get(chat_id, until))
            self._told[chat_id] = (now, until)
            self._told = {chat: told for chat, told in self._told.items() if now - told[0] <= MOMENT}
            if len(self._told) >= SEVERAL:
                first = min(until for _, until in self._told.values())
                self._rest_all = max(first, self._rest_all or first)

    def restore(self, sent: Sequence[tuple[int, datetime]]) -> None:
        """Rebuild the windows after a restart from what storage knows was sent (the oldest first)."""
        with self._lock:
            for chat_id, at in sent:
                self._all.append(at)
                self._chats.setdefault(chat_id, deque()).append(at)

    def next_chance(self, heads: Sequence[Head], now: datetime) -> datetime | None:
        """When the first of these may go; None when none can before a call in flight has ended."""
        with self._lock:
            if self._is_full():
                return None
            waiting = [self._free_at(h, now) for h in heads if h.id not in self._flying]
            return min((at for at in waiting if at is not None), default=None)

    def chats_known(self) -> int:
        """How many chats are remembered: idle ones are not."""
        return len(self._chats) + len(self._rests)

    def _is_full(self) -> bool:
        return len(self._flying) >= self._limits.in_flight

    def _free_at(self, head: Head, now: datetime) -> datetime | None:
        """When this one may go; None when that depends on a call in flight."""
        overall = _room(self._all, len(self._flying), self._everybody, now)
        chat = now if head.act in FREE else self._chat_free_at(head, now)
        if overall is None or chat is None:
            return None
        return max(overall, chat, self._rests.get(head.chat_id, now), self._rest_all or now)

    def _chat_free_at(self, head: Head, now: datetime) -> datetime | None:
        flying = sum(h.chat_id == head.chat_id and h.act not in FREE for h in self._flying.values())
        sent = self._chats.get(head.chat_id, deque())
        if head.chat_id > 0:
            return _room(sent, flying, self._private, now)
        room = _room(sent, flying, self._group, now)
        if head.priority <= Priority.CARD or room is None:
            return room
        turn = _evenly(sent, flying, self._group, now)
        return None if turn is None else max(room, turn)

    def _forget(self, now: datetime) -> None:
        _drop_older(self._all, now - SECOND)
        for chat_id, sent in list(self._chats.items()):
            _drop_older(sent, now - (self._group if chat_id < 0 else self._private).span)
            if not sent:
                del self._chats[chat_id]
        for chat_id in _over(self._rests.items(), now):
            del self._rests[chat_id]
        if self._rest_all is not None and self._rest_all <= now:
            self._rest_all = None


def _room(sent: deque[datetime], flying: int, window: _Window, now: datetime) -> datetime | None:
    """When a window has room for one more besides those in flight; None when these fill it."""
    left = window.most - flying
    if left <= 0:
        return None
    return now if len(sent) < left else max(now, sent[-left] + window.span)


def _evenly(sent: deque[datetime], flying: int, window: _Window, now: datetime) -> datetime | None:
    """The rest of a minute is spread until its oldest call leaves it: spent at once, it would be followed by most of a
    minute in which nothing can be said, while what is said a little later is merged and needs fewer calls.
    """
    if len(sent) + flying < window.most * AT_ONCE or not sent:
        return now
    if flying:
        return None
    left = max(0, window.most - len(sent))
    until_room = (sent[0] + window.span - sent[-1]) / (left + 1)
    return max(now, sent[-1] + max(until_room, window.span / (window.most + 1)))


def _drop_older(sent: deque[datetime], than: datetime) -> None:
    while sent and sent[0] <= than:
        sent.popleft()


def _over(rests: Iterable[tuple[int, datetime]], now: datetime) -> list[int]:
    return [chat_id for chat_id, until in rests if until <= now]
