"""The settings and the scripts made into the office that use cases know."""

from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.desk.labels import parse_labels
from bot.language.script_files import FOLDER, load_scripts
from bot.usecases.office import Office, Terms


def make_office(settings: Settings, *, bot_username: str = "") -> Office:
    """Read scripts and labels; ScriptError or LabelsError name the file and what to mend."""
    desk = settings.desk
    return Office(
        name=desk.name,
        zone=ZoneInfo(desk.timezone),
        regions=settings.region_list(),
        supervisors_chat=settings.supervisors.chat_id,
        hours=settings.weekly_hours(),
        terms=Terms(
            answer_within=desk.answer_within,
            acknowledge_after=desk.acknowledge_after,
            resolve_within=desk.resolve_within,
            confirm_within=desk.confirm_within,
            reopen_within=desk.reopen_within,
        ),
        scripts=load_scripts(),
        labels=parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8")),
        attendance=settings.attendance.terms(),
        asks_province=desk.ask_province,
        provincial_count=desk.provincial_count_toward_region,
        bot_username=bot_username,
    )
