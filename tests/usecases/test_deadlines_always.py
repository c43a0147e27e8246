"""Whatever people do in whatever order: unanswered words have a deadline, and no warning is given twice or in vain."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bot.desk.case import Case, State, Urgency
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.sla import TOLD_BY, Stage
from bot.usecases import pause, resolve
from bot.usecases.deadlines import set_kind, set_urgency
from tests.soak import looked_for
from tests.usecases.department import LIN, WANG, Department

FRANCHISEES = {4001: "浙江", 4002: "浙江"}
who = st.sampled_from(sorted(FRANCHISEES))
which = st.integers(0, 9)
_TELLS = frozenset(TOLD_BY.values())


class Days(RuleBasedStateMachine):
    """Some days of two franchisees; each rule is something that somebody does."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Department()
        self.desk.signs(LIN, is_on=True)
        for franchisee, province in FRANCHISEES.items():
            self.desk.writes(franchisee, province)

    def teardown(self) -> None:
        self.desk.close()

    @rule(franchisee=who)
    def somebody_writes(self, franchisee: int) -> None:
        self.desk.writes(franchisee, FRANCHISEES[franchisee])

    @rule(n=which)
    def the_handler_answers(self, n: int) -> None:
        if (case := self.pick(n)) is not None:
            self.desk.answers(case)

    @rule(n=which)
    def a_case_waits_or_goes_on(self, n: int) -> None:
        self.tried(n, lambda case: (pause.pause_or_resume, {"staff_telegram_id": WANG, "case_id": case.id}))

    @rule(n=which)
    def a_case_is_settled(self, n: int) -> None:
        self.tried(n, lambda case: (resolve.resolve, {"staff_telegram_id": WANG, "case_id": case.id}))

    @rule(n=which, urgency=st.sampled_from(Urgency))
    def a_case_becomes_more_or_less_urgent(self, n: int, urgency: Urgency) -> None:
        self.tried(n, lambda case: (set_urgency, {"case": case, "urgency": urgency}))

    @rule(n=which)
    def a_case_is_a_complaint(self, n: int) -> None:
        self.tried(n, lambda case: (_becomes_a_complaint, {"case": case}))

    @rule(minutes=st.sampled_from([1, 4, 7, 11, 35, 150, 600, 3 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.desk.later(minutes=minutes)

    def pick(self, n: int) -> Case | None:
        cases = self.desk.unfinished()
        return cases[n % len(cases)] if cases else None

    def tried(self, n: int, verb: Any) -> None:
        if (case := self.pick(n)) is not None:
            run, arguments = verb(case)
            with suppress(DeskError):
                self.desk.do(run, **arguments)

    @invariant()
    def all_is_as_it_must_be(self) -> None:
        self.desk.later(seconds=2)
        for case in self.desk.do(lambda work, office, now: work.cases.listed(limit=99)):
            if case.state in (State.NEW, State.OPEN):
                assert case.resolve_by is not None
                assert (case.respond_by is None) == (case.unanswered_since is None)
            events = self.desk.events(case.id)
            self.each_once_and_none_in_vain(events)
            untold = self.desk.office.deadlines.untold(case, events)
            assert [a for a in untold if a.due_at <= self.desk.now - timedelta(seconds=1)] == []

    def each_once_and_none_in_vain(self, events: list[Event]) -> None:
        told = [e for e in events if e.did in _TELLS]
        keys = [(e.did, e.data["term"], e.data["by"]) for e in told]
        assert len(keys) == len(set(keys))
        is_answered = is_running = True
        for event in events:
            match event.did:
                case Did.FRANCHISEE_WROTE:
                    is_answered = False
                case Did.SPECIALIST_ANSWERED:
                    is_answered = True
                case Did.CASE_OPENED | Did.CASE_REOPENED | Did.CASE_RESUMED:
                    is_running = True
                case Did.CASE_PAUSED | Did.CASE_RESOLVED | Did.CASE_CLOSED:
                    is_running, is_answered = False, event.did is Did.CASE_PAUSED or is_answered
                case did if did in _TELLS:
                    assert is_running
                    assert event.data["term"] == "resolve" or not is_answered


def _becomes_a_complaint(work: Any, office: Any, now: Any, *, case: Case) -> None:
    work.cases.save(set_kind(work, office, now, case=case, kind="complaint"))


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
def test_unanswered_words_have_a_deadline_and_each_warning_is_given_once_or_not_at_all() -> None:
    assert set(TOLD_BY) == set(Stage)
    run_state_machine_as_test(Days, settings=looked_for(6, stateful_step_count=20))
