"""Whoever has the task of a call back sends the script or writes down what was said on the telephone (/followup)."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.desk.case import Case
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState
from bot.desk.people import Role, Staff
from bot.desk.reminder import Reminder, ReminderKind
from bot.usecases.assign import staff_of
from bot.usecases.at_hand import Spot, case_number, franchisee_of, require_case, require_staff
from bot.usecases.follow_up_words import ask_in_writing, finish, not_satisfied
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import rebutton, say

LIST_LIMIT = 20
_CHOICES: Final = {"y": FollowUpOutcome.SATISFIED, "n": FollowUpOutcome.UNSATISFIED, "x": FollowUpOutcome.UNREACHED}
_SAID: Final = {"满意": "y", "不满意": "n", "未接通": "x", "未联系上": "x"}
"""What follows `/followup 12`."""
_SEND: Final = ("发送", "发出")
LONGEST_WORDS = 300


def send_follow_up(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The button 发送回访: the script goes out; a second press finds it sent."""
    who, case, item = _task(work, office, staff_telegram_id, subject)
    if item.state is FollowUpState.ASKED:
        return office.say("notice/follow_up_is_sent", case=str(case.id)).text
    if not office.calendar.is_open(now, office.zone):
        raise DeskError("notice/follow_up_hours", opening=office.local(office.opening(now)))
    if not franchisee_of(work, case).is_reachable:
        raise DeskError("notice/follow_up_by_phone", case=str(case.id))
    ask_in_writing(work, office, now, case=case, item=item, by=who)
    return office.say("notice/follow_up_sent", case=str(case.id)).text


def record_call(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, subject: int, choice: str, spot: Spot
) -> str:
    """The buttons 已电话回访: what was said."""
    told = record(work, office, now, staff_telegram_id=staff_telegram_id, case_id=subject, choice=choice)
    if spot.ref.chat_id > 0 and choice != "x":
        rebutton(work, now, target=spot.ref)
    return told


def record(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, case_id: int, choice: str, words: str = ""
) -> str:
    """Satisfied, not satisfied (the case goes on), or not reached (tried again, as often as the settings say)."""
    if choice not in _CHOICES:
        raise DeskError("notice/button_outdated")
    who, case, item = _task(work, office, staff_telegram_id, case_id)
    outcome, terms = _CHOICES[choice], office.aftercare.follow_up
    if outcome is FollowUpOutcome.UNREACHED and item.attempts + 1 < terms.attempts:
        return _again(work, office, now, case, item, who)
    counted = replace(item, attempts=item.attempts + 1)
    finish(work, office, now, case=case, item=counted, outcome=outcome, by=who, words=words)
    if outcome is FollowUpOutcome.UNSATISFIED:
        not_satisfied(work, office, now, case=case, person=franchisee_of(work, case), words=words)
    name = office.after(f"outcome_{outcome.value}")
    return office.say("notice/follow_up_recorded", case=str(case.id), outcome=name).text


def _again(work: Work, office: Office, now: datetime, case: Case, item: FollowUp, who: Staff) -> str:
    due = office.due(now, office.aftercare.follow_up.retry_after)
    later = replace(item, state=FollowUpState.PLANNED, attempts=item.attempts + 1, due_at=due)
    work.follow_ups.save(later)
    work.reminders.add(Reminder(ReminderKind.FOLLOW_UP, case.id, due))
    data = {"times": str(later.attempts), "outcome": FollowUpOutcome.UNREACHED.value}
    work.events.add(Event(case.id, Did.FOLLOW_UP_ASKED, now, staff_id=who.id, data=data))
    return office.say("notice/follow_up_again", case=str(case.id), times=str(later.attempts),
                      due=office.local(due)).text  # fmt: skip


def _task(work: Work, office: Office, telegram_id: int, case_id: int) -> tuple[Staff, Case, FollowUp]:
    """Who acts, on which open call back; the owner, those who had the case, and leaders may."""
    who = require_staff(work, telegram_id)
    case = require_case(work, case_id)
    item = work.follow_ups.open_of(case.id)
    if item is None:
        raise DeskError("notice/follow_up_none", case=str(case.id))
    if who.role is Role.SPECIALIST and who.id not in (item.owner_id, case.first_owner_id, case.handler_id):
        raise NotAllowed("notice/follow_up_of_another", case=str(case.id), name=staff_of(work, item.owner_id).name)
    return who, case, item


def follow_up_command(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/followup 12 满意 [话]`, `不满意 [话]`, `未接通`, `发送`."""
    number, _, rest = query.strip().partition(" ")
    verb, _, words = rest.strip().partition(" ")
    case_id = case_number(number)
    if case_id is None or verb not in (*_SAID, *_SEND):
        raise DeskError("notice/how_follow_up")
    if verb in _SEND:
        told = send_follow_up(work, office, now, staff_telegram_id=staff_telegram_id, subject=case_id, choice="",
                              spot=spot)  # fmt: skip
    else:
        told = record(work, office, now, staff_telegram_id=staff_telegram_id, case_id=case_id, choice=_SAID[verb],
                      words=words.strip()[:LONGEST_WORDS])  # fmt: skip
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values={"words": told}, reply_to=spot.ref)


def show_follow_ups(
    work: Work, office: Office, now: datetime, *, staff_telegram_id: int, spot: Spot, query: str
) -> None:
    """`/followups`: mine; for leaders everybody's; what is late comes first."""
    who = require_staff(work, staff_telegram_id)
    owner = who.id if who.role is Role.SPECIALIST else None
    found = work.follow_ups.listed(owner_id=owner, limit=LIST_LIMIT + 1)
    lines = [_line(work, office, now, item) for item in found[:LIST_LIMIT]]
    more = [office.after("follow_up_more", count=len(found) - LIST_LIMIT)] if len(found) > LIST_LIMIT else []
    values = {"lines": "\n".join([*lines, *more]) or office.after("follow_up_none")}
    say(work, office, now, to=room(spot.ref.chat_id, spot.thread_id), script="notice/follow_ups", values=values)


def _line(work: Work, office: Office, now: datetime, item: FollowUp) -> str:
    case = require_case(work, item.case_id)
    return office.after(
        "follow_up",
        case=case.id,
        name=franchisee_of(work, case).name,
        kind=office.kind_name(case.kind),
        owner=staff_of(work, item.owner_id).name,
        state=office.after(f"state_{item.state.value}", attempts=item.attempts),
        deadline=office.local(item.deadline_at),
        late=office.after("follow_up_late") if item.is_late(now) else "",
        serious=office.after("serious") if item.is_serious else "",
    )
