"""A unit of work is all or nothing, whatever happens beside it; whoever waits is woken after the commit."""

import asyncio
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import SQLModel

from bot.usecases.ports import GroupState, Work
from storage import desk_thread
from storage.desk_thread import RETRIES, Storage
from storage.engine import make_engine
from storage.unit_of_work import SqlWork
from tests.databases import Database, migrated
from tests.storage.made import GROUP, NOON, case, message, put, to

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


def test_who_failed_hears_of_it_only_when_the_commit_is_over() -> None:
    """Else they go on while the thread is not done with the connection, which in memory is everybody's."""
    engine = make_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    storage, is_on, heard = Storage(engine), threading.Event(), []
    held = storage._submit(lambda work: is_on.wait(PATIENCE))
    failing = storage._submit(lambda work: {}["what is not there"])
    event.listen(engine, "commit", lambda connection: heard.append(failing.done()))
    is_on.set()
    assert held.result(PATIENCE) is True
    with pytest.raises(KeyError):
        failing.result(PATIENCE)
    storage.close()
    assert heard
    assert not any(heard)


def test_a_unit_that_waits_for_company_waits_no_longer_than_it_should() -> None:
    """On a busy machine the timed `get` of a SimpleQueue once in thousands had no end."""
    storage = Storage.in_memory()
    job = desk_thread._Job(lambda work: None, Future())
    alone: Future[bool] = Future()

    def waits() -> None:
        waited = []
        for _ in range(10_000):
            storage._jobs = type(storage._jobs)()  # as it is when it is new: nobody has waited yet
            waited.append(storage._waiting(job, 1e-6))
        alone.set_result(waited == [([job], False)] * 10_000)

    storage.close()
    with busy_machine():
        threading.Thread(target=waits, daemon=True).start()
        assert alone.result(6 * PATIENCE)


@contextlib.contextmanager
def busy_machine() -> Iterator[None]:
    """One process more than we have cores (at most nine), each always at it."""
    many = min(len(os.sched_getaffinity(0)), 8) + 1
    burning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(many)]
    try:
        yield
    finally:
        for process in burning:
            process.kill()
            process.wait()


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


# several units to a commit (SQLite), one alone with retries (PostgreSQL)


def counted() -> tuple[Storage, list[int]]:
    """A storage in memory, and a mark for each of its commits."""
    engine, commits = make_engine("sqlite://"), list[int]()
    SQLModel.metadata.create_all(engine)
    event.listen(engine, "commit", lambda _: commits.append(1))
    return Storage(engine), commits


async def crowd(storage: Storage, *units: Callable[[SqlWork], object]) -> list[object]:
    """Units that all wait while another one is in hand, and so come into one commit."""
    begun, go = threading.Event(), threading.Event()
    first = asyncio.ensure_future(storage.run(lambda work: (begun.set(), go.wait(PATIENCE))))
    await asyncio.to_thread(begun.wait, PATIENCE)
    told = [asyncio.ensure_future(storage.run(unit)) for unit in units]
    await asyncio.sleep(0)
    go.set()
    await first
    return await asyncio.gather(*told, return_exceptions=True)


def half_done(work: SqlWork) -> None:
    """By the driver, by the session, and by the driver again."""
    put(work, to(1))
    work.complaints._session.execute(text("UPDATE chat_group SET title = 'half'"))  # opens its savepoint
    work.groups.save(GroupState(GROUP, title="half"))
    raise KeyError("half")


def test_in_one_commit_half_a_unit_is_nothing_and_the_others_stand() -> None:
    storage, commits = counted()
    storage.run_now(lambda work: work.groups.save(GroupState(GROUP, title="whole")))
    before = len(commits)
    results = asyncio.run(
        crowd(
            storage,
            lambda work: put(work, to(1)),
            half_done,
            lambda work: work.groups.get(GROUP),
            lambda work: work.messages.save(work.messages.add(message())),
            lambda work: put(work, to(2)),
        )
    )
    assert len(commits) - before == 2, "the one in hand, and all who waited"
    assert isinstance(results[1], KeyError)
    assert results[2] == GroupState(GROUP, title="whole")
    assert not any(isinstance(result, BaseException) for n, result in enumerate(results) if n != 1)
    assert waiting(storage) == 2
    storage.close()


@pytest.mark.parametrize("raises", [False, True], ids=["RELEASE", "ROLLBACK"])
def test_when_a_savepoint_is_gone_everybody_hears_of_it_and_nothing_stays(*, raises: bool) -> None:
    storage, _ = counted()

    def breaks(work: SqlWork) -> None:
        work.outbox._line.connection.exec_driver_sql("ROLLBACK TO unit")  # as a full disk would
        work.outbox._line.connection.exec_driver_sql("RELEASE unit")
        if raises:
            raise KeyError("mine")

    results = asyncio.run(crowd(storage, lambda work: put(work, to(1)), breaks, lambda work: put(work, to(2))))
    assert [type(result) for result in results] == [OperationalError] * 3
    assert waiting(storage) == 0
    storage.run_now(lambda work: put(work, to(3)))
    assert waiting(storage) == 1
    storage.close()


class _Refused(Exception):
    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def test_on_postgresql_a_unit_is_tried_again_for_these_reasons_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    storage = Storage(make_engine(migrated("postgresql", tmp_path_factory.mktemp("db")).url))
    tries: list[int] = []

    def refused(work: SqlWork, state: str, times: int) -> object:
        tries.append(1)
        put(work, to(1))
        assert work.groups.get(GROUP) is None, "what an earlier try kept is gone"
        work.groups.save(GroupState(GROUP))
        if len(tries) <= times:
            raise DBAPIError("", None, _Refused(state))
        raise KeyError("enough")

    for state, times, expected in (
        ("40001", 1, 2),
        ("40P01", 2, 3),
        ("23505", 1, 2),
        ("40001", 9, RETRIES),
        ("23503", 9, 1),
    ):
        tries.clear()
        with pytest.raises((DBAPIError, KeyError)):
            storage.run_now(lambda work, state=state, times=times: refused(work, state, times))
        assert len(tries) == expected, state
    assert waiting(storage) == 0
    with pytest.raises(KeyError):
        storage.run_now(half_done)
    assert (waiting(storage), storage.run_now(lambda work: work.groups.get(GROUP))) == (0, None)
    storage.close()


def test_a_case_that_another_process_just_opened_is_found_on_trying_again(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = migrated("postgresql", tmp_path_factory.mktemp("db")).url
    one, other = Storage(make_engine(url)), Storage(make_engine(url))

    def opened(work: SqlWork) -> int:
        mine = work.cases.unfinished_of(1)
        if mine is not None:
            return mine.id
        theirs = other.run_now(lambda work: work.cases.add(case(1)))
        return -work.cases.add(replace(theirs, id=0)).id

    assert one.run_now(opened) == 1
    one.close()
    other.close()


def test_a_unit_that_comes_alone_waits_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_thread, "GATHER", 6 * PATIENCE)
    storage, commits = counted()

    async def alone() -> None:
        async with asyncio.timeout(PATIENCE / 5):
            for n in range(3):
                await storage.run(lambda work, n=n: put(work, to(n)))

    asyncio.run(alone())
    assert len(commits) == 3
    storage.close()


def test_in_a_crowd_a_unit_waits_for_more_and_closing_ends_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_thread, "GATHER", 6 * PATIENCE)
    storage, commits = counted()

    async def told() -> float:
        await crowd(storage, *(lambda work, n=n: put(work, to(n)) for n in range(2)))
        before = len(commits)
        early = asyncio.ensure_future(storage.run(lambda work: put(work, to(3))))
        await asyncio.wait([early], timeout=0.05)
        assert not early.done()
        late = asyncio.ensure_future(storage.run(lambda work: put(work, to(4))))
        await asyncio.sleep(0)
        begun = time.monotonic()
        storage.close()
        await asyncio.gather(early, late)
        assert len(commits) - before == 1
        return time.monotonic() - begun

    assert asyncio.run(told()) < PATIENCE


def test_a_unit_that_comes_while_it_closes_is_answered() -> None:
    storage = Storage.in_memory()
    closing = threading.Thread(target=storage.close)
    jobs = storage._jobs

    class Slow:
        """The queue as a thread has it that is held up between asking whether it is open and standing in the queue."""

        def put(self, job: object) -> None:
            if job is not None and not closing.ident:
                closing.start()
                closing.join(0.05)
            jobs.put(job)  # type: ignore[arg-type]

        def get(self, **more: float) -> object:
            return jobs.get(**more)

    storage._jobs = Slow()  # type: ignore[assignment]
    answer = storage._submit(lambda work: put(work, to(1)))
    assert len(answer.result(PATIENCE / 5)) == 1
    closing.join(PATIENCE)
