"""What people do in a quarter, each act told to the desk and to the model alike."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bench.decree import SHANGHAI
from bench.desks import Desks
from bench.foreseen import DAY, HOUR, MINUTE, Foreseen, Story, Vow
from bench.processes import Processes
from bench.told import LIN, NAMES, WANG, ZHAO, ZHOU
from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.usecases import duty, follow_up_staff, promise_heard, rating_answer, receive, remind, reply, resolve, tasks
from bot.usecases.at_hand import Spot
from bot.usecases.enrol import enrol_staff
from bot.usecases.pass_on import Words
from bot.usecases.people import Sender
from bot.usecases.survey_start import start_survey
from bot.usecases.task_give import give_task

PROVINCE = "江苏"
KINDS = ("equipment", "order", "other")
ANSWER = "您好，已经为您补发，请您查收。"
QUESTION = "请问您方便提供一下订单号吗？"


class Acts:
    """Everybody's hands: what is done at an instant, with the desk's and the model's side of it."""

    def __init__(self, desks: Desks | Processes, foreseen: Foreseen, chance: random.Random) -> None:
        self._desks = desks
        self._foreseen = foreseen
        self._chance = chance
        self._said = 0
        self._wrote: list[int] = []
        self._memos = 0
        self.done = 0

    def open_office(self, now: datetime, people: Any) -> None:
        """The staff are on file, the specialists on duty for all of the quarter."""
        self._do(enrol_staff, now, people=people)
        for who in (LIN, ZHOU):
            self._do(duty.set_duty, now, staff_telegram_id=who, is_on=True, spot=self._spot(who))

    def writes_first(self, now: datetime) -> Story:
        """A new franchisee writes."""
        person, kind = 10_000 + len(self._wrote), self._chance.choice(KINDS)
        case = int(self._writes(now, person, kind))
        self._wrote.append(person)
        holder = self._do(lambda work, _, __: work.staff.get(work.cases.get(case).handler_id).telegram_id, now)
        return self._foreseen.opened(now, case=case, person=person, handler=holder, kind=kind)

    def writes_again(self, now: datetime, story: Story) -> None:
        """The same person, about the same matter."""
        self._writes(now, story.person, story.kind)
        self._foreseen.wrote(now, story)

    def _writes(self, now: datetime, person: int, kind: str) -> Any:
        message = Incoming(self._ref(person), now, Content(ContentKind.TEXT, "货少了"))
        sender = Sender(person, f"加盟商{person}")
        return self._do(receive.receive, now, sender=sender, message=message, hint=receive.Hint(PROVINCE, kind=kind))

    def answers(self, now: datetime, story: Story) -> None:
        """Whoever has the case answers: plainly, with a promise, or with a question."""
        how = self._chance.choices(("plain", "promise", "question"), (4, 4, 2))[0]
        due = self._later_day(now) if how == "promise" else None
        text = f"请您放心，我{_said(due)}前给您回复。" if due else QUESTION if how == "question" else ANSWER

        def say(work: Any, office: Any, at: datetime) -> int:
            case, words = work.cases.get(story.case), Words(Content(ContentKind.TEXT, text))
            kept = reply.answer(work, office, at, case=case, who=work.staff.by_telegram(story.handler), words=words)
            return kept.id if kept else 0

        message = self._do(say, now)
        self._do(promise_heard.heard, now, message_id=message)
        self._foreseen.answered(now, story, promise=due, asks=how == "question")

    def resolves(self, now: datetime, story: Story) -> None:
        """The specialist ends the case."""
        self._do(resolve.resolve, now, staff_telegram_id=story.handler, case_id=story.case)
        self._foreseen.resolved(now, story)

    def confirms(self, now: datetime, story: Story) -> None:
        """The franchisee says that all is well."""
        self._do(resolve.confirm, now, sender=Sender(story.person, "加盟商"), case_id=story.case)
        self._foreseen.confirmed(now, story)

    def rates(self, now: datetime, story: Story) -> None:
        """The franchisee gives five of five."""
        self._do(rating_answer.rate_by_command, now, sender=Sender(story.person, "加盟商"), query="5")
        story.is_rated = True

    def calls_back(self, now: datetime, story: Story) -> None:
        """Whoever has the call back sends the script (in working hours), or has called and all is well."""
        call = story.call
        if call is None or call.is_over or not call.told or call.asked:
            return
        if self._chance.random() < 0.5 and self._foreseen.time.is_open(now):
            self._do(follow_up_staff.send_follow_up, now, staff_telegram_id=story.handler, subject=story.case,
                     choice="", spot=self._spot(story.handler))  # fmt: skip
            self._foreseen.asked_back(now, story)
        else:
            self._do(follow_up_staff.record, now, staff_telegram_id=story.handler, case_id=story.case, choice="y")
            call.is_over = True

    def reminds(self, now: datetime) -> None:
        """Somebody of the staff sets a reminder, in one of three ways of saying when."""
        who, words = self._chance.choice((LIN, ZHOU, WANG, ZHAO)), f"m{self._memos}"
        self._memos += 1
        match self._chance.randrange(3):
            case 0:
                hours = self._chance.randint(1, 30)
                said, due = f"{hours}小时后", now + hours * HOUR
            case 1:
                hour = self._chance.randint(9, 17)
                opening, _ = self._foreseen.time.next_day(now)
                said, due = f"下个工作日{hour}点", opening.astimezone(SHANGHAI).replace(hour=hour, minute=0)
            case _:
                due = self._later_day(now, at_any_hour=True)
                said = _said(due)
        self._do(remind.remind, now, staff_telegram_id=who, spot=self._spot(who), query=f"{said} {words}")
        self._foreseen.reminded(who=who, words=words, due=due)

    def gives_task(self, now: datetime) -> tuple[int, int, Vow]:
        """The supervisor gives a specialist something to do; its number, whose it is, and what the model has of it."""
        who, due = self._chance.choice((LIN, ZHOU)), self._later_day(now)
        query = f"{NAMES[who]} {_said(due)}前 整理证照"
        self._do(give_task, now, staff_telegram_id=WANG, spot=self._spot(WANG), query=query)
        task = self._do(lambda work, _, __: max(t.id for t in work.tasks.open(limit=200)), now)
        return task, who, self._foreseen.tasked(now, task=task, who=who, due=due)

    def finishes_task(self, now: datetime, task: int, who: int, vow: Vow) -> None:
        """It is done."""
        self._do(tasks.show_tasks, now, staff_telegram_id=who, spot=self._spot(who), query=f"完成 {task}")
        vow.is_over = True

    def surveys(self, now: datetime) -> None:
        """A round to everybody who has ever written."""

        def start(work: Any, office: Any, at: datetime) -> int:
            return start_survey(work, office, at, questionnaire=office.questionnaires["quarterly"]).survey.id

        self._foreseen.surveyed(now, survey=int(self._do(start, now)), people=self._wrote)

    def _later_day(self, now: datetime, *, at_any_hour: bool = False) -> datetime:
        """Some quarter of an hour of the next three weeks; unless at any hour, one in working time."""
        start = now.astimezone(SHANGHAI).replace(hour=0, minute=0)
        while True:
            due = start + self._chance.randint(0, 20) * DAY + self._chance.randrange(96) * 15 * MINUTE
            if due > now + HOUR and (at_any_hour or self._foreseen.time.is_open(due)):
                return due

    def _do(self, verb: Callable[..., Any], now: datetime, **arguments: Any) -> Any:
        self.done += 1
        return self._desks.act(verb, now, **arguments)

    def _spot(self, chat: int) -> Spot:
        return Spot(self._ref(chat))

    def _ref(self, chat: int) -> MessageRef:
        self._said += 1
        return MessageRef(chat, self._said)


def _said(due: datetime) -> str:
    return f"{due.month}月{due.day}日{due:%H:%M}"
