"""An unknown person is served all the same: heard first, asked after; and nobody can say who somebody else is."""

import pytest

from tests.cast import CHEN, LIU, MA, PHONES, SOUTHWEST, STRANGER, SUPERVISORS
from tests.stories.theatre import Theatre, forged


async def test_a_stranger_is_heard_first_and_asked_for_the_province_after(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "机器漏水了")
    await stage.quiet()
    assert stage.last(SUPERVISORS, "机器漏水了")["text"] == "机器漏水了"
    asked = stage.last(STRANGER, "在哪个省")
    stage.press(STRANGER, asked, "四川")
    await stage.quiet()
    assert stage.last(STRANGER, "已为您登记省份：四川")
    topic = stage.topic(SOUTHWEST, "<b>阿强</b>")
    assert stage.last(SOUTHWEST, "机器漏水了", topic), "what was said before goes along"
    assert stage.last(SOUTHWEST, "派单原因：", topic)
    stage.world.user_writes(STRANGER, STRANGER, "地上都是水")
    await stage.quiet()
    assert stage.last(SOUTHWEST, "地上都是水", topic)


async def test_a_second_press_and_one_for_another_province_are_taken_as_they_are_meant(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "机器漏水了")
    await stage.quiet()
    asked = stage.last(STRANGER, "在哪个省")
    for province in ("四川", "四川", "重庆"):
        stage.press(STRANGER, asked, province)
        await stage.quiet()
    told = [m["text"] for m in stage.world.history(STRANGER) if "已为您登记省份" in m.get("text", "")]
    assert [t[8:10] for t in told] == ["四川", "重庆"]


async def test_a_button_of_somebody_elses_case_says_nothing_of_it(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "机器漏水了")
    await stage.quiet()
    asked = stage.last(STRANGER, "在哪个省")
    data = next(b["callback_data"] for row in asked["reply_markup"]["inline_keyboard"] for b in row)
    stage.world.user_starts(LIU)
    await stage.quiet()
    stage.world.inject(forged(LIU, stage.world.history(LIU)[-1], data))
    await stage.quiet()
    assert "登记省份" not in "".join(m.get("text", "") for m in stage.world.history(STRANGER))


async def test_a_place_named_in_the_text_is_enough(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "我们四川店的机器漏水了")
    await stage.quiet()
    assert stage.last(SOUTHWEST, "机器漏水了", stage.topic(SOUTHWEST, "<b>阿强</b>"))
    assert "在哪个省" not in "".join(m.get("text", "") for m in stage.world.history(STRANGER))


async def test_ones_own_contact_is_proof(stage: Theatre) -> None:
    stage.world.user_starts(LIU)
    stage.world.user_sends(LIU, LIU, "contact", phone_number=PHONES[LIU], first_name="刘", user_id=LIU)
    await stage.quiet()
    assert stage.last(LIU, "已为您绑定门店 CQ002")


@pytest.mark.parametrize(("phone", "owner"), [(PHONES[LIU], LIU), (PHONES[LIU], None)])
async def test_somebody_elses_contact_is_a_message_and_no_proof(stage: Theatre, phone: str, owner: int | None) -> None:
    more = {"user_id": owner} if owner else {}
    stage.world.user_sends(MA, MA, "contact", phone_number=phone, first_name="刘", **more)
    await stage.quiet()
    assert "已为您绑定" not in "".join(m.get("text", "") for m in stage.world.history(MA))
    assert [m for m in stage.world.history(SUPERVISORS) if m.get("contact", {}).get("phone_number") == phone]


@pytest.mark.parametrize(
    ("typed", "store"), [("cd001", "CD001"), (" CQ002 ", "CQ002"), ("CD999", ""), ("CD001 漏水", "")]
)
async def test_a_store_number_is_taken_when_it_stands_alone(stage: Theatre, typed: str, store: str) -> None:
    stage.world.user_writes(STRANGER, STRANGER, typed)
    await stage.quiet()
    bound = [m["text"] for m in stage.world.history(STRANGER) if "已为您绑定门店" in m.get("text", "")]
    assert [store in b for b in bound] == ([True] if store else [])


async def test_a_code_that_leads_nowhere_is_told_and_the_person_served(stage: Theatre) -> None:
    stage.world.user_starts(STRANGER, "no-such-code")
    await stage.quiet()
    assert stage.last(STRANGER, "这个门店码没有查到")
    stage.world.user_writes(STRANGER, STRANGER, "机器漏水了")
    await stage.quiet()
    assert stage.last(STRANGER, "工单号 #1")


async def test_several_people_of_one_store_have_a_case_each(stage: Theatre) -> None:
    for person in (CHEN, STRANGER):
        stage.world.user_starts(person, "chunxi-code-01")
        stage.world.user_writes(person, person, "杯子少了两箱")
    await stage.quiet()
    names = [t["name"] for t in stage.world.topics(SOUTHWEST)]
    assert sum("CD001" in name for name in names) == 2
