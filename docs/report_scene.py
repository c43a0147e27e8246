"""A month of the made-up company played over the use cases, for the picture of its report."""

import heapq
import itertools
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bot.app.office import make_office
from bot.app.period import matter_in
from bot.config import Settings
from bot.desk.errors import DeskError
from bot.desk.fiscal import FiscalPeriod, Grain
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.people import PROVINCES
from bot.desk.promise import Promise, PromiseState
from bot.desk.rating import Rating, RatingState
from bot.desk.report import PeriodForm
from bot.reports.printer import print_report
from bot.sandbox.company import load
from bot.usecases import receive, reply, resolve
from bot.usecases.enrol import enrol_staff
from bot.usecases.people import Sender
from bot.usecases.period_report import gather_period
from bot.usecases.tick import sweep
from storage.desk_thread import Storage

MONTH = FiscalPeriod(Grain.MONTH, date(2026, 10, 1))
SPANS = ((2025, 10, 40), (2026, 9, 55), (2026, 10, 70))
"""Year, month and cases: last year's, the month before, the month itself."""
SPANS_OF_DAY = ((9, 12), (13, 18))
"""Hours of the desk in which the made-up franchisees write."""
KINDS = ("consult", "order", "equipment", "finance", "training")


class Scene:
    """The desk in memory; time passes as the scene wants."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.storage = Storage.in_memory()
        company = load()
        settings = Settings.model_validate({**company.as_config(), "desk": {"name": company.desk}})
        self.office = make_office(settings)
        self.staff = settings.staff_list()
        self.chance = random.Random(10)
        self.now = until
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = itertools.count(1)

    def do(self, verb: Any, **kwargs: Any) -> Any:
        """One verb in its unit of work."""
        return self.storage.run_now(lambda work: verb(work, self.office, self.now, **kwargs))

    def picture(self) -> bytes:
        """The report of October as those who lead get it."""
        self.now = datetime(2025, 9, 30, 1, tzinfo=self.until.tzinfo)
        self.do(enrol_staff, people=self.staff)
        self.do(_all_on_duty)
        for year, month, cases in SPANS:
            for _ in range(cases):
                self._then(self._in_hours(datetime(year, month, 1, tzinfo=self.office.zone)), self._writes)
        while self._agenda:
            at, _, act = heapq.heappop(self._agenda)
            self._pass_until(at)
            act()
        self.now = self.until
        report = self.do(gather_period, period=MONTH)
        return print_report(matter_in(PeriodForm.PICTURE, self.office, report)).data

    def _then(self, at: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), act))

    def _pass_until(self, at: datetime) -> None:
        self.now = at
        while self.do(sweep):
            pass

    def _in_hours(self, month: datetime) -> datetime:
        """Some minute of one of the month's days on which people work."""
        days = [month + timedelta(days=n) for n in range(28)]
        day = self.chance.choice([d for d in days if self.office.calendar.is_workday(d.date())])
        begins, ends = self.chance.choice(SPANS_OF_DAY)
        return day.replace(hour=begins) + timedelta(minutes=self.chance.randrange((ends - begins) * 60))

    def _writes(self) -> None:
        """Somebody writes, is answered, and mostly the matter is resolved and rated."""
        number, chance = next(self._numbers), self.chance
        who = 7_300_000_000 + number
        kind = "complaint" if chance.random() < 0.08 else chance.choice(KINDS)
        said = Incoming(MessageRef(who, 1), self.now, Content(ContentKind.TEXT, "请问"))
        hint = receive.Hint(chance.choice(PROVINCES[:31]), kind=kind, matter="order")
        case_id = self.do(receive.receive, sender=Sender(who, "店主"), message=said, hint=hint)
        answered = self.now + timedelta(minutes=1 + chance.expovariate(1 / 5))
        self._then(answered, lambda: self.do(_answer, case_id=case_id))
        if chance.random() < 0.85:
            ended = answered + timedelta(hours=chance.expovariate(1 / 4))
            self._then(ended, lambda: self._resolve(case_id))

    def _resolve(self, case_id: int) -> None:
        """A complaint without a finding stays open."""
        try:
            case = self.do(lambda work, office, now: work.cases.get(case_id))
            handler = self.do(lambda work, office, now: work.staff.get(case.handler_id))
            self.do(resolve.resolve, staff_telegram_id=handler.telegram_id, case_id=case_id)
        except DeskError:
            return
        score = self.chance.choice((None, 5, 5, 5, 4, 4, 3, 2))
        self.do(_rated, case_id=case_id, score=score)


def _all_on_duty(work: Any, office: Any, now: datetime) -> None:
    for person in work.staff.all():
        work.staff.save(type(person)(**{**vars(person), "is_on_duty": True, "capacity": 999}))


def _answer(work: Any, office: Any, now: datetime, *, case_id: int) -> None:
    case = work.cases.get(case_id)
    words = reply.Words(Content(ContentKind.TEXT, "您好，马上为您核实"))
    reply.answer(work, office, now, case=case, who=work.staff.get(case.handler_id), words=words)


def _rated(work: Any, office: Any, now: datetime, *, case_id: int, score: int | None) -> None:
    case = work.cases.get(case_id)
    state = RatingState.RATED if score else RatingState.BLOCKED
    mine = {"first_owner_id": case.first_owner_id, "handler_id": case.handler_id, "region": case.region}
    work.ratings.add(Rating(0, case_id, case.franchisee_id, asked_at=now, state=state, score=score, **mine))
    became = PromiseState.LATE if case_id % 11 == 0 else PromiseState.KEPT
    work.promises.add(Promise(0, case_id, case_id, case.handler_id, case.handler_id, now, now, now, "明天补货", "补货",
                              state=became, settled_at=now))  # fmt: skip
