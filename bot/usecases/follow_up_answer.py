"""The franchisee answers a call back: by its buttons, by `/visit`, or in their own words."""

from datetime import datetime
from typing import Final

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.follow_up import FollowUp, FollowUpOutcome, FollowUpState
from bot.desk.outgoing import Private
from bot.desk.people import Franchisee
from bot.desk.remark import verdict_of
from bot.usecases.at_hand import Spot, require_case
from bot.usecases.follow_up_words import finish, not_satisfied
from bot.usecases.office import Office
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.say import edit, say

_SAID: Final = {"满意": True, "不满意": False}
LONGEST_WORDS = 300


def press_follow_up(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """满意, 不满意; the second press changes nothing. What was recorded as not reached may still be answered."""
    person = met(work, now, sender)
    case = require_case(work, subject)
    if case.franchisee_id != person.id:
        raise DeskError("notice/no_such_case", case=str(subject))
    is_yes = choice == "y"
    answer(work, office, now, case=case, person=person, is_yes=is_yes)
    words = office.say("notice/follow_up_thanks" if is_yes else "notice/follow_up_sorry", case=str(case.id))
    edit(work, now, target=spot.ref, words=words)
    return words.text


def answer_by_command(work: Work, office: Office, now: datetime, *, sender: Sender, query: str) -> None:
    """`/visit 满意`, `/visit 不满意`."""
    person = met(work, now, sender)
    case = work.cases.last_of(person.id)
    if case is None or query.strip() not in _SAID or _answerable(work, case) is None:
        raise DeskError("notice/how_visit")
    is_yes = _SAID[query.strip()]
    answer(work, office, now, case=case, person=person, is_yes=is_yes)
    script = "notice/follow_up_thanks" if is_yes else "notice/follow_up_sorry"
    say(work, office, now, to=Private(person.telegram_id), script=script, values={"case": str(case.id)},
        case_id=case.id)  # fmt: skip


def answer(
    work: Work,
    office: Office,
    now: datetime,
    *,
    case: Case,
    person: Franchisee,
    is_yes: bool,
    words: str = "",
    script: str = "notice/reopened",
) -> None:
    """Write it down; not satisfied, the case goes on."""
    item = _answerable(work, case)
    if item is None:
        return
    outcome = FollowUpOutcome.SATISFIED if is_yes else FollowUpOutcome.UNSATISFIED
    finish(work, office, now, case=case, item=item, outcome=outcome, words=words[:LONGEST_WORDS])
    if not is_yes:
        not_satisfied(work, office, now, case=case, person=person, words=words[:LONGEST_WORDS], script=script)


def _answerable(work: Work, case: Case) -> FollowUp | None:
    item = work.follow_ups.last_of(case.id)
    if item is None or case.is_unfinished:
        return None
    late = item.state is FollowUpState.DONE and item.outcome is FollowUpOutcome.UNREACHED
    return item if late or item.state is FollowUpState.ASKED else None


def verdict_on(work: Work, office: Office, *, case: Case, text: str) -> bool | None:
    """What words say to a call back that waits for an answer; None when none waits, or they say neither."""
    item = work.follow_ups.open_of(case.id)
    if item is None or item.state is not FollowUpState.ASKED:
        return None
    labels = office.labels
    return verdict_of(text, yes=labels.satisfied, no=labels.unsatisfied, doubts=labels.doubts)
