"""The settings and the scripts made into the office that use cases know."""

from zoneinfo import ZoneInfo

from bot.almanac.china import decreed_days
from bot.app.lint import FileRules, Rules
from bot.config import Settings
from bot.desk.calendar import WorkCalendar, by_date
from bot.desk.hours import read_spans
from bot.desk.labels import parse_labels
from bot.desk.script import ScriptBook
from bot.language.questionnaires import load_questionnaires
from bot.language.score_card import load_score_card
from bot.language.script_files import FOLDER, load_scripts
from bot.language.segmenter import JiebaSegmenter
from bot.language.topics import MatterWords
from bot.usecases.office import AftercareTerms, CommitmentTerms, Office, OwnershipTerms, Terms


def make_office(
    settings: Settings, *, bot_username: str = "", rules: Rules | None = None, scripts: ScriptBook | None = None
) -> Office:
    """Read scripts (unless they are given) and labels; ScriptError or LabelsError name the file and what to mend."""
    desk = settings.desk
    rules = rules or FileRules(settings.lint)
    return Office(
        name=desk.name,
        zone=ZoneInfo(desk.timezone),
        regions=settings.region_list(),
        supervisors_chat=settings.supervisors.chat_id,
        calendar=make_calendar(settings),
        terms=Terms(
            acknowledge_after=desk.acknowledge_after,
            confirm_within=desk.confirm_within,
            reopen_within=desk.reopen_within,
            reassign_after=desk.reassign_after,
        ),
        scripts=scripts or load_scripts(),
        linter=rules,
        rulebook=rules,
        labels=parse_labels((FOLDER / "labels.toml").read_text(encoding="utf-8")),
        ownership=_ownership(settings),
        complaints=settings.complaints.terms(),
        voices=settings.voices.terms(),
        sla=settings.sla.agreed(answer_within=desk.answer_within, resolve_within=desk.resolve_within),
        review=settings.review.terms(),
        inspection=settings.inspection.terms(),
        score_card=load_score_card(),
        departments=settings.department_list(),
        attendance=settings.attendance.terms(),
        commitments=_commitments(settings),
        meetings=settings.meeting_list(),
        aftercare=AftercareTerms(settings.follow_up.terms(), settings.rating.terms(), settings.survey.terms()),
        warnings=settings.warnings.terms(),
        questionnaires=load_questionnaires(),
        goals=tuple(g.goal() for g in settings.goals),
        improve_within=settings.improvement.due_within,
        reports=settings.reports.terms(),
        asks_province=desk.ask_province,
        provincial_count=desk.provincial_count_toward_region,
        digest=settings.digest.terms(),
        matter_words=MatterWords(JiebaSegmenter()),
        bot_username=bot_username,
    )


def make_calendar(settings: Settings) -> WorkCalendar:
    """Weekly hours, the decree, and what the settings say of single days; imported days are laid over it by `Desk`."""
    calendar = settings.calendar
    follows = calendar.decree == "china"
    return WorkCalendar(
        week=settings.weekly_hours(),
        decree=by_date(decreed_days() if follows else ()),
        own=calendar.own_days(),
        holiday=read_spans(calendar.holiday_hours),
        make_up_like=calendar.make_up_like(),
        follows_decree=follows,
    )


def _ownership(settings: Settings) -> OwnershipTerms:
    own = settings.ownership
    return OwnershipTerms(
        accept_within=own.accept_within,
        alert_at_transfer=own.alert_at_transfer,
        confirm_closing_within=own.confirm_closing_within,
        assist_choices=own.assist_choices,
        assist_alert_after=own.assist_alert_after,
    )


def _commitments(settings: Settings) -> CommitmentTerms:
    promises, tasks = settings.promises, settings.tasks
    return CommitmentTerms(
        promise_ahead=promises.remind_before,
        grace=promises.grace,
        breath=promises.breath,
        untimed=promises.untimed,
        task_ahead=tasks.remind_before,
        task_overdue_after=tasks.overdue_after,
    )
