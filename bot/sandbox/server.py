"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>, with webhooks delivered beside."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import BodyPartReader, ClientError, ClientSession, ClientTimeout, web

from bot.sandbox import api_files, botapi
from bot.sandbox.api_updates import is_loopback
from bot.sandbox.deliverer import Answer, Backoff, Deliverer
from bot.sandbox.errors import ApiError
from bot.sandbox.params import Upload
from bot.sandbox.polling import Pollers
from bot.sandbox.world import World

_TOKEN = re.compile(r"\d+:[\w-]+")
_WEBHOOK_SECONDS = 60.0


class Service:
    """Turns HTTP requests into calls, and the faults of the transport into broken connections."""

    def __init__(self, world: World, backoff: Backoff) -> None:
        self._world = world
        self._backoff = backoff
        self._pollers = Pollers(world)

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one method call."""
        method = botapi.method_name(request.match_info["method"])
        plan = self._world.faults.take_transport(method)
        if plan.outage == "503":
            return _failure(ApiError(503, "Service Unavailable"))
        if plan.outage == "reset" or plan.reset == "before":
            return _cut(request)
        response = await self._answer(request, method)
        if plan.hang_seconds:
            await asyncio.sleep(plan.hang_seconds)
        return _cut(request) if plan.reset == "after" else response

    async def _answer(self, request: web.Request, method: str) -> web.Response:
        token = request.match_info["token"]
        try:
            if not _TOKEN.fullmatch(token):
                raise ApiError(404, "Not Found")
            params, files = await _read(request, most=self._world.faults.limits.upload_bytes)
            if method == "getUpdates":
                return _success(await self._pollers.get_updates(token, params))
            return _success(botapi.call(self._world, token, method, params, files))
        except ApiError as error:
            return _failure(error)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Answer a download."""
        plan = self._world.faults.take_transport("file")
        if plan.outage == "503":
            return _failure(ApiError(503, "Service Unavailable"))
        if plan.outage or plan.reset:
            return _cut(request)
        if plan.hang_seconds:
            await asyncio.sleep(plan.hang_seconds)
        try:
            stored = api_files.file_at(self._world.realm, request.match_info["token"], request.match_info["path"])
        except ApiError as error:
            return _failure(error)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        """Deliver webhooks while the application runs."""
        async with ClientSession(timeout=ClientTimeout(total=_WEBHOOK_SECONDS)) as session:
            deliverer = Deliverer(
                self._world, lambda url, body, headers: _post(session, url, body, headers), self._backoff
            )
            deliverer.start()
            yield
            await deliverer.stop()

    async def closing(self, app: web.Application) -> None:
        """Let waiting pollers go before the server waits for them."""
        self._pollers.close()


def make_app(world: World, *, webhook_backoff: Backoff | None = None) -> web.Application:
    """The emulator as an application; a page may add its own routes to it."""
    service = Service(world, webhook_backoff or Backoff())
    app = web.Application(client_max_size=1 << 30)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", service.call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", service.file)
    app.cleanup_ctx.append(service.running)
    app.on_shutdown.append(service.closing)
    return app


def _success(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _failure(error: ApiError) -> web.Response:
    wait = error.parameters.get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else {}
    return web.json_response(error.as_json(), status=error.code, headers=headers)


def _cut(request: web.Request) -> web.StreamResponse:
    """Break the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request, *, most: int) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Parameters from the query and the body (JSON, form or multipart), and the uploaded files."""
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "multipart/form-data":
        await _read_multipart(request, params, files, most=most)
    elif request.content_type == "application/json":
        params |= _json_object(await request.read())
    elif request.method == "POST":
        params |= dict(await request.post())
    return params, files


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ApiError(400, "Bad Request: can't parse request: JSON object expected")
    return found


async def _read_multipart(request: web.Request, params: dict[str, Any], files: dict[str, Upload], *, most: int) -> None:
    size = 0
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read())
        size += len(data)
        if part.filename is None:
            params[part.name] = data.decode("utf-8", "replace")
        elif size <= most:
            files[part.name] = Upload(data, part.filename, part.headers.get("Content-Type"))
    if size > most:
        raise ApiError(413, "Request Entity Too Large")


async def _post(session: ClientSession, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    local = is_loopback(urlsplit(url).hostname or "")
    try:
        async with session.post(url, data=body, headers=headers, ssl=not local) as response:
            text = await response.text()
            wait = response.headers.get("Retry-After", "")
            seconds = float(wait) if wait.isdigit() else None
            shown = text if response.status < 300 else response.reason or ""
            return Answer(response.status, shown, response.content_type, seconds)
    except TimeoutError:
        return Answer(0, "Read timeout expired")
    except (ClientError, OSError):
        return Answer(0, "Connection refused")
