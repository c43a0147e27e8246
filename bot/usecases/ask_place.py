"""While a case waits for its province: take what answers the question; ask once more when an answer says nothing."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.events import Did, Event
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee
from bot.usecases.greet import province_buttons
from bot.usecases.office import Office
from bot.usecases.place import place_case
from bot.usecases.ports import Work
from bot.usecases.say import say


def answer_place(
    work: Work, office: Office, now: datetime, *, case: Case, person: Franchisee, answer: str | None, may_answer: bool
) -> None:
    """`answer`: the province that the words give; without one, words that look like an answer are asked about once."""
    if answer:
        place_case(work, office, now, case=case, person=person, province=answer, source="text")
    elif may_answer and office.asks_province and case.first_owner_id is None and not _was_asked_again(work, case):
        work.events.add(Event(case.id, Did.PROVINCE_ASKED_AGAIN, now))
        say(work, office, now, to=Private(person.telegram_id), script="notice/ask_province_again", values={},
            buttons=province_buttons(office, case.id), case_id=case.id)  # fmt: skip


def _was_asked_again(work: Work, case: Case) -> bool:
    return any(event.did is Did.PROVINCE_ASKED_AGAIN for event in work.events.of_case(case.id))
