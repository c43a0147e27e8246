"""A franchisee answers a survey: one message that changes from question to question; `/survey` shows it anew."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.buttons import Button, Buttons, Press, Verb
from bot.desk.errors import DeskError
from bot.desk.message import MessageRef
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee
from bot.desk.questionnaire import Question, QuestionKind, Questionnaire, read_questionnaire
from bot.desk.script import Rendered
from bot.desk.survey import SKIPPED, Participant, Standing, Survey, SurveyState, options_named, toggled
from bot.usecases.at_hand import Spot
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.say import edit, say

LONGEST_WORDS = 1000
EMPTY: Buttons = ()


@dataclass(frozen=True)
class Sitting:
    """A person before a question of a round."""

    person: Franchisee
    survey: Survey
    questionnaire: Questionnaire
    at: Participant

    @property
    def question(self) -> Question:
        """The one at hand."""
        return self.questionnaire.questions[min(self.at.position, len(self.questionnaire.questions) - 1)]


def press_survey(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """开始, 不填, an option, 下一题, 跳过, 上一题; a press on a question that is past shows the one at hand."""
    sitting = _sitting(work, now, sender, subject)
    if sitting.survey.state is not SurveyState.RUNNING:
        return _replaced(work, now, spot, office.say("notice/survey_over", title=sitting.survey.title))
    if sitting.at.state is Standing.ANSWERED:
        return _replaced(work, now, spot, thanks(office, sitting))
    if choice == "no":
        work.surveys.save_person(replace(sitting.at, state=Standing.DECLINED, done_at=now, words_until=None))
        return _replaced(work, now, spot, office.say("notice/survey_declined", title=sitting.survey.title))
    at = replace(sitting.at, message_id=spot.ref.message_id)
    after = _stepped(work, office, now, replace(sitting, at=at), choice)
    show(work, office, now, after, target=spot.ref)
    return ""


def survey_by_command(work: Work, office: Office, now: datetime, *, sender: Sender, query: str) -> None:
    """`/survey`: the question at hand, in a new message; `/survey 3` (or the words of an option) answers it."""
    person = met(work, now, sender)
    newest = work.surveys.newest_of(person.id)
    sitting = _sitting(work, now, sender, newest.id) if newest is not None else None
    if sitting is None or sitting.survey.state is not SurveyState.RUNNING or sitting.at.state is Standing.ANSWERED:
        raise DeskError("notice/survey_none")
    if query.strip() and sitting.at.state is Standing.STARTED:
        sitting = put(work, now, sitting, _read(sitting.question, query))
    else:
        sitting = replace(sitting, at=replace(sitting.at, state=Standing.STARTED))
    show(work, office, now, sitting, target=None)


def _read(question: Question, query: str) -> str:
    """The answer that somebody typed; DeskError tells how."""
    if question.kind is QuestionKind.WORDS:
        return query.strip()[:LONGEST_WORDS]
    value = options_named(query, question)
    if value is None:
        raise DeskError("notice/survey_how", options="、".join(question.options))
    return value


def _stepped(work: Work, office: Office, now: datetime, sitting: Sitting, choice: str) -> Sitting:
    position, _, what = choice.partition(".")
    at, question = sitting.at, sitting.question
    started = replace(sitting, at=replace(at, state=Standing.STARTED))
    if choice == "go" or position != str(at.position) or at.state is not Standing.STARTED:
        return started
    match what:
        case "b":
            return replace(sitting, at=replace(at, position=max(0, at.position - 1), ticked=""))
        case "s" if question.is_optional:
            return put(work, now, sitting, SKIPPED)
        case "n" if question.kind is QuestionKind.SEVERAL:
            if not at.ticked and not question.is_optional:
                raise DeskError("notice/survey_tick")
            return put(work, now, sitting, at.ticked)
    if not what.isdecimal() or int(what) >= len(question.options):
        return started
    if question.kind is QuestionKind.SEVERAL:
        return replace(sitting, at=replace(at, ticked=toggled(at.ticked, int(what))))
    return put(work, now, sitting, what)


def put(work: Work, now: datetime, sitting: Sitting, value: str) -> Sitting:
    """Keep an answer and go on to the next question; after the last the person has finished."""
    work.surveys.answer(sitting.at, sitting.question.key, value, at=now)
    at = replace(sitting.at, position=sitting.at.position + 1, ticked="", words_until=None)
    if at.position >= len(sitting.questionnaire.questions):
        at = replace(at, state=Standing.ANSWERED, done_at=now)
    return replace(sitting, at=at)


def show(work: Work, office: Office, now: datetime, sitting: Sitting, *, target: MessageRef | None) -> None:
    """The question at hand, or the thanks, in the person's message (`target`), or in a new one."""
    at, buttons = sitting.at, EMPTY
    if at.state is Standing.ANSWERED:
        words = thanks(office, sitting)
    else:
        is_words = sitting.question.kind is QuestionKind.WORDS
        at = replace(at, words_until=now + office.aftercare.survey.words_within if is_words else None)
        words, buttons = _asking(office, sitting), _buttons(office, sitting)
    work.surveys.save_person(at)
    if target is not None:
        edit(work, now, target=target, words=words, buttons=buttons)
    else:
        values = {"words": words.text}
        say(work, office, now, to=Private(sitting.person.telegram_id), script="notice/told", values=values,
            buttons=buttons)  # fmt: skip


def thanks(office: Office, sitting: Sitting) -> Rendered:
    """The end of it."""
    return office.say("notice/survey_thanks", title=sitting.survey.title, thanks=sitting.questionnaire.thanks)


def _asking(office: Office, sitting: Sitting) -> Rendered:
    question, total = sitting.question, len(sitting.questionnaire.questions)
    how = office.after(f"how_{question.kind.value}", **_ends(question))
    place = office.after("at_question", number=sitting.at.position + 1, of=total)
    return office.say("notice/survey_question", title=sitting.survey.title, place=place, ask=question.ask, how=how)


def _ends(question: Question) -> dict[str, object]:
    return {"low": question.low, "high": question.high} if question.kind is QuestionKind.SCALE else {}


def _buttons(office: Office, sitting: Sitting) -> Buttons:
    question, at = sitting.question, sitting.at

    def press(what: str) -> Press:
        return Press(Verb.SURVEY, at.id, f"{at.position}.{what}")

    ticked = at.ticked.split(",")
    options = tuple(
        Button(office.after("tag_on" if str(n) in ticked else "tag", tag=label), press(str(n)))
        for n, label in enumerate(question.options)
    )
    rows: Buttons = (options,) if question.kind is QuestionKind.SCALE else tuple((b,) for b in options)
    last = [Button(office.after("back"), press("b"))] if at.position else []
    if question.kind is QuestionKind.SEVERAL:
        last.append(Button(office.after("next"), press("n")))
    elif question.is_optional:
        last.append(Button(office.after("skip"), press("s")))
    return (*(row for row in rows if row), *((tuple(last),) if last else ()))


def _sitting(work: Work, now: datetime, sender: Sender, participant_id: int) -> Sitting:
    """The person's own place in a round; DeskError for anybody else's."""
    person = met(work, now, sender)
    at = work.surveys.person(participant_id)
    survey = work.surveys.get(at.survey_id) if at is not None else None
    if at is None or survey is None or at.franchisee_id != person.id:
        raise DeskError("notice/button_outdated")
    return Sitting(person, survey, read_questionnaire(survey.name, survey.source), at)


def sitting_of(work: Work, person: Franchisee) -> Sitting | None:
    """The round whose question somebody has at hand; None when they have none, or it is over."""
    at = work.surveys.newest_of(person.id)
    survey = work.surveys.get(at.survey_id) if at is not None and at.state is Standing.STARTED else None
    if at is None or survey is None or survey.state is not SurveyState.RUNNING:
        return None
    return Sitting(person, survey, read_questionnaire(survey.name, survey.source), at)


def _replaced(work: Work, now: datetime, spot: Spot, words: Rendered) -> str:
    edit(work, now, target=spot.ref, words=words)
    return words.text
