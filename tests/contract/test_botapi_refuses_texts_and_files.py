"""Refusals about texts, markup, replies, keyboards and files, in Telegram's words."""

from bot.sandbox.world import World
from tests.contract.botapi_clients import CHEN, File
from tests.contract.botapi_refusals import (
    LONG,
    TO_CHEN,
    Row,
    big_file,
    button,
    check_refusal,
    deleted,
    refused,
    small_uploads,
    voice_id,
    with_message,
    with_photo,
)

pytest_plugins = ["tests.contract.botapi_rig"]

ROWS = [
    # texts
    Row("no text", "sendMessage", {"chat_id": CHEN}, "message text is empty", only=("bare",)),
    Row("blank text", "sendMessage", {"chat_id": CHEN, "text": " \n "}, "text must be non-empty"),
    Row(
        "nothing left after markup",
        "sendMessage",
        {"chat_id": CHEN, "text": "<b></b>", "parse_mode": "HTML"},
        "text must be non-empty",
    ),
    Row("4097 characters", "sendMessage", {"chat_id": CHEN, "text": LONG}, "message is too long"),
    Row(
        "4097 characters, edited",
        "editMessageText",
        {"chat_id": CHEN, "text": LONG},
        "MESSAGE_TOO_LONG",
        arrange=with_message,
    ),
    Row(
        "1025 in a caption",
        "sendPhoto",
        {"chat_id": CHEN, "photo": "x", "caption": "字" * 1025},
        "message caption is too long",
    ),
    Row(
        "1025 in an edited caption",
        "editMessageCaption",
        {"chat_id": CHEN, "caption": "字" * 1025},
        "MEDIA_CAPTION_TOO_LONG",
        arrange=with_photo,
    ),
    Row(
        "open tag",
        "sendMessage",
        {"chat_id": CHEN, "text": "<b>好", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    Row(
        "unknown tag",
        "sendMessage",
        {"chat_id": CHEN, "text": "价格<低价>", "parse_mode": "HTML"},
        'can\'t parse entities: Unsupported start tag "低价" at byte offset 6',
    ),
    Row(
        "crossed tags",
        "sendMessage",
        {"chat_id": CHEN, "text": "<b><i>x</b></i>", "parse_mode": "HTML"},
        'can\'t parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    ),
    Row(
        "bare end tag",
        "sendMessage",
        {"chat_id": CHEN, "text": "x</b>", "parse_mode": "HTML"},
        "can't parse entities: Unexpected end tag at byte offset 1",
    ),
    Row(
        "MarkdownV2 dot",
        "sendMessage",
        {"chat_id": CHEN, "text": "1.0", "parse_mode": "MarkdownV2"},
        "can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    ),
    Row(
        "MarkdownV2 open bold",
        "sendMessage",
        {"chat_id": CHEN, "text": "*好", "parse_mode": "MarkdownV2"},
        "can't parse entities: Can't find end of Bold entity at byte offset 0",
    ),
    Row(
        "caption markup",
        "sendPhoto",
        {"chat_id": CHEN, "photo": "x", "caption": "<i>", "parse_mode": "HTML"},
        "can't parse entities: Can't find end tag corresponding to start tag \"i\"",
    ),
    Row("strange parse mode", "sendMessage", {**TO_CHEN, "parse_mode": "BBCode"}, "unsupported parse_mode"),
    Row(
        "entity past the end",
        "sendMessage",
        {**TO_CHEN, "entities": [{"type": "bold", "offset": 0, "length": 3}]},
        "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
    ),
    Row(
        "entity in half a character",
        "sendMessage",
        {"chat_id": CHEN, "text": "😀好", "entities": [{"type": "bold", "offset": 1, "length": 2}]},
        "entity beginning at UTF-16 offset 1 begins in a middle of a UTF-16 symbol",
    ),
    # replies
    Row(
        "reply to nothing",
        "sendMessage",
        {**TO_CHEN, "reply_parameters": {"message_id": 999}},
        "message to be replied not found",
    ),
    Row(
        "reply to a deleted message",
        "sendMessage",
        {**TO_CHEN, "reply_parameters": {"message_id": 2}},
        "message to be replied not found",
        arrange=lambda w: deleted(w) and None,
    ),
    Row(
        "a quote that is not there",
        "sendMessage",
        {**TO_CHEN, "reply_parameters": {"message_id": 1, "quote": "没有"}},
        "QUOTE_TEXT_INVALID",
    ),
    # keyboards
    Row(
        "65 bytes of data",
        "sendMessage",
        {**TO_CHEN, **button(callback_data="x" * 65)},
        "BUTTON_DATA_INVALID",
        only=("bare", "ptb"),
    ),
    Row(
        "22 Chinese characters of data",
        "sendMessage",
        {**TO_CHEN, **button(callback_data="字" * 22)},
        "BUTTON_DATA_INVALID",
    ),
    Row(
        "a button without a purpose",
        "sendMessage",
        {**TO_CHEN, **button()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    Row(
        "a button to nowhere",
        "sendMessage",
        {**TO_CHEN, **button(url="localhost")},
        "inline keyboard button URL 'localhost' is invalid: Wrong HTTP URL",
    ),
    Row(
        "101 buttons",
        "sendMessage",
        {**TO_CHEN, "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}},
        "reply markup is too long",
    ),
    # files
    Row("an unknown file", "getFile", {"file_id": "x"}, "invalid file_id"),
    Row("a file over the download limit", "getFile", {}, "file is too big", arrange=big_file),
    Row("an unknown photo", "sendPhoto", {"chat_id": CHEN, "photo": "x"}, "wrong file identifier/HTTP URL specified"),
    Row(
        "a photo from the network",
        "sendPhoto",
        {"chat_id": CHEN, "photo": "https://example.com/a.jpg"},
        "failed to get HTTP URL content",
    ),
    Row(
        "a voice as a photo",
        "sendPhoto",
        {"chat_id": CHEN},
        "can't use file of type VoiceNote as Photo",
        arrange=voice_id,
    ),
    Row("an empty upload", "sendDocument", {"chat_id": CHEN, "document": File(b"", "a.txt")}, "file must be non-empty"),
    Row("no photo", "sendPhoto", {"chat_id": CHEN}, "there is no photo in the request", only=("bare",)),
    Row(
        "an upload over the limit",
        "sendDocument",
        {"chat_id": CHEN, "document": File(b"x" * 1001, "a.txt")},
        "Request Entity Too Large",
        413,
        small_uploads,
    ),
    Row(
        "an album of one",
        "sendMediaGroup",
        {"chat_id": CHEN, "media": [{"type": "photo", "media": "x"}]},
        "too few media to send as an album",
    ),
]


@refused(ROWS)
async def test_a_refusal_comes_in_telegrams_words(
    row: Row, client_name: str, telegram_world: World, telegram_base: str
):
    await check_refusal(row, client_name, telegram_world, telegram_base)
