"""Many at once on PostgreSQL, and many one after the other: one winner, nobody twice, fair shares."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.desk.errors import DeskError
from bot.desk.events import Did
from bot.desk.people import Role, Staff
from bot.usecases import claim
from bot.usecases.open_case import open_case
from bot.usecases.people import Sender, met
from bot.usecases.tick import sweep
from storage.desk_thread import Storage
from storage.engine import make_engine
from tests.databases import migrated
from tests.usecases.department import LIN, MONDAY, ZHOU, Department

CLAIMANTS = 20
DESKS = 5
"""Processes, so to speak: each has the four storage threads and connections of one."""


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Department]]:
    """Several processes over one PostgreSQL."""
    database = migrated("postgresql", tmp_path)
    opened = [Department(Storage(make_engine(database.url))) for _ in range(DESKS)]
    yield opened
    for desk in opened:
        desk.close()


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act led to, begun at the same moment."""
    begin = threading.Barrier(len(acts))

    def act(fn: Callable[[], Any]) -> Any:
        begin.wait()
        try:
            return fn()
        except DeskError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def team(count: int, **more: Any) -> list[Staff]:
    return [Staff(0, 6000 + n, f"专员{n}", Role.SPECIALIST, ("east",), is_on_duty=True, **more) for n in range(count)]


def test_of_twenty_who_claim_at_once_one_wins_and_the_others_hear_who(desks: list[Department]) -> None:
    staff = team(CLAIMANTS, capacity=99)
    desks[0].do(lambda work, office, now: work.staff.put_all(staff))
    case_id = desks[0].writes(4001, "浙江")

    def claims(n: int) -> Callable[[], Any]:
        return lambda: desks[n % DESKS].do(claim.claim, staff_telegram_id=6000 + n, case_id=case_id)

    told = at_once([claims(n) for n in range(CLAIMANTS)])
    case = desks[0].case(case_id)
    winner = desks[0].by_id()[case.handler_id]
    assert case.first_owner_id == winner.id
    assert [n for n, words in enumerate(told) if isinstance(words, str)] == [winner.telegram_id - 6000]
    losers = [refusal for refusal in told if isinstance(refusal, DeskError)]
    assert [(r.notice, r.values["name"]) for r in losers] == [("notice/already_claimed", winner.name)] * (CLAIMANTS - 1)


def test_two_desks_never_count_on_the_same_free_place(desks: list[Department]) -> None:
    desks[0].signs(LIN, is_on=True)
    desks[0].signs(ZHOU, is_on=True)
    desks[0].do(lambda work, office, now: work.staff.put_all(team(3, capacity=3)))
    room = 2 + 2 + 3 * 3
    at_once([lambda n=n: desks[n % DESKS].writes(4100 + n, "浙江") for n in range(room)])
    load = Counter(case.handler_id for case in desks[0].unfinished())
    people = desks[0].by_id()
    held = {people[i].name: (count, people[i].capacity) for i, count in load.items()}
    assert held == {"林晓": (2, 2), "周宁": (2, 2), "专员0": (3, 3), "专员1": (3, 3), "专员2": (3, 3)}


def test_of_five_desks_that_sweep_at_once_one_gives_each_warning(desks: list[Department]) -> None:
    desks[0].signs(LIN, is_on=True)
    for n in range(8):
        desks[0].writes(4100 + n, "浙江")
    for desk in desks:
        desk.now += timedelta(minutes=11)
    for _ in range(4):
        at_once([lambda desk=desk: desk.do(sweep) for desk in desks])
    told = [e.did for case in desks[0].unfinished() for e in desks[0].events(case.id)]
    assert (told.count(Did.DEADLINE_NEAR), told.count(Did.DEADLINE_PASSED)) == (8, 8)


def test_a_thousand_cases_are_shared_by_equals_with_at_most_one_between_them() -> None:
    desk = Department()
    desk.do(lambda work, office, now: work.staff.put_all(team(7, capacity=999)))

    def opens(work: Any, office: Any, now: Any, *, first: int) -> None:
        for n in range(first, first + 100):
            person = met(work, now, Sender(7000 + n, "加盟商"))
            open_case(work, office, MONDAY + timedelta(seconds=n), person=person, previous=None, hinted_province="浙江")

    for first in range(0, 1000, 100):
        desk.do(opens, first=first)
    load = desk.do(lambda work, office, now: work.cases.open_counts())
    desk.close()
    assert sum(load.values()) == 1000
    assert len(load) == 7
    assert max(load.values()) - min(load.values()) <= 1
