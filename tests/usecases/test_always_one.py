"""Whatever people do, in whatever order: one active person answers for every open case, and the first owner stays."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk.buttons import Verb
from bot.desk.custody import custody
from tests.cast import CHEN, HE, LIN, LIU, SUPERVISORS, WANG, ZHAO, ZHOU
from tests.usecases.played import NAMES, Played, played

STAFF = (LIN, ZHOU, HE, WANG, ZHAO)
CASES = (1, 2)
ANSWERS = (Verb.ACCEPT, Verb.CLOSING_YES, Verb.CLOSING_NO)
people, cases = st.sampled_from(STAFF), st.sampled_from(CASES)
names = st.sampled_from([NAMES[who] for who in STAFF] + ["西南", "西北", "华北"])
command = st.sampled_from(["/accept #{}", "/return #{} 退", "/close #{}", "/confirm #{}", "/unsolved #{}", "/up #{} 急",
                           "/claim #{}", "/wait #{}", "/assist #{} 物流 1小时 查", "/receipt #{} 物流 好"])  # fmt: skip
steps = st.one_of(
    st.tuples(st.just("says"), people, st.builds(lambda words, case: words.format(case), command, cases)),
    st.tuples(st.just("says"), people, st.builds("/transfer #{} {} 原因".format, cases, names)),
    st.tuples(st.just("says"), people, st.sampled_from(["/on", "/off"])),
    st.tuples(st.just("says"), st.just(WANG), st.builds("/staff off {} 派单".format, names)),
    st.tuples(st.just("presses"), people, st.tuples(st.sampled_from(ANSWERS), cases)),
    st.tuples(st.just("writes"), st.sampled_from([CHEN, LIU]), st.sampled_from(["货少了", "解决了", "谢谢"])),
    st.tuples(st.just("later"), st.just(0), st.sampled_from([10, 31, 300, 1500])),
)  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.lists(steps, min_size=5, max_size=25))
def test_every_open_case_has_one_person_and_the_first_owner_stays(story: list[Any]) -> None:
    asyncio.run(told(story))


async def told(story: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with played(Path(folder)) as desk:
            await desk.claimed()
            await desk.hears(who=LIU)
            owners: dict[int, int] = {}
            for kind, who, what in story:
                await step(desk, kind, who, what)
                await desk.desk.run(check, owners=owners)


async def step(desk: Played, kind: str, who: int, what: Any) -> None:
    match kind:
        case "says":
            await desk.says(who, what, SUPERVISORS)
        case "presses":
            await desk.presses(who, what[0], what[1])
        case "writes":
            await desk.hears(what, who=who)
        case _:
            await desk.later(minutes=what)


def check(work: Any, office: Any, now: Any, *, owners: dict[int, int]) -> None:
    staff = {s.id: s for s in work.staff.all()}
    for case_id in CASES:
        case = work.cases.get(case_id)
        record = custody(work.events.of_case(case_id))
        assert case.first_owner_id == record.first_owner_id
        if case.first_owner_id is not None:
            assert owners.setdefault(case_id, case.first_owner_id) == case.first_owner_id, "for ever"
        if not case.is_unfinished:
            assert record.holder is None
            continue
        assert staff[case.handler_id].is_active
        assert record.holder is not None
        assert record.holder.staff_id == case.handler_id, "the events say who answers"
        offer = work.transfers.pending_of(case_id)
        assert offer is None or offer.to_id != case.handler_id
