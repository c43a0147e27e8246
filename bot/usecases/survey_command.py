"""`/survey`: start a round, see how far it is, get its results, stop it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.outgoing import Address, Outgoing, ReportKind, SendReport
from bot.desk.survey import Standing, Survey, SurveyState
from bot.usecases.at_hand import Spot, case_number, require_supervisor
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.survey_send import end_survey
from bot.usecases.survey_start import region_name, start_survey

_REPORTS: Final = {"结果": ReportKind.SURVEY, "结果图": ReportKind.SURVEY, "表格": ReportKind.SURVEY_BOOK}
_STOP: Final = ("停止", "stop")
_START: Final = ("start", "开始")
_PRESSED: Final = {"picture": "结果", "book": "表格", "stop": "停止"}


def survey_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/survey`, `/survey 3`, `/survey 3 结果`, `表格`, `停止`, `/survey start 名称 [大区]`."""
    who = require_supervisor(work, staff_telegram_id)
    to = room(spot.ref.chat_id, spot.thread_id)
    first, *rest = query.split() or [""]
    if first in _START and rest:
        _start(work, office, now, who_id=who.id, to=to, words=rest)
        return
    if not first:
        _list(work, office, now, to)
        return
    survey = work.surveys.get(case_number(first) or 0)
    if survey is None:
        raise DeskError("notice/how_survey", names=_names(office))
    _about(work, office, now, survey, to=to, what=rest[0] if rest else "")


def press_survey_staff(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """结果图, 表格, 停止 below the progress."""
    require_supervisor(work, staff_telegram_id)
    survey = work.surveys.get(subject)
    if survey is None or choice not in _PRESSED:
        raise DeskError("notice/button_outdated")
    _about(work, office, now, survey, to=room(spot.ref.chat_id, spot.thread_id), what=_PRESSED[choice])
    return ""


def _start(work: Work, office: Office, now: datetime, *, who_id: int, to: Address, words: list[str]) -> None:
    name, *places = words
    region = next((r for r in office.regions if places and places[0] in (r.name, r.code)), None)
    questionnaire = office.questionnaires.get(name)
    if questionnaire is None or len(places) > 1 or (places and region is None):
        raise DeskError("notice/how_survey", names=_names(office))
    by = work.staff.get(who_id)
    started = start_survey(work, office, now, questionnaire=questionnaire, region=region, by=by)
    survey = started.survey
    values = {"survey": str(survey.id), "title": survey.title, "region": region_name(office, survey.region),
              "people": str(started.people), "begins": office.local(office.opening(now)),
              "until": office.local(survey.closes_at)}  # fmt: skip
    say(work, office, now, to=to, script="notice/survey_started", values=values, buttons=_buttons(office, survey))


def _about(work: Work, office: Office, now: datetime, survey: Survey, *, to: Address, what: str) -> None:
    if what in _REPORTS:
        work.outbox.add(Outgoing(to, SendReport(_REPORTS[what], str(survey.id))), at=now)
    elif what in _STOP:
        if survey.state is SurveyState.RUNNING:
            survey = end_survey(work, office, now, survey=survey, state=SurveyState.STOPPED)
        show_progress(work, office, now, survey, to=to)
    elif what:
        raise DeskError("notice/how_survey", names=_names(office))
    else:
        show_progress(work, office, now, survey, to=to)


def show_progress(work: Work, office: Office, now: datetime, survey: Survey, *, to: Address) -> None:
    """Sent, answered, blocked, waiting: every person is in one of these counts."""
    values = {"survey": str(survey.id), **progress(work, office, survey)}
    say(work, office, now, to=to, script="notice/survey_progress", values=values, buttons=_buttons(office, survey))


def progress(work: Work, office: Office, survey: Survey) -> dict[str, str]:
    """The counts of a round, as words."""
    counts = work.surveys.standings(survey.id)
    return {
        "title": survey.title,
        "region": region_name(office, survey.region),
        "state": office.after(f"survey_{survey.state.value}"),
        "until": office.local(survey.closes_at),
        "total": str(sum(counts.values())),
        "sent": str(written_to(counts)),
        **{standing.value: str(counts.get(standing, 0)) for standing in Standing if standing is not Standing.SENT},
        "silent": str(counts.get(Standing.SENT, 0)),
    }


def written_to(counts: Mapping[Standing, int]) -> int:
    """Who got it and can be written to: all but those who wait and those who block the bot."""
    return sum(n for standing, n in counts.items() if standing not in (Standing.WAITING, Standing.BLOCKED))


def _list(work: Work, office: Office, now: datetime, to: Address) -> None:
    lines = [_line(work, office, survey) for survey in work.surveys.newest()]
    values = {"lines": "\n".join(lines) or office.after("survey_no"), "names": _names(office)}
    say(work, office, now, to=to, script="notice/surveys", values=values)


def _line(work: Work, office: Office, survey: Survey) -> str:
    counts = work.surveys.standings(survey.id)
    return office.after("survey", survey=survey.id, title=survey.title, region=region_name(office, survey.region),
                        state=office.after(f"survey_{survey.state.value}"), answered=counts.get(Standing.ANSWERED, 0),
                        sent=written_to(counts))  # fmt: skip


def _names(office: Office) -> str:
    return "、".join(office.questionnaires) or office.word("none")


def _buttons(office: Office, survey: Survey) -> Buttons:
    shown = ("picture", "book", *(("stop",) if survey.state is SurveyState.RUNNING else ()))
    return (tuple(Button(office.after(key), Press(Verb.SURVEY_SHOW, survey.id, key)) for key in shown),)
