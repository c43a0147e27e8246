"""Start a survey (普查): its words pass the lint, everybody it is for is taken in, the first batch is planned."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.errors import DeskError
from bot.desk.people import Region, Staff
from bot.desk.questionnaire import Questionnaire
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.survey import Survey
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.survey_words import unfit


@dataclass(frozen=True)
class Started:
    """A round that has begun, and how many people it is for."""

    survey: Survey
    people: int


def start_survey(
    work: Work,
    office: Office,
    now: datetime,
    *,
    questionnaire: Questionnaire,
    region: Region | None = None,
    by: Staff | None = None,
) -> Started:
    """To all franchisees who have ever written, or a region's; DeskError when its words may not be sent, when another
    round reaches the same people, or when there is nobody.
    """
    problems = list(unfit(office.linter, questionnaire))
    if problems:
        raise DeskError("notice/survey_unfit", lines="\n".join(problems))
    code = region.code if region else ""
    _not_twice(work, office, code)
    days = timedelta(days=questionnaire.days) or office.aftercare.survey.open_for
    survey = work.surveys.add(
        Survey(0, questionnaire.name, questionnaire.title, questionnaire.version, questionnaire.source, code,
               by.id if by else None, now, now + days)
    )  # fmt: skip
    staff = [s.telegram_id for s in work.staff.all() if s.is_active]
    people = work.surveys.enrol(survey.id, provinces=region.provinces if region else None, strangers=staff)
    if not people:
        raise DeskError("notice/survey_nobody")
    for at in (office.opening(now), survey.closes_at):
        work.reminders.add(Reminder(ReminderKind.SURVEY, survey.id, at))
    return Started(survey, people)


def _not_twice(work: Work, office: Office, region: str) -> None:
    """Nobody is asked two things at a time."""
    for other in work.surveys.running():
        if not other.region or not region or other.region == region:
            raise DeskError("notice/survey_beside", survey=str(other.id), title=other.title)


def region_name(office: Office, code: str) -> str:
    """Where a round goes."""
    region = office.region(code)
    return region.name if region else office.after("everybody")
