"""Whatever people do in whatever order: every unfinished case is one active person's, and its first owner stays."""

from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.desk.calendar import DayKind, SpecialDay
from bot.desk.duty_request import OPEN
from bot.desk.errors import DeskError
from bot.desk.people import Role, Staff
from bot.desk.roster import Shift, Stretch, WeekDuty
from bot.desk.roster_file import RosterFile
from bot.usecases import claim, pause, place, resolve, transfer
from bot.usecases.calendar import import_days
from bot.usecases.enrol_roster import enrol_roster
from bot.usecases.people import Sender
from tests.soak import looked_for
from tests.usecases.department import HE, LIN, MEI, MONDAY, NAMES, REGIONS, WANG, ZHAO, ZHOU, Crash, Department
from tests.usecases.watched import Held, Watch, serves

PLACES = {4001: "江苏", 4002: "浙江", 4003: "浙江", 4004: "浙江", 4005: "广东", 4006: "广东", 4007: "北京", 4008: None,
          4009: "浙江", 4010: "江苏"}  # fmt: skip
HANDS = {LIN: 4, ZHOU: 1}
"""Unequal capacities: among equals the fewest cases would do, and nobody would see whether anybody counts."""
REGION_OF = {p: r["code"] for r in REGIONS for p in r["provinces"]}
STAND_INS = {str(r["code"]): tuple(r.get("stand_in", ())) for r in REGIONS}
HOUR = 60
SHIFTS = (
    Shift("日", (Stretch(9 * HOUR, 12 * HOUR), Stretch(13 * HOUR, 18 * HOUR))),
    Shift("晚", (Stretch(17 * HOUR, 22 * HOUR),)),
    Shift("夜", (Stretch(22 * HOUR, 30 * HOUR),)),
)
SHIFT_OF = {LIN: ("east", "日"), ZHOU: ("east", "晚"), MEI: ("south", "日"), HE: ("north", "夜")}
WISHES = ("leave {day} 家里有事", "leave 现在 不舒服", "swap {day} {name}", "standin {name} {day}")
people = st.sampled_from(sorted(NAMES))
franchisees = st.sampled_from(sorted(PLACES))
crashes = st.integers(0, 9).map(lambda n: n == 0)
which = st.integers(0, 99)


@cache
def _begun() -> bytes:
    """A department at the beginning of the week: two are there, and two franchisees have written."""
    desk = Department()
    staff = [replace(s, capacity=HANDS.get(s.telegram_id, s.capacity)) for s in desk.staff()]
    desk.do(lambda work, office, now: work.staff.put_all(staff))
    weekly = [
        WeekDuty(desk.ids[who], day, *SHIFT_OF[who], from_day=MONDAY.date()) for who in SHIFT_OF for day in range(7)
    ]
    desk.do(enrol_roster, roster=RosterFile(SHIFTS, tuple(weekly)))
    for who in (LIN, ZHOU):
        desk.signs(who, is_on=True)
    for franchisee in (4002, 4003):
        desk.writes(franchisee, PLACES[franchisee])
    data = desk.contents()
    desk.close()
    return data


class Week(RuleBasedStateMachine):
    """A week of the department; each rule is something that somebody does."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Department(data=_begun())
        self.watch = Watch(self.desk)
        self.first_owners: dict[int, int] = {}

    def teardown(self) -> None:
        self.desk.close()

    @rule(who=franchisees, stops=crashes)
    def somebody_writes(self, who: int, stops: bool) -> None:
        with suppress(Crash):
            self.desk.writes(who, PLACES[who], crashes=stops)

    @rule(who=franchisees)
    def somebody_else_writes(self, who: int) -> None:
        self.desk.writes(who, PLACES[who])

    @rule(who=people, is_on=st.sampled_from([True, True, False]), stops=crashes)
    def somebody_signs(self, who: int, is_on: bool, stops: bool) -> None:
        with suppress(Crash, DeskError):
            self.desk.signs(who, is_on=is_on, crashes=stops)

    @rule(who=which, n=which, stops=crashes)
    def somebody_on_duty_claims(self, who: int, n: int, stops: bool) -> None:
        there = [s.telegram_id for s in self.watch.staff().values() if s.is_on_duty]
        free = [case for case in self.watch.unfinished() if case.first_owner_id is None]
        if free and there:
            self.tried(claim.claim, crashes=stops, staff_telegram_id=there[who % len(there)],
                       case_id=free[n % len(free)].id)  # fmt: skip

    @rule(n=which, stops=crashes)
    def the_handler_answers(self, n: int, stops: bool) -> None:
        case = self.pick(n)
        if case is not None:
            with suppress(Crash):
                self.desk.answers(self.desk.case(case.id), crashes=stops)

    @rule(n=which, region=st.sampled_from([str(r["name"]) for r in REGIONS]), stops=crashes)
    def a_case_is_transferred_to_a_region(self, n: int, region: str, stops: bool) -> None:
        case = self.pick(n)
        if case is not None:
            me = self.watch.staff()[case.handler_id].telegram_id
            self.tried(transfer.transfer_by_command, crashes=stops, staff_telegram_id=me,
                       case=self.desk.case(case.id), target=region, reason="货品问题")  # fmt: skip

    @rule(n=which, stops=crashes)
    def a_case_waits_or_goes_on(self, n: int, stops: bool) -> None:
        case = self.pick(n)
        if case is not None:
            self.tried(pause.pause_or_resume, crashes=stops, staff_telegram_id=WANG, case_id=case.id)

    @rule(n=which, stops=crashes)
    def a_case_is_settled(self, n: int, stops: bool) -> None:
        case = self.pick(n)
        if case is not None:
            self.tried(resolve.resolve, crashes=stops, staff_telegram_id=WANG, case_id=case.id)

    @rule(who=franchisees, stops=crashes)
    def a_franchisee_ends_it(self, who: int, stops: bool) -> None:
        self.tried(resolve.withdraw, crashes=stops, sender=Sender(who, "加盟商"))

    @rule(n=which, province=st.sampled_from(["江苏", "广东", "北京"]), stops=crashes)
    def a_place_becomes_known(self, n: int, province: str, stops: bool) -> None:
        case = self.pick(n)
        if case is not None and case.province is None:
            self.tried(place.choose_province, crashes=stops, sender=Sender(4008, "加盟商"), case_id=case.id,
                       province=province)  # fmt: skip

    @rule(minutes=st.sampled_from([1, 10, 31, 65, 240, 15 * 60, 3 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.desk.later(minutes=minutes)

    @rule(day=st.integers(0, 14), kind=st.sampled_from(DayKind))
    def a_day_is_declared(self, day: int, kind: DayKind) -> None:
        self.desk.do(import_days, days=[SpecialDay(date(2026, 9, 28) + timedelta(days=day), kind)])

    @rule(who=people, colleague=people, wish=st.sampled_from(WISHES), days=st.integers(0, 6), stops=crashes)
    def somebody_asks_for_time_off(self, who: int, colleague: int, wish: str, days: int, stops: bool) -> None:
        day = self.desk.office.today(self.desk.now) + timedelta(days=days)
        words = wish.format(day=f"{day.month}月{day.day}日", name=NAMES[colleague])
        self.says(who, words, crashes=stops)

    @rule(n=which, by=which, verb=st.sampled_from(["approve", "approve", "decline", "cancel"]), stops=crashes)
    def a_request_is_answered(self, n: int, by: int, verb: str, stops: bool) -> None:
        requests = self.desk.do(lambda work, office, now: work.rosters.requests(stages=OPEN))
        if requests:
            request = requests[n % len(requests)]
            own = [
                s.telegram_id for s in self.watch.staff().values() if s.id in (request.asker_id, request.colleague_id)
            ]
            self.says([*own, WANG, ZHAO][by % (len(own) + 2)], f"{verb} {request.id}", crashes=stops)

    @rule(n=which, to=people, stops=crashes)
    def a_case_is_offered(self, n: int, to: int, stops: bool) -> None:
        self.its_handler_says(n, f"transfer #{{}} {NAMES[to]} 货品问题", stops)

    @rule(n=which, verb=st.sampled_from(["accept #{}", "accept #{}", "return #{} 忙不过来"]), stops=crashes)
    def an_offer_is_answered(self, n: int, verb: str, stops: bool) -> None:
        offers = self.desk.do(lambda work, office, now: [o for s in work.staff.all()
                                                         for o in work.transfers.pending_to(s.id)])  # fmt: skip
        if offers:
            offer = offers[n % len(offers)]
            self.says(self.watch.staff()[offer.to_id].telegram_id, verb.format(offer.case_id), crashes=stops)

    @rule(n=which, words=st.sampled_from(["up #{} 很急", "assist #{} 物流 1小时 查一下", "close #{}"]), stops=crashes)
    def help_or_an_end_is_asked_for(self, n: int, words: str, stops: bool) -> None:
        self.its_handler_says(n, words, stops)

    @rule(n=which, who=st.sampled_from([WANG, LIN, ZHOU]), verb=st.sampled_from(["confirm", "unsolved"]), stops=crashes)
    def an_end_is_answered(self, n: int, who: int, verb: str, stops: bool) -> None:
        case = self.pick(n)
        if case is not None:
            self.says(who, f"{verb} #{case.id}", crashes=stops)

    @rule(who=people, stops=crashes)
    def somebody_leaves_the_company(self, who: int, stops: bool) -> None:
        if sum(s.is_active for s in self.watch.staff().values()) > len(NAMES) - 3:
            self.says(ZHAO, f"staff off {NAMES[who]} 派单", crashes=stops)

    @rule(minutes=st.sampled_from([5, 40, 9 * 60]), restarts=st.booleans())
    def the_machine_stands_still(self, minutes: int, restarts: bool) -> None:
        """Nothing is swept meanwhile; after a restart only what is in the database is known."""
        self.desk.now += timedelta(minutes=minutes)
        if restarts:
            self.desk.restarts()

    def says(self, who: int, words: str, *, crashes: bool) -> None:
        """A command, in private: whoever is no longer of the staff is a stranger."""
        with suppress(Crash, DeskError):
            self.desk.says(who, words, crashes=crashes)

    def its_handler_says(self, n: int, words: str, stops: bool) -> None:
        case = self.pick(n)
        if case is not None:
            self.says(self.watch.staff()[case.handler_id].telegram_id, words.format(case.id), crashes=stops)

    def pick(self, n: int) -> Held | None:
        cases = self.watch.unfinished()
        return cases[n % len(cases)] if cases else None

    def tried(self, verb: Any, **kwargs: Any) -> None:
        """A refusal is an answer, too; then nothing may have changed."""
        with suppress(Crash, DeskError):
            self.desk.do(verb, **kwargs)

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        cases, staff = self.watch.cases(), self.watch.staff()
        news = self.watch.news()
        unfinished = [case for case in cases if case.is_unfinished]
        assert all(staff[case.handler_id].is_active for case in unfinished)
        assert all(self.watch.holder(case.id) == case.handler_id for case in unfinished), "by the events, too"
        assert max(Counter(case.franchisee_id for case in unfinished).values(), default=0) <= 1
        for case in cases:
            if case.first_owner_id is not None:
                self.first_owners.setdefault(case.id, case.first_owner_id)
            assert case.first_owner_id == self.first_owners.get(case.id)
        load = Counter(case.handler_id for case in unfinished)
        for case in unfinished:
            for staff_id in news.get(case.id, [])[-1:]:  # who held it in between has signed off since
                self.holds(case, staff[staff_id], staff, load)

    def holds(self, case: Held, who: Staff, staff: dict[int, Staff], load: Counter[int]) -> None:
        on_duty = [s for s in staff.values() if s.is_on_duty and s.is_active]
        own = [s for s in on_duty if serves(s, case.region, case.province)]
        if not who.is_on_duty:
            leaders = [s for s in on_duty if s.role is not Role.SPECIALIST]
            helpers = [s for s in on_duty for c in STAND_INS.get(case.region or "", ()) if serves(s, c, None)]
            assert not leaders + own + helpers, (who, leaders, own, helpers)
        if who.role is Role.SPECIALIST and load[who.id] > who.capacity:
            assert not [s for s in own if load[s.id] < s.capacity], (who, own)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
def test_at_every_instant_somebody_answers_for_every_case() -> None:
    run_state_machine_as_test(Week, settings=looked_for(8, stateful_step_count=25))
