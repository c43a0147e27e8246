"""The desk played without a messenger: people give commands and press buttons, and what the desk would say is read."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from bot.app.database import open_storage
from bot.app.desk import Desk
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.buttons import Verb
from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.handlers.staff_presses import Pressing, staff_press
from bot.sandbox.clock import Clock
from bot.usecases import commands, group_words, receive, reply
from bot.usecases.at_hand import Spot
from bot.usecases.enrol import enrol_staff
from bot.usecases.people import Sender
from tests.cast import CHEN, FRANCHISEES, HE, LIN, MONDAY_10, NORTHWEST, SOUTHWEST, STAFF, SUPERVISORS, WANG, ZHOU
from tests.config.opened import Opened
from tests.databases import copy_migrated
from tests.words import the_rules, the_scripts

NAMES = {int(str(s["telegram_id"])): str(s["name"]) for s in STAFF} | FRANCHISEES
REGIONS = [
    {"code": "southwest", "name": "西南", "provinces": ["四川", "重庆"], "group_id": SOUTHWEST},
    {"code": "northwest", "name": "西北", "provinces": ["陕西"], "group_id": NORTHWEST},
    {"code": "north", "name": "华北", "provinces": ["北京"]},
]


class Played(Opened):
    """A desk with the whole cast of staff on duty, but for the manager."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        super().__init__(desk, clock)
        self._seen = 0
        self._number = 1000

    async def claimed(self, who: int = LIN, franchisee: int = CHEN) -> Case:
        """A franchisee wrote and somebody answered: they own the case first."""
        case = await self.hears(who=franchisee)
        await self.answers(who, case.id)
        await self.news()
        return await self.case(case.id)

    async def answers(self, who: int, case_id: int) -> None:
        """Somebody answers the franchisee."""
        await self.desk.run(self._answer, who=who, case_id=case_id)

    def _answer(self, work: Any, office: Any, now: Any, *, who: int, case_id: int) -> None:
        words = reply.Words(Content(ContentKind.TEXT, "您好，我来查，请您稍等。"))
        reply.answer(work, office, now, case=work.cases.get(case_id), who=work.staff.by_telegram(who), words=words)

    async def says(self, who: int, text: str, chat: int = SOUTHWEST) -> str:
        """A command in a group, or in private; the refusal's words, or everything that it made the desk say."""
        name, _, rest = text.removeprefix("/").partition(" ")
        self._number += 1
        said = Incoming(MessageRef(chat, self._number), self.clock.now(), Content(ContentKind.TEXT, text))
        if chat > 0:
            sender = Sender(who, NAMES.get(who, "某人"))
            return await self._tried(commands.private_command, sender=sender, message=said, name=name, rest=rest)
        return await self._tried(
            group_words.command_in_group, sender=Sender(who, NAMES.get(who, "某人")), message=said, name=name,
            rest=rest, offers=(),
        )  # fmt: skip

    async def writes(self, who: int, text: str, chat: int) -> str:
        """Words without a command, in private; everything that they made the desk say."""
        self._number += 1
        said = Incoming(MessageRef(chat, self._number), self.clock.now(), Content(ContentKind.TEXT, text))
        return await self._tried(receive.receive, sender=Sender(who, NAMES[who]), message=said, hint=receive.Hint())

    async def presses(self, who: int, verb: Verb, subject: int, choice: str = "", chat: int = SOUTHWEST) -> str:
        """A button; the refusal's words, or everything that it made the desk say (and the words of the answer)."""
        pressing = Pressing(Sender(who, NAMES.get(who, "某人")), subject, choice, Spot(MessageRef(chat, 7)))
        run, arguments = staff_press(verb, pressing)
        return await self._tried(run, **arguments)

    async def _tried(self, verb: Any, **arguments: Any) -> str:
        try:
            told = await self.desk.run(verb, **arguments)
        except DeskError as refusal:
            return self.desk.office.say(refusal.notice, **refusal.values).text
        return "\n".join([*(f"{to}: {text}" for to, text in await self.news()), *([told] if told else [])])

    async def news(self) -> list[tuple[int, str]]:
        """What the desk has said since the last look, as (chat, text)."""
        rows = await self.desk.run(self._rows)
        self._seen += len(rows)
        return [(r.outgoing.to.chat_id, r.outgoing.act.text) for r in rows if getattr(r.outgoing.act, "text", "")]

    def rewind(self) -> None:
        """Look at everything from the beginning."""
        self._seen = 0

    def _rows(self, work: Any, office: Any, now: Any) -> list[Any]:
        found, row = [], work.outbox.get(self._seen + 1)
        while row is not None:
            found.append(row)
            row = work.outbox.get(self._seen + len(found) + 1)
        return found

    async def hands(self, case_id: int = 1) -> tuple[str, str | None]:
        """(handler, first owner), by name."""
        return await self.desk.run(self._hands, case_id=case_id)

    def _hands(self, work: Any, office: Any, now: Any, *, case_id: int) -> tuple[str, str | None]:
        names, case = {s.id: s.name for s in work.staff.all()}, work.cases.get(case_id)
        return names[case.handler_id], names.get(case.first_owner_id)

    async def shrinks(self, who: int, capacity: int) -> None:
        """Somebody may have that many cases at once."""
        await self.desk.run(self._shrink, who=who, capacity=capacity)

    def _shrink(self, work: Any, office: Any, now: Any, *, who: int, capacity: int) -> None:
        person = work.staff.by_telegram(who)
        work.staff.save(type(person)(**{**vars(person), "capacity": capacity}))

    async def happened(self, case_id: int = 1) -> list[str]:
        """The names of a case's events."""
        return [str(e.did) for e in await self.desk.run(lambda work, office, now: work.events.of_case(case_id))]


@contextlib.asynccontextmanager
async def played(folder: Path, **sections: Any) -> AsyncIterator[Played]:
    """Open the desk with the cast; a section that is given takes the place of the cast's."""
    url = copy_migrated(folder / "desk.sqlite3")
    values = {"regions": REGIONS, "supervisors": {"chat_id": SUPERVISORS}, "database": {"url": url}}
    settings = Settings.model_validate({**values, "staff": list(STAFF), **sections})
    storage = open_storage(settings)
    clock = Clock(start=MONDAY_10, frozen=True)
    desk = Played(
        Desk(storage, make_office(settings, scripts=the_scripts(), rules=the_rules(settings.lint)), clock), clock
    )
    try:
        await desk.desk.run(enrol_staff, people=settings.staff_list())
        await desk.on_duty(*(s.telegram_id for s in settings.staff_list() if s.telegram_id in (LIN, ZHOU, HE, WANG)))
        await desk.news()
        yield desk
    finally:
        storage.close()
