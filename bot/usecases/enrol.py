"""Write an import into the department's records: all of it or nothing, and the manual's limits hold for the whole."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.desk.people import Contact, Problem, Staff, Store, department_problems
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work

CODE_BYTES = 9
"""Random bytes of an invitation code: 12 characters that fit a deep link and cannot be guessed."""


class EnrolmentRefused(Exception):
    """The department as it would be breaks a rule; nothing was written."""

    def __init__(self, problems: Sequence[Problem] = ()) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def enrol_staff(work: Work, office: Office, now: datetime, *, people: Sequence[Staff], revives: bool = True) -> Changes:
    """Add or change staff by Telegram id; EnrolmentRefused when the whole would break the manual's limits, or somebody
    would leave whose cases go on.

    `revives`: whether who is listed is with the company, although they had left (a settings file can't say "left").
    """
    known = {s.telegram_id: s for s in work.staff.all()}
    if not revives:
        people = [replace(p, is_active=p.telegram_id not in known or known[p.telegram_id].is_active) for p in people]
    _nobody_leaves_cases(work, office, known, people)
    merged = {**known, **{p.telegram_id: p for p in people}}
    problems = department_problems(
        [s for s in merged.values() if s.is_active], office.regions, provincial_count=office.provincial_count
    )
    if problems:
        raise EnrolmentRefused(problems)
    return work.staff.put_all(people)


def _nobody_leaves_cases(work: Work, office: Office, known: dict[int, Staff], people: Sequence[Staff]) -> None:
    """Each who would be set inactive, with the cases that are to be handed over first."""
    told = []
    for person in people:
        before = known.get(person.telegram_id)
        if person.is_active or before is None or not before.is_active:
            continue
        cases = [c.id for c in work.cases.answered_for_by(before.id) if c.handler_id == before.id]
        if cases:
            numbers = "、".join(f"#{number}" for number in cases)
            line = office.line("leaver_refused", name=before.name, count=len(cases), cases=numbers)
            told.append(Problem(line, (person.telegram_id,)))
    if told:
        raise EnrolmentRefused(told)


def enrol_stores(
    work: Work, office: Office, now: datetime, *, stores: Sequence[Store], code: Callable[[], str] | None = None
) -> Changes:
    """Add or change stores by number; one without an invitation code keeps its own or gets one. EnrolmentRefused."""
    fresh = code or (lambda: secrets.token_urlsafe(CODE_BYTES))
    known = {s.number.casefold(): s.code for s in work.stores.all()}
    coded = [s if s.code else replace(s, code=known.get(s.number.casefold()) or fresh()) for s in stores]
    _each_code_once(coded, {code: number for number, code in known.items()})
    return work.stores.put_all(coded)


def _each_code_once(stores: Sequence[Store], owners: dict[str, str]) -> None:
    """A code that another store has would bind its people to the wrong shop."""
    taken = [store for store in stores if owners.get(store.code) not in (None, store.number.casefold())]
    if taken:
        raise EnrolmentRefused(
            [
                Problem(f"门店 {s.number} 的邀请码 {s.code} 已是另一家门店的，请换一个", (s.number.casefold(),))
                for s in taken
            ]
        )


def enrol_contacts(work: Work, office: Office, now: datetime, *, contacts: Sequence[Contact]) -> Changes:
    """Add or change people on file by telephone number."""
    return work.contacts.put_all(contacts)
