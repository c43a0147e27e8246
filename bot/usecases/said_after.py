"""Words of a franchisee that answer what was asked after closing: a survey, a call back, the remark of a rating.

When in doubt they bring a new matter and go the usual way: what is taken as an answer has a button that undoes it.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import Case
from bot.desk.follow_up import Spared
from bot.desk.message import ContentKind, Incoming
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee
from bot.desk.questionnaire import QuestionKind
from bot.desk.remark import is_remark
from bot.desk.thanks import is_thanks
from bot.usecases import relay
from bot.usecases.follow_up_answer import answer, verdict_on
from bot.usecases.low_rating import LONGEST_WORDS
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.rating_answer import keep_words, waits_for_words
from bot.usecases.say import say
from bot.usecases.spare import spare_follow_up
from bot.usecases.stored import store
from bot.usecases.survey_answer import Sitting, put, show, sitting_of


@dataclass(frozen=True)
class Heard:
    """Whether the words were taken, and of which case they are (None: of none)."""

    is_taken: bool
    case_id: int | None = None


NOT_TAKEN = Heard(False)


def hear_after(
    work: Work, office: Office, now: datetime, *, person: Franchisee, last: Case | None, message: Incoming, kind: str
) -> Heard:
    """Take the words as an answer, or let them go the usual way; what they make needless is cancelled."""
    is_text = message.content.kind is ContentKind.TEXT
    sitting = sitting_of(work, person) if is_text else None
    if sitting is not None and _answers_survey(sitting, now, last, message, kind):
        return _to_survey(work, office, now, sitting, message)
    if last is None or last.is_unfinished:
        return NOT_TAKEN
    taken = _of_case(work, office, now, person, last, message, kind) if is_text else NOT_TAKEN
    if not taken.is_taken and not is_thanks(message.content.text):
        spare_follow_up(work, now, case=last, why=Spared.WROTE)
    return taken


def _of_case(
    work: Work, office: Office, now: datetime, person: Franchisee, case: Case, message: Incoming, kind: str
) -> Heard:
    text = message.content.text
    verdict = verdict_on(work, office, case=case, text=text)
    if verdict is False:
        answer(work, office, now, case=case, person=person, is_yes=False, words=text,
               script="notice/reopened_by_writing")  # fmt: skip
        return NOT_TAKEN  # the case goes on, and these are its next words
    if verdict is True:
        answer(work, office, now, case=case, person=person, is_yes=True, words=text)
        return _kept(work, office, now, person, case, message, "notice/follow_up_thanks", kind)
    rating = waits_for_words(work, now, case=case)
    if rating is None or not is_remark(text, kind=kind, questions=office.labels.questions):
        return NOT_TAKEN
    keep_words(work, now, rating=rating, words=text)
    return _kept(work, office, now, person, case, message, "notice/remark_kept", kind)


def _kept(
    work: Work, office: Office, now: datetime, person: Franchisee, case: Case, message: Incoming, script: str, kind: str
) -> Heard:
    """The words belong to the case and are shown in its topic; a button makes a case of them after all."""
    stored = store(work, now, case, message)
    relay.to_group(work, office, now, case=case, message=stored)
    press = Press(Verb.KEPT_NEW, case.id, f"{message.ref.message_id}.{kind}")
    undo = ((Button(office.after("is_new"), press),),)
    say(work, office, now, to=Private(person.telegram_id), script=script, values={"case": str(case.id)}, buttons=undo,
        case_id=case.id)  # fmt: skip
    return Heard(True, case.id)


def _answers_survey(sitting: Sitting, now: datetime, last: Case | None, message: Incoming, kind: str) -> bool:
    """A reply to the question, or words soon after it from somebody who has no open case and does not complain."""
    if sitting.question.kind is not QuestionKind.WORDS or not message.content.text.strip():
        return False
    reply_to = message.reply_to.message_id if message.reply_to else None
    if reply_to is not None:
        return reply_to == sitting.at.message_id
    is_busy = last is not None and last.is_unfinished
    until = sitting.at.words_until
    return not is_busy and until is not None and now < until and kind != "complaint"


def _to_survey(work: Work, office: Office, now: datetime, sitting: Sitting, message: Incoming) -> Heard:
    """Kept as the answer; the next question stands in a new message, below what was written."""
    position, text = sitting.at.position, message.content.text.strip()[:LONGEST_WORDS]
    after = put(work, now, sitting, text)
    values = {"title": sitting.survey.title}
    undo = Press(Verb.SURVEY_NEW, sitting.at.id, f"{position}.{message.ref.message_id}")
    say(work, office, now, to=Private(sitting.person.telegram_id), script="notice/survey_kept", values=values,
        buttons=((Button(office.after("is_new"), undo),),), reply_to=message.ref)  # fmt: skip
    show(work, office, now, after, target=None)
    return Heard(True)
