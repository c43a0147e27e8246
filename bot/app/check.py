"""Look at everything that the desk needs, and say for each how to mend it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.app.calendar import show_year
from bot.app.database import open_storage
from bot.app.desk import Clock
from bot.app.errors import NotReady
from bot.app.finding import ASK, Finding, places
from bot.app.office import make_office
from bot.config import Settings
from bot.desk.digest import Receivers
from bot.desk.labels import LabelsError
from bot.desk.people import Role, Staff, department_problems, department_warnings
from bot.desk.script import ScriptError
from bot.language.rule_files import read_rule_files
from bot.usecases.office import Office
from storage.engine import StorageError


async def check(
    settings: Settings, *, file: Path | None, clock: Clock | None = None,
    tell: Callable[[Finding], object] = lambda finding: None,
) -> list[Finding]:  # fmt: skip
    """Settings (read from `file` already; None: there is none), scripts, database, calendar, staff, what the settings
    leave open, then token, groups and rights. Each is told as soon as it is known.
    """
    findings: list[Finding] = []

    def note(finding: Finding) -> None:
        findings.append(finding)
        tell(finding)

    note(_file(file))
    try:
        office = make_office(settings)
    except (ScriptError, LabelsError) as error:
        note(Finding("话术与按钮文字", False, str(error)))
        return findings
    for finding in _here(settings, office, clock):
        note(finding)
    from bot.app.check_telegram import look_there  # seconds of libraries: whatever is known here is told before

    async for finding in look_there(settings, office):
        note(finding)
    return findings


def _file(file: Path | None) -> Finding:
    if file is not None:
        return Finding(f"设置文件 {file}", True)
    none = "提醒：没有找到 config.toml，一律按缺省值与环境变量；请复制 config.example.toml 为 config.toml 再填写"
    return Finding("设置文件", True, none)


def _here(settings: Settings, office: Office, clock: Clock | None) -> Iterator[Finding]:
    """Everything that can be looked at without Telegram."""
    yield Finding(f"话术 {len(office.scripts)} 条", True)
    yield from _rules()
    yield from _database(settings, office, clock)
    yield from (Finding(p.name, False, f"请在设置里填 {p.key}{ASK}") for p in places(office) if not p.chat_id)
    yield from _nobody_to_ask(office)


def _nobody_to_ask(office: Office) -> Iterator[Finding]:
    """Departments that are listed and can be reached by no way."""
    names = [d.name for d in office.departments if not d.chat_id and not d.contact]
    if names:
        mend = f"提醒：{'、'.join(names)}没有群也没有联络人，请在 departments 里填 chat_id 或 contact"
        yield Finding("协办部门", True, mend)


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
