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
    "message to copy not found": "source_gone",
    "message to forward not found": "source_gone",
    "message to edit not found": "target_gone",
    "message can't be edited": "cannot_be_edited",
    "message can't be copied": "cannot_be_copied",
    "message is too long": "text_too_long",
    "message_too_long": "text_too_long",
    "caption is too long": "caption_too_long",
    "caption_too_long": "caption_too_long",
    "file is too big": "file_too_big",
    "request entity too large": "file_too_big",
    "wrong file identifier": "file_expired",
    "message text is empty": "empty",
    "voice_messages_forbidden": "no_voice",
    "reaction_invalid": "no_such_reaction",
}
"""Telegram's words → why (`[refusals]` of labels.toml says it to a specialist)."""
_BLOCKED = {
    "bot was blocked by the user": "blocked",
    "user is deactivated": "deactivated",
    "bot can't initiate conversation": "never_started",
    "bot was kicked": "kicked",
    "bot is not a member": "not_member",
    "the group chat was deleted": "group_deleted",
    "chat not found": "no_such_chat",
    "peer_id_invalid": "no_such_chat",
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
            return Refused("server_too_old")
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
        return NoRights("no_rights")
    return Blocked(_reason(words, _BLOCKED, "not_accepted"))


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
        return NoRights("no_rights")
    if _has_left(words, act):
        return Delivered()
    if "chat not found" in words or "peer_id_invalid" in words:
        return Blocked(_BLOCKED["chat not found"])
    return Refused(_reason(words, _REASONS, words[:80]))


def _has_left(words: str, act: Act) -> bool:
    """Whoever wants to leave a chat and is not in it has nothing more to do."""
    return isinstance(act, LeaveChat) and any(p in words for p in _NOT_THERE)


def _reason(words: str, table: dict[str, str], otherwise: str) -> str:
    return next((reason for phrase, reason in table.items() if phrase in words), otherwise)
