"""A small department in memory, for tests of who answers for what: real use cases, real storage, no messenger."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Engine
from sqlmodel import SQLModel

from bot.app.office import make_office
from bot.config import Settings
from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.lint import Courtesy, Report
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.people import Staff
from bot.usecases import commands, duty, receive, reply
from bot.usecases.at_hand import Spot
from bot.usecases.calendar import with_imported
from bot.usecases.enrol import enrol_staff
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine

MONDAY = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai, three days before 国庆."""
EAST, SOUTH, SUPERVISORS = -1001, -1002, -1009
LIN, ZHOU, SU, MEI, TAN, HE, WANG, LI, ZHAO = range(5001, 5010)
NAMES = dict(enumerate(["林晓", "周宁", "苏省", "梅南", "谭南", "何北", "王芳", "李明", "赵磊"], start=LIN))
SPECIALISTS = (
    {"telegram_id": LIN, "regions": ["east"], "capacity": 2},
    {"telegram_id": ZHOU, "regions": ["east"], "capacity": 2},
    {"telegram_id": SU, "provinces": ["江苏"], "capacity": 1},
    {"telegram_id": MEI, "regions": ["south"], "capacity": 2},
    {"telegram_id": TAN, "regions": ["south"], "capacity": 1},
    {"telegram_id": HE, "regions": ["north"], "capacity": 3},
)
LEADERS = (
    {"telegram_id": WANG, "role": "supervisor"},
    {"telegram_id": LI, "role": "supervisor"},
    {"telegram_id": ZHAO, "role": "manager"},
)
REGIONS = (
    {"code": "east", "name": "华东", "provinces": ["江苏", "浙江"], "group_id": EAST, "stand_in": ["south"]},
    {"code": "south", "name": "华南", "provinces": ["广东"], "group_id": SOUTH},
    {"code": "north", "name": "华北", "provinces": ["北京"], "group_id": EAST},
)


@cache
def settings() -> Settings:
    """The department's settings."""
    staff = [{**person, "name": NAMES[int(str(person["telegram_id"]))]} for person in (*SPECIALISTS, *LEADERS)]
    return Settings.model_validate({"regions": REGIONS, "staff": staff, "supervisors": {"chat_id": SUPERVISORS}})


@cache
def office() -> Office:
    """The office of these settings; reading all scripts takes longer than a test."""
    return replace(make_office(settings()), linter=_Indulgent())


class _Indulgent:
    """A lint that finds nothing: how people put things is no matter here, and reading the rules takes five seconds."""

    def check(self, text: str) -> Report:
        return Report((), Courtesy(True, True, True))

    def better(self, text: str, facts: Mapping[str, str]) -> str:
        return ""


_SPARE: list[Engine] = []
"""Engines whose department has closed: the next takes one over, and with it the statements that it has compiled."""


def _engine(data: bytes) -> Engine:
    """A database in memory with such contents."""
    engine = _SPARE.pop() if _SPARE else make_engine("sqlite://")
    with closing(engine.raw_connection()) as connection:
        connection.driver_connection.deserialize(data)
    return engine


@cache
def _opened() -> bytes:
    """A database with the staff enrolled; making its tables takes longer than most tests."""
    engine = make_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    storage = Storage(engine)
    storage.run_now(lambda work: enrol_staff(work, office(), MONDAY, people=settings().staff_list()))
    data = _contents(engine)
    storage.close()
    return data


def _contents(engine: Engine) -> bytes:
    with closing(engine.raw_connection()) as connection:
        return bytes(connection.driver_connection.serialize())


class Crash(Exception):
    """The machine stops in the middle of a unit of work."""


class Department:
    """People do things, time passes, and what became of it can be read."""

    def __init__(self, storage: Storage | None = None, data: bytes = b"", **terms: timedelta) -> None:
        """Open on `data` (the contents that another had), else on `storage`, else on a new database."""
        self._engine = None if storage else _engine(data or _opened())
        self.storage = storage or Storage(self._engine)
        self.now = MONDAY
        self.office = replace(office(), terms=replace(office().terms, **terms))
        self._said = 1000 if data else 0  # past what has been said before
        if storage:
            self.do(enrol_staff, people=settings().staff_list())
        self.ids = {person.telegram_id: person.id for person in self.staff()}

    def do(self, verb: Callable[..., Any], *, crashes: bool = False, **kwargs: Any) -> Any:
        """One verb in its unit of work; with `crashes`, all that it did is lost at the last moment."""

        def unit(work: Any) -> Any:
            result = verb(work, with_imported(work, self.office), self.now, **kwargs)
            if crashes:
                raise Crash
            return result

        return self.storage.run_now(unit)

    def writes(self, who: int, province: str | None, *, crashes: bool = False) -> int:
        """A franchisee writes; their case's number."""
        self._said += 1
        message = Incoming(MessageRef(who, self._said), self.now, Content(ContentKind.TEXT, "货少了"))
        hint = receive.Hint(province)
        sender = Sender(who, f"加盟商{who}")
        return int(self.do(receive.receive, crashes=crashes, sender=sender, message=message, hint=hint))

    def says(self, who: int, words: str, *, crashes: bool = False) -> None:
        """A command, without its slash, in the private chat."""
        self._said += 1
        message = Incoming(MessageRef(who, self._said), self.now, Content(ContentKind.TEXT, f"/{words}"))
        name, _, rest = words.partition(" ")
        sender = Sender(who, NAMES[who])
        self.do(commands.private_command, crashes=crashes, sender=sender, message=message, name=name, rest=rest)

    def contents(self) -> bytes:
        """The whole database, for another department to open on."""
        return _contents(self._engine)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What stands in the database, read past everything of the desk's own."""
        with closing(self._engine.raw_connection()) as connection:
            return list(connection.driver_connection.execute(query, values))

    def restarts(self) -> None:
        """The process ends and another begins on the same data (in memory, so that they are copied)."""
        data = self.contents()
        self.close()
        self._engine = _engine(data)
        self.storage = Storage(self._engine)

    def signs(self, who: int, *, is_on: bool, crashes: bool = False) -> None:
        spot = Spot(MessageRef(SUPERVISORS, 1))
        self.do(duty.set_duty, crashes=crashes, staff_telegram_id=who, is_on=is_on, spot=spot)

    def answers(self, case: Case, *, crashes: bool = False) -> None:
        """Whoever has the case answers."""
        words = reply.Words(Content(ContentKind.TEXT, "马上为您核实"))
        self.do(reply.answer, crashes=crashes, case=case, who=self.by_id()[case.handler_id], words=words)

    def later(self, **kwargs: float) -> None:
        """Time passes, and what is due is swept."""
        self.now += timedelta(**kwargs)
        while self.do(sweep):
            pass

    def staff(self) -> list[Staff]:
        return list(self.do(lambda work, office, now: work.staff.all()))

    def by_id(self) -> dict[int, Staff]:
        return {person.id: person for person in self.staff()}

    def case(self, case_id: int) -> Case:
        found: Case | None = self.do(lambda work, office, now: work.cases.get(case_id))
        assert found is not None
        return found

    def handler(self, case_id: int) -> int:
        """The Telegram id of who has a case."""
        return self.by_id()[self.case(case_id).handler_id].telegram_id

    def unfinished(self) -> list[Case]:
        return list(self.do(lambda work, office, now: work.cases.unfinished()))

    def events(self, case_id: int, *kinds: Did) -> list[Event]:
        found = self.do(lambda work, office, now: work.events.of_case(case_id))
        return [event for event in found if not kinds or event.did in kinds]

    def words(self, chat_id: int) -> list[str]:
        """What the desk has queued for a chat, in order."""
        return list(self.do(_words, chat_id=chat_id))

    def close(self) -> None:
        self.storage.close()
        if self._engine is not None:
            _SPARE.append(self._engine)


def _words(work: Any, office: Office, now: datetime, *, chat_id: int) -> list[str]:
    rows = [row for row_id in range(1, 400) if (row := work.outbox.get(row_id)) is not None]
    said = (getattr(row.outgoing.act, "text", "") for row in rows if row.outgoing.to.chat_id == chat_id)
    return [text for text in said if text]
