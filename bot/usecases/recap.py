"""A case's story in one message: who had it, what goes on beside it, and the last words that fit."""

from datetime import datetime

from bot.desk.case import Case
from bot.desk.custody import Hand, custody
from bot.desk.message import Message
from bot.desk.script import Rendered
from bot.desk.split import LIMIT, units
from bot.usecases.at_hand import franchisee_of
from bot.usecases.beside import beside
from bot.usecases.greet import case_values
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.relay import WHO_SAID, in_words

HANDS = 8
"""The last hands that are told."""
MESSAGES = 40
EXCERPT = 240
"""Characters of one message."""


def recap(work: Work, office: Office, now: datetime, *, case: Case, script: str, values: dict[str, str]) -> Rendered:
    """A script about a case with its whole story; `values` are the script's own. At most 4096 units, as Telegram counts
    (Bot API, sendMessage): the oldest words go first.
    """
    told = {**case_values(work, office, case, franchisee_of(work, case)), **_state(work, office, case), **values}
    told["chain"] = "\n".join(chain(work, office, now, case=case)[-HANDS:]) or office.word("none")
    told["beside"] = "".join(f"{line}\n" for line in beside(work, office, case))
    room = LIMIT - units(office.say(script, **told, history="").text)
    lines = [_said(work, office, m) for m in work.messages.of_case(case.id, limit=MESSAGES)]
    while lines and units("\n".join(lines)) > room:
        lines = lines[1:]
    return office.say(script, **told, history="\n".join(lines) or office.word("none"))


def chain(work: Work, office: Office, now: datetime, *, case: Case) -> list[str]:
    """Who had a case, from when to when, why, and for how much working time."""
    return [_hand(work, office, now, hand) for hand in custody(work.events.of_case(case.id)).hands]


def _hand(work: Work, office: Office, now: datetime, hand: Hand) -> str:
    person = work.staff.get(hand.staff_id)
    reason = office.labels.reasons.get(hand.reason, hand.reason)
    what = office.labels.events[hand.did]
    return office.line(
        "hand",
        since=office.local(hand.since),
        until=office.local(hand.until) if hand.until else office.line("hand_now"),
        name=person.name if person else office.word("nobody"),
        worked=office.span(office.worked(hand.since, hand.until or now)),
        why=" ".join(part for part in (what, reason) if part),
    )


def _state(work: Work, office: Office, case: Case) -> dict[str, str]:
    owner = work.staff.get(case.first_owner_id) if case.first_owner_id else None
    return {
        "kind": office.kind_name(case.kind),
        "first_owner": owner.name if owner else office.word("unclaimed"),
        "respond_by": office.local(case.respond_by),
        "resolve_by": office.local(case.resolve_by),
    }


def _said(work: Work, office: Office, message: Message) -> str:
    staff = work.staff.get(message.staff_id) if message.staff_id else None
    what = office.word(WHO_SAID[message.direction])
    who = office.line("who", what=what, name=staff.name) if staff else what
    return office.line("said", at=office.local(message.at), who=who, words=in_words(office, message)[:EXCERPT])
