"""Look at everything that the desk needs, and say for each how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramNetworkError
from aiogram.types import ChatMemberAdministrator, ChatMemberBanned, ChatMemberLeft, ChatMemberOwner, User
from aiogram.types.chat_member_union import ChatMemberUnion

from bot.app.calendar import show_year
from bot.app.database import open_storage
from bot.app.desk import Clock
from bot.app.errors import NotReady, OutOfReach
from bot.app.office import make_office
from bot.app.telegram import make_bot, who_am_i
from bot.config import Settings, SettingsError
from bot.desk.assist import Department
from bot.desk.digest import Receivers
from bot.desk.labels import LabelsError
from bot.desk.people import Role, Staff, department_problems, department_warnings
from bot.desk.script import ScriptError
from bot.language.rule_files import read_rule_files
from bot.usecases.office import Office
from storage.engine import StorageError

_ASK = "（把机器人拉进群，它会说出群编号）"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine or not, and how to mend it."""

    what: str
    is_fine: bool
    mend: str = ""


async def check(settings: Settings, *, clock: Clock | None = None) -> list[Finding]:
    """Settings (they are read already), scripts, database, calendar, staff, token, then each group and right."""
    findings = [Finding("设置文件", True)]
    try:
        office = make_office(settings)
    except (ScriptError, LabelsError) as error:
        return [*findings, Finding("话术与按钮文字", False, str(error))]
    findings.append(Finding(f"话术 {len(office.scripts)} 条", True))
    findings.extend(_rules())
    findings.extend(_database(settings, office, clock))
    return [*findings, *await _telegram(settings, office)]


def _rules() -> Iterator[Finding]:
    """What is wrong with the lint's rules; such a rule is left out when the desk opens."""
    files = read_rule_files()
    yield from (Finding("用语规则", False, str(problem)) for problem in files.problems)
    if not files.problems:
        yield Finding(f"用语规则 {len(files.book.rules)} 条", True)


def _database(settings: Settings, office: Office, clock: Clock | None) -> Iterator[Finding]:
    try:
        storage = open_storage(settings)
    except (NotReady, StorageError) as error:
        yield Finding("数据库", False, str(error))
        return
    yield Finding("数据库", True)
    on_file = storage.run_now(lambda work: work.staff.all())
    year = show_year(settings, storage, clock=clock)
    storage.close()
    yield Finding(f"工作日历 {year.lines[0]}", True)
    yield from (Finding("工作日历", True, f"提醒：{warning}") for warning in year.warnings)
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
    yield from _digest(active, office)


def _digest(active: list[Staff], office: Office) -> Iterator[Finding]:
    """Whether anybody who leads gets the daily digest by themselves."""
    has_leaders = any(s.role is not Role.SPECIALIST for s in active)
    if office.digest.to is Receivers.NOBODY:
        yield Finding("日报", True, "提醒：digest.to 是 nobody，日报不会自动发给任何人，请改为 each、chat 或 both")
    elif not has_leaders and (office.digest.to is Receivers.EACH or not office.supervisors_chat):
        yield Finding("日报", True, "提醒：没有主管和经理，日报没有人收，请在同事名单里增补")


async def _telegram(settings: Settings, office: Office) -> list[Finding]:
    try:
        bot = make_bot(settings)
    except SettingsError as error:
        return [Finding("令牌", False, str(error))]
    try:
        me = await who_am_i(bot)
        found = [Finding(f"令牌有效：@{me.username}", True), *await _webhook(bot, settings)]
        return [*found, *await _groups(bot, me, office)]
    except SettingsError as error:
        return [Finding("令牌", False, str(error))]
    except OutOfReach as error:
        return [Finding("Telegram", False, str(error))]
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


async def _groups(bot: Bot, me: User, office: Office) -> list[Finding]:
    findings = []
    if not me.can_read_all_group_messages:
        findings.append(
            Finding("隐私模式", True, "提醒：机器人是管理员时不受影响；否则请在 BotFather 用 /setprivacy 关闭")
        )
    groups = [(f"{r.name}客服群", r.group_id, f"regions.{r.code}.group_id") for r in office.regions]
    for name, chat_id, key in (*groups, ("主管群", office.supervisors_chat, "supervisors.chat_id")):
        findings.extend(await _group(bot, me, office, Place(name, chat_id, key)))
    for department in (d for d in office.departments if d.chat_id):
        findings.append(await _department(bot, me, department))
    return [*_nobody_to_ask(office), *findings]


def _nobody_to_ask(office: Office) -> list[Finding]:
    """Departments that are listed and can be reached by no way."""
    names = [d.name for d in office.departments if not d.chat_id and not d.contact]
    mend = f"提醒：{'、'.join(names)}没有群也没有联络人，请在 departments 里填 chat_id 或 contact"
    return [Finding("协办部门", True, mend)] if names else []


async def _department(bot: Bot, me: User, department: Department) -> Finding:
    """A department's chat, where the bot needs no rights but to be there."""
    label, key = f"{department.name}部门群（{department.chat_id}）", f"departments.{department.code}.chat_id"
    try:
        member = await bot.get_chat_member(department.chat_id, me.id)
    except (TelegramNetworkError, ClientDecodeError) as error:
        return Finding(label, False, f"没有查到（{type(error).__name__}）：网络不稳，请稍后再试")
    except TelegramAPIError as error:
        return Finding(label, False, f"机器人进不去（{error.message}）：请邀请机器人并核对 {key}")
    is_there = not isinstance(member, ChatMemberLeft | ChatMemberBanned)
    return Finding(label, is_there, "" if is_there else f"机器人不在群里：请邀请机器人并核对 {key}")


@dataclass(frozen=True)
class Place:
    """A group that the settings name, or should: what it is for, its number, and its key."""

    name: str
    chat_id: int
    key: str

    @property
    def label(self) -> str:
        """How it is told of while its title is not known."""
        return f"{self.name}（{self.chat_id}）"


async def _group(bot: Bot, me: User, office: Office, place: Place) -> list[Finding]:
    if not place.chat_id:
        return [Finding(place.name, False, f"请在设置里填 {place.key}{_ASK}")]
    try:
        chat = await bot.get_chat(place.chat_id)
        member = await bot.get_chat_member(place.chat_id, me.id)
    except (TelegramNetworkError, ClientDecodeError) as error:
        return [Finding(place.label, False, f"没有查到（{type(error).__name__}）：网络不稳，请稍后再试")]
    except TelegramAPIError as error:
        return [Finding(place.label, False, f"机器人进不去（{error.message}）：请邀请机器人并核对 {place.key}")]
    if chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return [Finding(place.label, False, f"这不是群，请核对 {place.key}{_ASK}")]
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
