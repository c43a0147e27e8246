"""What a case is about stands on its card: from the first words that tell, and a complaint outranks what was thought."""

from bot.desk.events import Did
from bot.usecases.office import Office
from bot.usecases.ports import Work
from tests.cast import CHEN, SOUTHWEST, STRANGER, SUPERVISORS
from tests.stories.theatre import Theatre


def card(stage: Theatre, group: int, name: str) -> str:
    return str(stage.last(group, "类别：", stage.topic(group, name))["text"])


async def test_the_kind_is_read_from_the_opening_and_kept_with_its_reasons(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    await stage.quiet()
    stage.world.user_writes(CHEN, CHEN, "打印机不出单了，重启也没用")
    await stage.quiet()
    assert "类别：设备与系统" in card(stage, SOUTHWEST, "小陈")
    kept = await stage.desk.run(classified)
    assert [(data["kind"], "打印机" in data["why"]) for data in kept] == [("equipment", True)]


async def test_a_greeting_says_nothing_and_the_next_words_do(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    await stage.quiet()
    for words, kind in (
        ("您好", "其他"),
        ("上季度的返利到账了吗", "款项"),
        ("发票抬头也要改", "款项"),
        ("合同什么时候到期", "款项"),
        ("说好三天到账，拖了半个月没人管，我要投诉", "投诉"),
        ("打印机也坏了", "投诉"),
    ):
        stage.world.user_writes(CHEN, CHEN, words)
        await stage.quiet()
        assert f"类别：{kind}" in card(stage, SOUTHWEST, "小陈"), words
    assert [data["kind"] for data in await stage.desk.run(classified)] == ["finance", "complaint"]


async def test_a_city_is_enough_to_know_the_province(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "我在绵阳开的店，冷柜不制冷了")
    await stage.quiet()
    assert "省份：四川" in card(stage, SOUTHWEST, "<b>阿强</b>")
    assert "在哪个省" not in "".join(m.get("text", "") for m in stage.world.history(STRANGER))


async def test_a_region_is_enough_for_the_group_and_the_province_is_still_asked(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "我是西南大区的老店，想问下保修期多久")
    await stage.quiet()
    assert "省份：待确认 · 大区：西南" in card(stage, SOUTHWEST, "<b>阿强</b>")
    assert stage.last(STRANGER, "在哪个省")


async def test_a_name_that_several_provinces_have_decides_nothing(stage: Theatre) -> None:
    stage.world.user_writes(STRANGER, STRANGER, "鼓楼店的货没到")
    await stage.quiet()
    assert "省份：待确认" in str(stage.last(SUPERVISORS, "类别：")["text"])
    assert stage.last(STRANGER, "在哪个省")


async def test_the_bound_store_outranks_whatever_the_text_names(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    await stage.quiet()
    stage.world.user_writes(CHEN, CHEN, "我们西安店的货没到")
    await stage.quiet()
    assert "省份：四川" in card(stage, SOUTHWEST, "小陈")


def classified(work: Work, office: Office, now: object) -> list[dict[str, str]]:
    return [dict(e.data) for e in work.events.of_case(1) if e.did is Did.CASE_CLASSIFIED]
