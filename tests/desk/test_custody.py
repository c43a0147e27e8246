"""In whose hands a case was, and the figures of it: tables of events and what they mean."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk.custody import Custody, custody
from bot.desk.events import Did, Event
from bot.desk.ledger import Figures, Span, figures

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LIN, ZHOU, HE, BOSS = 1, 2, 3, 9
DAY = Span(NINE, NINE + timedelta(hours=9))


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def assigned(to: int, hours: float, reason: str = "least_loaded") -> Event:
    return Event(1, Did.CASE_ASSIGNED, at(hours), data={"to": str(to), "reason": reason})


def claimed(by: int, hours: float) -> Event:
    return Event(1, Did.CASE_CLAIMED, at(hours), staff_id=by)


def answered(by: int, hours: float) -> Event:
    return Event(1, Did.SPECIALIST_ANSWERED, at(hours), staff_id=by)


def given(to: int, hours: float, by: int, how: str = "accepted") -> Event:
    data = {"to": str(to), "reason": "班次交接", "how": how}
    return Event(1, Did.CASE_TRANSFERRED, at(hours), staff_id=by, data=data)


def ended(hours: float, did: Did = Did.CASE_RESOLVED) -> Event:
    return Event(1, did, at(hours))


def reopened(to: int, hours: float) -> Event:
    return Event(1, Did.CASE_REOPENED, at(hours), data={"handler": str(to)})


def back(hours: float) -> Event:
    return Event(1, Did.TRANSFER_RETURNED, at(hours), data={"to": str(ZHOU)})


FROM_HAND_TO_HAND = [
    assigned(LIN, 0),
    claimed(LIN, 1),
    answered(LIN, 1),
    given(ZHOU, 2, LIN),
    answered(ZHOU, 3),
    ended(4),
]
HANDS = {
    "nobody yet": ([], []),
    "assigned, then claimed by the same": ([assigned(LIN, 0), claimed(LIN, 1)], [(LIN, 0, None)]),
    "assigned to one, claimed by another": ([assigned(LIN, 0), claimed(ZHOU, 1)], [(LIN, 0, 1), (ZHOU, 1, None)]),
    "handed on and ended": (FROM_HAND_TO_HAND, [(LIN, 0, 2), (ZHOU, 2, 4)]),
    "opened again": ([*FROM_HAND_TO_HAND, reopened(LIN, 6)], [(LIN, 0, 2), (ZHOU, 2, 4), (LIN, 6, None)]),
    "closed after it was ended": ([*FROM_HAND_TO_HAND, ended(7, Did.CASE_CLOSED)], [(LIN, 0, 2), (ZHOU, 2, 4)]),
    "withdrawn by the franchisee": ([assigned(LIN, 0), ended(1, Did.CASE_CLOSED)], [(LIN, 0, 1)]),
}


@pytest.mark.parametrize(("events", "expected"), HANDS.values(), ids=HANDS)
def test_every_instant_has_one_hand(events: list[Event], expected: list[tuple[int, float, float | None]]) -> None:
    found = [(h.staff_id, h.since, h.until) for h in custody(events).hands]
    assert found == [(who, at(since), None if until is None else at(until)) for who, since, until in expected]


def test_the_first_who_claimed_is_first_owner_for_ever() -> None:
    record = custody([assigned(LIN, 0), claimed(ZHOU, 1), given(LIN, 2, ZHOU), claimed(LIN, 3)])
    assert record.first_owner_id == ZHOU


def of(cases: list[list[Event]], staff_id: int | None, span: Span = DAY) -> Figures:
    return figures([custody(c) for c in cases], span, staff_id=staff_id, measure=lambda start, end: end - start)


TAKEN = [assigned(LIN, 0), claimed(LIN, 0)]
PASSED_ON = [*TAKEN, given(ZHOU, 1, LIN), ended(2)]
FIGURES = {
    "ended by another": (PASSED_ON, LIN, {"closed": 1, "own": 0, "given": 1, "unanswered": 1, "hands": 1}),
    "what another ended is not theirs": (PASSED_ON, ZHOU, {"closed": 0, "hands": 1}),
    "answered before it was handed on": (FROM_HAND_TO_HAND, LIN, {"given": 1, "unanswered": 0, "hands": 1}),
    "ended by the first owner": ([*TAKEN, ended(1)], LIN, {"closed": 1, "own": 1, "hands": 1}),
    "a leader's order is not passing on": (
        [assigned(LIN, 0), claimed(LIN, 0), given(ZHOU, 1, BOSS)], LIN, {"given": 0, "unanswered": 0, "hands": 1},
    ),
    "an answer in an earlier hand does not count in a later one": (
        [*FROM_HAND_TO_HAND, reopened(LIN, 5), given(HE, 6, LIN)], LIN,
        {"closed": 1, "given": 2, "unanswered": 1, "hands": 2},
    ),
    "an offer that came back": ([assigned(LIN, 0), claimed(LIN, 0), back(1)], LIN, {"back": 1, "hands": 1}),
    "the last end counts": (
        [*TAKEN, ended(1), reopened(ZHOU, 2), ended(3)], LIN, {"closed": 1, "own": 0, "hands": 1},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("events", "who", "expected"), FIGURES.values(), ids=FIGURES)
def test_figures_of_one_case(events: list[Event], who: int, expected: dict[str, int]) -> None:
    found = of([events], who)
    assert {name: getattr(found, name) for name in expected} == expected


def test_time_in_hand_is_cut_to_the_span_and_still_runs_at_its_end() -> None:
    span = Span(at(1), at(3))
    assert of([[assigned(LIN, 0), given(ZHOU, 2, LIN)]], LIN, span).in_hand == timedelta(hours=1)
    assert of([[assigned(LIN, 0), given(ZHOU, 2, LIN)]], ZHOU, span).in_hand == timedelta(hours=1)
    assert of([[assigned(LIN, 4)]], LIN, span) == Figures()


def test_the_whole_is_the_sum_of_its_people() -> None:
    cases = [FROM_HAND_TO_HAND, PASSED_ON, [assigned(HE, 0), claimed(HE, 0), ended(5)]]
    whole, parts = of(cases, None), [of(cases, who) for who in (LIN, ZHOU, HE)]
    for name in ("closed", "own", "given", "unanswered", "hands", "in_hand"):
        total = sum((getattr(p, name) for p in parts), start=type(getattr(whole, name))())
        assert getattr(whole, name) == total, name
    assert whole.share == pytest.approx(1 / 3)
    assert Figures().share is None


def test_nothing_happened_and_nobody_holds_it() -> None:
    assert custody([]) == Custody()
    assert Custody().holder is None
