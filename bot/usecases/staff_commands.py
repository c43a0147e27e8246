"""Commands of staff: which use case each runs. A new command is a new row; every button has its twin here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.desk.errors import DeskError
from bot.desk.message import Incoming
from bot.desk.outgoing import Address
from bot.desk.people import Role, Staff
from bot.usecases import (
    alike,
    attendance_sheet,
    claim,
    complaint_list,
    complaint_paper,
    decide,
    departure,
    digest,
    draft_commands,
    duty,
    finding,
    follow_up_staff,
    goals,
    handover,
    improvements,
    inspection_command,
    leave,
    low_rating,
    mark_complaint,
    measure,
    meeting,
    note,
    patrol,
    patrol_act,
    pause,
    period_command,
    promise_change,
    promises,
    quality,
    rating_figures,
    ready,
    recall,
    remind,
    reminders,
    resolve,
    review,
    rules,
    sales,
    show_roster,
    show_voices,
    suggest,
    survey_command,
    swap,
    task_give,
    tasks,
    views,
    warning_acts,
    why,
)
from bot.usecases.at_hand import Spot, case_number
from bot.usecases.case_named import case_named
from bot.usecases.groups import room
from bot.usecases.office import Office
from bot.usecases.owner_commands import OWNER_COMMANDS, owner_command
from bot.usecases.ports import Work
from bot.usecases.relay import Offer
from bot.usecases.say import say


@dataclass(frozen=True)
class Given:
    """A command as it was given: by whom, where, and the words after its name."""

    who: Staff
    spot: Spot
    message: Incoming
    name: str
    rest: str
    offers: Sequence[Offer] = ()


Query = Callable[..., None]
Run = Callable[[Work, Office, datetime, Given], None]

QUERIES: Final[Mapping[str, Query]] = {
    "alike": alike.alike_command,
    "attendance": attendance_sheet.ask_attendance,
    "cases": views.show_cases,
    "complaint": mark_complaint.complaint_command,
    "complaints": complaint_list.complaints_command,
    "document": complaint_paper.document_command,
    "finding": finding.finding_command,
    "instruct": patrol_act.instruct_command,
    "goals": goals.show_goals,
    "improvements": improvements.show_improvements,
    "inspect": inspection_command.inspect_command,
    "leave": leave.ask_leave,
    "meeting": meeting.meeting_command,
    "promise": promise_change.promise_command,
    "promises": promises.show_promises,
    "measure": measure.measure_command,
    "patrol": patrol.patrol_command,
    "digest": digest.digest_command,
    "quality": quality.show_quality,
    "remind": remind.remind,
    "reminders": reminders.show_reminders,
    "report": period_command.report_command,
    "followup": follow_up_staff.follow_up_command,
    "followups": follow_up_staff.show_follow_ups,
    "lowratings": low_rating.low_ratings_command,
    "ratings": rating_figures.show_ratings,
    "review": review.review_command,
    "roster": show_roster.show_roster,
    "rules": rules.rules_command,
    "sales": sales.show_sales,
    "standin": swap.ask_stand_in,
    "survey": survey_command.survey_command,
    "suggest": suggest.suggest_by_staff,
    "swap": swap.ask_swap,
    "task": task_give.give_task,
    "tasks": tasks.show_tasks,
    "voices": show_voices.voices_command,
    "warnings": warning_acts.warnings_command,
    "why": why.show_why,
}
"""The common shape, `run(work, office, now, *, staff_telegram_id, spot, query)`: `query` is what follows the name."""

PLAIN: Final[Mapping[str, Query]] = {
    "handover": handover.handover_command,
    "overview": views.show_overview,
    "recall": recall.recall,
}
"""The same without words after the name."""


def staff_command(work: Work, office: Office, now: datetime, given: Given) -> None:
    """Run it; DeskError when there is no such command, or when it was used wrongly (it says how)."""
    asks = {"staff_telegram_id": given.who.telegram_id, "spot": given.spot}
    if (query := QUERIES.get(given.name)) is not None:
        query(work, office, now, **asks, query=given.rest)
    elif (plain := PLAIN.get(given.name)) is not None:
        plain(work, office, now, **asks)
    elif (run := _OTHERS.get(given.name)) is not None:
        run(work, office, now, given)
    else:
        raise DeskError("notice/unknown_command", command=f"/{given.name}")


def _duty(work: Work, office: Office, now: datetime, given: Given) -> None:
    is_on = given.name == "on"
    duty.set_duty(work, office, now, staff_telegram_id=given.who.telegram_id, is_on=is_on, spot=given.spot)


def _help(work: Work, office: Office, now: datetime, given: Given) -> None:
    script = "notice/help_staff" if given.who.role is Role.SPECIALIST else "notice/help_supervisor"
    say(work, office, now, to=_here(given), script=script, values={})


def _note(work: Work, office: Office, now: datetime, given: Given) -> None:
    me = given.who.telegram_id
    note.note(work, office, now, staff_telegram_id=me, message=given.message, words=given.rest)


def _search(work: Work, office: Office, now: datetime, given: Given) -> None:
    ready.search_ready(work, office, now, staff_telegram_id=given.who.telegram_id, spot=given.spot,
                       offers=given.offers, query=given.rest)  # fmt: skip


def _owner(work: Work, office: Office, now: datetime, given: Given) -> None:
    owner_command(work, office, now, who=given.who, spot=given.spot, name=given.name, rest=given.rest)


def _draft(work: Work, office: Office, now: datetime, given: Given) -> None:
    draft_commands.draft_command(work, office, now, who=given.who, spot=given.spot, name=given.name, rest=given.rest)


def _alarm(work: Work, office: Office, now: datetime, given: Given) -> None:
    draft_commands.alarm_command(work, office, now, who=given.who, spot=given.spot, name=given.name, rest=given.rest)


_MOVES: Final[Mapping[str, Callable[..., str]]] = {
    "claim": claim.claim,
    "wait": pause.pause_or_resume,
    "close": resolve.resolve,
}


def _move(work: Work, office: Office, now: datetime, given: Given) -> None:
    case, _ = case_named(work, given.spot, given.rest)
    if case is None:
        raise DeskError("notice/no_case_here")
    told = _MOVES[given.name](work, office, now, staff_telegram_id=given.who.telegram_id, case_id=case.id)
    say(work, office, now, to=_here(given), script="notice/told", values={"words": told}, reply_to=given.spot.ref)


def _decision(work: Work, office: Office, now: datetime, given: Given) -> None:
    decide.decide_by_command(work, office, now, staff_telegram_id=given.who.telegram_id, spot=given.spot,
                             number=given.rest, name=given.name)  # fmt: skip


def _case(work: Work, office: Office, now: datetime, given: Given) -> None:
    number = case_number(given.rest)
    if number is None:
        raise DeskError("notice/how_case")
    views.show_case(work, office, now, staff_telegram_id=given.who.telegram_id, spot=given.spot, case_id=number)


def _staff(work: Work, office: Office, now: datetime, given: Given) -> None:
    me, words = given.who.telegram_id, given.rest.split()
    if not words:
        views.show_staff(work, office, now, staff_telegram_id=me, spot=given.spot)
        return
    verb, *names = words
    if verb != "off" or len(names) not in (1, 2):
        raise DeskError("notice/how_staff")
    departure.leave(work, office, now, staff_telegram_id=me, spot=given.spot, name=names[0],
                    to_name=names[1] if len(names) > 1 else "")  # fmt: skip


def _here(given: Given) -> Address:
    return room(given.spot.ref.chat_id, given.spot.thread_id)


_OTHERS: Final[Mapping[str, Run]] = {
    "on": _duty,
    "off": _duty,
    "help": _help,
    "start": _help,
    "note": _note,
    "a": _search,
    "case": _case,
    "staff": _staff,
    **dict.fromkeys(OWNER_COMMANDS, _owner),
    **dict.fromkeys(draft_commands.NAMES, _draft),
    **dict.fromkeys(draft_commands.ALARMS, _alarm),
    **dict.fromkeys(_MOVES, _move),
    **dict.fromkeys(("approve", "decline", "cancel"), _decision),
}
"""Commands that take something else of what was given."""
