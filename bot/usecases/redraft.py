"""Words that were held are changed: by an edit of the message itself, or by other words that were sent instead."""

from dataclasses import replace
from datetime import datetime

from bot.desk.case import Case
from bot.desk.draft import Draft, DraftItem, DraftState
from bot.desk.lint import Severity
from bot.desk.message import Incoming, Message
from bot.desk.people import Staff
from bot.usecases.at_hand import require_case
from bot.usecases.deliver_draft import deliver_draft
from bot.usecases.end_draft import end_draft, over
from bot.usecases.hold import held_again, held_item, under
from bot.usecases.inspect import inspect
from bot.usecases.note import NOTE_MARK, keep_note, without_mark
from bot.usecases.noted import note_found
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.say import say
from bot.usecases.topics import place_of


def overtake(work: Work, now: datetime, *, case: Case, by: Staff) -> None:
    """Somebody said something else instead: what they had held back is settled."""
    for draft in work.drafts.living(case.id):
        if draft.staff_id == by.id and draft.edits is None:
            end_draft(work, now, draft=draft, state=DraftState.CHANGED, by=by.id)


def edit_is_good(work: Work, now: datetime, *, kept: Message, by: Staff) -> None:
    """An answer was changed to words that pass (or back to what it was): a held edit of it is settled."""
    draft = work.drafts.edit_of(kept.id)
    if draft is not None:
        end_draft(work, now, draft=draft, state=DraftState.CHANGED, by=by.id, sent=kept.id)


def edited_draft(work: Work, office: Office, now: datetime, *, who: Staff, message: Incoming) -> None:
    """A message that never went out was edited: looked at anew, and delivered as the answer when nothing is found."""
    draft = work.drafts.at(message.ref)
    if draft is None or draft.edits is not None or _says(draft, message):
        return
    if not draft.is_living:
        _tell_over(work, office, now, draft, message)
    elif message.content.text.lstrip().startswith(NOTE_MARK):
        case = require_case(work, draft.case_id)
        end_draft(work, now, draft=draft, state=DraftState.WITHDRAWN, by=who.id)
        keep_note(work, now, case=case, who=who, message=without_mark(message))
    else:
        _look_again(work, office, now, who, draft, message)


def _says(draft: Draft, message: Incoming) -> bool:
    return any(i.ref == message.ref and i.content.text == message.content.text for i in draft.items)


def _look_again(work: Work, office: Office, now: datetime, who: Staff, draft: Draft, message: Incoming) -> None:
    case = require_case(work, draft.case_id)
    new = held_item(work, office, case, message.content, message.ref)
    items = tuple(_changed(i, new) if i.ref == new.ref else i for i in draft.items)
    changed = draft.rewritten(items)
    reports = [inspect(work, office, i.content.text) for i in items]
    held = next(((i, r) for i, r in zip(items, reports, strict=True) if r.severity is Severity.BLOCK), None)
    work.drafts.save(changed)
    if held is not None:
        held_again(work, office, now, draft=changed, who=who, item=held[0], findings=held[1].findings)
        return
    sent = deliver_draft(work, office, now, draft=changed, who=who, items=items)
    end_draft(work, now, draft=changed, state=DraftState.CHANGED, by=who.id, sent=sent[0].id)
    for kept, report in zip(sent, reports, strict=True):
        note_found(work, office, now, kept=kept, who=who, report=report, version=changed.version)


def _changed(old: DraftItem, new: DraftItem) -> DraftItem:
    """New words; what else the message holds stays."""
    content = replace(old.content, text=new.content.text, entities=new.content.entities)
    return DraftItem(content, old.ref, new.better)


def _tell_over(work: Work, office: Office, now: datetime, draft: Draft, message: Incoming) -> None:
    case, refusal = require_case(work, draft.case_id), over(work, office, draft)
    say(work, office, now, to=place_of(case), script="notice/edit_too_late", values=dict(refusal.values),
        reply_to=under(case, message.ref), case_id=case.id)  # fmt: skip
