"""Send a survey in batches: rows say who is next, a reminder says when; only in working hours, each person once."""

from dataclasses import replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.outgoing import Outgoing, Priority, Private, ReportKind, SendReport
from bot.desk.questionnaire import Questionnaire, read_questionnaire
from bot.desk.reminder import Reminder, ReminderKind
from bot.desk.survey import Participant, Standing, Survey, SurveyState
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.survey_start import region_name
from bot.usecases.upstairs import leaders_places


def survey_due(work: Work, office: Office, now: datetime, *, subject: int) -> None:
    """The next batch, or the end when its day has come."""
    survey = work.surveys.get(subject)
    if survey is None or survey.state is not SurveyState.RUNNING:
        return
    if now >= survey.closes_at:
        end_survey(work, office, now, survey=survey, state=SurveyState.CLOSED)
    elif not office.calendar.is_open(now, office.zone):
        work.reminders.add(Reminder(ReminderKind.SURVEY, survey.id, office.opening(now)))
    else:
        _batch(work, office, now, survey)


def _batch(work: Work, office: Office, now: datetime, survey: Survey) -> None:
    terms, questionnaire = office.aftercare.survey, read_questionnaire(survey.name, survey.source)
    people = work.surveys.next_waiting(survey.id, limit=terms.batch)
    for participant in people:
        _write(work, office, now, survey, questionnaire, participant)
    if people:
        work.reminders.add(Reminder(ReminderKind.SURVEY, survey.id, now + terms.every))


def _write(
    work: Work, office: Office, now: datetime, survey: Survey, questionnaire: Questionnaire, participant: Participant
) -> None:
    person = work.franchisees.get(participant.franchisee_id)
    if person is None or not person.is_reachable:
        work.surveys.save_person(replace(participant, state=Standing.BLOCKED))
        return
    work.surveys.save_person(replace(participant, state=Standing.SENT, sent_at=now))
    values = {"title": survey.title, "intro": questionnaire.intro, "name": person.name,
              "count": str(len(questionnaire.questions)), "until": office.local(survey.closes_at)}  # fmt: skip
    say(work, office, now, to=Private(person.telegram_id), script="notice/survey_intro", values=values,
        buttons=_door(office, participant), priority=Priority.SURVEY)  # fmt: skip


def _door(office: Office, participant: Participant) -> Buttons:
    return (
        (Button(office.after("begin"), Press(Verb.SURVEY, participant.id, "go")),),
        (Button(office.after("decline"), Press(Verb.SURVEY, participant.id, "no")),),
    )


def end_survey(work: Work, office: Office, now: datetime, *, survey: Survey, state: SurveyState) -> Survey:
    """Closed by its date or stopped by hand: nobody is written to any more; those who lead get the results."""
    ended = replace(survey, state=state, ended_at=now)
    work.surveys.save(ended)
    counts = work.surveys.standings(survey.id)
    values = {
        "survey": str(survey.id),
        "title": survey.title,
        "region": region_name(office, survey.region),
        "state": office.after(f"survey_{state.value}"),
        "answered": str(counts.get(Standing.ANSWERED, 0)),
        "total": str(sum(counts.values())),
    }
    for place in leaders_places(work, office):
        say(work, office, now, to=place, script="notice/survey_ended", values=values)
        for report in (ReportKind.SURVEY, ReportKind.SURVEY_BOOK):
            act = SendReport(report, str(survey.id))
            work.outbox.add(Outgoing(place, act, priority=Priority.DIGEST), at=now)
    return ended
