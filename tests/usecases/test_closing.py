"""Closings: who needs a yes, who may give it, and what makes it needless."""

import pytest

from bot.desk.buttons import Verb
from tests.cast import CHEN, HE, LIN, SUPERVISORS, WANG, ZHOU
from tests.usecases.played import Played


async def handed(desk: Played) -> None:
    """林晓 owns #1 first, 周宁 handles it."""
    await desk.claimed()
    await desk.says(LIN, "/transfer #1 周宁 班次交接")
    await desk.says(ZHOU, "/accept #1")


async def test_the_first_owner_and_who_leads_end_a_case_at_once(desk: Played) -> None:
    await handed(desk)
    await desk.claimed(franchisee=77)
    assert "再见" in await desk.says(LIN, "/close #1")
    assert "再见" in await desk.says(WANG, "/close #2")


async def test_another_waits_for_the_first_owner_and_only_once(desk: Played) -> None:
    await handed(desk)
    assert f"{LIN}: 您首问的工单 #1" in await desk.says(ZHOU, "/close #1")
    assert "已在等林晓确认" in await desk.says(ZHOU, "/close #1")
    assert "在等林晓确认" in await desk.presses(HE, Verb.CLOSING_YES, 1)
    assert "在等林晓确认" in await desk.presses(ZHOU, Verb.CLOSING_NO, 1)
    assert "再见" in await desk.says(LIN, "/confirm #1")
    assert "没有待确认的结案" in await desk.presses(LIN, Verb.CLOSING_YES, 1)
    assert (await desk.happened()).count("CaseResolved") == 1


async def test_refused_it_goes_on_and_can_be_asked_again(desk: Played) -> None:
    await handed(desk)
    await desk.says(ZHOU, "/close #1")
    assert "林晓 未同意结案（还没解决）" in await desk.presses(LIN, Verb.CLOSING_NO, 1)
    assert (await desk.case(1)).is_unfinished
    assert "请您在" in await desk.says(ZHOU, "/close #1")


SAID = {"好的，解决了": True, "谢谢": False, "还是少一箱": False}


@pytest.mark.parametrize(("words", "is_needless"), SAID.items())
async def test_what_the_franchisee_says_may_make_it_needless(desk: Played, words: str, is_needless: bool) -> None:
    await handed(desk)
    await desk.hears(words, who=CHEN)
    await desk.news()
    assert ("再见" in await desk.says(ZHOU, "/close #1")) is is_needless


async def test_what_the_franchisee_wrote_meanwhile_is_answered_first(desk: Played) -> None:
    await handed(desk)
    await desk.says(ZHOU, "/close #1")
    await desk.hears("盖子也少", who=CHEN)
    assert "请先答复" in await desk.says(LIN, "/confirm #1")
    await desk.hears("刚收到，解决了", who=CHEN)
    await desk.news()
    assert "再见" in await desk.says(LIN, "/confirm #1")


async def test_a_case_that_ended_otherwise_waits_for_nobody(desk: Played) -> None:
    await handed(desk)
    await desk.says(ZHOU, "/close #1")
    await desk.says(WANG, "/close #1")
    await desk.news()
    await desk.later(hours=5)
    assert not [text for chat, text in await desk.news() if chat == SUPERVISORS]
    assert "没有待确认的结案" in await desk.says(LIN, "/confirm #1")
