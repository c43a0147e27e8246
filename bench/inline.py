"""The storage without threads: the same units of work on a real SQLite, in the thread of whoever asks."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlmodel import Session, SQLModel

from bot.app.desk import Clock
from bot.usecases.office import Office
from storage.engine import make_engine
from storage.unit_of_work import SqlWork


class InlineDesk:
    """What `bot.app.desk.Desk` is, for a loop whose time stands still while a thread works.

    It outlives the processes of the simulation, as a database does.
    """

    def __init__(self, office: Office, clock: Clock) -> None:
        self.office = office
        self.clock = clock
        self.units = 0
        self._engine = make_engine("sqlite://")
        SQLModel.metadata.create_all(self._engine)
        self._wakers: dict[str, Callable[[], None]] = {}

    def on_wake(self, kind: str, callback: Callable[[], None]) -> None:
        """Who is to be woken by commits that left something for `kind`; a later process takes the place of its own."""
        self._wakers[kind] = callback

    async def run(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """One transaction; the others get their turn after it."""
        result = self.run_now(verb, **kwargs)
        await asyncio.sleep(0)
        return result

    def run_now(self, verb: Callable[..., Any], /, **kwargs: Any) -> Any:
        """The same for somebody who looks on."""
        self.units += 1
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            work = SqlWork(session)
            result = verb(work, self.office, self.clock.now(), **kwargs)
        for kind in work.woken():
            if kind in self._wakers:
                asyncio.get_running_loop().call_soon(self._wakers[kind])
        return result

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the tables hold right now."""
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def close(self) -> None:
        """Forget everything."""
        self._engine.dispose()
