"""Look at what only Telegram knows: the token, the webhook, each group and each right of the bot in it."""

from collections.abc import AsyncIterator

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNetworkError
from aiogram.types import ChatMemberAdministrator, ChatMemberBanned, ChatMemberLeft, ChatMemberOwner, User
from aiogram.types.chat_member_union import ChatMemberUnion

from bot.app.errors import OutOfReach
from bot.app.finding import ASK, Finding, Place, places
from bot.app.telegram import make_bot, who_am_i
from bot.config import Settings, SettingsError
from bot.desk.assist import Department
from bot.usecases.office import Office


async def look_there(settings: Settings, office: Office) -> AsyncIterator[Finding]:
    """The token first: without it nothing else can be asked."""
    try:
        bot = make_bot(settings)
    except SettingsError as error:
        yield Finding("令牌", False, str(error))
        return
    try:
        me = await who_am_i(bot)
        yield Finding(f"令牌有效：@{me.username}", True)
        for finding in await _webhook(bot, settings):
            yield finding
        async for finding in _groups(bot, me, office):
            yield finding
    except SettingsError as error:
        yield Finding("令牌", False, str(error))
    except OutOfReach as error:
        yield Finding("Telegram", False, str(error))
    finally:
        await bot.session.close()


async def _webhook(bot: Bot, settings: Settings) -> list[Finding]:
    """What Telegram says of its last try to post; the address itself is not shown."""
    if settings.telegram.mode != "webhook":
        return []
    info = await bot.get_webhook_info()
    trouble = info.last_error_message if info.url == settings.telegram.webhook.url else None
    if trouble is None:
        return [Finding("webhook", True)]
    mend = f"Telegram 上次推送失败（{trouble}）：请核对 telegram.webhook.url、证书与反向代理"
    return [Finding("webhook", False, mend)]


async def _groups(bot: Bot, me: User, office: Office) -> AsyncIterator[Finding]:
    if not me.can_read_all_group_messages:
        yield Finding("隐私模式", True, "提醒：机器人是管理员时不受影响；否则请在 BotFather 用 /setprivacy 关闭")
    for place in (place for place in places(office) if place.chat_id):
        for finding in await _group(bot, me, office, place):
            yield finding
    for department in (d for d in office.departments if d.chat_id):
        yield await _department(bot, me, department)


async def _department(bot: Bot, me: User, department: Department) -> Finding:
    """A department's chat, where the bot needs no rights but to be there."""
    label, key = f"{department.name}部门群（{department.chat_id}）", f"departments.{department.code}.chat_id"
    try:
        member = await bot.get_chat_member(department.chat_id, me.id)
    except (TelegramNetworkError, ClientDecodeError):
        return Finding(label, False, "没有查到：网络不稳，请稍后再试")
    except TelegramAPIError as error:
        return Finding(label, False, f"机器人进不去（{error.message}）：请邀请机器人并核对 {key}")
    is_there = not isinstance(member, ChatMemberLeft | ChatMemberBanned)
    return Finding(label, is_there, "" if is_there else f"机器人不在群里：请邀请机器人并核对 {key}")


async def _group(bot: Bot, me: User, office: Office, place: Place) -> list[Finding]:
    try:
        chat = await bot.get_chat(place.chat_id)
        member = await bot.get_chat_member(place.chat_id, me.id)
    except (TelegramNetworkError, ClientDecodeError):
        return [Finding(place.label, False, "没有查到：网络不稳，请稍后再试")]
    except TelegramAPIError as error:
        return [Finding(place.label, False, f"机器人进不去（{error.message}）：请邀请机器人并核对 {place.key}")]
    if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return [Finding(place.label, False, f"这不是群，请核对 {place.key}{ASK}")]
    title = f"{place.name}“{chat.title}”" + ("" if chat.is_forum else "（未开话题，按回复方式使用）")
    missing = [office.labels.rights[right] for right in _missing(member, is_forum=bool(chat.is_forum))]
    return [Finding(title, False, mend) for mend in missing] or [Finding(title, True)]


def _missing(member: ChatMemberUnion, *, is_forum: bool) -> tuple[str, ...]:
    """The names of the rights (labels of `[rights]`) that the bot needs in a group and does not have."""
    match member:
        case ChatMemberOwner():
            return ()
        case ChatMemberLeft() | ChatMemberBanned():
            return ("membership",)
        case ChatMemberAdministrator():
            can_manage = bool(member.can_manage_topics) or not is_forum
            needed = {"manage_topics": can_manage, "pin_messages": bool(member.can_pin_messages)}
            return tuple(name for name, is_given in needed.items() if not is_given)
        case _:
            return ("administrator",)
