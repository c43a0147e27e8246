"""What Telegram does to a bot, and what people then see: everything arrives, in order, and trouble is told once."""

import pytest

from bot.desk.rich import BETWEEN
from tests.cast import CHEN, HE, LIN, LIU, MA, NORTHWEST, SOUTHWEST, SUPERVISORS, WANG, ZHAO
from tests.stories.theatre import Theatre


async def opened(stage: Theatre) -> int:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.quiet()
    return stage.topic(SOUTHWEST, "小陈")


def words(stage: Theatre, chat: int, thread: int | None = None) -> list[str]:
    return [m["text"] for m in stage.world.history(chat, thread) if m["from"]["is_bot"] and m.get("text")]


# topics


@pytest.mark.parametrize("answer", ["message thread not found", "TOPIC_DELETED", "TOPIC_ID_INVALID"])
async def test_a_deleted_topic_is_made_anew_with_card_and_recap_and_the_same_message(
    stage: Theatre, answer: str
) -> None:
    topic = await opened(stage)
    stage.world.set_faults({"topic_deleted_answer": answer})
    stage.world.topic_deleted(SOUTHWEST, topic)
    for text in ("还少一箱盖子", "什么时候到？"):
        stage.world.user_writes(CHEN, CHEN, text)
    await stage.quiet()
    anew = stage.topic(SOUTHWEST, "小陈")
    assert anew != topic
    card, recap, first, second = words(stage, SOUTHWEST, anew)
    assert card.startswith("工单 #1")
    assert "杯子少了两箱" in recap
    assert (first, second) == ("还少一箱盖子", "什么时候到？")
    assert stage.world.pinned(SOUTHWEST, anew)
    stage.world.user_writes(LIN, SOUTHWEST, "今天补发，请您放心", thread_id=anew)
    await stage.quiet()
    assert stage.last(CHEN, "今天补发，请您放心")


async def test_a_topic_that_telegram_does_not_make_is_asked_for_by_a_plain_name_and_then_once_a_minute(
    stage: Theatre,
) -> None:
    stage.world.faults.next_error("createForumTopic", 400, "Bad Request: TOPIC_TITLE_EMPTY", times=3)
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.user_writes(CHEN, CHEN, "杯子少了两箱")
    await stage.paced_out()
    assert len([w for w in words(stage, SUPERVISORS) if "TOPIC_TITLE_EMPTY" in w.upper()]) == 1
    for _ in range(2):
        await stage.meanwhile(minutes=1.1)
        await stage.paced_out()
    await stage.quiet()
    assert words(stage, SOUTHWEST, stage.topic(SOUTHWEST, "#1")).count("杯子少了两箱") == 1


async def test_a_topic_that_was_closed_by_hand_is_opened_again_for_what_comes(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.topic_closed(SOUTHWEST, topic)
    stage.world.faults.next_error("sendMessage", 400, "Bad Request: TOPIC_CLOSED")
    stage.world.user_writes(CHEN, CHEN, "还少一箱盖子")
    await stage.quiet()
    assert words(stage, SOUTHWEST, topic).count("还少一箱盖子") == 1
    assert not next(t for t in stage.world.topics(SOUTHWEST) if t["message_thread_id"] == topic).get("is_closed")


async def test_a_card_that_somebody_deleted_is_posted_again_and_pinned(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.user_deletes(WANG, SOUTHWEST, stage.last(SOUTHWEST, "工单 #1", topic)["message_id"])
    stage.world.user_writes(LIN, SOUTHWEST, "今天补发，请您放心", thread_id=topic)
    await stage.quiet()
    card = stage.last(SOUTHWEST, "工单 #1", topic)
    assert "首问人：林晓" in card["text"]
    assert card["message_id"] in [m["message_id"] for m in stage.world.pinned(SOUTHWEST, topic)]


# groups


async def test_a_group_that_became_a_supergroup_is_followed(stage: Theatre) -> None:
    stage.world.user_starts(MA, "zhonglou-cod3")
    stage.world.user_writes(MA, MA, "机器漏水了")
    await stage.quiet()
    new_id = stage.world.migrate_group(NORTHWEST)
    stage.world.user_writes(HE, new_id, "/help")
    await stage.quiet()
    assert "/transfer" in words(stage, new_id)[-1], "known by its new id before anything was sent to the old one"
    stage.world.user_writes(MA, MA, "地上都是水")
    await stage.quiet()
    said = stage.last(new_id, "地上都是水")
    stage.world.user_writes(HE, new_id, "请您先关掉电源", reply_to=said["message_id"])
    await stage.quiet()
    assert stage.last(MA, "请您先关掉电源")


async def test_a_migration_that_is_only_told_by_the_refusal_is_followed_too(stage: Theatre) -> None:
    stage.world.user_starts(MA, "zhonglou-cod3")
    stage.world.user_writes(MA, MA, "机器漏水了")
    await stage.quiet()
    new_id = stage.world.migrate_group(NORTHWEST)
    stage.world.realm.bots[next(iter(stage.world.realm.bots))].updates.clear()  # the service messages never came
    stage.world.user_writes(MA, MA, "地上都是水")
    await stage.quiet()
    assert stage.last(new_id, "地上都是水")


async def test_a_bot_that_was_removed_tells_the_supervisors_once_and_sends_when_it_is_back(stage: Theatre) -> None:
    await opened(stage)
    stage.world.remove_bot(SOUTHWEST)
    for text in ("还少一箱盖子", "什么时候到？"):
        stage.world.user_writes(CHEN, CHEN, text)
    await stage.paced_out()
    told = [w for w in words(stage, SUPERVISORS) if "西南" in w]
    assert len(told) == 1
    assert "请重新邀请" in told[0]
    stage.world.return_bot(SOUTHWEST)
    await stage.meanwhile(minutes=2)
    await stage.quiet()
    assert words(stage, SOUTHWEST)[-1] == "还少一箱盖子\n\n什么时候到？", "what waited travels together"
    assert "已恢复正常" in words(stage, SUPERVISORS)[-1]


async def test_in_the_general_topic_commands_are_answered(stage: Theatre) -> None:
    stage.world.user_writes(LIN, SOUTHWEST, "/help")
    await stage.quiet()
    assert "/transfer" in words(stage, SOUTHWEST)[-1]


# calls


async def test_markup_that_telegram_refuses_is_sent_plain(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.faults.next_error("sendMessage", 400, "Bad Request: can't parse entities: unsupported start tag")
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    stage.world.user_writes(CHEN, CHEN, "还少一箱盖子", entities=bold)
    await stage.quiet()
    said = stage.last(SOUTHWEST, "还少一箱盖子", topic)
    assert "entities" not in said


async def test_a_chat_that_has_to_wait_holds_up_no_other(stage: Theatre) -> None:
    await opened(stage)
    stage.world.user_starts(LIU, "jiefang-code2")
    await stage.quiet()
    stage.world.faults.next_error("sendMessage", 429, "Too Many Requests: retry after 7", parameters={"retry_after": 7})
    stage.world.user_writes(CHEN, CHEN, "/help")
    await stage.paced_out()
    before = len(words(stage, CHEN))
    stage.world.user_writes(LIU, LIU, "/help")
    await stage.until(lambda: "/case" in words(stage, LIU)[-1])
    assert len(words(stage, CHEN)) == before
    await stage.meanwhile(seconds=6.5)
    await stage.paced_out()
    assert len(words(stage, CHEN)) == before, "not before the time that was named"
    await stage.meanwhile(seconds=1)
    await stage.quiet()
    assert len(words(stage, CHEN)) == before + 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_call_whose_outcome_nobody_knows_is_made_once_more_and_marked(stage: Theatre, when: str) -> None:
    topic = await opened(stage)
    stage.world.set_faults({"resets": [{"method": "sendMessage", "when": when, "times": 1}]})
    stage.world.user_writes(CHEN, CHEN, "还少一箱盖子")
    await stage.paced_out()
    await stage.meanwhile(seconds=5)
    await stage.quiet()
    marked = ["【可能重复】\n还少一箱盖子"]
    seen = [w for w in words(stage, SOUTHWEST, topic) if "还少一箱盖子" in w]
    assert seen == (marked if when == "before" else ["还少一箱盖子", *marked])


async def test_an_answer_that_may_have_arrived_twice_is_owned_up_to(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.set_faults({"resets": [{"method": "sendMessage", "when": "after", "times": 1}]})
    stage.world.user_writes(LIN, SOUTHWEST, "今天补发，请您放心", thread_id=topic)
    await stage.paced_out()
    await stage.meanwhile(seconds=5)
    await stage.quiet()
    assert words(stage, CHEN).count("今天补发，请您放心") == 2
    assert stage.last(SOUTHWEST, "对方可能看到两遍", topic)


async def test_a_sticker_that_may_have_arrived_twice_has_its_mark_ahead(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.set_faults({"resets": [{"method": "copyMessage", "when": "after", "times": 1}]})
    stage.world.user_sends(CHEN, CHEN, "sticker", emoji="👍")
    await stage.paced_out()
    await stage.meanwhile(seconds=5)
    await stage.quiet()
    last = stage.world.history(SOUTHWEST, topic)[-3:]
    assert ["sticker" in m for m in last] == [True, False, True]
    assert last[1]["text"] == "【可能重复】"


async def test_a_topic_whose_making_was_in_doubt_is_made_once_more_and_the_other_one_says_so(stage: Theatre) -> None:
    stage.world.user_starts(CHEN, "chunxi-code-01")
    stage.world.set_faults({"resets": [{"method": "createForumTopic", "when": "after", "times": 1}]})
    stage.world.user_writes(CHEN, CHEN, "货少了两箱")
    await stage.paced_out()
    await stage.meanwhile(seconds=5)
    await stage.quiet()
    orphan, topic = (t["message_thread_id"] for t in stage.world.topics(SOUTHWEST) if t["name"].startswith("小陈"))
    assert words(stage, SOUTHWEST, topic)[-1] == "货少了两箱"
    assert not words(stage, SOUTHWEST, orphan)
    stage.world.user_writes(LIN, SOUTHWEST, "今天补发，请您放心", thread_id=orphan)
    await stage.quiet()
    assert "没有对应的工单，您的话没有发给加盟商" in words(stage, SOUTHWEST, orphan)[-1]
    assert "今天补发，请您放心" not in words(stage, CHEN)


@pytest.mark.parametrize("code", [500, 502, 503])
async def test_a_server_in_trouble_loses_nothing(stage: Theatre, code: int) -> None:
    topic = await opened(stage)
    stage.world.faults.next_error("sendMessage", code, "Internal Server Error")
    for text in ("还少一箱盖子", "什么时候到？"):
        stage.world.user_writes(CHEN, CHEN, text)
    await stage.paced_out()
    await stage.meanwhile(seconds=5)
    await stage.quiet()
    assert [w.removeprefix("【可能重复】\n") for w in words(stage, SOUTHWEST, topic)[-2:]] == [
        "还少一箱盖子",
        "什么时候到？",
    ]


async def test_an_outage_of_a_day_loses_nothing_and_brings_everything_once(
    stage: Theatre, caplog: pytest.LogCaptureFixture
) -> None:
    topic = await opened(stage)
    stage.world.user_starts(ZHAO)  # who hears in private, by the morning, what was not answered
    stage.world.set_faults({"outage": "503"})
    said = ["还少一箱盖子", "什么时候到？", "在吗？"]
    for text in said:
        stage.world.user_writes(CHEN, CHEN, text)
    stage.world.user_writes(LIN, SOUTHWEST, "今天补发，请您放心", thread_id=topic)
    await stage.meanwhile(minutes=30)  # what the desk itself has to say by now is tried
    await stage.until(lambda: "cannot be reached" in caplog.text)
    await stage.meanwhile(hours=22)
    stage.world.set_faults({"outage": ""})
    await stage.paced_out()
    await stage.meanwhile(minutes=2)
    await stage.quiet()
    heard = [part for text in words(stage, SOUTHWEST, topic) for part in text.split(BETWEEN)]
    assert [part for part in heard if part in said] == said
    assert words(stage, CHEN).count("今天补发，请您放心") == 1
    assert "未送达：0" in await overview(stage)


async def test_updates_that_come_twice_or_out_of_order_are_heard_once_and_in_order(stage: Theatre) -> None:
    topic = await opened(stage)
    for fault in ("reorder", "duplicate"):
        stage.world.set_faults({fault: 2})
        said = [f"{fault} 第 {number} 句" for number in range(3)]
        for text in said:
            stage.world.user_writes(CHEN, CHEN, text)
        await stage.quiet()
        assert words(stage, SOUTHWEST, topic)[-3:] == said


async def test_what_is_refused_for_good_is_told_with_its_reason_and_can_be_tried_again(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.faults.next_error("sendMessage", 400, "Bad Request: message is too long")
    said = stage.world.user_writes(LIN, SOUTHWEST, "今天补发，请您放心", thread_id=topic)
    await stage.quiet()
    told = stage.last(SOUTHWEST, "未送达：文字太长", topic)
    assert "未送达：1\n  #1 文字太长" in await overview(stage)
    stage.world.user_edits(LIN, SOUTHWEST, said["message_id"], "明天补发，请您放心")
    await stage.quiet()
    for _ in range(2):
        stage.press(LIN, told, "重试发送")
    await stage.quiet()
    assert words(stage, CHEN).count("明天补发，请您放心") == 1
    assert "今天补发，请您放心" not in words(stage, CHEN)
    assert "未送达：0" in await overview(stage)


async def test_what_cannot_be_copied_becomes_a_note_that_says_what_it_was(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.faults.next_error("copyMessage", 400, "Bad Request: message can't be copied")
    stage.world.user_sends(CHEN, CHEN, "photo", data=b"x", caption="破的杯子")
    await stage.quiet()
    assert stage.last(SOUTHWEST, "加盟商的一条消息（[图片] 破的杯子）未能转入此处：这类消息不能转发", topic)


async def overview(stage: Theatre) -> str:
    stage.world.user_writes(WANG, WANG, "/overview")
    await stage.quiet()
    return words(stage, WANG)[-1]
