"""The sandbox: an emulator of the Bot API, a made-up company, and between them the real bot, as in production."""

import asyncio
import contextlib
import json
import logging
import socket
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.app.desk import Desk
from bot.app.run import ROLES, open_desk, run_roles, stop_on_signals
from bot.config import Settings
from bot.desk.enrol import read_contacts, read_stores
from bot.desk.roster_file import read_roster
from bot.desk.roster_table import Table
from bot.sandbox import company
from bot.sandbox.clock import Clock
from bot.sandbox.company import Company
from bot.sandbox.server import make_app
from bot.sandbox.stage import add_stage
from bot.sandbox.world import World
from bot.usecases.enrol import enrol_contacts, enrol_stores
from bot.usecases.enrol_roster import enrol_roster
from bot.usecases.office import Office
from bot.usecases.on_duty import flip
from bot.usecases.ports import Work
from storage.schema import migrate

log = logging.getLogger(__name__)

TOKEN = "1000000001:sandbox-only-never-a-real-token-000"
"""Only the emulator on loopback knows this token."""
HOST = "127.0.0.1"
WORLD_FILE = "world.json"
DATABASE_FILE = "shouwen.sqlite3"
UNLIMITED = {"overall_per_second": 1000, "private_per_second": 100, "private_burst": 100, "group_per_minute": 6000}
"""Nobody who tries the desk wants to wait for 20 messages a minute."""
COMES_AT = time(8, 55)
OPENS_AT, CLOSES_AT = time(9, 30), time(17, 0)
"""A fresh sandbox begins between these, in the desk's zone."""


@dataclass(frozen=True)
class Stage:
    """What a running sandbox is made of."""

    address: str
    world: World
    settings: Settings
    company: Company


async def sandbox(*, port: int, keep: Path | None, limits: bool, ready: Callable[[str], None]) -> None:
    """Run until SIGTERM or SIGINT; `ready` is told the page's address when it can be opened.

    With `limits` both sides keep to Telegram's: the emulator refuses what is too fast, the bot does not go that fast.
    """
    stop = stop_on_signals()
    with contextlib.ExitStack() as rooms:
        folder = keep or Path(rooms.enter_context(tempfile.TemporaryDirectory(prefix="shouwen-")))
        folder.mkdir(parents=True, exist_ok=True)
        async with set_up(folder, port=port, limits=limits) as stage:
            ready(f"{stage.address}/")
            try:
                await run_bot(stage, stop)
            finally:
                if keep is not None:
                    _keep(stage.world, folder)


@contextlib.asynccontextmanager
async def set_up(
    folder: Path, *, port: int = 0, limits: bool = False, begins: datetime | None = None
) -> AsyncIterator[Stage]:
    """The emulator with its page, on loopback, over the world that `folder` keeps (or a fresh one).

    `begins` (aware) sets a fresh world's first instant, for a scene that has to be the same at every hour of ours.
    """
    made_up = company.load()
    world = _world(folder, made_up, begins)
    world.faults.apply({"limits": {"enabled": limits}})
    app = make_app(world)
    add_stage(app, world, company=made_up)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        address = await _serve(runner, port)
        yield Stage(address, world, _settings(address, folder, made_up, limits=limits), made_up)
    finally:
        await runner.cleanup()


async def run_bot(stage: Stage, stop: asyncio.Event, roles: tuple[str, ...] = ROLES) -> None:
    """The bot itself, over the emulator: nothing but `telegram.api_base` differs from production."""
    migrate(stage.settings.database.url.reveal())
    async with open_desk(stage.settings, clock=stage.world.clock) as desk:
        await move_in(desk, stage.company)
        await run_roles(stage.settings, desk, roles, stop)


async def move_in(desk: Desk, made_up: Company) -> None:
    """Stores and people on file, as an operator would import them; the staff of the morning shift is on duty."""
    stores = read_stores(list(enumerate(made_up.store_rows, start=2))).records
    contacts = read_contacts(list(enumerate(made_up.contact_rows, start=2)), stores).records
    await desk.run(enrol_stores, stores=stores)
    await desk.run(enrol_contacts, contacts=contacts)
    await desk.run(begin_shift)
    await desk.run(put_up_roster, rows=made_up.roster)


def begin_shift(work: Work, office: Office, now: datetime) -> None:
    """Everybody who never signed on or off came in time, so that a first message finds somebody."""
    morning = datetime.combine(office.today(now), COMES_AT, tzinfo=office.zone).astimezone(now.tzinfo)
    for person in work.staff.all():
        if person.duty_changed_at is None:
            flip(work, office, min(morning, now), who=person, is_on=True)


def put_up_roster(work: Work, office: Office, now: datetime, *, rows: Sequence[tuple[str, ...]]) -> None:
    """The company's roster, unless there is one already."""
    if work.rosters.shifts():
        return
    table = Table("", tuple(enumerate(rows, start=1)))
    today = office.today(now)
    read = read_roster([table], staff=work.staff.all(), regions=office.regions, shifts={}, today=today)
    enrol_roster(work, office, now, roster=read)


def _world(folder: Path, made_up: Company, begins: datetime | None) -> World:
    kept = folder / WORLD_FILE
    if kept.exists():
        return World.load(json.loads(kept.read_text(encoding="utf-8")))
    world = World(_daytime() if begins is None else Clock(start=begins))
    world.add_bot(TOKEN, username="shouwen_sandbox_bot", first_name="首问客服")
    made_up.settle(world)
    return world


def _daytime() -> Clock:
    """Whoever tries the desk at night begins in its next morning: an open desk is what they came to see."""
    clock = Clock()
    local = clock.now().astimezone(ZoneInfo("Asia/Shanghai"))
    morning = local.replace(hour=OPENS_AT.hour, minute=OPENS_AT.minute, second=0, microsecond=0)
    if not OPENS_AT <= local.time() < CLOSES_AT:
        clock.advance((morning if morning > local else morning + timedelta(days=1)) - local)
    return clock


def _keep(world: World, folder: Path) -> None:
    (folder / WORLD_FILE).write_text(json.dumps(world.dump(), ensure_ascii=False), encoding="utf-8")


async def _serve(runner: web.AppRunner, port: int) -> str:
    """Listen on the port, or on a free one when it is taken."""
    try:
        site = web.TCPSite(runner, HOST, port)
        await site.start()
    except OSError:
        port = _free_port()
        site = web.TCPSite(runner, HOST, port)
        await site.start()
    listening = runner.addresses[0][1]
    return f"http://{HOST}:{listening}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _settings(address: str, folder: Path, made_up: Company, *, limits: bool) -> Settings:
    values = {
        **made_up.as_config(),
        "desk": {"name": made_up.desk},
        "telegram": {"token": TOKEN, "api_base": address, "limits": {} if limits else UNLIMITED},
        "attendance": {"sign_off_after": "0s"},  # who jumps a day ahead wants to find somebody there
        "database": {"url": f"sqlite:///{folder / DATABASE_FILE}"},
    }
    return Settings.model_validate(values)
