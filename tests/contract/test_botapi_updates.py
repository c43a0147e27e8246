"""What a bot hears and how: getUpdates with its offset, limit, waiting and conflicts, through every client."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, CLIENTS, LIN, TOKEN, Client, G, Refused

pytest_plugins = ["tests.contract.botapi_rig"]

BUTTONS = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}


def kind(update: dict[str, Any]) -> str:
    return next(name for name in update if name != "update_id")


async def test_updates_stay_until_a_later_offset_confirms_them(client: Client, telegram_world: World):
    for text in ("一", "二", "三"):
        telegram_world.user_writes(CHEN, CHEN, text)
    first = await client.call("getUpdates")
    assert [each["message"]["text"] for each in first] == ["一", "二", "三"]
    assert [each["update_id"] - first[0]["update_id"] for each in first] == [0, 1, 2]
    assert await client.call("getUpdates") == first
    rest = await client.call("getUpdates", offset=first[1]["update_id"] + 1)
    assert [each["message"]["text"] for each in rest] == ["三"]


async def test_a_limit_is_kept(client: Client, telegram_world: World):
    for number in range(5):
        telegram_world.user_writes(CHEN, CHEN, str(number))
    found = await client.call("getUpdates", limit=2)
    assert [each["message"]["text"] for each in found] == ["0", "1"]


async def test_a_negative_offset_keeps_the_last_ones(client: Client, telegram_world: World):
    for number in range(5):
        telegram_world.user_writes(CHEN, CHEN, str(number))
    assert [each["message"]["text"] for each in await client.call("getUpdates", offset=-2)] == ["3", "4"]
    assert len(await client.call("getUpdates")) == 2


async def test_a_waiting_poller_is_woken_by_the_first_update(client: Client, telegram_world: World):
    poll = asyncio.ensure_future(client.call("getUpdates", timeout=30))
    await until(lambda: telegram_world.realm.bots[TOKEN].bot_id in waiting_bots(telegram_world))
    telegram_world.user_writes(CHEN, CHEN, "在吗")
    found = await asyncio.wait_for(poll, 5)
    assert [each["message"]["text"] for each in found] == ["在吗"]


async def test_an_idle_poll_ends_with_nothing(client: Client):
    assert await client.call("getUpdates", timeout=0) == []


async def test_the_older_of_two_pollers_is_sent_away(client: Client, telegram_world: World, telegram_base: str):
    other = CLIENTS["bare"](telegram_base)
    older = asyncio.ensure_future(client.call("getUpdates", timeout=30))
    await until(lambda: waiting_bots(telegram_world))
    assert await other.call("getUpdates", timeout=0) == []
    with pytest.raises(Refused, match="terminated by other getUpdates request"):
        await asyncio.wait_for(older, 5)
    await other.close()


async def test_polling_and_a_webhook_exclude_each_other(client: Client):
    await client.call("setWebhook", url="http://127.0.0.1:1/hook")
    with pytest.raises(Refused, match="can't use getUpdates method while webhook is active"):
        await client.call("getUpdates")
    await client.call("deleteWebhook")
    assert await client.call("getUpdates") == []


async def test_reactions_and_members_are_heard_only_when_named(client: Client, telegram_world: World):
    telegram_world.add_user(9, "新人")
    message = telegram_world.user_writes(LIN, G, "好")
    telegram_world.user_reacts(CHEN, G, message["message_id"], "👍")
    telegram_world.user_joins(9, G)
    assert [kind(each) for each in await client.call("getUpdates")] == ["message", "message"]
    await client.call("getUpdates", offset=-1, allowed_updates=["chat_member", "message_reaction"])
    telegram_world.user_reacts(CHEN, G, message["message_id"], None)
    telegram_world.user_leaves(9, G)
    told = (await client.call("getUpdates"))[1:]
    assert [kind(each) for each in told] == ["message_reaction", "chat_member"]
    assert not told[0]["message_reaction"].get("new_reaction")
    assert told[0]["message_reaction"]["old_reaction"][0]["emoji"] == "👍"
    assert told[1]["chat_member"]["new_chat_member"]["status"] == "left"


async def test_allowed_updates_stay_as_they_were_said_last(client: Client, telegram_world: World):
    await client.call("getUpdates", allowed_updates=["callback_query"])
    telegram_world.user_writes(CHEN, CHEN, "不该听到")
    assert await client.call("getUpdates") == []
    await client.call("getUpdates", allowed_updates=[])
    telegram_world.user_writes(CHEN, CHEN, "又听到了")
    assert len(await client.call("getUpdates")) == 1


async def test_a_press_is_heard_and_answered(client: Client, telegram_world: World):
    made = await client.call("sendMessage", chat_id=CHEN, text="满意吗", reply_markup=BUTTONS)
    query = telegram_world.user_presses(CHEN, CHEN, made["message_id"], "ok")
    (update,) = await client.call("getUpdates")
    pressed = update["callback_query"]
    assert (pressed["id"], pressed["data"], pressed["from"]["id"]) == (query, "ok", CHEN)
    assert pressed["message"]["message_id"] == made["message_id"]
    await client.call("answerCallbackQuery", callback_query_id=query, text="谢谢", show_alert=True)
    assert telegram_world.callback_answer(query) == {"text": "谢谢", "show_alert": True, "url": ""}


@pytest.mark.parametrize(("seconds", "left"), [(149, ["callback_query", "message"]), (151, ["message"])])
async def test_a_press_is_forgotten_after_150_seconds(
    client: Client, telegram_world: World, seconds: int, left: list[str]
):
    made = await client.call("sendMessage", chat_id=CHEN, text="满意吗", reply_markup=BUTTONS)
    telegram_world.user_presses(CHEN, CHEN, made["message_id"], "ok")
    telegram_world.user_writes(CHEN, CHEN, "好")
    telegram_world.advance(timedelta(seconds=seconds))
    assert [kind(each) for each in await client.call("getUpdates")] == left


@pytest.mark.parametrize(("hours", "count"), [(23, 1), (25, 0)])
async def test_updates_are_kept_for_a_day(client: Client, telegram_world: World, hours: int, count: int):
    telegram_world.user_writes(CHEN, CHEN, "在吗")
    telegram_world.advance(timedelta(hours=hours))
    assert len(await client.call("getUpdates")) == count


async def test_edits_are_heard_and_deletions_are_not(client: Client, telegram_world: World):
    said = telegram_world.user_writes(CHEN, CHEN, "一百元")
    telegram_world.user_edits(CHEN, CHEN, said["message_id"], "一千元")
    telegram_world.user_deletes(CHEN, CHEN, said["message_id"])
    updates = await client.call("getUpdates")
    assert [kind(each) for each in updates] == ["message", "edited_message"]
    edited = updates[1]["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("一千元", said["message_id"])
    assert "edit_date" in edited


async def test_blocking_and_coming_back_is_heard(client: Client, telegram_world: World):
    telegram_world.user_blocks(CHEN)
    telegram_world.user_starts(CHEN, "store001")
    updates = await client.call("getUpdates")
    assert [kind(each) for each in updates] == ["my_chat_member", "my_chat_member", "message"]
    states = [each["my_chat_member"]["new_chat_member"]["status"] for each in updates[:2]]
    assert states == ["kicked", "member"]
    assert updates[2]["message"]["text"] == "/start store001"


async def test_the_bot_does_not_hear_itself(client: Client):
    await client.call("sendMessage", chat_id=G, text="在")
    assert await client.call("getUpdates") == []


FILES = ["photo", "video", "animation", "audio", "voice", "video_note", "document", "sticker"]


async def test_what_people_send_can_be_parsed(client: Client, telegram_world: World):
    kinds = [*FILES, "location", "venue", "contact", "poll", "dice", "story"]
    for each in kinds:
        telegram_world.user_sends(CHEN, CHEN, each, data=b"x")
    heard = [update["message"] for update in await client.call("getUpdates")]
    assert [
        next(k for k in kinds if each.get(k) and not (k == "location" and "venue" in each)) for each in heard
    ] == kinds


async def test_an_upgrade_is_heard_on_both_sides(client: Client, telegram_world: World):
    telegram_world.add_group(-7, "旧群", members={LIN: "creator"})
    new = telegram_world.migrate_group(-7)
    first, second = [update["message"] for update in await client.call("getUpdates")]
    assert (first["chat"]["id"], first["migrate_to_chat_id"]) == (-7, new)
    assert (second["chat"]["id"], second["migrate_from_chat_id"]) == (new, -7)
    assert (await client.call("sendMessage", chat_id=new, text="在"))["chat"]["type"] == "supergroup"


async def test_removal_and_rights_are_heard(client: Client, telegram_world: World):
    telegram_world.set_bot_rights(G, can_manage_topics=False)
    telegram_world.remove_bot(G)
    updates = await client.call("getUpdates")
    changes = [each["my_chat_member"]["new_chat_member"] for each in updates]
    assert [each["status"] for each in changes] == ["administrator", "kicked"]
    assert changes[0]["can_manage_topics"] is False


def waiting_bots(world: World) -> set[int]:
    """The bots for which a poller waits right now."""
    return {bot_id for waker in world.realm.wakers for bot_id in getattr(waker.__self__, "waiting", set)()}


async def until(reached: Any) -> None:
    for _ in range(2000):
        if reached():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("never happened")
