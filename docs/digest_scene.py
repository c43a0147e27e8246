"""Two weeks of the made-up company played over the use cases, for the digest's picture and message of the last day."""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.app.office import make_office
from bot.app.sandbox import put_up_roster
from bot.config import Settings
from bot.desk.case import State
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.outgoing import Private, ReportKind, SayText, SendReport
from bot.desk.people import Franchisee, Role, Staff, Store
from bot.reports.printer import print_report
from bot.sandbox.company import load
from bot.usecases import pause, receive, reply, resolve
from bot.usecases.digest import plan_digest
from bot.usecases.enrol import enrol_staff, enrol_stores
from bot.usecases.on_duty import flip
from bot.usecases.people import Sender
from bot.usecases.rating_answer import rate_by_command
from bot.usecases.reports import matter_of
from bot.usecases.tick import sweep
from storage.desk_thread import Storage

DAYS, A_DAY = 15, (17, 26)
OF_TODAY = ("杯盖到货都是裂的，能补吗", "新到的杯盖对不上杯口，一直漏", "请问杯盖什么时候补货", "杯盖又少了一箱",
            "芋泥是不是断货了", "芋泥下不了单，显示断货", "外卖接单机一直掉线")  # fmt: skip
ANGRY = ("等了三天没人管，我要投诉", "说好昨天到货又没到，我要投诉你们")
ANSWERS = ("您好，我这就为您核实，请您稍等，再见。", "您好，已经记下，明天上午十点前给您答复，请您放心，再见。")
BLUNT = "这不归我管，你自己看说明。"
UNTIL_ENDED = (20, 30, 45, 60, 90, 120, 150, 180, 240, 240, 1500, 2900)
"""Minutes from the answer to the end."""
BEAT = timedelta(minutes=10)
DIGEST_AT = time(18)
Act = Callable[[], None]


class Scene:
    """The desk in memory; `today` is the day of the digest, in the desk's time zone."""

    def __init__(self, today: datetime) -> None:
        self.today = today
        company = load()
        settings = Settings.model_validate({**company.as_config(), "desk": {"name": company.desk}})
        office = make_office(settings)
        self.office = replace(office, terms=replace(office.terms, reopen_within=timedelta(0)))
        self.storage = Storage.in_memory()
        self.chance = random.Random(20)
        self.now = self._at(-DAYS, time(8))
        self._numbers = itertools.count(1000)
        self._agenda: list[tuple[datetime, int, Act]] = []
        self._busy: set[int] = set()
        self.sayings = [text for script in office.scripts.ready() for text in script.sayings]
        self._move_in(settings)

    def do(self, verb: Any, **kwargs: Any) -> Any:
        """One verb in its unit of work."""
        return self.storage.run_now(lambda work: verb(work, self.office, self.now, **kwargs))

    def play(self) -> None:
        """All the days, up to the digest of the last."""
        for day in range(-DAYS + 1, 1):
            self._plan(day)
        self._then(self._at(0, time(17, 59)), lambda: self.do(plan_digest))
        self._then(self._at(0, DIGEST_AT), lambda: None)
        swept = self.now
        while self._agenda:
            at, _, act = heapq.heappop(self._agenda)
            if at > self._at(0, DIGEST_AT):
                break
            self.now = at
            act()
            if at >= swept + BEAT or at.hour == DIGEST_AT.hour:
                swept = at
                while self.do(sweep):
                    pass

    def message(self) -> SayText:
        """The digest as the manager got it."""
        (manager,) = (s for s in self._staff() if s.role is Role.MANAGER)
        rows = self.do(lambda work, office, now: self._rows(work))
        return next(a for to, a in reversed(rows) if to == Private(manager.telegram_id) and isinstance(a, SayText))

    def picture(self) -> bytes:
        """The picture that came with it."""
        act = SendReport(ReportKind.DIGEST, self._at(0, DIGEST_AT).isoformat())
        return print_report(self.do(matter_of, act=act)).data

    def _rows(self, work: Any) -> list[tuple[Any, Any]]:
        rows = itertools.takewhile(lambda row: row is not None, (work.outbox.get(n) for n in itertools.count(1)))
        return [(row.outgoing.to, row.outgoing.act) for row in rows]

    def _at(self, day: int, at: time) -> datetime:
        return datetime.combine(self.today.date() + timedelta(days=day), at, self.today.tzinfo)

    def _then(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), act))

    def _staff(self) -> list[Staff]:
        return list(self.do(lambda work, office, now: work.staff.all()))

    def _move_in(self, settings: Settings) -> None:
        company = load()
        stores = [Store(s.number, s.name, s.province, s.city, s.address, s.phone, s.code) for s in company.stores]
        self.do(enrol_stores, stores=stores)
        self.do(enrol_staff, people=settings.staff_list())
        self.do(put_up_roster, rows=company.roster)
        for each in company.franchisees:
            person = Franchisee(0, each.telegram_id, each.first_name, None, None, each.store_number or None, None, True,
                                self.now)  # fmt: skip
            self.do(lambda work, office, now, person=person: work.franchisees.add(person))
        self.people = [(f.telegram_id, f.first_name) for f in company.franchisees if f.store_number]

    def _plan(self, day: int) -> None:
        """Who is there, and when who writes."""
        workday = self.office.calendar.is_workday(self._at(day, time()).date())
        for person in self._staff():
            late = timedelta(minutes=self.chance.choice((0, 0, 0, 0, 0, 0, 0, 25)))
            self._then(self._at(day, time(8, 50)) + late, lambda p=person.id: self._sign(p, is_on=True))
            self._then(self._at(day, time(18, 5)), lambda p=person.id: self._sign(p, is_on=False))
        for _ in range(self.chance.randint(*A_DAY) if workday else 4):
            minute = self.chance.choice((self.chance.randrange(5, 530), self.chance.randrange(60, 300)))
            self._then(self._at(day, time(9)) + timedelta(minutes=minute), lambda d=day: self._writes(d))

    def _sign(self, staff_id: int, *, is_on: bool) -> None:
        person = self.do(lambda work, office, now: work.staff.get(staff_id))
        self.do(flip, who=person, is_on=is_on)

    def _writes(self, day: int) -> None:
        free = [p for p in self.people if p[0] not in self._busy]
        if not free:
            return
        who = self.chance.choice(free)
        self._busy.add(who[0])
        is_angry = day >= -1 and self.chance.random() < 0.08
        texts = OF_TODAY if day == 0 and self.chance.random() < 0.6 else self.sayings
        words = self.chance.choice(ANGRY if is_angry else texts)
        said = Incoming(MessageRef(who[0], next(self._numbers)), self.now, Content(ContentKind.TEXT, words))
        hint = receive.Hint(kind="complaint" if is_angry else "order")
        case_id = self.do(receive.receive, sender=Sender(*who), message=said, hint=hint)
        wait = self.chance.choice((2, 3, 4, 5, 6, 7, 8, 45))
        self._then(self.now + timedelta(minutes=wait), lambda: self._answers(who, case_id))

    def _answers(self, who: tuple[int, str], case_id: int) -> None:
        case = self.do(lambda work, office, now: work.cases.get(case_id))
        person = self.do(lambda work, office, now: work.staff.get(case.handler_id))
        if self.chance.random() < 0.03:
            self._says(case_id, person, BLUNT)
        self._says(case_id, person, self.chance.choices(ANSWERS, (6, 1))[0])
        end = self._in_hours(self.now + timedelta(minutes=self.chance.choice(UNTIL_ENDED)))
        after = self.do(lambda work, office, now: work.cases.get(case_id))
        if after.state is State.OPEN and self.chance.random() < 0.1:
            self.do(pause.pause_or_resume, staff_telegram_id=person.telegram_id, case_id=case_id)
        if case.kind != "complaint":  # a complaint must not end without what was found
            self._then(end, lambda: self._ends(who, case_id, person))

    def _in_hours(self, at: datetime) -> datetime:
        """Whatever would end at night ends the next morning."""
        if at.time() < time(17, 45) and at.time() >= time(9):
            return at
        day = at.date() + timedelta(days=at.time() >= time(9))
        return datetime.combine(day, time(9, self.chance.randrange(10, 59)), at.tzinfo)

    def _says(self, case_id: int, person: Staff, text: str) -> None:
        words = reply.Words(Content(ContentKind.TEXT, text))

        def answer(work: Any, office: Any, now: Any) -> None:
            reply.answer(work, office, now, case=work.cases.get(case_id), who=person, words=words)

        self.do(answer)

    def _ends(self, who: tuple[int, str], case_id: int, person: Staff) -> None:
        leader = next(s for s in self._staff() if s.role is Role.SUPERVISOR)
        case = self.do(lambda work, office, now: work.cases.get(case_id))
        if not case.is_unfinished:
            return
        owns = case.first_owner_id == person.id
        self.do(resolve.resolve, staff_telegram_id=(person if owns else leader).telegram_id, case_id=case_id)
        self.do(resolve.confirm, sender=Sender(*who), case_id=case_id)
        score = self.chance.choice((5, 5, 5, 5, 4, 4, 4, 3, 0, 0, 0, 2))
        if score:
            self.do(rate_by_command, sender=Sender(*who), query=str(score))
        self._busy.discard(who[0])
