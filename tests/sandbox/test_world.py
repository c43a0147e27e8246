"""People in the sandbox: what they may do, what the page sees of it, and what survives being put on disk."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import botapi
from bot.sandbox.clock import Clock
from bot.sandbox.errors import ActError, ApiError
from bot.sandbox.world import World

TOKEN = "1000000001:sandbox-token"
BOT, CHEN, LIN, ZHOU = 1000000001, 50_000_001, 50_000_002, 50_000_003
G = -1001000000001
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return small()


def small() -> World:
    made = World(Clock(start=NOON, frozen=True))
    made.add_bot(TOKEN, username="desk_bot", first_name="首问")
    made.add_user(CHEN, "小陈", last_name="陈", username="chen", phone="+8613800138000")
    made.add_user(LIN, "林")
    made.add_user(ZHOU, "周")
    made.add_group(G, "华东", members={LIN: "creator", ZHOU: "member"})
    made.user_starts(CHEN)
    return made


def call(world: World, method: str, **params: Any) -> Any:
    return botapi.call(world, TOKEN, method, params)


def buttons(world: World) -> dict[str, Any]:
    markup = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    return dict(call(world, "sendMessage", chat_id=CHEN, text="满意吗", reply_markup=markup))


IMPOSSIBLE: list[tuple[str, Callable[[World], object], str]] = [
    ("write in somebody's private chat", lambda w: w.user_writes(LIN, CHEN, "x"), "somebody else's"),
    ("write to nobody", lambda w: w.user_writes(CHEN, 77, "x"), "no chat 77"),
    ("write nothing", lambda w: w.user_writes(CHEN, CHEN, " "), "empty"),
    ("write in a group from outside", lambda w: w.user_writes(CHEN, G, "x"), "not a member"),
    ("write in a topic that never was", lambda w: w.user_writes(LIN, G, "x", thread_id=99), "no topic 99"),
    ("write in a topic of a private chat", lambda w: w.user_writes(CHEN, CHEN, "x", thread_id=9), "no topics"),
    ("write while the bot is blocked", lambda w: (w.user_blocks(CHEN), w.user_writes(CHEN, CHEN, "x")), "blocked"),
    ("answer a message that never was", lambda w: w.user_writes(CHEN, CHEN, "x", reply_to=99), "no message 99"),
    ("quote what was not said", lambda w: w.user_writes(CHEN, CHEN, "x", reply_to=1, quote="好"), "quote"),
    ("send what does not exist", lambda w: w.user_sends(CHEN, CHEN, "hologram"), "no such kind"),
    ("edit somebody else's", lambda w: w.user_edits(CHEN, CHEN, buttons(w)["message_id"], "x"), "not your"),
    ("press what is not there", lambda w: w.user_presses(CHEN, CHEN, buttons(w)["message_id"], "no"), "no such button"),
    ("press from outside", lambda w: w.user_presses(LIN, CHEN, buttons(w)["message_id"], "ok"), "somebody else's"),
    ("react from outside", lambda w: w.user_reacts(CHEN, G, 2, "👍"), "not a member"),
    ("join twice", lambda w: w.user_joins(LIN, G), "already"),
    ("leave from outside", lambda w: w.user_leaves(CHEN, G), "not a member"),
    (
        "delete somebody else's as a member",
        lambda w: w.user_deletes(ZHOU, G, w.user_writes(LIN, G, "x")["message_id"]),
        "not your",
    ),
    ("delete General", lambda w: w.topic_deleted(G, 1), "General"),
    (
        "close a topic twice",
        lambda w: [w.topic_closed(G, w.topic_made(LIN, G, "x")["message_id"]), w.topic_closed(G, 2)],
        "already",
    ),
    ("a topic without a name", lambda w: w.topic_made(LIN, G, " "), "needs a name"),
    ("move a group twice", lambda w: (w.migrate_group(G), w.migrate_group(G)), "became"),
    (
        "entities past the end",
        lambda w: w.user_writes(CHEN, CHEN, "x", entities=[{"type": "bold", "offset": 0, "length": 9}]),
        "ends after",
    ),
]


@pytest.mark.parametrize(("name", "act", "words"), IMPOSSIBLE, ids=[row[0] for row in IMPOSSIBLE])
def test_nobody_can(world: World, name: str, act: Callable[[World], object], words: str):
    with pytest.raises(ActError, match=words):
        act(world)


def test_an_edit_after_two_days_comes_too_late(world: World):
    said = world.user_writes(CHEN, CHEN, "一")
    world.advance(timedelta(hours=48))
    world.user_edits(CHEN, CHEN, said["message_id"], "二")
    world.advance(timedelta(seconds=1))
    with pytest.raises(ActError, match="too late"):
        world.user_edits(CHEN, CHEN, said["message_id"], "三")


def test_an_edit_that_changes_nothing_tells_nobody(world: World):
    said = world.user_writes(CHEN, CHEN, "一")
    before = world.realm.bots[TOKEN].next_update_id
    world.user_edits(CHEN, CHEN, said["message_id"], "一")
    assert world.realm.bots[TOKEN].next_update_id == before


def test_new_buttons_alone_do_not_mark_a_message_as_edited(world: World):
    made = buttons(world)
    call(world, "editMessageReplyMarkup", chat_id=CHEN, message_id=made["message_id"])
    assert world.message(CHEN, made["message_id"])["_edited"] is False
    call(world, "editMessageText", chat_id=CHEN, message_id=made["message_id"], text="改了")
    assert world.message(CHEN, made["message_id"])["_edited"] is True


def test_a_planned_error_for_any_method_waits_for_a_call_that_is_no_poll(world: World):
    world.faults.next_error("*", 500, "Internal Server Error")
    call(world, "getUpdates")
    with pytest.raises(ApiError, match="Internal"):
        call(world, "getMe")


def test_a_member_waits_outside_a_closed_topic_and_its_owner_does_not(world: World):
    thread = world.topic_made(LIN, G, "小陈")["message_id"]
    world.topic_closed(G, thread)
    assert world.user_writes(LIN, G, "好", thread_id=thread)["message_thread_id"] == thread
    with pytest.raises(ActError, match="closed"):
        world.user_writes(ZHOU, G, "好", thread_id=thread)


def test_the_first_id_in_a_supergroup_is_not_generals(world: World):
    assert world.topic_made(LIN, G, "小陈")["message_id"] == 2


def test_a_person_has_one_reaction_to_a_message(world: World):
    said = world.user_writes(CHEN, CHEN, "谢谢")["message_id"]
    world.user_reacts(CHEN, CHEN, said, "👍")
    world.user_reacts(CHEN, CHEN, said, "❤")
    assert world.message(CHEN, said)["_reactions"] == {"❤": [CHEN]}


def test_chats_are_listed_for_a_person_with_the_private_one_first(world: World):
    assert [chat["id"] for chat in world.chats_of(LIN)] == [LIN, G]
    new = world.migrate_group(G)
    assert [chat["id"] for chat in world.chats_of(LIN)] == [LIN, new]


def test_phones_are_for_the_page_and_never_for_bots(world: World):
    assert next(user["_phone"] for user in world.users() if user["id"] == CHEN) == "+8613800138000"
    world.user_writes(CHEN, CHEN, "在吗")
    assert "_phone" not in json.dumps(call(world, "getUpdates"))


def test_a_history_is_the_chats_or_one_topics(world: World):
    thread = world.topic_made(LIN, G, "小陈")["message_id"]
    world.user_writes(LIN, G, "里", thread_id=thread)
    world.user_writes(LIN, G, "外")
    texts = lambda found: [each.get("text") for each in found]  # noqa: E731
    assert texts(world.history(G)) == [None, "里", "外"]
    assert texts(world.history(G, thread)) == [None, "里"]
    assert texts(world.history(G, 1)) == ["外"]


def test_everything_that_happens_is_told_to_the_page(world: World):
    kinds: list[str] = []
    stop = world.subscribe(lambda event: kinds.append(event["type"]))
    thread = world.topic_made(LIN, G, "小陈")["message_id"]
    said = world.user_writes(LIN, G, "好", thread_id=thread)["message_id"]
    world.user_edits(LIN, G, said, "好的")
    world.user_reacts(LIN, G, said, "👍")
    call(world, "pinChatMessage", chat_id=G, message_id=said)
    call(world, "sendChatAction", chat_id=G, action="typing")
    call(world, "setMyCommands", commands=[])
    world.user_deletes(LIN, G, said)
    world.set_bot_rights(G, can_pin_messages=False)
    world.advance(timedelta(hours=1))
    world.set_faults({"outage": ""})
    stop()
    world.user_writes(LIN, G, "没人看")
    assert kinds == [
        "message",
        "topic",
        "message",
        "edited",
        "reaction",
        "message",
        "pin",
        "chat_action",
        "commands",
        "deleted",
        "member",
        "clock",
        "faults",
    ]


def test_any_update_can_be_put_in_by_hand(world: World):
    call(world, "getUpdates", offset=-1)
    world.inject({"message": {"broken": True}})
    world.inject({"update_id": 900, "poll": {}})
    world.user_writes(CHEN, CHEN, "后来")
    found = call(world, "getUpdates")[-3:]
    assert [("message" in each, each["update_id"]) for each in found[1:]] == [(False, 900), (True, 901)]
    assert found[0]["message"] == {"broken": True}


def test_a_kicked_bot_hears_nothing_until_it_is_back(world: World):
    world.remove_bot(G)
    world.realm.bots[TOKEN].updates.clear()
    world.user_writes(LIN, G, "没有机器人")
    assert call(world, "getUpdates") == []
    world.return_bot(G)
    world.user_writes(LIN, G, "又有了")
    assert [each["message"].get("text") for each in call(world, "getUpdates") if "message" in each] == [None, "又有了"]


def test_a_logged_out_bot_is_out_for_ten_minutes(world: World):
    assert call(world, "logOut") is True
    with pytest.raises(ApiError, match="Logged out"):
        call(world, "getMe")
    world.advance(timedelta(minutes=10))
    assert call(world, "getMe")["id"] == BOT


def test_a_world_comes_back_from_json_as_it_was(world: World):
    world.user_sends(CHEN, CHEN, "photo", data=b"\x00\xff", caption="发票")
    thread = world.topic_made(LIN, G, "小陈")["message_id"]
    pressed = world.user_presses(CHEN, CHEN, buttons(world)["message_id"], "ok")
    call(world, "setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    call(world, "setWebhook", url="http://127.0.0.1:1/", allowed_updates=["message"])
    world.set_faults({"limits": {"enabled": True}, "errors": [{"method": "getMe", "code": 500, "description": "x"}]})
    call(world, "sendMessage", chat_id=G, text="x")
    kept = json.loads(json.dumps(world.dump()))
    again = World.load(kept, Clock(start=NOON, frozen=True))
    assert json.loads(json.dumps(again.dump())) == kept
    photo = again.history(CHEN)[1]["photo"][-1]["file_id"]
    assert again.file_bytes(photo) == b"\x00\xff"
    assert again.history(G, thread) == world.history(G, thread)
    assert call(again, "answerCallbackQuery", callback_query_id=pressed) is True
    assert again.user_writes(CHEN, CHEN, "接着")["message_id"] == world.history(CHEN)[-1]["message_id"] + 1


def test_a_loaded_world_goes_on_at_the_instant_at_which_it_stopped():
    for start in (NOON, datetime.now(UTC) + timedelta(days=3)):
        kept = World(Clock(start=start, frozen=True)).dump()
        assert timedelta(0) <= World.load(kept).clock.now() - start < timedelta(seconds=5)


def test_a_world_that_was_kept_without_its_instant_goes_on_at_its_last_message(world: World):
    world.advance(timedelta(days=400))
    call(world, "sendMessage", chat_id=G, text="x")
    kept = {**world.dump(), "clock": {"offset_seconds": 0.0}}
    assert world.clock.now() - World.load(kept).clock.now() < timedelta(seconds=1)


def test_another_version_is_not_guessed_at(world: World):
    with pytest.raises(ValueError, match="version"):
        World.load({**world.dump(), "version": 99})


def test_time_only_goes_forward(world: World):
    with pytest.raises(ValueError, match="forward"):
        world.advance(timedelta(seconds=-1))


def test_updates_reach_only_the_bots_that_are_there(world: World):
    other = "1000000002:another"
    world.add_bot(other, username="other_bot", first_name="别的")
    world.user_writes(LIN, G, "好")
    assert botapi.call(world, other, "getUpdates") == []
    with pytest.raises(ApiError, match="chat not found"):
        botapi.call(world, other, "sendMessage", {"chat_id": CHEN, "text": "x"})


@given(st.lists(st.floats(min_value=0, max_value=30), max_size=80))
def test_no_minute_ever_holds_more_than_twenty_in_a_group(pauses: list[float]):
    world = small()
    world.set_faults({"limits": {"enabled": True}})
    taken: list[datetime] = []
    waits: list[int] = []
    for pause in pauses:
        world.advance(timedelta(seconds=pause))
        try:
            call(world, "sendMessage", chat_id=G, text="x")
        except ApiError as refused:
            waits.append(refused.parameters["retry_after"])
        else:
            taken.append(world.clock.now())
    assert all(1 <= wait <= 60 for wait in waits)
    assert all(sum(1 for at in taken if start <= at < start + timedelta(seconds=60)) <= 20 for start in taken)


@given(st.integers(min_value=20, max_value=40))
def test_after_the_named_seconds_the_call_is_taken(tries: int):
    world = small()
    world.set_faults({"limits": {"enabled": True}})
    for _ in range(tries):
        try:
            call(world, "sendMessage", chat_id=G, text="x")
        except ApiError as refused:
            world.advance(timedelta(seconds=refused.parameters["retry_after"]))
            call(world, "sendMessage", chat_id=G, text="x")
        world.advance(timedelta(seconds=1))


def test_a_group_that_became_another_one_can_still_be_looked_at(world: World) -> None:
    world.migrate_group(G)
    assert world.commands_for(LIN, G) == []
    assert world.history(G) is not None
