"""aiogram's messages into the desk's words: every kind of content is carried, told of, or nobody's words."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.enums import ContentType
from aiogram.types import Message, User

from bot.desk.labels import CONTENTS
from bot.desk.message import ContentKind, MessageRef
from bot.handlers.translate import content_of, incoming, sender_of

SAME_NAME = ("text", "photo", "video", "animation", "audio", "voice", "video_note", "document", "sticker", "location",
             "venue", "contact")  # fmt: skip
CARRIED = {"live_photo": "photo"} | {name: name for name in SAME_NAME}
TOLD = {
    "poll": "poll", "dice": "dice", "story": "story", "game": "game", "invoice": "invoice", "checklist": "checklist",
    "paid_media": "paid_media", "giveaway": "giveaway", "giveaway_winners": "giveaway", "rich_message": "unknown",
    "unknown": "unknown",
}  # fmt: skip
SERVICE = {
    "any", "new_chat_members", "left_chat_member", "chat_owner_left", "chat_owner_changed", "new_chat_title",
    "new_chat_photo", "delete_chat_photo", "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message",
    "successful_payment", "refunded_payment", "users_shared", "chat_shared", "gift", "unique_gift", "gift_upgrade_sent",
    "connected_website", "write_access_allowed", "passport_data", "proximity_alert_triggered", "boost_added",
    "chat_background_set", "checklist_tasks_done", "checklist_tasks_added", "direct_message_price_changed",
    "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened",
    "general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed",
    "managed_bot_created", "paid_message_price_changed", "poll_option_added", "poll_option_deleted",
    "suggested_post_approved", "suggested_post_approval_failed", "suggested_post_declined", "suggested_post_paid",
    "suggested_post_refunded", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "web_app_data", "community_chat_added", "community_chat_removed",
    "community_chat_joined", "user_shared",
}  # fmt: skip
NO_FIELD = {"any", "user_shared"}
"""Content types that no message has."""


def holding(kind: str) -> Message:
    """A message whose content is of this kind, whatever it says."""
    fields = {} if kind == "unknown" else {kind: "x" if kind == "text" else object()}
    return Message.model_construct(**fields)


def test_every_kind_of_content_that_the_library_knows_is_in_one_table() -> None:
    assert sorted([*CARRIED, *TOLD, *SERVICE]) == sorted(kind.value for kind in ContentType)


@pytest.mark.parametrize(("kind", "meant"), CARRIED.items())
def test_what_copy_message_carries_is_carried(kind: str, meant: str) -> None:
    found = content_of(holding(kind))
    assert found is not None
    assert found.kind is ContentKind(meant)


@pytest.mark.parametrize(("kind", "what"), TOLD.items())
def test_what_cannot_be_carried_is_stored_as_such_and_has_a_name_for_its_sender(kind: str, what: str) -> None:
    found = content_of(holding(kind))
    assert found is not None
    assert (found.kind, found.what) == (ContentKind.OTHER, what)
    assert what in CONTENTS


@pytest.mark.parametrize("kind", sorted(SERVICE - NO_FIELD))
def test_service_messages_are_nobodys_words(kind: str) -> None:
    assert content_of(holding(kind)) is None


def message(**fields: Any) -> Message:
    base = {"message_id": 9, "date": 1_700_000_000, "chat": {"id": -100, "type": "supergroup"},
            "from": {"id": 5, "is_bot": False, "first_name": "林"}}  # fmt: skip
    return Message.model_validate({**base, **fields})


def test_a_live_photo_comes_with_its_caption() -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
    live = {"file_id": "v", "file_unique_id": "w", "width": 1, "height": 1, "duration": 2}
    found = content_of(message(photo=photo, live_photo=live, caption="坏了"))
    assert found is not None
    assert (found.kind, found.text) == (ContentKind.PHOTO, "坏了")


def test_a_location_with_a_name_is_a_venue() -> None:
    place = {"longitude": 1.0, "latitude": 2.0}
    venue = {"location": place, "title": "春熙路店", "address": "春熙路 1 号"}
    found = content_of(message(location=place, venue=venue))
    assert found is not None
    assert found.kind is ContentKind.VENUE


ENTITIES: list[dict[str, Any]] = [
    {"type": "bold", "offset": 0, "length": 2},
    {"type": "text_link", "offset": 2, "length": 1, "url": "https://example.com/"},
    {"type": "text_mention", "offset": 3, "length": 1, "user": {"id": 5, "is_bot": False, "first_name": "林"}},
    {"type": "pre", "offset": 4, "length": 1, "language": "python"},
    {"type": "custom_emoji", "offset": 5, "length": 2, "custom_emoji_id": "123"},
]


@pytest.mark.parametrize("field", ["text", "caption"])
def test_formatting_is_carried_as_telegram_gave_it(field: str) -> None:
    names = {"text": "entities", "caption": "caption_entities"}
    photo = {"photo": [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]} if field == "caption" else {}
    found = content_of(message(**{field: "请您看这里😊", names[field]: ENTITIES}, **photo))
    assert found is not None
    assert found.text == "请您看这里😊"
    assert json.loads(found.entities) == ENTITIES


def test_plain_words_carry_no_formatting() -> None:
    found = content_of(message(text="您好"))
    assert found is not None
    assert found.entities == "[]"


CREATED = {"forum_topic_created": {"name": "小陈", "icon_color": 1}}


@pytest.mark.parametrize(
    ("fields", "thread", "reply_to"),
    [
        ({}, None, None),
        ({"is_topic_message": True, "message_thread_id": 4}, 4, None),
        ({"message_thread_id": 4}, None, None),  # a reply thread in a group without topics
        ({"reply_to_message": {"message_id": 3}}, None, 3),
        ({"is_topic_message": True, "message_thread_id": 4, "reply_to_message": {"message_id": 4, **CREATED}}, 4, None),
        ({"is_topic_message": True, "message_thread_id": 4, "reply_to_message": {"message_id": 6}}, 4, 6),
    ],
)
def test_where_a_message_stands(fields: dict[str, Any], thread: int | None, reply_to: int | None) -> None:
    if "reply_to_message" in fields:
        base = {"date": 1, "chat": {"id": -100, "type": "supergroup"}}
        fields = {**fields, "reply_to_message": {**base, **fields["reply_to_message"]}}
    heard = message(text="x", **fields)
    content = content_of(heard)
    assert content is not None
    said = incoming(heard, content)
    assert said.ref == MessageRef(-100, 9)
    assert said.thread_id == thread
    assert said.reply_to == (MessageRef(-100, reply_to) if reply_to else None)
    assert said.sent_at == datetime.fromtimestamp(1_700_000_000, UTC)
    assert said.sent_at.tzinfo is UTC


def test_a_person_is_named_as_telegram_names_them() -> None:
    sender = sender_of(User(id=5, is_bot=False, first_name="林", last_name="晓", username="lin"))
    assert (sender.telegram_id, sender.name, sender.username) == (5, "林 晓", "lin")
