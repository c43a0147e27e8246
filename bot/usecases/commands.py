"""Commands, by who gives them: every button has a command here that does the same."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.errors import DeskError
from bot.desk.message import Incoming
from bot.desk.people import Role, Staff
from bot.usecases import (
    attendance_sheet,
    bind,
    claim,
    decide,
    departure,
    draft_commands,
    duty,
    handover,
    leave,
    note,
    pause,
    quality,
    ready,
    recall,
    resolve,
    rules,
    show_roster,
    status,
    swap,
    views,
    why,
)
from bot.usecases.at_hand import Spot, active_staff, case_number
from bot.usecases.groups import is_agent_group, room
from bot.usecases.office import Office
from bot.usecases.owner_commands import OWNER_COMMANDS, case_named, owner_command
from bot.usecases.people import Sender
from bot.usecases.ports import Work
from bot.usecases.relay import Offer
from bot.usecases.say import say


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
        case _ if name in OWNER_COMMANDS:
            owner_command(work, office, now, who=who, spot=spot, name=name, rest=rest)
        case "claim" | "wait" | "close":
            _move(work, office, now, who, spot, name, rest)
        case "why":
            why.show_why(work, office, now, staff_telegram_id=me, spot=spot, rest=rest)
        case name if name in draft_commands.NAMES:
            draft_commands.draft_command(work, office, now, who=who, spot=spot, name=name, rest=rest)
        case name if name in draft_commands.ALARMS:
            draft_commands.alarm_command(work, office, now, who=who, spot=spot, name=name, rest=rest)
        case "quality":
            quality.show_quality(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "rules":
            rules.rules_command(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "attendance":
            attendance_sheet.ask_attendance(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "leave":
            leave.ask_leave(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "swap":
            swap.ask_swap(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "standin":
            swap.ask_stand_in(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "approve" | "decline" | "cancel":
            decide.decide_by_command(work, office, now, staff_telegram_id=me, spot=spot, number=rest, name=name)
        case "roster":
            show_roster.show_roster(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "handover":
            handover.handover_command(work, office, now, staff_telegram_id=me, spot=spot)
        case "cases" | "case" | "staff" | "overview":
            _view(work, office, now, who, spot, name, rest)
        case _:
            raise DeskError("notice/unknown_command", command=f"/{name}")


def _move(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, name: str, rest: str) -> None:
    verbs = {
        "claim": claim.claim,
        "wait": pause.pause_or_resume,
        "close": resolve.resolve,
    }
    case, _ = case_named(work, spot, rest)
    if case is None:
        raise DeskError("notice/no_case_here")
    told = verbs[name](work, office, now, staff_telegram_id=who.telegram_id, case_id=case.id)
    values = {"words": told}
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script="notice/told", values=values, reply_to=spot.ref)


def _view(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, name: str, rest: str) -> None:
    me = who.telegram_id
    match name:
        case "cases":
            views.show_cases(work, office, now, staff_telegram_id=me, spot=spot, query=rest)
        case "staff" if rest:
            _staff_off(work, office, now, who, spot, rest)
        case "staff":
            views.show_staff(work, office, now, staff_telegram_id=me, spot=spot)
        case "overview":
            views.show_overview(work, office, now, staff_telegram_id=me, spot=spot)
        case _:
            number = case_number(rest)
            if number is None:
                raise DeskError("notice/how_case")
            views.show_case(work, office, now, staff_telegram_id=me, spot=spot, case_id=number)


def _staff_off(work: Work, office: Office, now: datetime, who: Staff, spot: Spot, rest: str) -> None:
    verb, *names = rest.split()
    if verb != "off" or len(names) not in (1, 2):
        raise DeskError("notice/how_staff")
    departure.leave(work, office, now, staff_telegram_id=who.telegram_id, spot=spot, name=names[0],
                    to_name=names[1] if len(names) > 1 else "")  # fmt: skip


def _help(work: Work, office: Office, now: datetime, who: Staff, spot: Spot) -> None:
    script = "notice/help_staff" if who.role is Role.SPECIALIST else "notice/help_supervisor"
    to = room(spot.ref.chat_id, spot.thread_id)
    say(work, office, now, to=to, script=script, values={})


def spot_of(message: Incoming) -> Spot:
    """Where a message stands."""
    return Spot(message.ref, message.thread_id, message.reply_to)
