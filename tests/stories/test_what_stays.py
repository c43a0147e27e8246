"""What is said inside stays inside, whatever it is made of; what people send crosses, whatever it is made of."""

from typing import Any

import pytest

from tests.cast import CHEN, HE, LIN, MA, NORTHWEST, SOUTHWEST
from tests.stories.theatre import Theatre

KINDS: dict[str, dict[str, Any]] = {
    "photo": {},
    "video": {},
    "animation": {},
    "audio": {"duration": 3},
    "voice": {"duration": 3},
    "video_note": {"duration": 3, "length": 240},
    "document": {"file_name": "合同.pdf"},
    "sticker": {"emoji": "👍"},
    "location": {"latitude": 30.6, "longitude": 104.1},
    "venue": {"latitude": 30.6, "longitude": 104.1, "title": "春熙路", "address": "1 号"},
    "contact": {"phone_number": "+8619000039999", "first_name": "房东"},
}
CAPTIONED = ("photo", "video", "animation", "audio", "voice", "document")
NOT_CARRIED: dict[str, dict[str, Any]] = {
    "poll": {"question": "几点到？", "options": ["早", "晚"]},
    "dice": {"emoji": "🎲", "value": 4},
    "story": {},
}
NAMES = {"poll": "投票", "dice": "骰子", "story": "动态"}


async def opened(stage: Theatre) -> int:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.quiet()
    return stage.topic(SOUTHWEST, "小陈")


def by_bot(stage: Theatre, chat: int, thread: int | None = None) -> int:
    return sum(m["from"]["is_bot"] for m in stage.world.history(chat, thread))


def carried(stage: Theatre, chat: int, kind: str) -> list[Any]:
    return [m for m in stage.world.history(chat) if m["from"]["is_bot"] and kind in m]


async def test_every_kind_of_message_crosses_in_both_directions(stage: Theatre) -> None:
    topic = await opened(stage)
    for kind, more in KINDS.items():
        stage.world.user_sends(CHEN, CHEN, kind, **more)
        stage.world.user_sends(LIN, SOUTHWEST, kind, thread_id=topic, **more)
    await stage.quiet()
    for kind in KINDS:
        assert carried(stage, SOUTHWEST, kind), f"{kind} in"
        assert carried(stage, CHEN, kind), f"{kind} out"


@pytest.mark.parametrize(("kind", "more"), NOT_CARRIED.items())
async def test_what_cannot_cross_is_told_to_its_sender_and_to_the_other_side(
    stage: Theatre, kind: str, more: dict[str, Any]
) -> None:
    topic = await opened(stage)
    stage.world.user_sends(CHEN, CHEN, kind, **more)
    await stage.quiet()
    assert stage.last(CHEN, "没有办法转给专员")
    assert NAMES[kind] in stage.last(SOUTHWEST, "无法转入此处", topic)["text"], "the note says what it was"
    before = by_bot(stage, CHEN)
    stage.world.user_sends(LIN, SOUTHWEST, kind, thread_id=topic, **more)
    await stage.quiet()
    assert stage.last(SOUTHWEST, "不能转给加盟商", topic)
    assert by_bot(stage, CHEN) == before


async def test_notes_commands_and_service_messages_never_leak(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.user_writes(LIN, SOUTHWEST, "请您稍等，我来查", thread_id=topic)
    await stage.quiet()
    before = by_bot(stage, CHEN)
    for words in ("// 仓库缺货", " //仓库缺货", "/note 仓库缺货", "/help", "/a 少货", "/on", "/wait"):
        stage.world.user_writes(LIN, SOUTHWEST, words, thread_id=topic)
    for kind in CAPTIONED:
        stage.world.user_sends(LIN, SOUTHWEST, kind, caption="// 内部留档", thread_id=topic, **KINDS[kind])
    stage.world.user_sends(LIN, SOUTHWEST, "photo", caption="/note 内部留档", thread_id=topic)
    stage.world.topic_closed(SOUTHWEST, topic)
    stage.world.topic_reopened(SOUTHWEST, topic)
    await stage.quiet()
    assert by_bot(stage, CHEN) == before


async def test_an_edit_that_turns_a_note_into_something_else_stays_inside(stage: Theatre) -> None:
    topic = await opened(stage)
    note = stage.world.user_writes(LIN, SOUTHWEST, "// 仓库缺货", thread_id=topic)
    await stage.quiet()
    before = by_bot(stage, CHEN)
    stage.world.user_edits(LIN, SOUTHWEST, note["message_id"], "仓库缺货")
    await stage.quiet()
    assert by_bot(stage, CHEN) == before


async def test_in_a_group_without_topics_only_a_reply_is_an_answer(stage: Theatre) -> None:
    stage.world.user_starts(MA, "zhonglou-cod3")
    stage.world.user_writes(MA, MA, "机器漏水了")
    await stage.quiet()
    asked = stage.last(NORTHWEST, "机器漏水了")
    assert asked["text"] == "【#1 马姐】\n机器漏水了"
    before = by_bot(stage, MA)
    stage.world.user_writes(HE, NORTHWEST, "谁去看看？")
    stage.world.user_writes(HE, NORTHWEST, "// 周师傅有空", reply_to=asked["message_id"])
    await stage.quiet()
    assert by_bot(stage, MA) == before
    stage.world.user_writes(HE, NORTHWEST, "请您先关掉电源", reply_to=asked["message_id"])
    await stage.quiet()
    assert stage.last(MA, "请您先关掉电源")["reply_to_message"]["text"] == "机器漏水了"


async def test_an_edit_in_a_group_without_topics_keeps_its_header(stage: Theatre) -> None:
    stage.world.user_starts(MA, "zhonglou-cod3")
    said = stage.world.user_writes(MA, MA, "机器漏水了")
    await stage.quiet()
    stage.world.user_edits(MA, MA, said["message_id"], "机器漏电了")
    await stage.quiet()
    assert stage.last(NORTHWEST, "机器漏电了")["text"] == "【#1 马姐】\n机器漏电了"


@pytest.mark.parametrize("name", ["A" * 200, "\u202eevil\u202c", "<b>粗</b>&amp;", "\u200b\u200b", "{name}{case}"])
async def test_any_name_can_have_a_case(stage: Theatre, name: str) -> None:
    person = 3777
    stage.world.add_user(person, name)
    stage.world.user_starts(person, "chunxi-code-01")
    stage.world.user_writes(person, person, "机器漏水了")
    await stage.quiet()
    topic = next(t["message_thread_id"] for t in stage.world.topics(SOUTHWEST) if "CD001" in t["name"])
    assert stage.last(SOUTHWEST, "机器漏水了", topic)
    assert stage.last(person, "工单号 #1")
