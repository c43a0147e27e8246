"""What a franchisee has heard: a delivered answer keeps older promises and makes new ones; edits and recalls follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.desk.case import Case
from bot.desk.holding import brings_news, without
from bot.desk.message import ContentKind, Direction, Message
from bot.desk.promise import Promise, PromiseState, judged
from bot.desk.promise_lexicon import COMES_BACK
from bot.desk.promise_words import FoundPromise, find_promises
from bot.usecases.at_hand import franchisee_of
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.promise_rows import corrected, make, settle
from bot.usecases.topics import show_card

_THINGS: Final = frozenset({ContentKind.PHOTO, ContentKind.VIDEO, ContentKind.DOCUMENT})
"""What may be itself what was promised; what a voice says nobody here can tell."""


def heard(work: Work, office: Office, now: datetime, *, message_id: int) -> None:
    """An answer was delivered (again, perhaps: it makes nothing twice)."""
    kept = work.messages.get(message_id)
    if kept is None or kept.direction is not Direction.OUT or kept.recalled_at is not None:
        return
    case = work.cases.get(kept.case_id)
    found = found_in(office, kept)
    if case is None or (not found and not work.promises.open_of_case(case.id)):
        return
    _keep_older(work, office, case, kept, found)
    if not work.promises.of_message(kept.id):
        owed = [p for p in work.promises.open_of_case(case.id) if p.message_id != kept.id]
        for each in found:
            if each.is_timed or not any(_comes_back(p) for p in owed) or not _comes_back(each):
                make(work, office, now, case=case, kept=kept, found=each)
    show_card(work, case, now)


def found_in(office: Office, kept: Message) -> tuple[FoundPromise, ...]:
    """The promises of a stored answer, reckoned from when it was said."""
    return find_promises(kept.content.text, kept.at, office.hours, untimed=office.commitments.untimed)


def _keep_older(work: Work, office: Office, case: Case, kept: Message, found: Sequence[FoundPromise]) -> None:
    """A person's answer settles what was promised before it, when it says something or promises it anew by a time."""
    says = _says(office, kept, found)
    fresh = [f for f in found if f.is_timed and f.due_by > kept.at]
    for promise in work.promises.open_of_case(case.id):
        renews = any(_renews(promise, each, says=says) for each in fresh)
        if promise.message_id == kept.id or promise.made_at > kept.at or not (says or renews):
            continue
        state = judged(promise, kept.at, renews=renews, breath=office.commitments.breath)
        if state is not PromiseState.OPEN:
            settle(work, kept.at, promise=promise, state=state, case=case, by=kept.staff_id)


def _says(office: Office, kept: Message, found: Sequence[FoundPromise]) -> bool:
    """Whether an answer says something beside what it promises; a picture or a file without words is something."""
    text = kept.content.text
    if not text.strip():
        return kept.content.kind in _THINGS
    return brings_news(without(text, [f.span for f in found]), office.labels.holding_words)


def _renews(promise: Promise, fresh: FoundPromise, *, says: bool) -> bool:
    """Whether the new promise is for the old one: to come back is done by an answer that says something, whatever deed
    it promises then (经核实是漏发，明天给您补发).
    """
    return not says or _comes_back(fresh) or not _comes_back(promise)


def _comes_back(promise: Promise | FoundPromise) -> bool:
    """Whether it is to come back to the franchisee, and not another deed."""
    return COMES_BACK.search(promise.what or promise.words) is not None


def reheard(work: Work, office: Office, now: datetime, *, message_id: int) -> None:
    """A delivered answer was changed: its promises become what it says now."""
    kept = work.messages.get(message_id)
    case = work.cases.get(kept.case_id) if kept is not None else None
    if kept is None or case is None or not _has_arrived(work, case, kept):
        return
    found = list(found_in(office, kept))
    olds = list(work.promises.of_message(kept.id))
    if not found and not olds:
        return
    said = {f.due_by for f in found}
    found = [f for f in found if f.due_by not in {p.said_due_at for p in olds}]
    gone = [p for p in olds if p.state is PromiseState.OPEN and p.said_due_at not in said]
    for promise in gone:
        if found:
            corrected(work, office, now, promise=promise, due=found[0].due_by, case=case, by=kept.staff_id,
                      found=found.pop(0))  # fmt: skip
        else:
            settle(work, now, promise=promise, state=PromiseState.WITHDRAWN, case=case, by=kept.staff_id)
    for each in found:
        make(work, office, now, case=case, kept=kept, found=each)
    show_card(work, case, now)


def _has_arrived(work: Work, case: Case, kept: Message) -> bool:
    """Before that, it is looked at when it is delivered."""
    to = franchisee_of(work, case).telegram_id
    return any(place.chat_id == to for place in work.messages.copies(kept.id))


def unsaid(work: Work, office: Office, now: datetime, *, message_id: int) -> None:
    """An answer was taken back: what it promised was not said."""
    for promise in work.promises.of_message(message_id):
        case = work.cases.get(promise.case_id)
        if promise.state is PromiseState.OPEN and case is not None:
            settle(work, now, promise=promise, state=PromiseState.WITHDRAWN, case=case, by=None)
            show_card(work, case, now)


def franchisee_is_content(work: Work, office: Office, now: datetime, *, case: Case) -> None:
    """They pressed 已解决 (a word of thanks is not that): what was promised is kept, or came late."""
    for promise in work.promises.open_of_case(case.id):
        state = PromiseState.KEPT if now <= promise.due_at else PromiseState.LATE
        settle(work, now, promise=promise, state=state, case=case, by=None)
