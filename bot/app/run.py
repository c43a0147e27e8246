"""Run the desk: hear, speak and tick, together or each alone, until told to stop."""

import asyncio
import contextlib
import importlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any, Final

from bot.app.database import open_storage
from bot.app.desk import Clock, Desk, SystemClock
from bot.app.errors import NotReady
from bot.app.lint import Rules
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.script import ScriptBook
from bot.usecases.calendar import plan_decree_notice
from bot.usecases.digest import plan_digest
from bot.usecases.early_warning import plan_warnings
from bot.usecases.enrol import EnrolmentRefused, enrol_staff
from bot.usecases.inspection_draw import plan_inspection
from bot.usecases.meeting import plan_meetings
from bot.usecases.patrol import plan_patrol
from bot.usecases.period_sweep import plan_reports
from bot.usecases.rules import rules_at_start

log = logging.getLogger(__name__)

ROLES = ("hear", "speak", "tick")
PLANS: Final[Sequence[Callable[..., None]]] = (
    plan_decree_notice, plan_meetings, plan_patrol, plan_warnings, plan_inspection, plan_digest, plan_reports,
)  # fmt: skip
"""What comes by the clock and not from a case: every process that begins asks for the next of each."""
STOP_WITHIN = 9.0
"""Seconds from SIGTERM to the end, at most (issue: 10)."""


@contextlib.asynccontextmanager
async def open_desk(
    settings: Settings, *, clock: Clock | None = None, rules: Rules | None = None, scripts: ScriptBook | None = None
) -> AsyncIterator[Desk]:
    """The desk over its database, with the staff of the settings enrolled; somebody must be there to answer."""
    storage = open_storage(settings)
    try:
        desk = Desk(storage, make_office(settings, rules=rules, scripts=scripts), clock or SystemClock())
        await _enrol(desk, settings)
        for plan in PLANS:
            await desk.run(plan)
        await desk.run(rules_at_start)
        yield desk
    finally:
        storage.close()


async def _enrol(desk: Desk, settings: Settings) -> None:
    people = settings.staff_list()
    try:
        if people:
            await desk.run(enrol_staff, people=people, revives=False)
    except EnrolmentRefused as error:
        raise NotReady(f"config.toml 的 [[staff]] 与部门手册不符：{error}") from error
    everybody = await desk.run(lambda work, office, now: work.staff.all())
    if not any(s.is_active for s in everybody):
        raise NotReady("还没有登记任何同事：请在 config.toml 写 [[staff]]，或运行 python -m bot import staff FILE")


async def run(settings: Settings, *, roles: tuple[str, ...] = ROLES, clock: Clock | None = None,
              stop: asyncio.Event | None = None) -> None:  # fmt: skip
    """Run until `stop` (by default SIGTERM or SIGINT); raises what makes the desk unable to go on."""
    stop = stop or stop_on_signals()
    async with open_desk(settings, clock=clock) as desk:
        await run_roles(settings, desk, roles, stop)


def stop_on_signals() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def run_roles(settings: Settings, desk: Desk, roles: tuple[str, ...], stop: asyncio.Event) -> None:
    """The roles side by side; when one ends in an error, the others finish what is in hand and the error is raised."""
    tasks = {asyncio.create_task(_starter(role)(settings, desk, stop), name=role) for role in roles}
    log.info("the desk is open (%s)", ", ".join(roles))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({*tasks, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        await asyncio.wait(tasks, timeout=STOP_WITHIN)
    finally:
        stop.set()
        for task in (*tasks, stopping):
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    log.info("the desk is closed")
    _raise_first(results)


def _starter(role: str) -> Callable[[Settings, Desk, asyncio.Event], Coroutine[Any, Any, None]]:
    """What runs a role; a process that only speaks or ticks need not load what hears (seconds, and 60 MB)."""
    start: Callable[[Settings, Desk, asyncio.Event], Coroutine[Any, Any, None]]
    start = getattr(importlib.import_module(f"bot.app.{role}"), role)
    return start


def _raise_first(results: list[BaseException | None]) -> None:
    for result in results:
        if isinstance(result, Exception):
            raise result
