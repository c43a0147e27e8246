"""Bring a draft to its end: what became of it is written to the draft, to what was found in it, and to the record."""

from datetime import datetime
from types import MappingProxyType

from bot.desk.case import Case
from bot.desk.draft import OUTCOME_OF, Draft, DraftState
from bot.desk.errors import DeskError, NotAllowed
from bot.desk.events import Did, Event
from bot.desk.message import MessageRef
from bot.desk.people import Role, Staff
from bot.usecases.office import Office
from bot.usecases.old_buttons import drop_draft_buttons
from bot.usecases.ports import Work

_DID = MappingProxyType(
    {
        DraftState.ADOPTED: Did.SUGGESTION_TAKEN,
        DraftState.CHANGED: Did.DRAFT_CHANGED,
        DraftState.RELEASED: Did.REPLY_RELEASED,
        DraftState.REFUSED: Did.RELEASE_REFUSED,
        DraftState.WITHDRAWN: Did.DRAFT_WITHDRAWN,
    }
)


def end_draft(
    work: Work, now: datetime, *, draft: Draft, state: DraftState, by: int | None, sent: int | None = None,
    why: str = "", pressed: MessageRef | None = None,
) -> Draft:  # fmt: skip
    """The draft as it ended; `sent` is the message that it became. Its buttons go, but for those under `pressed`, which
    whoever was pressed takes away.
    """
    ended = draft.settled(state, now, by, sent)
    work.drafts.save(ended)
    work.findings.settle(draft.id, OUTCOME_OF[state], message_id=sent)
    data = {"draft": str(draft.id), "version": str(draft.version)} | ({"reason": why} if why else {})
    work.events.add(Event(draft.case_id, _DID[state], now, staff_id=by, data=data))
    if not ended.is_living:
        drop_draft_buttons(work, now, draft=ended, but=pressed)
    return ended


def withdraw_drafts(work: Work, now: datetime, *, case: Case) -> None:
    """The case ends: what is still held will not be said."""
    for draft in work.drafts.living(case.id):
        end_draft(work, now, draft=draft, state=DraftState.WITHDRAWN, by=None)


def living_draft(work: Work, office: Office, *, draft_id: int, version: str) -> Draft:
    """A draft that can still become an answer, in the version that somebody saw (empty: whichever); DeskError."""
    draft = work.drafts.get(draft_id)
    if draft is None:
        raise DeskError("notice/no_such_draft", draft=str(draft_id))
    if not draft.is_living:
        raise over(work, office, draft)
    if version and version != str(draft.version):
        raise DeskError("notice/draft_rewritten", draft=str(draft.id))
    return draft


def over(work: Work, office: Office, draft: Draft) -> DeskError:
    """The refusal that says what became of a draft, and by whom."""
    by = work.staff.get(draft.settled_by) if draft.settled_by else None
    state = office.labels.drafts[draft.state.value]
    return DeskError("notice/draft_over", draft=str(draft.id), state=state, by=by.name if by else office.word("nobody"))


def own(draft: Draft, who: Staff) -> None:
    """Whoever wrote it decides on it, and those who lead; NotAllowed for others."""
    if draft.staff_id != who.id and who.role is Role.SPECIALIST:
        raise NotAllowed("notice/draft_not_yours", draft=str(draft.id))
