"""A survey played over the use cases, for its picture: the made-up company's franchisees answer, some of them not."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.app.office import make_office
from bot.config import Settings
from bot.desk.message import MessageRef
from bot.desk.outgoing import ReportKind, SendReport
from bot.desk.people import Franchisee, Store
from bot.desk.questionnaire import Question, QuestionKind
from bot.desk.survey import Standing, Survey, SurveyTerms
from bot.reports.printer import print_report
from bot.sandbox.company import load
from bot.usecases.at_hand import Spot
from bot.usecases.enrol import enrol_stores
from bot.usecases.people import Sender
from bot.usecases.reports import matter_of
from bot.usecases.survey_answer import press_survey, survey_by_command
from bot.usecases.survey_start import start_survey
from bot.usecases.tick import sweep
from storage.desk_thread import Storage

COMMENTS = ("杯盖希望早点到货", "新品培训请多排几场", "客服回得很快，谢谢")
"""One in seven of those who answer writes one of these."""
SELDOM = 7


class Scene:
    """The desk in memory, at an instant of its own."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.storage = Storage.in_memory()
        self.office = make_office(Settings())
        terms = replace(self.office.aftercare, survey=SurveyTerms(batch=200))
        self.office = replace(self.office, aftercare=terms)
        self.chance = random.Random(9)

    def do(self, verb: Any, **kwargs: Any) -> Any:
        """One verb in its unit of work."""
        return self.storage.run_now(lambda work: verb(work, self.office, self.now, **kwargs))

    def picture(self) -> bytes:
        """The results as the supervisors get them."""
        self._move_in()
        questionnaire = self.office.questionnaires["quarterly"]
        survey: Survey = self.do(start_survey, questionnaire=questionnaire).survey
        while self.do(sweep):
            pass
        for person in self.do(lambda work, office, now: work.surveys.people(survey.id)):
            if person.state is Standing.SENT and self.chance.random() < 0.8:
                self._answers(person.id, person.franchisee_id, questionnaire.questions)
        self.now += timedelta(days=2)
        act = SendReport(ReportKind.SURVEY, str(survey.id))
        return print_report(self.do(matter_of, act=act)).data

    def _move_in(self) -> None:
        company = load()
        stores = [Store(s.number, s.name, s.province, s.city, s.address, s.phone, s.code) for s in company.stores]
        self.do(enrol_stores, stores=stores)
        for n, each in enumerate(company.franchisees):
            person = Franchisee(0, each.telegram_id, each.first_name, None, None, each.store_number or None,
                                None, n % 12 != 7, self.now)  # fmt: skip
            self.do(lambda work, office, now, person=person: work.franchisees.add(person))

    def _answers(self, number: int, franchisee_id: int, questions: tuple[Question, ...]) -> None:
        person = self.do(lambda work, office, now: work.franchisees.get(franchisee_id))
        choices = ["go", *(c for n, q in enumerate(questions) for c in self._choices(n, q))]
        for choice in choices:
            self._chooses(Sender(person.telegram_id, person.name), number, choice)

    def _chooses(self, sender: Sender, number: int, choice: str) -> None:
        if choice in COMMENTS:
            self.do(survey_by_command, sender=sender, query=choice)
        else:
            self.do(press_survey, sender=sender, subject=number, choice=choice,
                    spot=Spot(MessageRef(sender.telegram_id, 1)))  # fmt: skip

    def _choices(self, number: int, question: Question) -> list[str]:
        match question.kind:
            case QuestionKind.SCALE:
                return [f"{number}.{self.chance.choice((1, 2, 3, 3, 4, 4, 4))}"]
            case QuestionKind.SINGLE:
                return [f"{number}.{self.chance.choice((0, 0, 0, 1, 1, 2, 3))}"]
            case QuestionKind.SEVERAL:
                ticked = self.chance.sample(range(len(question.options)), self.chance.choice((1, 2, 3)))
                return [*(f"{number}.{n}" for n in ticked), f"{number}.n"]
            case QuestionKind.WORDS:
                writes = self.chance.randrange(SELDOM) == 0
                return [self.chance.choice(COMMENTS) if writes else f"{number}.s"]
