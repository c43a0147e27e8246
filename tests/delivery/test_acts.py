"""What stands in the chats after each act: the real courier over the emulator."""

import html
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.buttons import Button, Press, Verb
from bot.desk.message import ContentKind, MessageRef
from bot.desk.outgoing import (
    CloseTopic,
    CopyMessage,
    EditButtons,
    EditText,
    LeaveChat,
    OpenTopic,
    Pin,
    React,
    ReopenTopic,
    SayText,
    ShowCard,
)
from bot.desk.people import PROVINCES
from bot.desk.split import pieces, units
from bot.desk.verdict import Delivered, Refused
from bot.language.script_files import load_scripts
from bot.sandbox.world import World
from tests.contract.botapi_clients import BOT, CHEN, LIN, G
from tests.contract.botapi_refusals import call
from tests.delivery.rig import send

pytest_plugins = ["tests.contract.botapi_rig", "tests.delivery.rig"]

PRESS = Button("结案", Press(Verb.RESOLVE, 7))
ROWS = ((PRESS, Button("官网", url="https://example.com")),)
NASTY = '<b>王</b> & "芳" 🍜'


def last(world: World, chat: int) -> dict[str, Any]:
    return [m for m in world.history(chat) if not m.get("_deleted")][-1]


def buttons(message: dict[str, Any]) -> list[list[str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b.get("callback_data") or b["url"] for b in row] for row in rows]


async def topic(courier, name: str = "小陈 · 001店") -> int:
    opened = await send(courier, OpenTopic(name), G)
    assert isinstance(opened, Delivered) and opened.thread_id
    return opened.thread_id


# saying


async def test_words_with_their_buttons_arrive(telegram_world: World, courier):
    said = await send(courier, SayText("您好", buttons=ROWS), CHEN)
    message = last(telegram_world, CHEN)
    assert said == Delivered(message["message_id"])
    assert (message["text"], buttons(message)) == ("您好", [["do:done:7:", "https://example.com"]])


async def test_what_a_person_is_called_cannot_be_markup(telegram_world: World, courier):
    shown = f"<b>工单</b> {html.escape(NASTY, quote=False)}"
    await send(courier, SayText("x", html=shown), CHEN)
    message = last(telegram_world, CHEN)
    assert message["text"] == f"工单 {NASTY}"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 2}]


async def test_words_without_markup_are_never_read_as_markup(telegram_world: World, courier):
    await send(courier, SayText(NASTY), CHEN)
    assert last(telegram_world, CHEN)["text"] == NASTY
    assert "entities" not in last(telegram_world, CHEN)


async def test_a_persons_own_formatting_goes_along(telegram_world: World, courier):
    marked = [{"type": "italic", "offset": 3, "length": 2}]
    await send(courier, SayText("🍜x退款", entities=json.dumps(marked)), CHEN)
    assert last(telegram_world, CHEN)["entities"] == marked


async def test_plain_is_plain(telegram_world: World, courier):
    await send(courier, SayText("工单 <x>", html="<b>工单</b> <x>", entities="[1]"), CHEN, is_plain=True)
    assert last(telegram_world, CHEN)["text"] == "工单 <x>"


@pytest.mark.parametrize("text", ["字" * 4096, "🍜" * 2048, "x" + "🍜" * 2047 + "y"])
async def test_4096_utf16_units_go_in_one_message(text: str, telegram_world: World, courier):
    assert isinstance(await send(courier, SayText(text), CHEN), Delivered)
    assert last(telegram_world, CHEN)["text"] == text
    assert isinstance(await send(courier, SayText("字" * 4097), CHEN), Refused)


async def test_every_piece_of_a_long_text_goes_through(telegram_world: World, courier):
    text = ("退款🍜" * 50 + "。\n") * 60
    for piece in pieces(text):
        assert isinstance(await send(courier, SayText(piece), CHEN), Delivered)
    said = [m["text"] for m in telegram_world.history(CHEN)[1:]]
    assert len(said) > 2 and all(units(s) <= 4096 for s in said)
    assert "".join(said).replace("\n", "") == text.replace("\n", "")


async def test_markup_counts_for_nothing_in_the_length(telegram_world: World, courier):
    shown = "<b>" + "&lt;" * 4096 + "</b>"
    assert isinstance(await send(courier, SayText("<" * 4096, html=shown), CHEN), Delivered)
    assert last(telegram_world, CHEN)["text"] == "<" * 4096


async def test_a_reply_stays_a_reply(telegram_world: World, courier):
    asked = telegram_world.user_writes(CHEN, CHEN, "退款?")
    await send(courier, SayText("好", reply_to=MessageRef(CHEN, asked["message_id"])), CHEN)
    assert last(telegram_world, CHEN)["reply_to_message"]["message_id"] == asked["message_id"]


@pytest.mark.parametrize("copied", [False, True])
async def test_when_the_asked_message_is_gone_the_answer_still_comes(copied: bool, telegram_world: World, courier):
    asked = telegram_world.user_writes(CHEN, CHEN, "退款?")
    telegram_world.user_deletes(CHEN, CHEN, asked["message_id"])
    to = MessageRef(CHEN, asked["message_id"])
    photo = telegram_world.user_sends(LIN, G, "photo", data=b"x")
    copy = CopyMessage(MessageRef(G, photo["message_id"]), ContentKind.PHOTO, reply_to=to)
    assert isinstance(await send(courier, copy if copied else SayText("好", reply_to=to), CHEN), Delivered)
    assert "reply_to_message" not in last(telegram_world, CHEN)


async def test_in_a_topic_words_stand_in_the_topic(telegram_world: World, courier):
    thread = await topic(courier)
    await send(courier, SayText("新工单"), G, thread)
    assert [m["text"] for m in telegram_world.history(G, thread) if "text" in m] == ["新工单"]


@pytest.mark.parametrize("thread", [None, 1])
async def test_general_goes_unnamed(thread: int | None, telegram_world: World, courier):
    assert isinstance(await send(courier, SayText("大家好"), G, thread), Delivered)
    photo = telegram_world.user_sends(CHEN, CHEN, "photo", data=b"x")
    copy = CopyMessage(MessageRef(CHEN, photo["message_id"]), ContentKind.PHOTO)
    assert isinstance(await send(courier, copy, G, thread), Delivered)
    assert "message_thread_id" not in last(telegram_world, G)


async def test_a_contact_is_asked_for_and_the_button_goes_again(telegram_world: World, courier):
    await send(courier, SayText("请分享", asks_contact="分享手机号"), CHEN)
    assert last(telegram_world, CHEN)["_keyboard"]["keyboard"] == [[{"text": "分享手机号", "request_contact": True}]]
    await send(courier, SayText("谢谢", drops_keyboard=True), CHEN)
    assert last(telegram_world, CHEN)["_keyboard"]["remove_keyboard"] is True


# copying

SENT: dict[ContentKind, Callable[[World], dict[str, Any]]] = {
    ContentKind.TEXT: lambda w: w.user_writes(CHEN, CHEN, "退款"),
    **{
        kind: lambda w, kind=kind: w.user_sends(CHEN, CHEN, kind.value, data=b"x")
        for kind in (
            ContentKind.PHOTO, ContentKind.VIDEO, ContentKind.ANIMATION, ContentKind.AUDIO, ContentKind.VOICE,
            ContentKind.VIDEO_NOTE, ContentKind.DOCUMENT, ContentKind.STICKER,
        )
    },
    ContentKind.LOCATION: lambda w: w.user_sends(CHEN, CHEN, "location"),
    ContentKind.VENUE: lambda w: w.user_sends(CHEN, CHEN, "venue"),
    ContentKind.CONTACT: lambda w: w.user_sends(CHEN, CHEN, "contact"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SENT)
async def test_every_kind_is_carried_into_the_topic_with_its_buttons(kind: ContentKind, telegram_world: World, courier):
    source = SENT[kind](telegram_world)
    thread = await topic(courier)
    act = CopyMessage(MessageRef(CHEN, source["message_id"]), kind, buttons=((PRESS,),))
    carried = await send(courier, act, G, thread)
    message = telegram_world.history(G, thread)[-1]
    assert carried == Delivered(message["message_id"])
    assert kind.value in message and "forward_origin" not in message
    assert buttons(message) == [["do:done:7:"]]


def test_no_kind_that_crosses_the_desk_is_left_out():
    assert {*SENT, ContentKind.OTHER} == set(ContentKind)


async def test_a_copy_keeps_its_own_caption_unless_it_is_given_another(telegram_world: World, courier):
    marked = [{"type": "bold", "offset": 0, "length": 2}]
    source = telegram_world.user_sends(CHEN, CHEN, "photo", data=b"x", caption=NASTY, caption_entities=marked)
    ref = MessageRef(CHEN, source["message_id"])
    await send(courier, CopyMessage(ref, ContentKind.PHOTO), G)
    assert last(telegram_world, G)["caption"] == NASTY
    moved = json.dumps([{"type": "bold", "offset": 5, "length": 2}])
    await send(courier, CopyMessage(ref, ContentKind.PHOTO, caption=f"【#7】\n{NASTY}", caption_entities=moved), G)
    assert last(telegram_world, G)["caption"] == f"【#7】\n{NASTY}"
    assert last(telegram_world, G)["caption_entities"] == json.loads(moved)
    bad = CopyMessage(ref, ContentKind.PHOTO, caption="x", caption_entities='[{"type": "bold"}]')
    assert isinstance(await send(courier, bad, G, is_plain=True), Delivered)


# editing


OLD = SayText("旧", buttons=((PRESS,),))


async def said(world: World, courier, chat: int = CHEN, act: SayText = OLD) -> MessageRef:
    verdict = await send(courier, act, chat)
    assert isinstance(verdict, Delivered) and verdict.message_id
    return MessageRef(chat, verdict.message_id)


async def test_words_are_changed_in_place(telegram_world: World, courier):
    ref = await said(telegram_world, courier)
    edit = EditText(ref, "x", html=f"<i>{html.escape(NASTY, quote=False)}</i>", buttons=ROWS)
    assert await send(courier, edit, CHEN) == Delivered(ref.message_id)
    message = telegram_world.message(CHEN, ref.message_id)
    assert message["text"] == NASTY and message["entities"][0]["type"] == "italic" and len(buttons(message)[0]) == 2


async def test_a_caption_is_changed_in_place(telegram_world: World, courier):
    photo = telegram_world.user_sends(LIN, G, "photo", data=b"x", caption="旧")
    copy = await send(courier, CopyMessage(MessageRef(G, photo["message_id"]), ContentKind.PHOTO), CHEN)
    ref = MessageRef(CHEN, copy.message_id)
    assert isinstance(await send(courier, EditText(ref, NASTY, is_caption=True), CHEN), Delivered)
    assert telegram_world.message(CHEN, ref.message_id)["caption"] == NASTY


async def test_an_edit_that_changes_nothing_is_done(telegram_world: World, courier):
    ref = await said(telegram_world, courier)
    assert await send(courier, EditText(ref, "旧", buttons=((PRESS,),)), CHEN) == Delivered()
    assert await send(courier, EditButtons(ref, ((PRESS,),)), CHEN) == Delivered()


async def test_buttons_are_changed_and_taken_away(telegram_world: World, courier):
    ref = await said(telegram_world, courier)
    await send(courier, EditButtons(ref, ROWS), CHEN)
    assert len(buttons(telegram_world.message(CHEN, ref.message_id))[0]) == 2
    await send(courier, EditButtons(ref), CHEN)
    assert buttons(telegram_world.message(CHEN, ref.message_id)) == []


async def test_a_card_is_drawn_before_it_is_carried(telegram_world: World, courier):
    assert isinstance(await send(courier, ShowCard(7), G), Refused)


# topics, pins, reactions, leaving


async def test_a_topic_is_opened_closed_twice_and_reopened_twice(telegram_world: World, courier):
    thread = await topic(courier, "字" * 128)
    closed = []
    for act in (CloseTopic(), CloseTopic(), ReopenTopic(), ReopenTopic()):
        assert await send(courier, act, G, thread) == Delivered()
        closed.append(telegram_world.topics(G)[-1]["is_closed"])
    assert closed == [True, True, False, False]
    assert telegram_world.topics(G)[-1]["name"] == "字" * 128


async def test_a_card_is_pinned_and_pinning_again_does_no_harm(telegram_world: World, courier):
    ref = await said(telegram_world, courier, G)
    for _ in range(2):
        assert await send(courier, Pin(ref), G) == Delivered()
    assert [m["message_id"] for m in telegram_world.pinned(G)] == [ref.message_id]


async def test_the_delivered_mark_is_put_and_put_again(telegram_world: World, courier):
    written = telegram_world.user_writes(LIN, G, "好")
    for _ in range(2):
        assert await send(courier, React(MessageRef(G, written["message_id"]), "👌"), G) == Delivered()
    assert telegram_world.message(G, written["message_id"])["_reactions"] == {"👌": [BOT]}


async def test_the_group_is_left_and_leaving_again_does_no_harm(telegram_world: World, courier):
    for _ in range(2):
        assert await send(courier, LeaveChat(), G) == Delivered()
    with pytest.raises(Exception, match=r"not a member|kicked"):
        call(telegram_world, "sendMessage", chat_id=G, text="x")


# buttons


def _choices() -> list[str]:
    longest = max((s.id for s in load_scripts().all()), key=lambda i: len(i.encode()))
    return [longest, *PROVINCES, "9999999.99"]


@given(verb=st.sampled_from(Verb), subject=st.integers(0, 2**31), choice=st.sampled_from(_choices()))
def test_every_button_that_the_desk_makes_fits_into_64_bytes(verb: Verb, subject: int, choice: str):
    assert len(Press(verb, subject, choice).packed().encode()) <= 64


def test_a_button_that_does_not_fit_says_so_before_telegram_does():
    with pytest.raises(ValueError, match="64 bytes"):
        Press(Verb.READY, 1, "字" * 30).packed()


async def test_a_press_of_the_longest_button_comes_back_as_it_was(telegram_world: World, courier):
    press = Press(Verb.PROVINCE, 2**31, max(PROVINCES, key=len))
    ref = await said(telegram_world, courier, CHEN, SayText("省?", buttons=((Button("省", press),),)))
    telegram_world.user_presses(CHEN, CHEN, ref.message_id, press.packed())
    (heard,) = [u for u in call(telegram_world, "getUpdates") if "callback_query" in u]
    assert heard["callback_query"]["data"] == press.packed()
