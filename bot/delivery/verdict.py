"""Every failure has a verdict, in this order: the only place that knows telegram.error, and Telegram's own words."""

import logging

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.delivery.request import BodyTooLarge, SurelyNotSent, TooManyUnnamed
from bot.desk.outgoing import REPEATABLE, Act, LeaveChat
from bot.desk.verdict import (
    Blocked,
    Delivered,
    Halt,
    Later,
    Moved,
    NoRights,
    NotForum,
    NotSent,
    Refused,
    SendPlain,
    TopicGone,
    Unknown,
    Verdict,
)

log = logging.getLogger(__name__)

UNNAMED_WAIT = 5.0
"""Seconds of rest after a 429 that names none."""
_TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_TOPIC_CLOSED = ("topic_closed",)
_MARKUP = (
    "can't parse entities", "can't parse message", "entity_", "entity length", "entity offset", "quote_text_invalid",
    "quote not found",
)  # fmt: skip
_NO_RIGHTS = (
    "not enough rights", "chat_admin_required", "need administrator rights", "chat_write_forbidden",
    "have no rights", "right_forbidden", "chat_send_", "chat_restricted",
)  # fmt: skip
_DONE_ALREADY = ("message is not modified", "topic_not_modified", "chat_not_modified", "message to delete not found")
_REASONS = {
    "message to copy not found": "原消息已被删除",
    "message to forward not found": "原消息已被删除",
    "message to edit not found": "要修改的消息已不存在",
    "message can't be edited": "这条消息已不能修改",
    "message can't be copied": "这类消息不能转发",
    "message is too long": "文字太长",
    "message_too_long": "文字太长",
    "caption is too long": "图片说明太长",
    "caption_too_long": "图片说明太长",
    "file is too big": "文件超过 Telegram 允许的大小",
    "request entity too large": "文件超过 Telegram 允许的大小",
    "wrong file identifier": "文件已失效，请重新发送",
    "message text is empty": "内容为空",
    "voice_messages_forbidden": "对方设置了不接收语音",
    "reaction_invalid": "这个群不允许此表情",
}
"""Telegram's words → what a specialist understands."""
_BLOCKED = {
    "bot was blocked by the user": "对方已屏蔽本机器人",
    "user is deactivated": "对方账号已注销",
    "bot can't initiate conversation": "对方还没有与本机器人说过话",
    "bot was kicked": "机器人已被移出群",
    "bot is not a member": "机器人不在群里",
    "the group chat was deleted": "群已被解散",
    "chat not found": "找不到这个会话",
    "peer_id_invalid": "找不到这个会话",
}
_NOT_THERE = ("bot was kicked", "bot is not a member", "chat not found", "the group chat was deleted")


def verdict_of(error: BaseException, act: Act) -> Verdict:
    """What an exception of the client means for the row; an exception that is nobody's is Unknown."""
    words = str(error).lower()
    log.debug("a call failed: %s %s", type(error).__name__, words)
    match error:
        case RetryAfter():
            return Later(_seconds(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return _forbidden(words, act)
        case BadRequest():
            return _bad_request(words, act)
        case InvalidToken() | EndPointNotFound() if "method not found" in words:
            return Refused("telegram.api_base 上的服务器太旧，没有这个功能")
        case InvalidToken() | EndPointNotFound():
            return Halt("Telegram 不认识这个 telegram.token")
        case Conflict():
            return Halt("另有程序在使用同一个令牌")
        case SurelyNotSent():
            return NotSent(str(error))
        case TooManyUnnamed():
            return Later(UNNAMED_WAIT)
        case BodyTooLarge():
            return Refused(_REASONS["file is too big"])
        case TelegramError():  # TimedOut, any other NetworkError, 5xx, an answer that cannot be read
            return Unknown(str(error)[:80])
        case _:
            return Unknown(type(error).__name__)


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()


def _forbidden(words: str, act: Act) -> Verdict:
    if _has_left(words, act):
        return Delivered()
    if any(p in words for p in _NO_RIGHTS):
        return NoRights("机器人在群里没有发言或管理权限")
    return Blocked(_reason(words, _BLOCKED, "对方不接收本机器人的消息"))


def _bad_request(words: str, act: Act) -> Verdict:
    if any(p in words for p in _DONE_ALREADY) and isinstance(act, REPEATABLE):
        return Delivered()
    if any(p in words for p in _TOPIC_GONE):
        return TopicGone(is_closed=False)
    if any(p in words for p in _TOPIC_CLOSED):
        return TopicGone(is_closed=True)
    if "is not a forum" in words:
        return NotForum()
    if any(p in words for p in _MARKUP):
        return SendPlain()
    if any(p in words for p in _NO_RIGHTS):
        return NoRights("机器人在群里没有发言或管理权限")
    if _has_left(words, act):
        return Delivered()
    if "chat not found" in words or "peer_id_invalid" in words:
        return Blocked(_BLOCKED["chat not found"])
    return Refused(_reason(words, _REASONS, f"Telegram 拒绝（{words[:80]}）"))


def _has_left(words: str, act: Act) -> bool:
    """Whoever wants to leave a chat and is not in it has nothing more to do."""
    return isinstance(act, LeaveChat) and any(p in words for p in _NOT_THERE)


def _reason(words: str, table: dict[str, str], otherwise: str) -> str:
    return next((reason for phrase, reason in table.items() if phrase in words), otherwise)
