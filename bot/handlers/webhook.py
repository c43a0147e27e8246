"""Webhook: 200 only after the update is committed; without the secret nobody gets in."""

import hmac
import logging
from collections.abc import Callable

import orjson
from aiohttp import web

from bot.handlers.door import RunVerb
from bot.handlers.rawupdate import is_update, rows_of
from bot.usecases.inbox import store_updates

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 4 * 2**20
"""Bytes of a request body: far above what Telegram sends (a text is at most 4096 characters)."""
RETRY_AFTER = "5"
"""Seconds after which Telegram is asked to come again when the update could not be stored."""


def webhook_app(path: str, secret: str, run: RunVerb, *, stored: Callable[[], None]) -> web.Application:
    """The web application that Telegram posts to, and `/healthz` for a load balancer."""

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403, text="secret token")
        try:
            update = orjson.loads(await request.read())
        except ValueError:
            return web.Response(status=400, text="not JSON")
        if not is_update(update):
            return web.Response(status=400, text="not an update")
        return await _store(update, run, stored)

    async def health(request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application(client_max_size=LARGEST)
    app.router.add_post(path, receive)
    app.router.add_get("/healthz", health)
    return app


async def _store(update: dict[str, object], run: RunVerb, stored: Callable[[], None]) -> web.Response:
    try:
        await run(store_updates, updates=rows_of([update]))
    except Exception:
        log.exception("an update could not be stored; Telegram keeps it and comes again")
        return web.Response(status=503, headers={"Retry-After": RETRY_AFTER}, text="not stored")
    stored()
    return web.Response(text="ok")
