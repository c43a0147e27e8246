"""What was taken as the answer to a survey was a new matter: it goes the usual way after all."""

from dataclasses import replace
from datetime import datetime

from bot.desk.errors import DeskError
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.questionnaire import read_questionnaire
from bot.usecases.at_hand import Spot
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.receive import Hint, receive
from bot.usecases.say import rebutton


def press_new_matter(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """The words open a case, or join the open one, as if they had just been written; a second press does nothing."""
    person, at = met(work, now, sender), work.surveys.person(subject)
    survey = work.surveys.get(at.survey_id) if at is not None else None
    position, _, message_id = choice.partition(".")
    if at is None or survey is None or at.franchisee_id != person.id or not position.isdecimal():
        raise DeskError("notice/button_outdated")
    ref = MessageRef(spot.ref.chat_id, int(message_id) if message_id.isdecimal() else 0)
    if work.messages.find(ref) is None:
        work.surveys.save_person(replace(at, words_until=None))
        questions = read_questionnaire(survey.name, survey.source).questions
        text = work.surveys.answers_of(at.id).get(questions[min(int(position), len(questions) - 1)].key, "")
        if not text:
            raise DeskError("notice/button_outdated")
        said = Incoming(ref, now, Content(ContentKind.TEXT, text))
        receive(work, office, now, sender=sender, message=said, hint=Hint())
    rebutton(work, now, target=spot.ref)
    return office.say("notice/survey_new").text
