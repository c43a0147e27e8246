"""Look at everything that the desk needs, and say for each how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner, User

from bot.app.errors import NotReady, OutOfReach
from bot.app.office import make_office
from bot.app.run import open_storage
from bot.app.telegram import make_bot, who_am_i
from bot.config import Settings, SettingsError
from bot.desk.labels import LabelsError
from bot.desk.people import Staff, department_problems, department_warnings
from bot.desk.script import ScriptError
from bot.usecases.office import Office
from storage.engine import StorageError


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine or not, and how to mend it."""

    what: str
    is_fine: bool
    mend: str = ""


async def check(settings: Settings) -> list[Finding]:
    """Settings (they are read already), scripts, database, staff, token, then each group and right."""
    findings = [Finding("设置文件", True)]
    try:
        office = make_office(settings)
    except (ScriptError, LabelsError) as error:
        return [*findings, Finding("话术与按钮文字", False, str(error))]
    findings.append(Finding(f"话术 {len(office.scripts)} 条", True))
    findings.extend(_database(settings, office))
    return [*findings, *await _telegram(settings, office)]


def _database(settings: Settings, office: Office) -> Iterator[Finding]:
    try:
        storage = open_storage(settings)
    except (NotReady, StorageError) as error:
        yield Finding("数据库", False, str(error))
        return
    yield Finding("数据库", True)
    on_file = storage.run_now(lambda work: work.staff.all())
    storage.close()
    yield from _staff({s.telegram_id: s for s in (*on_file, *settings.staff_list())}, office)


def _staff(people: dict[int, Staff], office: Office) -> Iterator[Finding]:
    active = [s for s in people.values() if s.is_active]
    if not active:
        yield Finding("同事名单", False, "请在 config.toml 写 [[staff]]，或运行 python -m bot import staff FILE")
        return
    problems = department_problems(active, office.regions, provincial_count=office.provincial_count)
    yield from (Finding("同事名单", False, str(p)) for p in problems)
    if not problems:
        yield Finding(f"同事名单 {len(active)} 人", True)
    yield from (Finding("编制", True, f"提醒：{w}") for w in department_warnings(active, office.regions))


async def _telegram(settings: Settings, office: Office) -> list[Finding]:
    try:
        bot = make_bot(settings)
    except SettingsError as error:
        return [Finding("令牌", False, str(error))]
    try:
        me = await who_am_i(bot)
        return [Finding(f"令牌有效：@{me.username}", True), *await _groups(bot, me, office)]
    except (SettingsError, OutOfReach) as error:
        return [Finding("令牌", False, str(error))]
    finally:
        await bot.session.close()


async def _groups(bot: Bot, me: User, office: Office) -> list[Finding]:
    findings = []
    if not me.can_read_all_group_messages:
        findings.append(
            Finding("隐私模式", True, "提醒：机器人是管理员时不受影响；否则请在 BotFather 用 /setprivacy 关闭")
        )
    for region in office.regions:
        findings.extend(
            await _group(bot, me, f"{region.name}客服群", region.group_id, f"regions.{region.code}.group_id")
        )
    findings.extend(await _group(bot, me, "主管群", office.supervisors_chat, "supervisors.chat_id"))
    return findings


async def _group(bot: Bot, me: User, name: str, chat_id: int, key: str) -> list[Finding]:
    if not chat_id:
        return [Finding(name, False, f"请在设置里填 {key}（把机器人拉进群，它会说出群编号）")]
    try:
        chat = await bot.get_chat(chat_id)
        member = await bot.get_chat_member(chat_id, me.id)
    except TelegramAPIError as error:
        return [Finding(f"{name}({chat_id})", False, f"机器人进不去（{error.message}）：请邀请机器人并核对 {key}")]
    label = f"{name}“{chat.title}”" + ("" if chat.is_forum else "（未开话题，按回复方式使用）")
    if isinstance(member, ChatMemberOwner):
        return [Finding(label, True)]
    if not isinstance(member, ChatMemberAdministrator):
        return [Finding(label, False, "机器人不是管理员：群设置 → 管理员 → 添加机器人")]
    missing = list(_missing(member, is_forum=bool(chat.is_forum)))
    return [Finding(label, False, f"缺少权限“{m}”：群设置 → 管理员 → 机器人 → 打开此项") for m in missing] or [
        Finding(label, True)
    ]


def _missing(member: ChatMemberAdministrator, *, is_forum: bool) -> Iterator[str]:
    if is_forum and not member.can_manage_topics:
        yield "管理话题"
    if not member.can_pin_messages:
        yield "置顶消息"
