"""What a bot says, changes and takes back, through every client."""

import pytest

from bot.sandbox.world import World
from tests.contract.botapi_clients import BOT, CHEN, LIN, Client, File, G

pytest_plugins = ["tests.contract.botapi_rig"]

BUTTONS = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}], [{"text": "网站", "url": "https://a.com/"}]]}


async def test_a_text_arrives_as_it_was_said(client: Client, telegram_world: World):
    made = await client.call(
        "sendMessage", chat_id=CHEN, text="<b>您好</b>😀<i>王</i>", parse_mode="HTML", reply_markup=BUTTONS
    )
    assert made["text"] == "您好😀王"
    assert [(e["type"], e["offset"], e["length"]) for e in made["entities"]] == [("bold", 0, 2), ("italic", 4, 1)]
    assert made["reply_markup"] == BUTTONS
    assert made["from"]["id"] == BOT and made["chat"]["id"] == CHEN
    seen = telegram_world.history(CHEN)[-1]
    assert (seen["message_id"], seen["text"]) == (made["message_id"], "您好😀王")


async def test_entities_may_be_handed_over_as_such(client: Client):
    entities = [{"type": "text_link", "offset": 2, "length": 2, "url": "https://a.com/x"}]
    made = await client.call("sendMessage", chat_id=CHEN, text="😀合同", entities=entities)
    assert [dict(e) for e in made["entities"]] == entities


async def test_message_ids_grow_by_one_in_each_chat(client: Client):
    private = [(await client.call("sendMessage", chat_id=CHEN, text="x"))["message_id"] for _ in range(3)]
    group = [(await client.call("sendMessage", chat_id=G, text="x"))["message_id"] for _ in range(3)]
    assert (private, group) == ([2, 3, 4], [2, 3, 4])


UPLOADS = [
    ("sendPhoto", "photo", True),
    ("sendVideo", "video", True),
    ("sendAnimation", "animation", True),
    ("sendAudio", "audio", True),
    ("sendVoice", "voice", True),
    ("sendVideoNote", "video_note", False),
    ("sendDocument", "document", True),
    ("sendSticker", "sticker", False),
]


@pytest.mark.parametrize(("method", "kind", "has_caption"), UPLOADS)
async def test_a_file_goes_up_comes_down_and_goes_again_by_its_id(
    client: Client, method: str, kind: str, has_caption: bool
):
    caption = {"caption": "<b>合</b>同", "parse_mode": "HTML"} if has_caption else {}
    made = await client.call(method, chat_id=CHEN, **{kind: File(b"\x00content", "合同.bin")}, **caption)
    file = made[kind][-1] if kind == "photo" else made[kind]
    assert made.get("caption") == ("合同" if has_caption else None)
    found = await client.call("getFile", file_id=file["file_id"])
    assert found["file_size"] == 8
    assert await client.download(found["file_path"]) == b"\x00content"
    again = await client.call(method, chat_id=G, **{kind: file["file_id"]})
    assert (again[kind][-1] if kind == "photo" else again[kind])["file_unique_id"] == file["file_unique_id"]


async def test_a_document_keeps_its_name(client: Client):
    made = await client.call("sendDocument", chat_id=CHEN, document=File(b"x", "报表.xlsx"))
    assert made["document"]["file_name"] == "报表.xlsx"
    assert (await client.call("getFile", file_id=made["document"]["file_id"]))["file_path"].endswith(".xlsx")


PLAIN = [
    ("sendLocation", {"latitude": 31.2, "longitude": 121.5}, "location"),
    ("sendVenue", {"latitude": 31.2, "longitude": 121.5, "title": "门店", "address": "南京路"}, "venue"),
    ("sendContact", {"phone_number": "+8613800138000", "first_name": "王"}, "contact"),
    ("sendPoll", {"question": "满意吗", "options": ["满意", "不满意"]}, "poll"),
    ("sendDice", {}, "dice"),
]


@pytest.mark.parametrize(("method", "params", "kind"), PLAIN)
async def test_what_needs_no_file_arrives_too(client: Client, method: str, params: dict[str, object], kind: str):
    assert kind in await client.call(method, chat_id=CHEN, **params)


async def test_an_album_is_one_group_of_messages(client: Client, telegram_world: World):
    photo = telegram_world.user_sends(CHEN, CHEN, "photo", data=b"a")["photo"][-1]["file_id"]
    items = [{"type": "photo", "media": photo, "caption": "一"}, {"type": "photo", "media": photo}]
    made = await client.call("sendMediaGroup", chat_id=G, media=items)
    assert len({each["media_group_id"] for each in made}) == 1
    assert [each.get("caption") for each in made] == ["一", None]


async def test_a_reply_names_what_it_answers(client: Client, telegram_world: World):
    asked = telegram_world.user_writes(CHEN, CHEN, "我要退款,多久到账")
    wanted = {"message_id": asked["message_id"], "quote": "多久到账"}
    made = await client.call("sendMessage", chat_id=CHEN, text="三天", reply_parameters=wanted)
    assert made["reply_to_message"]["text"] == "我要退款,多久到账"
    assert (made["quote"]["text"], made["quote"]["position"]) == ("多久到账", 5)


async def test_a_reply_may_go_without_its_target(client: Client):
    wanted = {"message_id": 999, "allow_sending_without_reply": True}
    made = await client.call("sendMessage", chat_id=CHEN, text="三天", reply_parameters=wanted)
    assert "reply_to_message" not in made


async def test_a_copy_has_no_origin_and_a_forward_has_one(client: Client, telegram_world: World):
    sent = telegram_world.user_sends(CHEN, CHEN, "photo", data=b"a", caption="发票")
    source = {"from_chat_id": CHEN, "message_id": sent["message_id"]}
    copied = await client.call("copyMessage", chat_id=G, **source)
    forwarded = await client.call("forwardMessage", chat_id=G, **source)
    first, second = telegram_world.history(G)[-2:]
    assert (first["message_id"], first["caption"], "forward_origin" in first) == (copied["message_id"], "发票", False)
    assert forwarded["forward_origin"]["sender_user"]["id"] == CHEN == second["forward_origin"]["sender_user"]["id"]


async def test_a_copy_may_get_another_caption(client: Client, telegram_world: World):
    sent = telegram_world.user_sends(CHEN, CHEN, "document", data=b"a", file_name="a.pdf", caption="旧")
    await client.call("copyMessage", chat_id=G, from_chat_id=CHEN, message_id=sent["message_id"], caption="新")
    assert telegram_world.history(G)[-1]["caption"] == "新"


async def test_a_copied_album_stays_an_album_and_gaps_are_passed_over(client: Client, telegram_world: World):
    ids = [
        telegram_world.user_sends(CHEN, CHEN, "photo", data=b"a", media_group_id="7")["message_id"] for _ in range(3)
    ]
    telegram_world.user_deletes(CHEN, CHEN, ids[1])
    made = await client.call("copyMessages", chat_id=G, from_chat_id=CHEN, message_ids=ids)
    groups = {each["media_group_id"] for each in telegram_world.history(G)[-2:]}
    assert len(made) == 2 and len(groups) == 1 and groups != {"7"}


async def test_an_edit_changes_the_message_in_place(client: Client, telegram_world: World):
    made = await client.call("sendMessage", chat_id=CHEN, text="旧", reply_markup=BUTTONS)
    edited = await client.call("editMessageText", chat_id=CHEN, message_id=made["message_id"], text="新")
    assert (edited["message_id"], edited["text"]) == (made["message_id"], "新")
    assert "edit_date" in edited and "reply_markup" not in edited
    seen = telegram_world.history(CHEN)[-1]
    assert seen["_edited"] and seen["_versions"][0]["text"] == "旧"


async def test_buttons_captions_and_media_can_be_edited(client: Client, telegram_world: World):
    made = await client.call("sendPhoto", chat_id=CHEN, photo=File(b"a", "a.jpg"), caption="旧")
    where = {"chat_id": CHEN, "message_id": made["message_id"]}
    assert (await client.call("editMessageCaption", caption="新", **where))["caption"] == "新"
    assert (await client.call("editMessageReplyMarkup", reply_markup=BUTTONS, **where))["reply_markup"] == BUTTONS
    other = telegram_world.user_sends(CHEN, CHEN, "photo", data=b"b")["photo"][-1]
    media = {"type": "photo", "media": other["file_id"], "caption": "换图"}
    swapped = await client.call("editMessageMedia", media=media, **where)
    assert swapped["photo"][-1]["file_unique_id"] == other["file_unique_id"] and swapped["caption"] == "换图"


async def test_what_is_deleted_is_gone_for_bots_but_not_for_the_page(client: Client, telegram_world: World):
    ids = [(await client.call("sendMessage", chat_id=CHEN, text="x"))["message_id"] for _ in range(3)]
    assert await client.call("deleteMessage", chat_id=CHEN, message_id=ids[0]) is True
    assert await client.call("deleteMessages", chat_id=CHEN, message_ids=[*ids[1:], 999]) is True
    assert [each["_deleted"] for each in telegram_world.history(CHEN)[-3:]] == [True, True, True]


async def test_a_pin_is_told_once_and_shown_by_get_chat(client: Client, telegram_world: World):
    made = await client.call("sendMessage", chat_id=G, text="工单 #1")
    for _ in range(2):
        assert await client.call("pinChatMessage", chat_id=G, message_id=made["message_id"]) is True
    told = [each for each in telegram_world.history(G) if "pinned_message" in each]
    assert [each["pinned_message"]["text"] for each in told] == ["工单 #1"]
    assert (await client.call("getChat", chat_id=G))["pinned_message"]["message_id"] == made["message_id"]
    assert await client.call("unpinChatMessage", chat_id=G) is True
    assert telegram_world.pinned(G) == []


async def test_a_bot_reacts_and_takes_it_back(client: Client, telegram_world: World):
    asked = telegram_world.user_writes(CHEN, CHEN, "谢谢")
    where = {"chat_id": CHEN, "message_id": asked["message_id"]}
    await client.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **where)
    assert telegram_world.message(CHEN, asked["message_id"])["_reactions"] == {"👍": [BOT]}
    await client.call("setMessageReaction", reaction=[], **where)
    assert telegram_world.message(CHEN, asked["message_id"])["_reactions"] == {}


async def test_a_reply_keyboard_is_shown_by_the_app_and_not_in_the_message(client: Client, telegram_world: World):
    keyboard = {"keyboard": [[{"text": "发送手机号", "request_contact": True}]]}
    made = await client.call("sendMessage", chat_id=CHEN, text="请登记", reply_markup=keyboard)
    assert "reply_markup" not in made
    shown = telegram_world.history(CHEN)[-1]["_keyboard"]
    assert shown["keyboard"][0][0]["text"] == "发送手机号"


async def test_typing_is_seen_by_the_page(client: Client, telegram_world: World):
    events: list[dict[str, object]] = []
    telegram_world.subscribe(events.append)
    await client.call("sendChatAction", chat_id=CHEN, action="typing")
    assert [(e["type"], e["chat_id"], e["action"]) for e in events] == [("chat_action", CHEN, "typing")]


async def test_members_and_rights_are_told(client: Client):
    assert (await client.call("getChatMember", chat_id=G, user_id=LIN))["status"] == "creator"
    own = await client.call("getChatMember", chat_id=G, user_id=BOT)
    assert own["status"] == "administrator" and own["can_manage_topics"] is True
    admins = await client.call("getChatAdministrators", chat_id=G)
    assert [each["user"]["id"] for each in admins] == [LIN, BOT]
    assert await client.call("getChatMemberCount", chat_id=G) == 3
    assert (await client.call("getChat", chat_id=G))["is_forum"] is True


async def test_commands_are_kept_by_scope_and_language(client: Client, telegram_world: World):
    everywhere = [{"command": "help", "description": "帮助"}]
    here = [{"command": "assign", "description": "派单"}]
    await client.call("setMyCommands", commands=everywhere)
    await client.call("setMyCommands", commands=here, scope={"type": "chat", "chat_id": G})
    assert [c["command"] for c in await client.call("getMyCommands", scope={"type": "chat", "chat_id": G})] == [
        "assign"
    ]
    assert [c["command"] for c in telegram_world.commands_for(CHEN, CHEN)] == ["help"]
    assert [c["command"] for c in telegram_world.commands_for(LIN, G)] == ["assign"]
    await client.call("deleteMyCommands", scope={"type": "chat", "chat_id": G})
    assert [c["command"] for c in telegram_world.commands_for(LIN, G)] == ["help"]


async def test_the_profile_is_kept(client: Client):
    await client.call("setMyDescription", description="加盟商客服")
    await client.call("setMyShortDescription", short_description="客服")
    await client.call("setMyName", name="首问客服")
    assert (await client.call("getMyDescription"))["description"] == "加盟商客服"
    assert (await client.call("getMyShortDescription"))["short_description"] == "客服"
    assert (await client.call("getMyName"))["name"] == "首问客服"
    assert (await client.call("getMe"))["username"] == "desk_bot"


async def test_menu_button_and_default_rights_are_kept(client: Client):
    await client.call("setChatMenuButton", chat_id=CHEN, menu_button={"type": "default"})
    assert (await client.call("getChatMenuButton", chat_id=CHEN))["type"] == "default"
    rights = await client.call("getMyDefaultAdministratorRights")
    assert rights["can_delete_messages"] is False
    await client.call("setMyDefaultAdministratorRights", rights={**rights, "can_delete_messages": True})
    assert (await client.call("getMyDefaultAdministratorRights"))["can_delete_messages"] is True
