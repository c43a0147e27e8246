"""Who gets a case: the order of the ladder, and fairness among equals."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.desk.people import Role, Staff
from bot.desk.route_record import recorded, remembered
from bot.desk.routing import Assignment, Candidate, Judgement, Reason, route

T0 = datetime(2026, 11, 23, tzinfo=UTC)


def person(number: int, role: Role = Role.SPECIALIST, *, on: bool = True, regions: tuple[str, ...] = ("east",),
           provinces: tuple[str, ...] = (), capacity: int = 12, assigned: datetime | None = None) -> Staff:  # fmt: skip
    return Staff(
        id=number, telegram_id=1000 + number, name=f"同事{number}", role=role, regions=regions, provinces=provinces,
        capacity=capacity, is_on_duty=on, is_active=True, duty_changed_at=None, last_assigned_at=assigned,
    )  # fmt: skip


def ask(
    *people: Candidate, region: str | None = "east", province: str | None = "江苏", previous: int | None = None
) -> Assignment | None:
    return route(people, region=region, province=province, previous_owner_id=previous)


LIN = Candidate(person(1), open_cases=0)
ZHOU = Candidate(person(2), open_cases=3)
JIANGSU = Candidate(person(3, provinces=("江苏",)), open_cases=9)
BOSS = Candidate(person(8, Role.SUPERVISOR, regions=()), open_cases=0)
MANAGER = Candidate(person(9, Role.MANAGER, regions=()), open_cases=0)


def test_the_previous_owner_on_duty_comes_before_everybody() -> None:
    assert ask(LIN, ZHOU, JIANGSU, previous=2) == Assignment(2, Reason.PREVIOUS_OWNER)


def test_a_previous_owner_off_duty_is_passed_over() -> None:
    off = Candidate(replace(ZHOU.staff, is_on_duty=False), 3)
    assert ask(LIN, off, previous=2) == Assignment(1, Reason.LEAST_LOADED)


def test_the_provincial_specialist_comes_before_the_region_and_only_for_their_province() -> None:
    assert ask(LIN, JIANGSU) == Assignment(3, Reason.PROVINCIAL)
    assert ask(LIN, JIANGSU, province="浙江") == Assignment(1, Reason.LEAST_LOADED)


def test_fewest_open_cases_then_longest_idle_then_the_lowest_number() -> None:
    assert ask(ZHOU, LIN) == Assignment(1, Reason.LEAST_LOADED)
    tired = Candidate(person(4, assigned=T0 + timedelta(hours=2)), 0)
    rested = Candidate(person(5, assigned=T0), 0)
    never = Candidate(person(6), 0)
    assert ask(tired, rested) == Assignment(5, Reason.LEAST_LOADED)
    assert ask(tired, rested, never) == Assignment(6, Reason.LEAST_LOADED)
    assert ask(Candidate(person(7), 0), never) == Assignment(6, Reason.LEAST_LOADED)


def test_a_specialist_of_another_region_or_with_full_hands_or_off_duty_gets_nothing() -> None:
    foreign = Candidate(person(4, regions=("north",)), 0)
    full = Candidate(person(5, capacity=2), 2)
    off = Candidate(person(6, on=False), 0)
    assert ask(foreign, full, off, BOSS) == Assignment(8, Reason.SUPERVISOR_ON_DUTY)


def test_with_nobody_on_duty_the_supervisor_answers_for_it_then_the_manager_then_anybody() -> None:
    home = Candidate(replace(BOSS.staff, is_on_duty=False), 0)
    away = Candidate(replace(MANAGER.staff, is_on_duty=False), 0)
    sleeping = Candidate(replace(LIN.staff, is_on_duty=False), 0)
    assert ask(sleeping, home, MANAGER) == Assignment(9, Reason.MANAGER_ON_DUTY)
    assert ask(sleeping, home, away) == Assignment(8, Reason.SUPERVISOR)
    assert ask(sleeping, away) == Assignment(9, Reason.MANAGER)
    assert ask(sleeping) == Assignment(1, Reason.ANYBODY)


def test_who_left_gets_nothing_and_an_empty_department_is_the_only_nobody() -> None:
    gone = Candidate(replace(LIN.staff, is_active=False), 0)
    assert ask(gone) is None
    assert ask() is None


def test_an_unknown_place_says_so_as_the_reason() -> None:
    assert ask(LIN, BOSS, region=None, province=None) == Assignment(8, Reason.UNKNOWN_PLACE)


def test_a_previous_owner_whose_hands_are_full_is_passed_over() -> None:
    full = Candidate(replace(ZHOU.staff, capacity=3), 3)
    assert ask(LIN, full, previous=2) == Assignment(1, Reason.LEAST_LOADED)


def test_the_first_owner_comes_after_the_previous_one_and_before_the_province() -> None:
    people = (LIN, ZHOU, JIANGSU)
    ladder = {"region": "east", "province": "江苏"}
    assert route(people, **ladder, first_owner_id=2) == Assignment(2, Reason.FIRST_OWNER)
    assert route(people, **ladder, first_owner_id=2, previous_owner_id=1) == Assignment(1, Reason.PREVIOUS_OWNER)


def test_stand_in_regions_help_in_their_order_and_before_the_supervisor() -> None:
    south, north = Candidate(person(4, regions=("south",)), 5), Candidate(person(5, regions=("north",)), 0)
    off = Candidate(replace(LIN.staff, is_on_duty=False), 0)
    people = (off, north, south, BOSS)
    ladder = {"region": "east", "province": None}
    assert route(people, **ladder, stand_ins=("south", "north")) == Assignment(4, Reason.STAND_IN)
    assert route(people, **ladder, stand_ins=("north",)) == Assignment(5, Reason.STAND_IN)
    assert route(people, **ladder) == Assignment(8, Reason.SUPERVISOR_ON_DUTY)


def test_with_all_hands_full_and_no_leader_on_duty_the_least_loaded_takes_one_more() -> None:
    two, three = Candidate(person(4, capacity=2), 2), Candidate(person(5, capacity=3), 3)
    home = Candidate(replace(BOSS.staff, is_on_duty=False), 0)
    assert ask(three, two, home) == Assignment(4, Reason.OVERFLOW)
    assert ask(three, two, MANAGER) == Assignment(9, Reason.MANAGER_ON_DUTY)


def test_who_has_lost_the_case_does_not_get_it_again() -> None:
    assert route((LIN, ZHOU), region="east", province=None, passed={1}) == Assignment(2, Reason.LEAST_LOADED)
    assert route((LIN, BOSS), region="east", province=None, passed={1}) == Assignment(8, Reason.SUPERVISOR_ON_DUTY)


def test_with_nobody_else_on_duty_who_has_lost_it_comes_before_who_went_home_and_after_everybody_else() -> None:
    home = Candidate(replace(BOSS.staff, id=7, is_on_duty=False), 0)
    ladder = {"region": "east", "province": None}
    assert route((LIN, BOSS, home), **ladder, passed={1, 8}) == Assignment(1, Reason.LEAST_LOADED)
    found = route((LIN, BOSS, MANAGER, home), **ladder, passed={1, 8})
    assert found == Assignment(9, Reason.MANAGER_ON_DUTY)
    words = {j.staff_id: j.judgement for j in found.judged}
    assert words == {1: Judgement.PASSED, 8: Judgement.PASSED, 9: Judgement.CHOSEN, 7: Judgement.OFF_DUTY}


def test_everybody_is_judged_once_and_for_the_first_thing_that_bars_them() -> None:
    judged = {
        LIN: Judgement.CHOSEN,
        Candidate(person(2), 1): Judgement.BUSIER,
        Candidate(person(3, assigned=T0), 0): Judgement.NEWER,
        Candidate(person(4, on=False), 0): Judgement.OFF_DUTY,
        Candidate(person(5, capacity=2), 2): Judgement.FULL,
        Candidate(person(6, regions=("north",), on=False), 0): Judgement.ELSEWHERE,
        Candidate(person(7, provinces=("浙江",)), 0): Judgement.OTHER_PROVINCE,
        BOSS: Judgement.LATER,
        Candidate(person(10), 0): Judgement.PASSED,
        Candidate(person(11, regions=("south",)), 0): Judgement.LATER,
    }
    found = route(tuple(judged), region="east", province="江苏", stand_ins=("south",), passed={10})
    assert found == Assignment(1, Reason.LEAST_LOADED)
    assert {j.staff_id: j.judgement for j in found.judged} == {c.staff.id: word for c, word in judged.items()}
    assert remembered(recorded(found)) == found
    assert remembered(recorded(found)).judged == found.judged


def test_a_decision_from_before_decisions_were_kept_still_says_who_and_why() -> None:
    old = {"to": "3", "name": "林晓", "reason": "least_loaded"}
    assert remembered(old) == Assignment(3, Reason.LEAST_LOADED)
    assert remembered(old).judged == ()


def test_a_thousand_cases_among_equals_differ_by_at_most_one() -> None:
    loads = dict.fromkeys(range(1, 8), 0)
    last: dict[int, datetime] = {}
    for n in range(1000):
        people = [Candidate(person(i, capacity=9999, assigned=last.get(i)), loads[i]) for i in loads]
        chosen = route(people, region="east", province=None, previous_owner_id=None)
        assert chosen is not None
        loads[chosen.staff_id] += 1
        last[chosen.staff_id] = T0 + timedelta(seconds=n)
    assert max(loads.values()) - min(loads.values()) <= 1
