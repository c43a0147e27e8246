"""Forum topics as a bot lives with them, through every client."""

from typing import Any

from bot.sandbox.world import World
from tests.contract.botapi_clients import BOT, CHEN, LIN, TOKEN, Client, G

pytest_plugins = ["tests.contract.botapi_rig"]


async def open_topic(client: Client, name: str = "小陈 · 001店") -> int:
    made = await client.call("createForumTopic", chat_id=G, name=name, icon_color=7322096)
    return int(made["message_thread_id"])


async def heard(client: Client) -> list[dict[str, Any]]:
    return [update["message"] for update in await client.call("getUpdates") if "message" in update]


async def test_a_topic_is_opened_by_a_service_message_that_the_bot_hears_too(client: Client):
    thread = await open_topic(client)
    (told,) = await heard(client)
    assert told["message_id"] == told["message_thread_id"] == thread
    assert told["is_topic_message"] is True
    assert told["forum_topic_created"]["name"] == "小陈 · 001店"
    assert "reply_to_message" not in told


async def test_a_plain_message_in_a_topic_answers_what_opened_it(client: Client):
    thread = await open_topic(client)
    made = await client.call("sendMessage", chat_id=G, message_thread_id=thread, text="新工单")
    assert (made["message_thread_id"], made["is_topic_message"]) == (thread, True)
    assert made["reply_to_message"]["message_id"] == thread
    assert "forum_topic_created" in made["reply_to_message"]


async def test_a_specialists_answer_in_a_topic_carries_its_thread(client: Client, telegram_world: World):
    thread = await open_topic(client)
    card = await client.call("sendMessage", chat_id=G, message_thread_id=thread, text="工单 #1")
    telegram_world.user_writes(LIN, G, "您好", thread_id=thread)
    telegram_world.user_writes(LIN, G, "已处理", reply_to=card["message_id"])
    plain, reply = (await heard(client))[-2:]
    assert [each["message_thread_id"] for each in (plain, reply)] == [thread, thread]
    assert plain["reply_to_message"]["message_id"] == thread
    assert reply["reply_to_message"]["message_id"] == card["message_id"]
    assert "reply_to_message" not in reply["reply_to_message"]


async def test_general_has_no_thread_but_a_reply_there_carries_its_chain(client: Client, telegram_world: World):
    first = telegram_world.user_writes(LIN, G, "大家好")
    telegram_world.user_writes(CHEN, G, "好", reply_to=first["message_id"])
    plain, reply = await heard(client)
    assert "message_thread_id" not in plain
    assert reply["message_thread_id"] == first["message_id"] and "is_topic_message" not in reply


async def test_a_reply_without_a_thread_goes_where_its_target_stands(client: Client):
    thread = await open_topic(client)
    card = await client.call("sendMessage", chat_id=G, message_thread_id=thread, text="工单 #1")
    made = await client.call("sendMessage", chat_id=G, text="x", reply_parameters={"message_id": card["message_id"]})
    assert made["message_thread_id"] == thread


async def test_the_one_who_may_manage_topics_writes_into_closed_ones(client: Client, telegram_world: World):
    thread = await open_topic(client)
    assert await client.call("closeForumTopic", chat_id=G, message_thread_id=thread) is True
    made = await client.call("sendMessage", chat_id=G, message_thread_id=thread, text="已关闭")
    assert made["message_thread_id"] == thread
    assert await client.call("reopenForumTopic", chat_id=G, message_thread_id=thread) is True
    told = [each for each in await heard(client) if "forum_topic_closed" in each or "forum_topic_reopened" in each]
    assert [each["message_thread_id"] for each in told] == [thread, thread]


async def test_a_topic_is_renamed(client: Client, telegram_world: World):
    thread = await open_topic(client)
    assert await client.call("editForumTopic", chat_id=G, message_thread_id=thread, name="已结 小陈") is True
    assert telegram_world.topics(G)[-1]["name"] == "已结 小陈"
    assert (await heard(client))[-1]["forum_topic_edited"]["name"] == "已结 小陈"


async def test_a_long_name_is_cut_in_silence(client: Client):
    made = await client.call("createForumTopic", chat_id=G, name="店" * 200)
    assert made["name"] == "店" * 128


async def test_a_deleted_topic_takes_its_messages_along_and_tells_nobody(client: Client, telegram_world: World):
    thread = await open_topic(client)
    await client.call("sendMessage", chat_id=G, message_thread_id=thread, text="x")
    before = telegram_world.realm.bots[TOKEN].next_update_id
    assert await client.call("deleteForumTopic", chat_id=G, message_thread_id=thread) is True
    assert all(each["_deleted"] for each in telegram_world.history(G, thread))
    assert [each["name"] for each in telegram_world.topics(G)] == ["General"]
    assert telegram_world.realm.bots[TOKEN].next_update_id == before
    assert await client.call("sendChatAction", chat_id=G, message_thread_id=thread, action="typing") is True


async def test_pins_of_one_topic_go_without_the_others(client: Client, telegram_world: World):
    thread = await open_topic(client)
    inside = await client.call("sendMessage", chat_id=G, message_thread_id=thread, text="里")
    outside = await client.call("sendMessage", chat_id=G, text="外")
    for made in (inside, outside):
        await client.call("pinChatMessage", chat_id=G, message_id=made["message_id"])
    assert [each["text"] for each in telegram_world.pinned(G, thread)] == ["里"]
    await client.call("unpinAllForumTopicMessages", chat_id=G, message_thread_id=thread)
    assert [each["text"] for each in telegram_world.pinned(G)] == ["外"]
    await client.call("unpinAllGeneralForumTopicMessages", chat_id=G)
    assert telegram_world.pinned(G) == []


async def test_general_is_hidden_closed_and_brought_back(client: Client, telegram_world: World):
    await client.call("editGeneralForumTopic", chat_id=G, name="公告")
    await client.call("hideGeneralForumTopic", chat_id=G)
    general = telegram_world.topics(G)[0]
    assert (general["name"], general["is_hidden"], general["is_closed"]) == ("公告", True, True)
    await client.call("unhideGeneralForumTopic", chat_id=G)
    await client.call("reopenGeneralForumTopic", chat_id=G)
    await client.call("closeGeneralForumTopic", chat_id=G)
    kinds = [next(iter(each.keys() & SERVICE)) for each in await heard(client)]
    assert kinds == [
        "forum_topic_edited",
        "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
        "forum_topic_reopened",
        "forum_topic_closed",
    ]


SERVICE = {
    "forum_topic_edited",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "forum_topic_reopened",
    "forum_topic_closed",
}


async def test_the_topic_of_a_human_is_heard_with_its_maker(client: Client, telegram_world: World):
    telegram_world.topic_made(LIN, G, "值班")
    (told,) = await heard(client)
    assert (told["from"]["id"], told["forum_topic_created"]["name"]) == (LIN, "值班")
    assert told["from"]["id"] != BOT
