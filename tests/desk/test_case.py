"""A case's life is a table: what may happen when, and what each step changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.desk import case as moves
from bot.desk.case import TRANSITIONS, Case, State, Step, diagram
from bot.desk.errors import BadTransition

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=10)
CASE = Case(id=7, franchisee_id=1, state=State.NEW, handler_id=11, opened_at=NOON, group_id=-100)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_every_step_not_in_the_table_is_refused_in_the_readers_language(state: State, step: Step) -> None:
    case = replace(CASE, state=state)
    if (state, step) in TRANSITIONS:
        assert moves.moved(case, step).state is TRANSITIONS[(state, step)]
    else:
        with pytest.raises(BadTransition) as refusal:
            moves.moved(case, step)
        assert refusal.value.notice == "notice/cannot_step"
        assert refusal.value.values["case"] == "7"


def test_every_state_but_new_can_be_reached_and_every_state_but_closed_can_be_left_for_closed() -> None:
    assert {*TRANSITIONS.values()} == set(State)
    for state in State:
        assert any(source is state for source, _ in TRANSITIONS)


def test_the_first_person_who_answers_an_unclaimed_case_is_its_first_owner_for_ever() -> None:
    first = moves.answered(CASE, NOON, by=22)
    second = moves.answered(first, LATER, by=33)
    assert (first.first_owner_id, first.handler_id) == (22, 22)
    assert (second.first_owner_id, second.handler_id) == (22, 22)
    assert second.first_answer_at == NOON
    assert second.last_answer_at == LATER


def test_a_claim_does_not_take_the_first_ownership_from_who_has_it() -> None:
    taken = moves.claimed(CASE, by=22)
    assert moves.claimed(taken, by=33).first_owner_id == 22


def test_the_clock_of_an_answer_starts_with_the_first_unanswered_message_and_stops_with_the_answer() -> None:
    first = moves.heard(CASE, NOON, respond_by=LATER)
    second = moves.heard(first, LATER, respond_by=LATER + timedelta(minutes=10))
    assert second.unanswered_since == NOON
    assert second.respond_by == LATER
    answered = moves.answered(second, LATER, by=22)
    assert answered.unanswered_since is None
    assert answered.respond_by is None


def test_a_word_of_the_franchisee_ends_the_waiting() -> None:
    waiting = moves.paused(replace(CASE, state=State.OPEN), NOON)
    assert waiting.state is State.WAITING
    assert moves.heard(waiting, LATER, respond_by=LATER).state is State.OPEN


def test_reopening_keeps_the_first_owner_and_clears_the_end() -> None:
    done = moves.resolved(moves.answered(CASE, NOON, by=22), LATER)
    again = moves.reopened(done, handler_id=33, resolve_by=LATER)
    assert (again.state, again.first_owner_id, again.handler_id) == (State.OPEN, 22, 33)
    assert again.resolved_at is None


def test_the_diagram_shows_every_arrow_of_the_table() -> None:
    text = diagram()
    for (source, step), target in TRANSITIONS.items():
        arrow = f"{moves.STATE_NAMES[source]} --> {moves.STATE_NAMES[target]}: "
        row = next(line for line in text.splitlines() if arrow in line)
        assert moves.STEP_NAMES[step] in row
