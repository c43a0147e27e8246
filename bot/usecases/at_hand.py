"""Find out who of the staff acts, and on which case: by the message replied to, else by the topic written in."""

from dataclasses import dataclass

from bot.desk.case import Case
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.message import MessageRef
from bot.desk.people import Franchisee, Role, Staff
from bot.usecases.ports import Work

LONGEST_NUMBER = 15
"""Digits of a case number: more fit no database, and no department."""


@dataclass(frozen=True)
class Spot:
    """Where in a group something was said or pressed."""

    ref: MessageRef
    thread_id: int | None = None
    reply_to: MessageRef | None = None


def active_staff(work: Work, telegram_id: int) -> Staff | None:
    """The member of staff behind an account, unless they have left."""
    person = work.staff.by_telegram(telegram_id)
    return person if person is not None and person.is_active else None


def require_staff(work: Work, telegram_id: int) -> Staff:
    """The member of staff behind an account; NotAllowed for everybody else."""
    person = active_staff(work, telegram_id)
    if person is None:
        raise NotAllowed("notice/staff_only")
    return person


def require_supervisor(work: Work, telegram_id: int) -> Staff:
    """A supervisor or the manager; NotAllowed for everybody else."""
    person = require_staff(work, telegram_id)
    if person.role is Role.SPECIALIST:
        raise NotAllowed("notice/supervisor_only")
    return person


def require_in_charge(case: Case, who: Staff) -> None:
    """Whoever answers for a case, answered for it first, or leads; NotAllowed for everybody else."""
    if who.role is Role.SPECIALIST and who.id not in (case.handler_id, case.first_owner_id):
        raise NotAllowed("notice/not_in_charge", case=str(case.id))


def case_at(work: Work, spot: Spot) -> Case | None:
    """The case that a spot belongs to; in a topic it is the franchisee's newest, whatever old message is replied to."""
    topic = work.topics.by_thread(spot.ref.chat_id, spot.thread_id) if spot.thread_id else None
    if topic is not None:
        return work.cases.last_of(topic.franchisee_id)
    mapped = work.messages.find(spot.reply_to) if spot.reply_to else None
    pointed = work.cases.get(mapped.case_id) if mapped else None
    return work.cases.last_of(pointed.franchisee_id) if pointed else None


def require_case(work: Work, case_id: int) -> Case:
    """A case by its number; DeskError when there is none."""
    case = work.cases.get(case_id)
    if case is None:
        raise DeskError("notice/no_such_case", case=str(case_id))
    return case


def staff_and_case(work: Work, telegram_id: int, case_id: int) -> tuple[Staff, Case]:
    """Who acts and on what, by a button or a command that names both; NotAllowed or DeskError as above."""
    return require_staff(work, telegram_id), require_case(work, case_id)


def require_unfinished(case: Case) -> None:
    """DeskError for a case that is over."""
    if not case.is_unfinished:
        raise DeskError("notice/case_is_over", case=str(case.id))


def case_number(text: str) -> int | None:
    """`#12` as a number; None for what is none, or longer than any database and department has."""
    digits = text.strip().lstrip("#")
    return int(digits) if digits.isdecimal() and len(digits) <= LONGEST_NUMBER else None


def franchisee_of(work: Work, case: Case) -> Franchisee:
    """The person of a case, who must exist."""
    person = work.franchisees.get(case.franchisee_id)
    if person is None:
        raise LookupError(f"case {case.id} names a franchisee who is not on file")
    return person
