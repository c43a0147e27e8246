"""Telegram's flood limits in sliding windows on the world's clock: 429 with the seconds to wait."""

import math

from bot.sandbox.errors import too_many_requests
from bot.sandbox.state import Bot, Chat, Realm


def charge(realm: Realm, bot: Bot, chat: Chat, cost: int = 1) -> None:
    """Count `cost` messages, edits or topics into this chat; raises 429 (and counts nothing) when that is too many.

    30 a second for the bot; about one a second in a private chat with short bursts; 20 a minute in a group, shared by
    sends, edits and topic creation (core.telegram.org/bots/faq, tdlib/td#2592).
    """
    limits = realm.faults.limits
    if not limits.enabled:
        return
    now = realm.now()
    windows = [(f"bot:{bot.bot_id}", 1.0, limits.overall_per_second)]
    if chat.kind == "private":
        seconds = max(1.0, limits.private_burst / max(1, limits.private_per_second))
        windows.append((f"{bot.bot_id}:{chat.chat_id}", seconds, max(limits.private_burst, limits.private_per_second)))
    else:
        windows.append((f"{bot.bot_id}:{chat.chat_id}", 60.0, limits.group_per_minute))
    waits = [_wait(realm, key, now=now, seconds=s, most=most, cost=cost) for key, s, most in windows]
    if max(waits) > 0:
        raise too_many_requests(max(1, math.ceil(max(waits))))
    for key, _, _ in windows:
        realm.windows[key].extend([now] * cost)


def _wait(realm: Realm, key: str, *, now: float, seconds: float, most: int, cost: int) -> float:
    """Seconds until `cost` more fit; the times that left the window are forgotten."""
    times = [at for at in realm.windows.get(key, []) if at > now - seconds]
    realm.windows[key] = times
    excess = len(times) + cost - most
    if excess <= 0 or not times:
        return 0.0
    return times[min(excess, len(times)) - 1] + seconds - now
