"""An edit on either side arrives as an edit; the old words stay in the history and are shown to staff."""

from datetime import datetime

from bot.desk.lint import Severity
from bot.desk.message import Direction, Incoming, Message
from bot.desk.people import Staff
from bot.usecases.at_hand import active_staff, require_case
from bot.usecases.change import change_answer, copy_in, edit_copies, is_changed, remember
from bot.usecases.hold import hold_edit
from bot.usecases.inspect import inspect
from bot.usecases.noted import note_found
from bot.usecases.office import Office
from bot.usecases.ports import Work
from bot.usecases.redraft import edit_is_good, edited_draft
from bot.usecases.say import say
from bot.usecases.topics import place_of


def edit_by_franchisee(work: Work, office: Office, now: datetime, *, message: Incoming) -> None:
    """The franchisee changed their words: the copy in the topic changes, and the topic is told what stood there."""
    kept = _kept(work, message, Direction.IN)
    if kept is None or not is_changed(kept, message.content):
        return
    remember(work, now, kept=kept, content=message.content)
    case = require_case(work, kept.case_id)
    edit_copies(work, office, now, kept=kept, content=message.content, to=place_of(case))
    if kept.content.text == message.content.text:
        return
    say(work, office, now, to=place_of(case), script="notice/franchisee_edited",
        values={"old": kept.content.text[:500] or "—"}, reply_to=copy_in(work, kept, case.group_id),
        case_id=case.id)  # fmt: skip


def edit_by_staff(work: Work, office: Office, now: datetime, *, staff_telegram_id: int, message: Incoming) -> None:
    """A specialist changed an answer: it changes at the franchisee's too, unless the lint holds the new words back."""
    who = active_staff(work, staff_telegram_id)
    if who is None:
        return
    kept = _kept(work, message, Direction.OUT)
    if kept is None:
        edited_draft(work, office, now, who=who, message=message)
    elif kept.content.text == message.content.text:
        edit_is_good(work, now, kept=kept, by=who)
        if is_changed(kept, message.content):
            change_answer(work, office, now, kept=kept, content=message.content, staff_id=who.id)
    else:
        _edit(work, office, now, who, kept, message)


def _edit(work: Work, office: Office, now: datetime, who: Staff, kept: Message, message: Incoming) -> None:
    report = inspect(work, office, message.content.text)
    if report.severity is Severity.BLOCK:
        hold_edit(work, office, now, who=who, kept=kept, message=message, report=report)
        return
    edit_is_good(work, now, kept=kept, by=who)
    change_answer(work, office, now, kept=kept, content=message.content, staff_id=who.id)
    changed = work.messages.get(kept.id) or kept
    note_found(work, office, now, kept=changed, who=who, report=report, version=len(changed.versions))


def _kept(work: Work, message: Incoming, direction: Direction) -> Message | None:
    mapped = work.messages.find(message.ref)
    kept = work.messages.get(mapped.message_id) if mapped and mapped.message_id else None
    return kept if kept is not None and kept.direction is direction and kept.ref == message.ref else None
