"""Everything that carries words passes the same door: captions, albums, ready answers; notes, hints and alarms."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.lint import Category, Severity
from tests.cast import CHEN, HE, LIN, MA, NORTHWEST, SOUTHWEST, SUPERVISORS, WANG
from tests.plain_rules import PHRASES, Phrase, PlainRules
from tests.stories.held import WHERE, heard, held_desk, marked, notice, pressed, says, topic
from tests.stories.theatre import Theatre

BAD = "冰柜不归我管，请您找厂家"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Theatre]:
    async with held_desk(tmp_path) as stage:
        yield stage


async def test_a_caption_is_held_with_its_picture_and_goes_out_in_better_words(desk: Theatre) -> None:
    desk.world.user_sends(LIN, SOUTHWEST, "photo", caption=BAD, thread_id=topic(desk))
    await desk.quiet()
    assert not [m for m in desk.world.history(CHEN) if "photo" in m and m["from"]["is_bot"]]
    await pressed(desk, LIN, notice(desk), "采用建议")
    (sent,) = [m for m in desk.world.history(CHEN) if "photo" in m and m["from"]["is_bot"]]
    assert sent["caption"].startswith("冰柜这件事我来为您跟进")


@pytest.mark.parametrize("captions", [(BAD, "", ""), ("", "", BAD), ("请您看", BAD, "")])
async def test_an_album_is_held_as_a_whole_and_released_as_one(desk: Theatre, captions: tuple[str, ...]) -> None:
    for caption in captions:
        desk.world.user_sends(LIN, SOUTHWEST, "photo", caption=caption, thread_id=topic(desk), media_group_id="77")
    await desk.paced_out()
    await desk.meanwhile(seconds=5)
    await desk.quiet()
    pictures = [m for m in desk.world.history(CHEN) if "photo" in m and m["from"]["is_bot"]]
    assert pictures == []
    await pressed(desk, LIN, notice(desk), "申请放行")
    desk.press(WANG, desk.last(SUPERVISORS, "申请放行"), "放行")
    await desk.paced_out()
    await desk.meanwhile(seconds=5)
    await desk.quiet()
    pictures = [m for m in desk.world.history(CHEN) if "photo" in m and m["from"]["is_bot"]]
    assert [m.get("caption", "") for m in pictures] == list(captions)
    assert len({m["media_group_id"] for m in pictures}) == 1


async def test_a_caption_that_is_changed_before_it_is_sent_does_not_slip_out(desk: Theatre) -> None:
    desk.world.set_faults({"outage": "503"})
    photo = desk.world.user_sends(LIN, SOUTHWEST, "photo", caption="请您看冰柜", thread_id=topic(desk))
    bare = desk.world.user_sends(LIN, SOUTHWEST, "photo", thread_id=topic(desk))
    for each in (photo, bare):
        desk.world.user_edits(LIN, SOUTHWEST, each["message_id"], BAD)
    desk.world.set_faults({"outage": ""})
    await desk.later(minutes=2)
    await desk.quiet()
    pictures = [m for m in desk.world.history(CHEN) if "photo" in m and m["from"]["is_bot"]]
    assert [m.get("caption", "") for m in pictures] == ["请您看冰柜", ""]


async def test_an_albums_caption_that_was_changed_before_it_was_copied_is_put_back(desk: Theatre) -> None:
    desk.world.set_faults({"outage": "503"})
    first, second = (
        desk.world.user_sends(LIN, SOUTHWEST, "photo", caption=c, thread_id=topic(desk), media_group_id="78")
        for c in ("请您看冰柜", "")
    )
    for each in (first, second):
        desk.world.user_edits(LIN, SOUTHWEST, each["message_id"], BAD)
    desk.world.set_faults({"outage": ""})
    await desk.paced_out()
    await desk.meanwhile(minutes=2)
    await desk.quiet()
    pictures = [m for m in desk.world.history(CHEN) if "photo" in m and m["from"]["is_bot"]]
    assert [m.get("caption", "") for m in pictures] == ["请您看冰柜", ""]


async def test_a_ready_answer_goes_through_the_same_door(tmp_path: Path) -> None:
    rules = PlainRules((*PHRASES, Phrase("冷柜", Category.RIGID, Severity.BLOCK, "请说冰柜", "冰柜")))
    async with held_desk(tmp_path, rules) as desk:
        asked_about = desk.last(SOUTHWEST, "冰柜坏了", topic(desk))
        before = heard(desk)
        label = next(
            b["text"] for row in asked_about["reply_markup"]["inline_keyboard"] for b in row if "冷柜" in b["text"]
        )
        assert "还没有发出" in await pressed(desk, LIN, asked_about, label)
        assert heard(desk) == before
        await pressed(desk, LIN, notice(desk), "采用建议")
        assert len(heard(desk)) == len(before) + 1
        assert "冷柜" not in heard(desk)[-1]


async def test_a_warning_is_sent_with_one_quiet_note_and_hints_come_once_a_case(desk: Theatre) -> None:
    says(desk, "你的货尽快到")
    await desk.shows(f"""
        小陈 | 首问: 你的货尽快到
        {WHERE} | 林晓: 你的货尽快到
        {WHERE} | 首问: ↩你的货尽快到 已发出。请您下次留意： / · 称呼“你的”：称呼用“您” / · 过度承诺“尽快”：请写明时间 / · 缺“请” [误报]
        {WHERE} | （👌）林晓: 你的货尽快到
    """)
    says(desk, "货尽快到")
    await desk.shows(f"""
        小陈 | 首问: 货尽快到
        {WHERE} | 林晓: 货尽快到
        {WHERE} | （👌）林晓: 货尽快到
    """)


async def test_private_dealings_and_leaks_are_told_upstairs_at_once(desk: Theatre) -> None:
    says(desk, "请您加我微信")
    says(desk, "请您打 13800138000")
    await desk.quiet()
    held = desk.last(SUPERVISORS, "已拦下")["text"]
    assert "林晓" in held
    assert "私下联系或索要“加我微信”" in held
    assert "泄露信息“13800138000”" in desk.last(SUPERVISORS, "已经发出")["text"]
    assert heard(desk)[-1] == "请您打 13800138000"
    says(desk, "请您到薇信上看")
    await desk.quiet()
    assert "私下联系或索要“薇信”（疑似，请您看一下）" in desk.last(SUPERVISORS, "薇信")["text"]


async def test_in_a_group_without_topics_a_reply_to_the_notice_finds_the_case(desk: Theatre) -> None:
    desk.world.user_starts(HE)
    desk.world.user_starts(MA, "zhonglou-cod3")
    desk.world.user_writes(MA, MA, "机器漏水了")
    await desk.quiet()
    card = desk.last(NORTHWEST, "机器漏水了")
    desk.world.user_writes(HE, NORTHWEST, "不归我管，请您看", reply_to=card["message_id"])
    await desk.quiet()
    held = desk.last(NORTHWEST, "还没有发给加盟商")
    desk.world.user_writes(HE, NORTHWEST, "/adopt", reply_to=held["message_id"])
    await desk.quiet()
    assert desk.last(MA, "这件事我来为您跟进")


async def test_the_rules_that_come_with_the_program_hold_back_and_let_through(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "冰柜坏了谁管？")
    await stage.quiet()
    for words in ("这不归我管，您找厂家去", "周转筐不归我司所有，请您随车还给物流"):
        says(stage, words)
    await stage.quiet()
    assert heard(stage)[-1] == "周转筐不归我司所有，请您随车还给物流"
    assert marked(notice(stage, "还没有发给加盟商"))[0] == "不归我管"
    says(stage, "规定就这样，爱干不干")
    await stage.quiet()
    before = heard(stage)
    await pressed(stage, LIN, notice(stage, "还没有发给加盟商"), "采用建议")
    assert len(heard(stage)) == len(before) + 1
    assert "请" in heard(stage)[-1]
    assert "爱干不干" not in heard(stage)[-1]
