"""A unit of work is all or nothing, whatever happens beside it; whoever waits is woken after the commit."""

import asyncio
import time

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.usecases.ports import Work
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import Database, migrated
from tests.storage.made import NOON, put, to

PATIENCE = 10.0


def waiting(storage: Storage) -> int:
    return storage.run_now(lambda work: work.outbox.waiting(NOON))


def test_an_error_takes_its_own_unit_back_and_nobody_elses(storage: Storage) -> None:
    def fails(work: Work) -> None:
        put(work, to(1))
        raise KeyError("mine alone")

    async def together() -> list[object]:
        units = [storage.run(lambda work, n=n: fails(work) if n % 3 == 0 else put(work, to(n))) for n in range(30)]
        return await asyncio.gather(*units, return_exceptions=True)

    results = asyncio.run(together())
    assert [isinstance(r, KeyError) for r in results] == [n % 3 == 0 for n in range(30)]
    assert waiting(storage) == 20


def test_a_caller_who_gave_up_takes_nobody_along(storage: Storage) -> None:
    async def gives_up() -> None:
        slow = asyncio.create_task(storage.run(lambda work: (time.sleep(0.05), put(work, to(1)))))
        await asyncio.sleep(0.01)
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        await storage.run(lambda work: put(work, to(2)))
        async with asyncio.timeout(PATIENCE):
            while waiting(storage) < 2:  # noqa: ASYNC110  # nobody tells of a unit whose caller is gone
                await asyncio.sleep(0.01)

    asyncio.run(gives_up())


def test_whoever_waits_is_woken_when_there_is_something_and_only_then(storage: Storage) -> None:
    async def told() -> list[int]:
        seen: list[int] = []
        storage.on_wake("outbox", lambda: seen.append(waiting(storage)))
        await asyncio.sleep(0.3)  # a listener on PostgreSQL needs a moment to connect
        await storage.run(lambda work: work.outbox.heads(NOON))
        with pytest.raises(KeyError):
            await storage.run(lambda work: (put(work, to(1)), {}["gone"]))
        await asyncio.sleep(0.1)
        assert seen == []
        await storage.run(lambda work: put(work, to(1)))
        async with asyncio.timeout(PATIENCE):
            while not seen:  # noqa: ASYNC110  # called back from another thread
                await asyncio.sleep(0.01)
        return seen

    assert set(asyncio.run(told())) == {1}, "the row stands there when the bell rings"


def test_on_postgresql_a_commit_wakes_another_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = migrated("postgresql", tmp_path_factory.mktemp("db"))
    here, there = Storage(make_engine(database.url)), Storage(make_engine(database.url))

    async def told() -> None:
        woken = asyncio.Event()
        there.on_wake("inbox", woken.set)
        async with asyncio.timeout(PATIENCE):
            while not woken.is_set():  # until the listener stands, nobody hears
                updates = [(time.monotonic_ns(), "1", "{}")]
                await here.run(lambda work, updates=updates: work.inbox.store(updates, at=NOON))
                await asyncio.sleep(0.05)

    asyncio.run(told())
    here.close()
    there.close()


def test_a_lost_connection_is_told_to_whoever_waited_and_the_next_unit_has_a_new_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    database = migrated("postgresql", tmp_path_factory.mktemp("db"))
    storage = Storage(make_engine(database.url))

    def cut_off(work: Work) -> None:
        put(work, to(1))
        _end_all_others(database)
        put(work, to(2))

    with pytest.raises(DBAPIError):
        storage.run_now(cut_off)
    assert waiting(storage) == 0, "half a unit is nothing"
    storage.run_now(lambda work: put(work, to(3)))
    assert waiting(storage) == 1
    storage.close()


def _end_all_others(database: Database) -> None:
    engine = create_engine(database.url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    engine.dispose()


def test_what_two_insert_at_once_is_tried_again_and_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = migrated("postgresql", tmp_path_factory.mktemp("db"))
    one, other = Storage(make_engine(database.url)), Storage(make_engine(database.url))
    begun: list[int] = []

    def take(work: Work) -> bool:
        begun.append(1)
        if len(begun) == 1:
            assert not work.leases.holder("speak")
            other.run_now(lambda theirs: theirs.leases.take("speak", "other", NOON, until=NOON))
        return work.leases.take("speak", "one", NOON, until=NOON)

    assert one.run_now(take) is False
    one.close()
    other.close()


def test_of_two_processes_one_is_at_it_until_its_unit_of_work_ends(tmp_path_factory: pytest.TempPathFactory) -> None:
    database = migrated("postgresql", tmp_path_factory.mktemp("db"))
    one, other = Storage(make_engine(database.url)), Storage(make_engine(database.url))

    def at_it(work: Work) -> tuple[bool, bool, bool]:
        mine = work.leases.turn("sweep")
        theirs = other.run_now(lambda work: (work.leases.turn("sweep"), work.leases.turn("else")))
        return mine, *theirs

    def fails(work: Work) -> None:
        work.leases.turn("sweep")
        raise ValueError("half done")

    assert one.run_now(at_it) == (True, False, True)
    with pytest.raises(ValueError, match="half done"):
        one.run_now(fails)
    assert other.run_now(lambda work: work.leases.turn("sweep"))
    one.close()
    other.close()


def test_a_process_that_stands_still_in_a_unit_of_work_loses_it_after_a_minute(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    engine = make_engine(migrated("postgresql", tmp_path_factory.mktemp("db")).url)
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "1min"
    engine.dispose()


def test_what_was_begun_is_finished_before_it_closes(database: Database) -> None:
    storage = Storage(make_engine(database.url))

    async def last() -> None:
        slow = asyncio.create_task(storage.run(lambda work: (time.sleep(0.05), put(work, to(1)))))
        await asyncio.sleep(0.01)
        storage.close()
        await slow
        with pytest.raises(RuntimeError, match="closed"):
            await storage.run(lambda work: put(work, to(2)))

    asyncio.run(last())
    again = Storage(make_engine(database.url))
    assert waiting(again) == 1
    again.close()
