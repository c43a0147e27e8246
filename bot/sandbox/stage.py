"""The sandbox's page: its files, what it shows, what people do on it; for this machine's own browser only."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import WSMsgType, web

from bot.sandbox.company import Company
from bot.sandbox.errors import ActError
from bot.sandbox.stage_acts import act
from bot.sandbox.stage_views import state_of
from bot.sandbox.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Json = dict[str, Any]

PAGE: Final = Path(__file__).with_name("page")
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
LATEST: Final = 200
"""Messages of a chat that the page is sent at once; older ones come on request."""
BACKLOG: Final = 5000
"""Events that may wait for a page; one that falls behind further is asked to load anew."""
_POLICY: Final = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; style-src 'self'"


class Stage:
    """The page's side of a world."""

    def __init__(self, world: World, company: Company) -> None:
        self._world = world
        self._company = company
        self._sockets: set[web.WebSocketResponse[Any]] = set()

    async def index(self, request: web.Request) -> web.StreamResponse:
        """The page itself."""
        return web.FileResponse(PAGE / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Who and what there is."""
        return web.json_response(state_of(self._world, self._company))

    async def history(self, request: web.Request) -> web.StreamResponse:
        """The last messages of a chat or topic, pinned ones, topics, and the menu of the person who looks."""
        chat_id = int(request.query["chat"])
        thread = int(request.query["thread"]) if request.query.get("thread") else None
        found = self._world.history(chat_id, thread)
        last = int(request.query.get("last", LATEST))
        viewer = int(request.query.get("viewer", 0))
        shown = {
            "messages": found[-last:],
            "older": max(0, len(found) - last),
            "pinned": self._world.pinned(chat_id, thread),
            "topics": self._world.topics(chat_id),
            "commands": self._world.commands_for(viewer, chat_id) if viewer else [],
        }
        return web.json_response(shown)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Somebody on the page does something."""
        try:
            done = act(self._world, await request.json())
        except (ActError, KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": _told(error)}, status=409)
        return web.json_response({"done": done})

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The content of a file; never as a page of its own."""
        try:
            data = self._world.file_bytes(request.match_info["file_id"])
        except KeyError:
            raise web.HTTPNotFound from None
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=data, content_type=_kind_of(data), headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Everything that happens in the world, as it happens."""
        socket = web.WebSocketResponse(heartbeat=30)
        waiting: asyncio.Queue[Json] = asyncio.Queue(BACKLOG)
        unsubscribe = self._world.subscribe(lambda event: _put(waiting, event))
        try:
            await socket.prepare(request)
            await self._tell(socket, waiting)
        finally:
            unsubscribe()
        return socket

    async def _tell(self, socket: web.WebSocketResponse[Any], waiting: "asyncio.Queue[Json]") -> None:
        self._sockets.add(socket)
        sending = asyncio.create_task(_send(socket, waiting))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            sending.cancel()
            self._sockets.discard(socket)

    async def closing(self, app: web.Application) -> None:
        """Let every page go before the server waits for them."""
        for socket in set(self._sockets):
            await socket.close(code=1001, message=b"closing")


def add_stage(app: web.Application, world: World, *, company: Company) -> None:
    """Add the page to the emulator's application."""
    stage = Stage(world, company)
    app.router.add_get("/", stage.index)
    app.router.add_get("/stage/state", stage.state)
    app.router.add_get("/stage/history", stage.history)
    app.router.add_post("/stage/act", stage.act)
    app.router.add_get("/stage/file/{file_id}", stage.file)
    app.router.add_get("/stage/events", stage.events)
    app.router.add_static("/page/", PAGE)
    app.middlewares.append(guard)
    app.on_shutdown.append(stage.closing)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Only this machine's own page: a foreign name (DNS rebinding) or a foreign page's request is turned away."""
    if request.path.startswith(("/bot", "/file/bot")):
        return await handler(request)
    if urlsplit(f"//{request.host}").hostname not in LOOPBACK:
        raise web.HTTPForbidden(text="试用台只在本机打开：http://127.0.0.1")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="只接受试用台自己的网页")
    if request.method == "POST" and request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="只接受 JSON")
    response = await handler(request)
    if not response.prepared:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _put(waiting: "asyncio.Queue[Json]", event: Json) -> None:
    if waiting.full():
        while not waiting.empty():
            waiting.get_nowait()
        event = {"type": "reload"}
    waiting.put_nowait(event)


async def _send(socket: web.WebSocketResponse, waiting: "asyncio.Queue[Json]") -> None:
    while not socket.closed:
        try:
            await socket.send_json(await waiting.get())
        except (ConnectionError, RuntimeError):  # the page was closed in this instant
            return


def _told(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, ActError) and error.args else f"不能这样做：{error}"


def _kind_of(data: bytes) -> str:
    starts = {
        b"\x89PNG": "image/png",
        b"\xff\xd8\xff": "image/jpeg",
        b"GIF8": "image/gif",
        b"RIFF": "audio/wav",
        b"\x1aE\xdf\xa3": "video/webm",
        b"OggS": "audio/ogg",
    }
    if data[4:8] == b"ftyp":
        return "video/mp4"
    return next((kind for start, kind in starts.items() if data.startswith(start)), "application/octet-stream")
