"""Commands, by who gives them: every button has a command here that does the same."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.message import Incoming
from bot.desk.people import Role, Staff
from bot.usecases import (
    attendance_sheet,
    bind,
    claim,
    decide,
    duty,
    escalate,
    handover,
    leave,
    note,
    pause,
    ready,
    recall,
    resolve,
    show_roster,
    status,
    swap,
    transfer,
    views,
)
from bot.usecases.at_hand import Spot, active_staff, case_at
from bot.usecases.groups import is_agent_group, room
from bot.usecases.office import Office
from bot.usecases.people import Sender
from bot.usecases.ports import Work
from bot.usecases.relay import Offer
from bot.usecases.say import say

LONGEST_NUMBER = 15
"""Digits of a case number: more fit no database, and no department."""


def private_command(
    work: Work, office: Office, now: datetime, *, sender: Sender, message: Incoming, name: str, rest: str
) -> None:
    """A command in a private chat: staff and franchisees have their own, some of the same name."""
    who = active_staff(work, sender.telegram_id)
    if who is not None:
        _staff_command(work, office, now, who, message, name, rest, ())
        return
    match name:
        case "start":
            bind.start(work, office, now, sender=sender, code=rest)
        case "case":
            status.show_status(work, office, now, sender=sender)
        case "close":
            resolve.withdraw(work, office, now, sender=sender)
        case _:
            status.show_help(work, office, now, sender=sender)


def group_command(
    work: Work,
    office: Office,
    now: datetime,
    *,
    staff_telegram_id: int,
    message: Incoming,
    name: str,
    rest: str,
    offers: Sequence[Offer],
) -> None:
    """A command in an agent group; from anybody but staff, or in a group that is not ours, nothing happens."""
    who = active_staff(work, staff_telegram_id)
    if who is not None and is_agent_group(work, office, message.ref.chat_id):
        _staff_command(work, office, now, who, message, name, rest, offers)


def _staff_command(
    work: Work,
    office: Office,
    now: datetime,
    who: Staff,
    message: Incoming,
    name: str,
    rest: str,
    offers: Sequence[Offer],
) -> None:
    me, spot = who.telegram_id, spot_of(message)
    match name:
        case "on" | "off":
            duty.set_duty(work, office, now, staff_telegram_id=me, is_on=name == "on", spot=spot)
        case "help" | "start":
            _help(work, office, now, who, spot)
        case "note":
            note.note(work, office, now, staff_telegram_id=me, message=message, words=rest)
        case "recall":
            recall.recall(work, office, now, staff_telegram_id=me, spot=spot)
        case "a":
            ready.search_ready(work, office, now, staff_telegram_id=me, spot=spot, offers=offers, query=rest)
        case "transfer":
            target, _, reason = rest.partition(" ")
            transfer.transfer_by_command(
                work, office, now, staff_telegram_id=me, case=_case(work, spot), target=target, reason=reason.strip()
            )
        case "claim" | "wait" | "up" | "close":
            _move(work, office, now, who, spot, name)
        case "attendance":
            attendance_sheet.ask_attendance(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "leave":
            leave.ask_leave(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "swap":
            swap.ask_swap(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "standin":
            swap.ask_stand_in(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "approve" | "refuse" | "cancel":
            decide.decide_by_command(work, office, now, staff_telegram_id=me, spot=spot, number=rest, name=name)
        case "roster":
            show_roster.show_roster(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "handover":
            handover.handover_command(work, office, now, staff_telegram_id=me, spot=spot)
        case "cases" | "case" | "staff" | "overview":
            _view(work, office, now, who, spot, name, rest)
        case _:
            raise DeskError("notice/unknown_command", command=f"/{name}")


def _move(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, name: str) -> None:
    verbs = {
        "claim": claim.claim,
        "wait": pause.pause_or_resume,
        "up": escalate.escalate,
        "close": resolve.resolve,
    }
    case = _case(work, spot)
    told = verbs[name](work, office, now, staff_telegram_id=who.telegram_id, case_id=case.id)
    if name == "up":  # the topic is told of an escalation by whichever way it came
        return
    values = {"words": told}
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values=values, reply_to=spot.ref)


def _view(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, name: str, rest: str) -> None:
    me = who.telegram_id
    match name:
        case "cases":
            views.show_cases(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "staff":
            views.show_staff(work, office, now, staff_telegram_id=me, spot=spot)
        case "overview":
            views.show_overview(work, office, now, staff_telegram_id=me, spot=spot)
        case _:
            number = rest.lstrip("#")
            if not number.isdecimal() or len(number) > LONGEST_NUMBER:
                raise DeskError("notice/how_case")
            views.show_case(work, office, now, staff_telegram_id=me, spot=spot, case_id=int(number))


def _help(work: Work, office: Office, now: datetime, who: Staff, spot: Spot) -> None:
    script = "notice/help_staff" if who.role is Role.SPECIALIST else "notice/help_supervisor"
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script=script, values={})


def _case(work: Work, spot: Spot) -> Case:
    case = case_at(work, spot)
    if case is None:
        raise DeskError("notice/no_case_here")
    return case


def spot_of(message: Incoming) -> Spot:
    """Where a message stands."""
    return Spot(message.ref, message.thread_id, message.reply_to)
