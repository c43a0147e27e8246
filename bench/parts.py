"""Parts of the desk measured in this process: routing, reminders, replays, commits; CPU of this process only."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.types import Update
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import event as sql_event

from bench.limits import NoHints
from bench.rig import TOKEN
from bot.desk.reminder import Reminder, ReminderKind
from bot.handlers.dispatch import make_dispatcher
from bot.handlers.door import Door
from bot.handlers.rawupdate import rows_of
from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from storage.schema import migrate

ROUNDS = 7
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def cpu_of(work: Callable[[], Any]) -> float:
    """Seconds of CPU."""
    began = time.process_time()
    work()
    return time.process_time() - began


def compared(ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Medians of interleaved rounds, seconds of CPU."""
    pairs = [(cpu_of(ours), cpu_of(theirs)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _update(number: int) -> dict[str, Any]:
    user = {"id": 8_100_000_001, "is_bot": False, "first_name": "店主"}
    chat = {"id": 8_100_000_001, "type": "private", "first_name": "店主"}
    text = "昨天的货少了两箱，请问什么时候能补？"
    return {
        "update_id": number,
        "message": {"message_id": number, "from": user, "chat": chat, "date": 1795485600, "text": text},
    }


def routing(count: int = 400) -> tuple[float, float]:
    """Microseconds an update: the desk's dispatcher, its handler cut off, and aiogram's with one handler, no filter."""
    bot = Bot(TOKEN)
    loop = asyncio.new_event_loop()
    bare = Dispatcher(disable_fsm=True)
    router = Router()

    async def take(message: Any) -> None:
        return None

    router.message.register(take)
    bare.include_router(router)
    desk = make_dispatcher(hints=NoHints(), bot_username="bench")

    async def nothing(verb: Any, /, **kwargs: Any) -> None:
        return None

    async def feed(dispatcher: Dispatcher) -> None:
        for number in range(count):
            update = Update.model_validate(_update(number), context={"bot": bot})
            await dispatcher.feed_update(bot, update, door=Door(nothing, number))

    ours, theirs = compared(
        lambda: loop.run_until_complete(feed(desk)), lambda: loop.run_until_complete(feed(bare)), rounds=9
    )
    loop.close()
    return ours / count * 1e6, theirs / count * 1e6


def reminders(count: int = 200) -> tuple[float, float]:
    """Microseconds a reminder, added and fired: a row that is due, and APScheduler's SQLAlchemyJobStore."""
    with tempfile.TemporaryDirectory() as folder:
        storage = _storage(Path(folder))
        turn = iter(range(1_000))

        def ours() -> None:
            at = NOW + timedelta(hours=next(turn))
            for case in range(count):
                storage.run_now(partial(_remind, case=case, due=at))
            while storage.run_now(lambda work: len(work.reminders.due(at + timedelta(hours=1), limit=20))):
                pass

        def theirs() -> None:
            store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs{next(turn)}.sqlite3")
            scheduler = BackgroundScheduler(jobstores={"default": store}, timezone="UTC")
            scheduler.start(paused=True)
            for case in range(count):
                scheduler.add_job(fire, "date", run_date=datetime.now(UTC), args=[case], misfire_grace_time=None)
            scheduler.resume()
            while store.get_all_jobs():
                time.sleep(0.02)
            scheduler.shutdown()

        result = compared(ours, theirs, rounds=5)
        storage.close()
    return result[0] / count * 1e6, result[1] / count * 1e6


def fire(case: int) -> None:
    """What a job does."""


def tick_growth(few: int = 1_000, many: int = 100_000) -> tuple[float, float]:
    """Microseconds of a sweep that finds nothing, beside so few and so many pending reminders."""
    with tempfile.TemporaryDirectory() as folder:
        storage = _storage(Path(folder))

        def sweep() -> None:
            for _ in range(200):
                storage.run_now(lambda work: work.reminders.due(NOW, limit=20))

        def fill(count: int) -> None:
            at = NOW + timedelta(days=1)

            def add(work: Any) -> None:
                for case in range(count):
                    work.reminders.add(Reminder(ReminderKind.LAPSE, case, at + timedelta(seconds=case)))

            storage.run_now(add)

        fill(few)
        little = statistics.median(cpu_of(sweep) for _ in range(ROUNDS))
        fill(many)
        much = statistics.median(cpu_of(sweep) for _ in range(ROUNDS))
        storage.close()
    return little / 200 * 1e6, much / 200 * 1e6


def _store(work: Work, rows: Sequence[tuple[int, str, str]]) -> int:
    return work.inbox.store(rows, at=NOW)


def _remind(work: Work, case: int, due: datetime) -> None:
    work.reminders.add(Reminder(ReminderKind.LAPSE, case, due))


def replays(times: int = 10) -> tuple[int, int]:
    """(updates, rows that came of them) when every update is delivered so many times, backwards too, and numbers begin
    anew below the old ones.
    """
    updates = [_update(number) for number in (*range(1_000, 1_050), *range(10, 60))]
    with tempfile.TemporaryDirectory() as folder:
        storage = _storage(Path(folder))
        for turn in range(times):
            batch = updates if turn % 2 else updates[::-1]
            storage.run_now(partial(_store, rows=rows_of(batch)))
        rows = storage.run_now(lambda work: work.inbox.waiting())
        storage.close()
    return len(updates), rows


def commits(writers: int = 64) -> float:
    """Commits a unit of work when so many wait at once."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/desk.sqlite3")
        migrate(f"sqlite:///{folder}/desk.sqlite3")
        counted = [0]
        sql_event.listen(engine, "commit", lambda connection: counted.__setitem__(0, counted[0] + 1))
        storage = Storage(engine)

        async def rush() -> None:
            at = [NOW + timedelta(seconds=n) for n in range(writers * 10)]
            for start in range(0, len(at), writers):
                await asyncio.gather(
                    *(storage.run(partial(_remind, case=1, due=due)) for due in at[start : start + writers])
                )

        asyncio.run(rush())
        storage.close()
        return counted[0] / (writers * 10)


def _storage(folder: Path) -> Storage:
    url = f"sqlite:///{folder}/desk.sqlite3"
    migrate(url)
    return Storage(make_engine(url))
