"""What was kept with an ended case, as a remark or as thanks, was a new matter: it opens a case of its own."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.errors import DeskError
from bot.desk.events import Did, Event
from bot.desk.follow_up import Spared
from bot.desk.message import Direction, Incoming, Message, MessageRef
from bot.desk.people import Franchisee
from bot.usecases.at_hand import Spot, require_case
from bot.usecases.office import Office
from bot.usecases.open_case import open_case
from bot.usecases.people import Sender, met
from bot.usecases.ports import Work
from bot.usecases.receive import Hint, Said, take_up
from bot.usecases.say import rebutton
from bot.usecases.spare import spare_follow_up


def press_kept_is_new(
    work: Work, office: Office, now: datetime, *, sender: Sender, subject: int, choice: str, spot: Spot
) -> str:
    """`choice`: which message, and the kind that it was read as. A second press finds the words moved, and no more."""
    person, ended = met(work, now, sender), require_case(work, subject)
    number, _, kind = choice.partition(".")
    ref = MessageRef(spot.ref.chat_id, int(number) if number.isdecimal() and len(number) < 16 else 0)
    stored = _stored(work, ref)
    if ended.franchisee_id != person.id or stored is None:
        raise DeskError("notice/button_outdated")
    if stored.case_id == ended.id:
        _forget_remark(work, ended, stored.content.text)
        spare_follow_up(work, now, case=ended, why=Spared.WROTE)
        _take_up_anew(work, office, now, person, stored, ref, kind)
    rebutton(work, now, target=spot.ref)
    return office.say("notice/survey_new").text


def _stored(work: Work, ref: MessageRef) -> Message | None:
    mapped = work.messages.find(ref)
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    return kept if kept is not None and kept.direction is Direction.IN and kept.ref == ref else None


def _take_up_anew(
    work: Work, office: Office, now: datetime, person: Franchisee, stored: Message, ref: MessageRef, kind: str
) -> None:
    """A new case that is linked with the last; with one open the words join that."""
    last = work.cases.last_of(person.id)
    is_fresh = last is None or not last.is_unfinished
    case = _opened(work, office, now, person, last) if last is None or is_fresh else last
    moved = _moved(work, now, stored, ref, case)
    said = Said(Incoming(ref, moved.at, moved.content), Hint(kind=kind), last, is_fresh=is_fresh)
    take_up(work, office, now, case=case, person=person, stored=moved, said=said)


def _opened(work: Work, office: Office, now: datetime, person: Franchisee, last: Case | None) -> Case:
    """The place is where the last one was, unless it is known better by now."""
    province, region = (last.province, last.region) if last else (None, None)
    return open_case(work, office, now, person=person, previous=last, hinted_province=province, hinted_region=region)


def _moved(work: Work, now: datetime, stored: Message, ref: MessageRef, case: Case) -> Message:
    """The words belong to that case now, and to no other; what the copy in the ended one's topic is of stays known."""
    moved = replace(stored, case_id=case.id)
    work.messages.save(moved)
    work.messages.place(ref, case_id=case.id, message_id=moved.id)
    work.events.add(Event(case.id, Did.FRANCHISEE_WROTE, now, data={"message": str(moved.id)}))
    return moved


def _forget_remark(work: Work, case: Case, words: str) -> None:
    """What turned out to be a matter is no remark of the rating."""
    rating = work.ratings.last_of(case.id)
    if rating is not None and words.strip() and rating.words.endswith(words.strip()):
        left = rating.words[: -len(words.strip())].rstrip("\n")
        work.ratings.save(replace(rating, words=left))
