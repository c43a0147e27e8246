"""Brings updates to webhooks: one at a time per lane, again and again until the bot takes them."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from bot.sandbox import botapi
from bot.sandbox.errors import ApiError
from bot.sandbox.state import Bot, Queued
from bot.sandbox.updates import forget_expired
from bot.sandbox.world import World

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What the bot's server answered to a POST; status 0 means that no answer came, `text` then says why."""

    status: int
    text: str = ""
    content_type: str = ""
    retry_after: float | None = None


Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[Answer]]


@dataclass(frozen=True)
class Backoff:
    """Seconds of real time between tries: doubled from `first` up to `most` (telegram-bot-api, WebhookActor.cpp)."""

    first: float = 1.0
    most: float = 60.0


class Deliverer:
    """Runs one task per bot and lane that has something to bring."""

    def __init__(self, world: World, post: Post, backoff: Backoff) -> None:
        self._world = world
        self._post = post
        self._backoff = backoff
        self._tasks: dict[tuple[int, int], asyncio.Task[None]] = {}

    def start(self) -> None:
        """Listen for updates, and bring what waits already."""
        self._world.realm.wakers.append(self.wake)
        for bot in self._world.realm.bots.values():
            self.wake(bot.bot_id)

    async def stop(self) -> None:
        """End all tries; what was not taken stays queued."""
        self._world.realm.wakers.remove(self.wake)
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._tasks.clear()

    def wake(self, bot_id: int) -> None:
        """Start lanes that have updates and no task, up to max_connections."""
        bot = next((each for each in self._world.realm.bots.values() if each.bot_id == bot_id), None)
        if bot is None or not bot.webhook.url:
            return
        running = sum(1 for owner, _ in self._tasks if owner == bot_id)
        for lane in dict.fromkeys(queued.lane for queued in bot.updates):
            if (bot_id, lane) not in self._tasks and running < bot.webhook.max_connections:
                running += 1
                self._tasks[bot_id, lane] = asyncio.ensure_future(self._run(bot, lane))

    async def _run(self, bot: Bot, lane: int) -> None:
        try:
            await self._drain(bot, lane)
        finally:
            self._tasks.pop((bot.bot_id, lane), None)
        self.wake(bot.bot_id)

    async def _drain(self, bot: Bot, lane: int) -> None:
        delay = self._backoff.first
        while bot.webhook.url and (queued := self._next(bot, lane)):
            answer = await self._bring(bot, queued) if not self._world.faults.outage else Answer(0, "Outage")
            if 200 <= answer.status < 300:
                self._taken(bot, queued, answer)
                delay = self._backoff.first
            else:
                self._failed(bot, answer)
                await asyncio.sleep(delay if answer.retry_after is None else min(answer.retry_after, 3600.0))
                delay = min(delay * 2, self._backoff.most)

    def _next(self, bot: Bot, lane: int) -> Queued | None:
        forget_expired(self._world.realm, bot)
        return next((queued for queued in bot.updates if queued.lane == lane), None)

    async def _bring(self, bot: Bot, queued: Queued) -> Answer:
        headers = {"Content-Type": "application/json"}
        if bot.webhook.secret_token:
            headers["X-Telegram-Bot-Api-Secret-Token"] = bot.webhook.secret_token
        return await self._post(bot.webhook.url, json.dumps(queued.update).encode(), headers)

    def _taken(self, bot: Bot, queued: Queued, answer: Answer) -> None:
        if queued in bot.updates:
            bot.updates.remove(queued)
        call = _method_in(answer)
        if call is None:
            return
        try:
            botapi.call(self._world, bot.token, str(call.pop("method")), call)
        except ApiError as error:  # Telegram tells nobody of a failed method in a webhook's answer
            logger.info("the method in a webhook's answer failed: %s", error.description)

    def _failed(self, bot: Bot, answer: Answer) -> None:
        bot.webhook.last_error_date = self._world.clock.unix()
        wrong = f"Wrong response from the webhook: {answer.status} {answer.text}".rstrip()
        bot.webhook.last_error_message = wrong if answer.status else answer.text


def _method_in(answer: Answer) -> dict[str, Any] | None:
    """The call that a webhook's answer may hold (core.telegram.org/bots/api#making-requests-when-getting-updates)."""
    if not answer.text.strip():
        return None
    if "form" in answer.content_type:
        found: Any = dict(parse_qsl(answer.text))
    else:
        try:
            found = json.loads(answer.text)
        except ValueError:
            return None
    return dict(found) if isinstance(found, dict) and found.get("method") else None
