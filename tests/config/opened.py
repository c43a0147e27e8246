"""A desk opened by settings alone, over a database of its own and without a messenger: what it decides can be seen."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app.desk import Desk
from bot.app.run import open_desk
from bot.config import Settings
from bot.desk.case import Case
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.sandbox.clock import Clock
from bot.usecases import duty, receive, resolve
from bot.usecases.at_hand import Spot
from bot.usecases.people import Sender
from bot.usecases.tick import sweep
from tests.cast import CHEN, LIN, MONDAY_10, SOUTHWEST, SUPERVISORS, WANG
from tests.databases import copy_migrated
from tests.words import the_rules, the_scripts

BASE: dict[str, Any] = {
    "regions": [
        {"code": "southwest", "name": "西南", "provinces": ["四川", "重庆"], "group_id": SOUTHWEST},
        {"code": "north", "name": "华北", "provinces": ["北京"], "group_id": -1007},
    ],
    "staff": [
        {"telegram_id": LIN, "name": "林晓", "role": "specialist", "regions": ["southwest"]},
        {"telegram_id": WANG, "name": "王芳", "role": "supervisor"},
    ],
    "supervisors": {"chat_id": SUPERVISORS},
}
SOMEWHERE = Spot(MessageRef(SOUTHWEST, 1))


class Opened:
    """The desk at work: people say things, time passes, and its decisions can be read."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self._said = 100

    async def hears(self, text: str = "货少了", *, who: int = CHEN, province: str | None = "四川") -> Case:
        """A franchisee writes; their newest case."""
        self._said += 1
        said = Incoming(MessageRef(who, self._said), self.clock.now(), Content(ContentKind.TEXT, text))
        sender = Sender(who, "小陈")
        case_id = await self.desk.run(receive.receive, sender=sender, message=said, hint=receive.Hint(province))
        return await self.case(case_id)

    async def case(self, case_id: int) -> Case:
        found: Case | None = await self.desk.run(lambda work, office, now: work.cases.get(case_id))
        assert found is not None
        return found

    async def on_duty(self, *people: int) -> None:
        for telegram_id in people:
            await self.desk.run(duty.set_duty, staff_telegram_id=telegram_id, is_on=True, spot=SOMEWHERE)

    async def handler(self, case: Case) -> str:
        """The name of who answers for a case."""
        staff = await self.desk.run(lambda work, office, now: {s.id: s.name for s in work.staff.all()})
        return str(staff[case.handler_id])

    async def solves(self, case: Case) -> None:
        """A supervisor closes the case."""
        await self.desk.run(resolve.resolve, staff_telegram_id=WANG, case_id=case.id)

    async def later(self, **kwargs: float) -> None:
        """Time passes, and what is due is swept."""
        self.clock.advance(timedelta(**kwargs))
        while await self.desk.run(sweep):
            pass

    async def until(self, instant: datetime) -> None:
        """The same, up to an instant."""
        await self.later(seconds=(instant - self.clock.now()).total_seconds())

    async def words(self, chat_id: int = CHEN) -> list[str]:
        """What the desk has to say to a chat, in order."""
        heads = await self.desk.run(_all_words, chat_id=chat_id)
        return list(heads)


def _all_words(work: Any, office: Any, now: Any, *, chat_id: int) -> list[str]:
    rows = [work.outbox.get(row_id) for row_id in range(1, 200)]
    mine = [r for r in rows if r is not None and r.outgoing.to.chat_id == chat_id]
    return [str(getattr(r.outgoing.act, "text", "")) for r in mine]


@contextlib.asynccontextmanager
async def opened(folder: Path, **sections: Any) -> AsyncIterator[Opened]:
    """Open the desk by these settings; a section that is given is laid over the base's."""
    values = {**BASE, "database": {"url": copy_migrated(folder / "desk.sqlite3")}}
    settings = Settings.model_validate({**values, **sections})
    clock = Clock(start=MONDAY_10, frozen=True)
    async with open_desk(settings, clock=clock, rules=the_rules(settings.lint), scripts=the_scripts()) as desk:
        yield Opened(desk, clock)
