"""Say that a case has changed hands, to those for whom it is news: the topic, the franchisee, the supervisors."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.buttons import Button, Press, Verb
from bot.desk.case import Case, State
from bot.desk.outgoing import Priority, Private
from bot.desk.people import Role, Staff
from bot.desk.silence import HERE, TOLD, UNTOLD, is_new_name, known
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import franchisee_of
from bot.usecases.groups import supervisors
from bot.usecases.keyboard import in_rows
from bot.usecases.office import Office
from bot.usecases.place import move
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of, show_card

PER_ROW = 5


def tell_passed(
    work: Work, office: Office, now: datetime, *, before: Case, after: Case, giver: Staff, taker: Staff, why: str
) -> str:
    """TOLD, HERE or UNTOLD. A night with the supervisor and the way back in the morning are no news: the card shows
    them; and the franchisee hears of one new name between two answers, not of everybody who says nothing.
    """
    person = franchisee_of(work, after)
    if after.group_id != before.group_id:
        move(work, office, now, before=before, after=after, person=person, pointer="notice/moved_to_group")
    events = work.events.of_case(after.id)
    is_news = taker.is_on_duty and taker.id != known(events, by=(TOLD, HERE))
    if is_news:
        values = {"case": str(after.id), "by": giver.name, "name": taker.name, "reason": office.reason(why)}
        say(work, office, now, to=place_of(after), script="notice/passed_on", values=values, case_id=after.id)
    show_card(work, after, now)
    if is_news and after.state is not State.WAITING and is_new_name(events, taker.id):
        values = {"case": str(after.id), "specialist": office.called(taker)}
        say(work, office, now, to=Private(person.telegram_id), script="notice/transferred_franchisee", values=values,
            case_id=after.id)  # fmt: skip
        return TOLD
    return HERE if is_news else UNTOLD


def tell_leaders(work: Work, office: Office, now: datetime, *, cases: Sequence[Case], by: Staff, why: str) -> None:
    """One message to the supervisors' chat for each leader who answers for these cases now, with a button for each."""
    for leader in {c.handler_id: staff_of(work, c.handler_id) for c in cases}.values():
        theirs = [c for c in cases if c.handler_id == leader.id]
        if leader.role is Role.SPECIALIST and leader.id != by.id:
            continue
        buttons = [Button(f"#{c.id}", Press(Verb.SHOW, c.id)) for c in theirs]
        rows = in_rows(buttons, PER_ROW)
        numbers = "、".join(f"#{c.id}" for c in theirs)
        values = {"by": by.name, "reason": office.reason(why), "cases": numbers, "name": leader.name}
        script = "notice/silent_stays" if leader.id == by.id else "notice/passed_to_leader"
        say(work, office, now, to=supervisors(work, office), script=script, values=values, buttons=rows,
            priority=Priority.CARD)  # fmt: skip
