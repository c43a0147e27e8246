"""Units of work beside the event loop: one thread on SQLite that commits what waits together, a few on PostgreSQL."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from storage.bell import Bell, ring
from storage.engine import POOL, make_engine
from storage.reading import is_apart, read_apart
from storage.unit_of_work import SqlWork

T = TypeVar("T")

GROUP = 64
"""Units that are committed together at most."""
GATHER = 0.004
"""Seconds that a commit waits for more units while there is a crowd: far less than the disk takes for a commit each."""
RETRIES = 3
"""Tries of a unit that PostgreSQL gave up on (deadlock, serialization), or that inserted what another just had."""
_AGAIN = ("40001", "40P01", "23505")


@dataclass(frozen=True)
class _Job:
    fn: Callable[[SqlWork], Any]
    answer: "Future[Any]"


class Storage:
    """Runs functions of a unit of work, each all or nothing; an exception rolls back its own unit alone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.Queue[_Job | None] = queue.Queue()  # a timed `get` of a SimpleQueue can miss its end (D87)
        self._wakers: list[tuple[str, asyncio.AbstractEventLoop, Callable[[], None]]] = []
        self._is_closed = False
        self._gate = threading.Lock()
        self._bell: Bell | None = None
        self._together = together = engine.dialect.name == "sqlite"
        serve = self._serve_together if together else self._serve_alone
        self._threads = [
            threading.Thread(target=serve, name=f"storage-{n}", daemon=True) for n in range(1 if together else POOL)
        ]
        for thread in self._threads:
            thread.start()

    @classmethod
    def in_memory(cls) -> "Storage":
        """A SQLite database in memory with its tables made: for tests."""
        engine = make_engine("sqlite://")
        SQLModel.metadata.create_all(engine)
        return cls(engine)

    async def run(self, fn: Callable[[SqlWork], T]) -> T:
        """The function's result, after its commit."""
        return await asyncio.wrap_future(self._submit(fn))

    def run_now(self, fn: Callable[[SqlWork], T]) -> T:
        """The same where no loop runs."""
        return self._submit(fn).result()

    def read_now(self, fn: Callable[[SqlWork], T]) -> T:
        """The function's result, in the caller's own thread and on a connection of its own: it may take seconds, and
        holds nobody up. (A database in memory has one connection: there it takes its turn.)
        """
        return read_apart(self._engine, fn) if is_apart(self._engine) else self.run_now(fn)

    def on_wake(self, kind: str, callback: Callable[[], None]) -> None:
        """Call back on the running loop after commits that left something for `kind` (outbox, inbox, reminders): our
        own, and on PostgreSQL those of every process.
        """
        self._wakers.append((kind, asyncio.get_running_loop(), callback))
        if not self._together and self._bell is None:
            self._bell = Bell(self._engine, self._wake)

    def close(self) -> None:
        """Finish what is in hand and let the connections go."""
        with self._gate:
            if self._is_closed:
                return
            self._is_closed = True
            for _ in self._threads:
                self._jobs.put(None)
        if self._bell is not None:
            self._bell.close()
        for thread in self._threads:
            thread.join()
        self._engine.dispose()

    def _submit(self, fn: Callable[[SqlWork], T]) -> "Future[T]":
        answer: Future[T] = Future()
        answer.set_running_or_notify_cancel()  # a caller who is cancelled must not take the storage's thread along
        with self._gate:  # behind the last word of `close` nobody would answer it
            if self._is_closed:
                raise RuntimeError("the storage is closed")
            self._jobs.put(_Job(fn, answer))
        return answer

    # one thread, many units to a commit

    def _serve_together(self) -> None:
        is_crowd = False
        while (first := self._jobs.get()) is not None:
            jobs, is_last = self._waiting(first, GATHER if is_crowd else 0.0)
            self._commit_together(jobs)
            if is_last:
                return
            is_crowd = len(jobs) > 1

    def _waiting(self, first: _Job, patience: float) -> tuple[list[_Job], bool]:
        """What stands there, and what comes within so many seconds; a unit that comes alone waits for nobody."""
        jobs, until = [first], time.monotonic() + patience
        while len(jobs) < GROUP:
            try:
                job = self._jobs.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return jobs, False
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _commit_together(self, jobs: list[_Job]) -> None:
        """Each unit in a savepoint of its own; everybody is answered after the commit, or hears why there was none."""
        try:
            with self._engine.begin() as connection:
                answers = [_attempted(connection, job.fn) for job in jobs]
        except BaseException as error:  # noqa: BLE001  # whatever it was, it belongs to those who wait
            for job in jobs:
                job.answer.set_exception(error)
            return
        for job, (result, failure, _) in zip(jobs, answers, strict=True):
            job.answer.set_result(result) if failure is None else job.answer.set_exception(failure)
        self._wake({kind for _, _, woken in answers for kind in woken})

    # several threads, one unit to a commit

    def _serve_alone(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                result, woken = self._one(job.fn)
            except BaseException as error:  # noqa: BLE001  # the caller gets it
                job.answer.set_exception(error)
            else:
                job.answer.set_result(result)
                self._wake(woken)

    def _one(self, fn: Callable[[SqlWork], Any]) -> tuple[Any, set[str]]:
        for tries in range(1, RETRIES + 1):
            try:
                with self._engine.begin() as connection:
                    result, work = _in_session(connection, fn, "rollback_only")
                    ring(connection, work.woken())
                return result, set(work.woken())
            except DBAPIError as error:
                if tries == RETRIES or getattr(error.orig, "sqlstate", None) not in _AGAIN:
                    raise
        raise AssertionError("unreachable")

    def _wake(self, kinds: set[str]) -> None:
        for kind, loop, callback in self._wakers:
            if kind in kinds and not loop.is_closed():
                loop.call_soon_threadsafe(callback)


def _attempted(connection: Connection, fn: Callable[[SqlWork], Any]) -> tuple[Any, BaseException | None, set[str]]:
    """A unit's result, or what it raised, and whom it wakes: all for after the commit of those that it stands among.

    The savepoint is the driver's; a session makes one of its own inside, when it is asked for anything.
    """
    connection.exec_driver_sql("SAVEPOINT unit")
    try:
        result, work = _in_session(connection, fn, "create_savepoint")
    except BaseException as error:  # noqa: BLE001  # the caller gets it; the others go on
        connection.exec_driver_sql("ROLLBACK TO unit")
        return None, error, set()
    finally:
        connection.exec_driver_sql("RELEASE unit")
    return result, None, set(work.woken())


def _in_session(
    connection: Connection, fn: Callable[[SqlWork], T], mode: Literal["create_savepoint", "rollback_only"]
) -> tuple[T, SqlWork]:
    with Session(bind=connection, join_transaction_mode=mode, expire_on_commit=False) as session:
        work = SqlWork(session)
        result = fn(work)
        session.commit()
        return result, work
