"""What crosses the desk stays what it was: albums, replies, quotes, edits, reactions, origins, and what is taken back."""

from typing import Any

import pytest

from bot.desk.split import units
from tests.cast import CHEN, HE, LIN, MA, NORTHWEST, SOUTHWEST, TOKEN, WANG, ZHOU
from tests.stories.theatre import Theatre

Json = dict[str, Any]
CUPS = (b"cup one", b"cup two", b"cup three")


async def opened(stage: Theatre, person: int = CHEN, code: str = "chunxi-code-01") -> int | None:
    """A case is open and answered once; its topic (None: a group without topics)."""
    stage.world.user_starts(person, code)
    stage.world.user_writes(person, person, "杯子少了两箱")
    await stage.seen()
    topics = stage.world.topics(SOUTHWEST)
    return stage.topic(SOUTHWEST, "小陈") if person == CHEN and topics else None


def album(stage: Theatre, user: int, chat: int, *, caption: str = "", **where: Any) -> list[Json]:
    """Three pictures sent as one; the caption stands under the first."""
    captions = (caption, "", "")
    return [
        stage.world.user_sends(user, chat, "photo", data=cup, caption=words, media_group_id=f"album-{user}", **where)
        for cup, words in zip(CUPS, captions, strict=True)
    ]


async def gathered(stage: Theatre) -> None:
    """The moment passes in which an album's items are collected."""
    await stage.paced_out()
    await stage.meanwhile(seconds=1.1)
    await stage.quiet()


def copies(stage: Theatre, chat: int, thread: int | None = None) -> list[Json]:
    """Pictures that the bot posted."""
    return [m for m in stage.world.history(chat, thread) if m["from"]["is_bot"] and "photo" in m]


# albums


async def test_an_album_arrives_as_one_album_in_the_topic_every_item_mapped(stage: Theatre) -> None:
    topic = await opened(stage)
    album(stage, CHEN, CHEN, caption="三箱都在这里")
    await gathered(stage)
    sent = copies(stage, SOUTHWEST, topic)
    assert [stage.world.file_bytes(m["photo"][-1]["file_id"]) for m in sent] == list(CUPS)
    assert len({m["media_group_id"] for m in sent}) == 1
    assert sent[0]["caption"] == "三箱都在这里"
    for copy in sent:
        stage.world.user_writes(LIN, SOUTHWEST, "这张收到，请您放心", thread_id=topic, reply_to=copy["message_id"])
    await stage.quiet()
    answered = [m["reply_to_message"] for m in stage.world.history(CHEN) if m.get("text") == "这张收到，请您放心"]
    assert [stage.world.file_bytes(m["photo"][-1]["file_id"]) for m in answered] == list(CUPS)


async def test_an_album_of_a_specialist_arrives_as_one_and_is_marked_delivered(stage: Theatre) -> None:
    topic = await opened(stage)
    first, *_ = album(stage, LIN, SOUTHWEST, caption="安装图，请您参考", thread_id=topic)
    await gathered(stage)
    assert len({m["media_group_id"] for m in copies(stage, CHEN)}) == 1
    assert len(copies(stage, CHEN)) == 3
    assert "👌" in stage.world.message(SOUTHWEST, first["message_id"])["_reactions"]


async def test_what_is_written_after_an_album_stands_behind_it(stage: Theatre) -> None:
    topic = await opened(stage)
    album(stage, CHEN, CHEN)
    stage.world.user_writes(CHEN, CHEN, "就是这三箱")
    await gathered(stage)
    last = stage.world.history(SOUTHWEST, topic)[-4:]
    assert ["photo" in m for m in last] == [True, True, True, False]


async def test_a_caption_that_is_changed_changes_under_its_own_picture(stage: Theatre) -> None:
    topic = await opened(stage)
    first, second, _ = album(stage, CHEN, CHEN, caption="三箱")
    await gathered(stage)
    stage.world.user_edits(CHEN, CHEN, second["message_id"], "这一箱破了")
    stage.world.user_edits(CHEN, CHEN, first["message_id"], "两箱")
    await stage.quiet()
    assert [m.get("caption", "") for m in copies(stage, SOUTHWEST, topic)] == ["两箱", "这一箱破了", ""]
    told = stage.last(SOUTHWEST, "修改前是：\n三箱", topic)
    assert told["reply_to_message"]["message_id"] == copies(stage, SOUTHWEST, topic)[0]["message_id"]
    stage.world.user_writes(WANG, WANG, "/case 1")
    await stage.quiet()
    assert "两箱\n  （修改前：三箱）" in stage.world.history(WANG)[-1]["text"]


async def test_an_album_in_a_group_without_topics_tells_whose_it_is(stage: Theatre) -> None:
    await opened(stage, MA, "zhonglou-cod3")
    album(stage, MA, MA)
    await gathered(stage)
    lead = stage.last(NORTHWEST, "[相册]")
    assert lead["text"].startswith("【#1 马姐】")
    sent = copies(stage, NORTHWEST)
    assert len(sent) == 3
    stage.world.user_writes(HE, NORTHWEST, "都看到了，请您放心", reply_to=sent[2]["message_id"])
    await stage.quiet()
    assert stage.last(MA, "都看到了，请您放心")["reply_to_message"]["photo"]


async def test_an_album_that_answers_something_says_what(stage: Theatre) -> None:
    topic = await opened(stage)
    asked = stage.last(SOUTHWEST, "杯子少了两箱", topic)
    album(stage, LIN, SOUTHWEST, thread_id=topic, reply_to=asked["message_id"])
    await gathered(stage)
    assert stage.last(CHEN, "[相册]")["reply_to_message"]["text"] == "杯子少了两箱"


async def test_a_picture_that_telegram_passes_over_is_told(stage: Theatre) -> None:
    topic = await opened(stage)
    items = album(stage, CHEN, CHEN)
    await stage.paced_out()
    stage.world.user_deletes(CHEN, CHEN, items[1]["message_id"])
    await stage.meanwhile(seconds=1.1)
    await stage.quiet()
    assert len(copies(stage, SOUTHWEST, topic)) == 2
    assert stage.last(SOUTHWEST, "共 3 张，有 1 张", topic)


# edits


async def test_an_answer_that_is_changed_changes_at_the_franchisee(stage: Theatre) -> None:
    topic = await opened(stage)
    said, heard = await said_and_heard(stage, topic)
    stage.world.user_edits(LIN, SOUTHWEST, said["message_id"], "您的货明天补到，请您放心")
    await stage.quiet()
    assert stage.world.message(CHEN, heard["message_id"])["text"] == "您的货明天补到，请您放心"
    stage.world.user_writes(WANG, WANG, "/case 1")
    await stage.quiet()
    assert "（修改前：您的货已退回）" in stage.world.history(WANG)[-1]["text"]


async def test_an_edit_that_only_makes_words_bold_crosses_and_is_no_news(stage: Theatre) -> None:
    topic = await opened(stage)
    said, heard = await said_and_heard(stage, topic)
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    stage.world.user_edits(LIN, SOUTHWEST, said["message_id"], said["text"], entities=bold)
    mine = stage.world.user_writes(CHEN, CHEN, "少了三箱")
    await stage.quiet()
    before = len(stage.world.history(SOUTHWEST, topic))
    stage.world.user_edits(CHEN, CHEN, mine["message_id"], mine["text"], entities=bold)
    await stage.quiet()
    there = stage.world.history(SOUTHWEST, topic)
    assert stage.world.message(CHEN, heard["message_id"])["entities"] == bold
    assert next(m for m in there if m["from"]["is_bot"] and m.get("text") == "少了三箱")["entities"] == bold
    assert len(there) == before


async def test_words_that_are_changed_before_they_were_sent_arrive_as_they_are_now(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.faults.apply({"outage": "503"})
    said = stage.world.user_writes(LIN, SOUTHWEST, "您的货今天到", thread_id=topic)
    stage.world.user_edits(LIN, SOUTHWEST, said["message_id"], "您的货明天到")
    stage.world.faults.apply({"outage": ""})
    await stage.quiet()
    assert [m["text"] for m in stage.world.history(CHEN) if "您的货" in m.get("text", "")][-1] == "您的货明天到"


@pytest.mark.parametrize(
    ("before", "after"), [("请您按步骤操作。" * 700, "请您先别操作。"), ("请您稍等。", "请您照图上的步骤做。" * 910)]
)
async def test_a_long_text_that_is_changed_leaves_nothing_of_the_old_words(
    stage: Theatre, before: str, after: str
) -> None:
    await opened(stage)
    for sender, there in ((CHEN, SOUTHWEST), (LIN, CHEN)):
        topic = next(t["message_thread_id"] for t in stage.world.topics(SOUTHWEST) if t["message_thread_id"] != 1)
        at = {"thread_id": topic} if sender == LIN else {}
        said = stage.world.user_writes(sender, sender if sender == CHEN else SOUTHWEST, before, **at)
        await stage.quiet()
        stage.world.user_edits(sender, said["chat"]["id"], said["message_id"], after)
        await stage.quiet()
        theirs = [m["text"] for m in stage.world.history(there) if m["from"]["is_bot"] and "text" in m]
        words = [t for t in theirs if before[:4] in t or after[:4] in t]
        assert "".join(w for w in words if "修改" not in w) == after


# replies and quotes


async def test_a_quote_stays_a_quote_on_both_sides(stage: Theatre) -> None:
    topic = await opened(stage)
    asked = stage.last(SOUTHWEST, "杯子少了两箱", topic)
    stage.world.user_writes(
        LIN, SOUTHWEST, "请您说说是哪两箱", thread_id=topic, reply_to=asked["message_id"], quote="两箱"
    )
    await stage.quiet()
    heard = stage.last(CHEN, "请您说说是哪两箱")
    assert (heard["reply_to_message"]["text"], heard["quote"]["text"]) == ("杯子少了两箱", "两箱")
    stage.world.user_writes(CHEN, CHEN, "红的那两箱", reply_to=heard["message_id"], quote="哪两箱")
    await stage.quiet()
    back = stage.last(SOUTHWEST, "红的那两箱", topic)
    assert (back["reply_to_message"]["text"], back["quote"]["text"]) == ("请您说说是哪两箱", "哪两箱")


async def test_a_quote_of_words_that_changed_meanwhile_loses_the_quote_and_not_the_words(stage: Theatre) -> None:
    topic = await opened(stage)
    asked = stage.last(SOUTHWEST, "杯子少了两箱", topic)
    stage.world.user_writes(
        LIN, SOUTHWEST, "请您说说是哪两箱", thread_id=topic, reply_to=asked["message_id"], quote="两箱"
    )
    mine = stage.last(CHEN, "杯子少了两箱")
    stage.world.user_edits(CHEN, CHEN, mine["message_id"], "盖子少了三包")
    await stage.quiet()
    heard = stage.last(CHEN, "请您说说是哪两箱")
    assert heard["reply_to_message"]["text"] == "盖子少了三包"
    assert "quote" not in heard


# origins


ORIGINS: list[tuple[Json, str]] = [
    ({"type": "user", "date": 1, "sender_user": {"id": 77, "is_bot": False, "first_name": "房东"}}, "房东"),
    ({"type": "hidden_user", "date": 1, "sender_user_name": "不愿署名"}, "不愿署名"),
    ({"type": "channel", "date": 1, "message_id": 5, "chat": {"id": -1009, "type": "channel", "title": "总部公告"}}, "总部公告"),
]  # fmt: skip


def forward(stage: Theatre, person: int, message: Json, origin: Json, chat: Json | None = None) -> None:
    """A message that somebody forwards, as Telegram tells it."""
    base = {k: v for k, v in message.items() if not k.startswith("_")}
    number = base["message_id"] + 500
    stage.world.inject({"message": base | {"message_id": number, "forward_origin": origin}})


@pytest.mark.parametrize(("origin", "name"), ORIGINS)
async def test_a_forwarded_message_keeps_its_origin(stage: Theatre, origin: Json, name: str) -> None:
    topic = await opened(stage)
    forward(stage, CHEN, stage.last(CHEN, "杯子少了两箱"), origin)
    await stage.quiet()
    assert stage.last(SOUTHWEST, f"【转发自 {name}】\n杯子少了两箱", topic)


@pytest.mark.parametrize(("origin", "name"), ORIGINS)
async def test_what_staff_forward_names_channels_and_no_person(stage: Theatre, origin: Json, name: str) -> None:
    topic = await opened(stage)
    said = stage.world.user_writes(LIN, SOUTHWEST, "// 放在这里", thread_id=topic)
    await stage.quiet()
    forward(stage, LIN, said | {"text": "停电时先断电再来电话"}, origin)
    await stage.quiet()
    heard = stage.last(CHEN, "停电时先断电再来电话")["text"]
    assert (name in heard) is (origin["type"] == "channel")


async def test_a_forwarded_picture_sticker_and_album_keep_their_origin(stage: Theatre) -> None:
    topic, origin = await opened(stage), ORIGINS[2][0]
    for kind, more in (("photo", {"caption": "通知在这里"}), ("sticker", {"emoji": "👍"})):
        stage.world.user_sends(CHEN, CHEN, kind, **more)
        _as_forwarded(stage, origin)
    await stage.quiet()
    for cup in CUPS:
        stage.world.user_sends(CHEN, CHEN, "photo", data=cup, media_group_id="forwarded")
        _as_forwarded(stage, origin)
    await gathered(stage)
    picture, lead, sticker, lead_of_album, *items = stage.world.history(SOUTHWEST, topic)[-7:]
    assert picture["caption"] == "【转发自 总部公告】\n通知在这里"
    assert lead["text"] == lead_of_album["text"] == "【转发自 总部公告】"
    assert "sticker" in sticker
    assert len({item["media_group_id"] for item in items}) == 1


def _as_forwarded(stage: Theatre, origin: Json) -> None:
    """What was just said was somebody else's before: only the update that tells the bot of it knows."""
    stage.world.realm.bots[TOKEN].updates[-1].update["message"]["forward_origin"] = origin


# long texts


async def test_a_long_text_is_cut_at_sentence_ends_and_its_formatting_goes_on_behind_the_cut(stage: Theatre) -> None:
    topic = await opened(stage)
    sentence = "请您把🍜第一箱和第二箱分开放好，再拍一张照片给我们。"
    text = sentence * 320
    inside = {"offset": units("请您把"), "length": units(text) - units("请您把") - units("给我们。")}
    for sender, chat, there, at in ((CHEN, CHEN, SOUTHWEST, {}), (LIN, SOUTHWEST, CHEN, {"thread_id": topic})):
        stage.world.user_writes(sender, chat, text, entities=[{"type": "bold", **inside}], **at)
        await stage.quiet()
        parts = [
            m for m in stage.world.history(there) if m["from"]["is_bot"] and m.get("text", "").startswith("请您把")
        ]
        assert "".join(p["text"] for p in parts) == text
        assert len(parts) > 1
        assert all(p["text"].endswith("。") and units(p["text"]) <= 4096 for p in parts)
        spans = [(e["offset"], e["length"]) for p in parts for e in p["entities"] if e["type"] == "bold"]
        assert len(spans) == len(parts)
        assert sum(length for _, length in spans) == inside["length"]
        assert [offset for offset, _ in spans] == [inside["offset"], *[0] * (len(parts) - 1)]


# reactions


async def test_a_franchisees_reaction_stands_on_the_answer_and_goes_again(stage: Theatre) -> None:
    topic = await opened(stage)
    said = stage.world.user_writes(LIN, SOUTHWEST, "已为您补发，请您查收", thread_id=topic)
    await stage.quiet()
    heard = stage.last(CHEN, "已为您补发，请您查收")
    for emoji, seen in (("❤", {"❤"}), (None, {"👌"})):
        stage.world.user_reacts(CHEN, CHEN, heard["message_id"], emoji)
        await stage.quiet()
        assert set(stage.world.message(SOUTHWEST, said["message_id"])["_reactions"]) == seen


async def test_a_friendly_reaction_of_staff_reaches_the_franchisee_and_an_unfriendly_one_stays(stage: Theatre) -> None:
    topic = await opened(stage)
    copy = stage.last(SOUTHWEST, "杯子少了两箱", topic)["message_id"]
    mine = stage.last(CHEN, "杯子少了两箱")["message_id"]
    stage.world.user_reacts(LIN, SOUTHWEST, copy, "👍")
    await stage.quiet()
    assert set(stage.world.message(CHEN, mine)["_reactions"]) == {"👍"}
    stage.world.user_reacts(LIN, SOUTHWEST, copy, "💩")
    await stage.quiet()
    assert "💩" not in stage.world.message(CHEN, mine)["_reactions"]
    assert stage.last(SOUTHWEST, "表情 💩 没有送给加盟商", topic)


async def test_a_reaction_to_a_note_stays_inside(stage: Theatre) -> None:
    topic = await opened(stage)
    note = stage.world.user_writes(LIN, SOUTHWEST, "// 仓库周二到货", thread_id=topic)
    await stage.quiet()
    stage.world.user_reacts(ZHOU, SOUTHWEST, note["message_id"], "👍")
    await stage.quiet()
    assert not any(m["_reactions"] for m in stage.world.history(CHEN))


# taking back


async def said_and_heard(stage: Theatre, topic: int | None, words: str = "您的货已退回") -> tuple[Json, Json]:
    said = stage.world.user_writes(LIN, SOUTHWEST, words, thread_id=topic)
    await stage.quiet()
    return said, stage.last(CHEN, words[:10])


async def test_a_recalled_answer_is_gone_at_the_franchisee_and_leaves_a_trace(stage: Theatre) -> None:
    topic = await opened(stage)
    said, heard = await said_and_heard(stage, topic)
    await stage.later(hours=47)
    stage.world.user_writes(LIN, SOUTHWEST, "/recall", thread_id=topic, reply_to=said["message_id"])
    await stage.quiet()
    assert stage.world.message(CHEN, heard["message_id"])["_deleted"]
    told = stage.last(SOUTHWEST, "已从加盟商处撤回", topic)
    assert told["reply_to_message"]["message_id"] == said["message_id"]
    stage.world.user_writes(WANG, WANG, "/case 1")
    await stage.quiet()
    assert "（已撤回） 您的货已退回" in stage.world.history(WANG)[-1]["text"]


async def test_every_part_of_a_long_answer_is_taken_back(stage: Theatre) -> None:
    topic = await opened(stage)
    said, _ = await said_and_heard(stage, topic, "请您按步骤操作。" * 600)
    before = [m for m in stage.world.history(CHEN) if "请您按步骤操作" in m.get("text", "")]
    assert len(before) > 1
    stage.world.user_writes(LIN, SOUTHWEST, "/recall", thread_id=topic, reply_to=said["message_id"])
    await stage.quiet()
    assert all(stage.world.message(CHEN, m["message_id"])["_deleted"] for m in before)


@pytest.mark.parametrize(
    ("who", "hours", "times", "told"),
    [
        (ZHOU, 0, 1, "不是您发出的"),
        (WANG, 0, 1, "已从加盟商处撤回"),
        (LIN, 49, 1, "已超过 48 小时"),
        (LIN, 0, 2, "已经撤回"),
    ],
)
async def test_who_may_recall_what(stage: Theatre, who: int, hours: int, times: int, told: str) -> None:
    topic = await opened(stage)
    said, heard = await said_and_heard(stage, topic)
    await stage.later(hours=hours)
    for _ in range(times):
        stage.world.user_writes(who, SOUTHWEST, "/recall", thread_id=topic, reply_to=said["message_id"])
        await stage.quiet()
    assert stage.last(SOUTHWEST, told, topic)
    assert bool(stage.world.message(CHEN, heard["message_id"])["_deleted"]) is (
        "撤回" in told and hours == 0 and who != ZHOU
    )


async def test_recall_of_nothing_in_particular_tells_how(stage: Theatre) -> None:
    topic = await opened(stage)
    stage.world.user_writes(LIN, SOUTHWEST, "/recall", thread_id=topic)
    await stage.quiet()
    assert stage.last(SOUTHWEST, "撤回请用", topic)


async def test_a_recall_that_telegram_refuses_is_told_and_the_answer_counts_as_said(stage: Theatre) -> None:
    topic = await opened(stage)
    said, heard = await said_and_heard(stage, topic)
    stage.world.faults.next_error("deleteMessages", 400, "Bad Request: message can't be deleted")
    stage.world.user_writes(LIN, SOUTHWEST, "/recall", thread_id=topic, reply_to=said["message_id"])
    await stage.quiet()
    assert not stage.world.message(CHEN, heard["message_id"])["_deleted"]
    assert stage.last(SOUTHWEST, "未能撤回", topic)
    stage.world.user_writes(LIN, SOUTHWEST, "/recall", thread_id=topic, reply_to=said["message_id"])
    await stage.quiet()
    assert stage.world.message(CHEN, heard["message_id"])["_deleted"]
