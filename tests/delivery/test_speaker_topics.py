"""A topic that is gone while words wait for it: made anew or reopened first, through the real courier."""

from bot.desk.outgoing import ShowCard, Topic
from bot.desk.verdict import (
    Delivered,
    NotForum,
    TopicGone,
)
from bot.sandbox.world import World
from bot.usecases.people import Sender
from bot.usecases.receive import Hint, receive
from tests.contract.botapi_clients import CHEN, LIN, G
from tests.delivery.stand import Stand, Told, stand, wrote

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]


# a topic that is gone, through the real courier


async def case_of_chen(at: Stand, world: World, text: str) -> None:
    message = wrote(at, world.user_writes(CHEN, CHEN, text)["message_id"], text)
    await at.desk.run(receive, sender=Sender(CHEN, "小陈"), message=message, hint=Hint(province="浙江"))


def in_topic(world: World) -> list[str]:
    return [m["text"] for m in world.history(G, world.topics(G)[-1]["message_thread_id"]) if "text" in m]


async def test_a_deleted_topic_is_made_anew_with_its_card_and_the_same_words_come_after(telegram_world: World, courier):
    async with stand(courier) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        await at.until_at_rest()
        first = telegram_world.topics(G)[-1]["message_thread_id"]
        assert "机器坏了" in in_topic(telegram_world)[-1]
        telegram_world.topic_deleted(G, first)
        await case_of_chen(at, telegram_world, "还没修")
        await case_of_chen(at, telegram_world, "在吗")
        await at.until_at_rest()
        assert telegram_world.topics(G)[-1]["message_thread_id"] != first
        words = in_topic(telegram_world)
        assert words[-2:] == ["还没修", "在吗"] and words.count("还没修") == 1
        assert "机器坏了" in "".join(words[:-2]), "the recap"
        assert [m["message_thread_id"] for m in telegram_world.pinned(G)][:1] != [first]
        assert len(telegram_world.topics(G)) == 2, "General, and one of 小陈"


async def test_a_closed_topic_is_reopened_before_the_words(telegram_world: World, courier):
    told = Told({"在吗": [TopicGone(is_closed=True)]})
    async with stand(told) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        told.plan["OpenTopic"] = [Delivered(thread_id=77)]
        await at.until_at_rest()
        await case_of_chen(at, telegram_world, "在吗")
        await at.until_at_rest()
        assert [t for t in told.texts(G) if t in ("在吗", "ReopenTopic")] == ["在吗", "ReopenTopic", "在吗"]


async def test_a_group_that_lost_its_topics_gets_the_words_all_the_same(telegram_world: World):
    told = Told({"OpenTopic": [NotForum()]})
    async with stand(told) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        await at.until_at_rest()
        assert any("机器坏了" in text for text in told.texts(G))
        assert all(p.thread_id is None for p in told.carried)


async def test_a_card_is_one_message_edited_and_made_anew_when_somebody_deleted_it(telegram_world: World, courier):
    def card(world: World) -> list[int]:
        return [m["message_id"] for m in world.pinned(G)]

    async with stand(courier) as at, at.speaking():
        await case_of_chen(at, telegram_world, "机器坏了")
        await at.until_at_rest()
        (shown,) = card(telegram_world)
        await at.put(ShowCard(1), Topic(G, 1), case_id=1)
        await at.until_at_rest()
        assert card(telegram_world) == [shown], "an edit that changes nothing is done"
        telegram_world.user_deletes(LIN, G, shown)
        await at.put(ShowCard(1), Topic(G, 1), case_id=1)
        await at.until_at_rest()
        assert [m for m in card(telegram_world) if m != shown], "posted and pinned anew"
